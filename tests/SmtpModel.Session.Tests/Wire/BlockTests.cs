using System.Text;
using SmtpModel.Server;
using SmtpModel.Spec;

namespace SmtpModel.Session.Tests;

/// <summary>RFC 3030 on the wire: a block is taken whatever becomes of it, is no command, and is handed on octet for octet.</summary>
public class BlockTests
{
    private const string Chunking = "rfc5321+chunking";
    private const string Commands = "NOOP\r\nRSET\r\n.\r\nQUIT\r\n";

    private static string Block(string block, string more = "", string verb = "BDAT") => $"{verb} {block.Length}{more}\r\n{block}";

    [Fact]
    public void Chunks_are_one_message_octet_for_octet_whatever_is_in_them()
    {
        var client = InTransaction();
        var octets = string.Concat(Enumerable.Range(0, 256).Select(octet => (char)octet)) + "\r\n.\r\n..\r\n.\n\r\r\0" + Commands;

        Assert.Equal("250 OK\r\n", client.Send(Block(octets)));
        Assert.Equal("250 OK\r\n", client.Send(Block("..")));
        Assert.Equal("250 OK\r\n", client.Send(Block(octets, " LAST", "bdat")));

        var message = Assert.Single(client.Delivered);
        Assert.Equal(octets + ".." + octets, Encoding.Latin1.GetString(message.Data.Span));
        Assert.Equal(SessionState.Ready, client.Session.State);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(5)]
    public void A_block_may_come_in_any_pieces_and_is_answered_behind_its_last_octet(int piece)
    {
        var client = InTransaction();
        var octets = Encoding.Latin1.GetBytes(Block(Commands) + Block("x", " LAST"));
        var (said, first) = ("", Block(Commands).Length);

        for (var at = 0; at < octets.Length; at += piece)
        {
            said += client.Send(octets.AsSpan(at, Math.Min(piece, octets.Length - at)));
            Assert.Equal(at + piece >= octets.Length ? "250 250" : at + piece >= first ? "250" : "", Client.Codes(said));
        }

        Assert.Equal(Commands + "x", Encoding.Latin1.GetString(client.Delivered[0].Data.Span));
    }

    [Theory, Trait("Rule", "CH3")]
    [InlineData("before the greeting", 503, new string[0])]
    [InlineData("without a transaction", 503, new[] { "EHLO c.example" })]
    [InlineData("behind HELO", 503, new[] { "HELO c.example" })]
    [InlineData("without a recipient", 503, new[] { "EHLO c.example", "MAIL FROM:<a@a.example>", "RCPT TO:<b@refused.example>" })]
    public void A_block_that_is_out_of_order_draws_one_reply_and_changes_nothing(string where, int code, string[] way)
    {
        var client = new Client(Chunking, new Site());
        foreach (var line in way)
        {
            client.Say(line);
        }

        var state = client.Session.State;
        Assert.True($"{code} {code} 250" == Client.Codes(client.Send(Block(Commands) + Block(Commands, " LAST") + "NOOP\r\n")), where);
        Assert.Equal(state, client.Session.State);
        Assert.Equal(0, client.Session.Message.Data.Length);
        Assert.Empty(client.Delivered);
    }

    [Fact]
    public void A_block_is_thrown_away_where_the_site_demands_a_password_first()
    {
        var client = new Client(
            Chunking + "+auth",
            settings: new SessionSettings { RequiresAuthentication = true, Mechanisms = ["PLAIN"] }
        );

        Assert.Equal("250 530 250", Client.Codes(client.Send("EHLO c.example\r\n" + Block(Commands) + "NOOP\r\n")));
    }

    [Fact, Trait("Rule", "CH6")]
    public void Section_2_DATA_behind_a_chunk_and_BDAT_behind_the_last_one_draw_503()
    {
        var client = InTransaction();

        Assert.Equal(
            "250 503 503 503 250",
            Client.Codes(
                client.Send(Block("one") + "DATA\r\nMAIL FROM:<c@c.example>\r\nRCPT TO:<c@c.example>\r\n" + Block("two", " LAST"))
            )
        );
        Assert.Equal("503 503 250", Client.Codes(client.Send(Block("three") + Block("", " LAST") + "NOOP\r\n")));
        Assert.Equal("onetwo", Encoding.Latin1.GetString(Assert.Single(client.Delivered).Data.Span));
        Assert.Equal(["<b@b.example>"], client.Delivered[0].ForwardPaths);
    }

    [Theory, Trait("Rule", "CH10"), InlineData("RSET"), InlineData("EHLO d.example"), InlineData("HELO d.example")]
    public void What_resets_a_session_drops_the_chunks_before_it(string reset)
    {
        var client = InTransaction();

        Assert.Equal(
            "250 250 250 250 250",
            Client.Codes(
                client.Send(Block("old") + $"{reset}\r\nMAIL FROM:<c@c.example>\r\nRCPT TO:<d@d.example>\r\n" + Block("new", " LAST"))
            )
        );

        var message = Assert.Single(client.Delivered);
        Assert.Equal(("<c@c.example>", "new"), (message.ReversePath, Encoding.Latin1.GetString(message.Data.Span)));
    }

    [Fact, Trait("Rule", "CH11")]
    public void BDAT_and_DATA_may_be_used_in_one_session_and_a_last_chunk_may_be_empty()
    {
        var client = InTransaction();
        const string Again = "MAIL FROM:<a@a.example>\r\nRCPT TO:<b@b.example>\r\n";

        Assert.Equal(
            "250 250 250 250 354 250 250 250 250",
            Client.Codes(
                client.Send(Block("one\r\n") + Block("", " LAST") + Again + "DATA\r\n..two\r\n.\r\n" + Again + Block("", " LAST"))
            )
        );
        Assert.Equal(["one\r\n", ".two\r\n", ""], client.Delivered.Select(message => Encoding.Latin1.GetString(message.Data.Span)));
    }

    [Theory, Trait("Rule", "CH12")]
    [
        InlineData("x"),
        InlineData("-1"),
        InlineData("+1"),
        InlineData("0x10"),
        InlineData("1.5"),
        InlineData("5k"),
        InlineData("LAST"),
        InlineData("")
    ]
    [InlineData("1000000000000000000"), InlineData("99999999999999999999"), InlineData("00000000000000000000001000000000000000000 LAST")]
    public void A_size_that_is_no_number_or_cannot_be_counted_draws_501_and_what_follows_is_a_command(string size)
    {
        var client = InTransaction();

        Assert.Equal("501 250", Client.Codes(client.Send($"BDAT {size}".TrimEnd(' ') + "\r\nNOOP\r\n")));
        Assert.Equal(SessionState.Ready, client.Session.State);
    }

    [Theory, InlineData("6 6"), InlineData("6 FIRST"), InlineData("6 LAST LAST"), InlineData("06  LAST"), InlineData("6 LASTLY")]
    public void Where_only_what_is_behind_the_size_is_wrong_the_block_is_thrown_away(string argument)
    {
        var client = InTransaction();

        Assert.Equal("501 250", Client.Codes(client.Send($"BDAT {argument}\r\nQUIT\r\nNOOP\r\n")));
        Assert.Equal((SessionState.Ready, 0), (client.Session.State, client.Session.Message.Data.Length));
    }

    [Fact]
    public void The_limit_of_a_message_holds_over_all_its_chunks_and_what_comes_behind_a_refused_one_is_no_message()
    {
        var client = InTransaction(new SessionSettings { MaxMessageSize = 64 * 1024 });
        var half = new string('x', 32 * 1024);

        Assert.Equal(
            "250 250 552 503 250",
            Client.Codes(client.Send(Block(half) + Block(half) + Block("x") + Block(Commands, " LAST") + "NOOP\r\n"))
        );
        Assert.Empty(client.Delivered);
        Assert.Equal(SessionState.Ready, client.Session.State);
        Assert.Equal(0, client.Session.Message.Data.Length);

        Assert.Equal(
            "250 250 250 250",
            Client.Codes(client.Send("MAIL FROM:<a@a.example>\r\nRCPT TO:<b@b.example>\r\n" + Block(half) + Block(half, " LAST")))
        );
        Assert.Equal(64 * 1024, Assert.Single(client.Delivered).Data.Length);
    }

    [Fact]
    public void A_block_that_is_refused_takes_no_memory_however_long_it_is()
    {
        var client = InTransaction();
        var piece = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Commands, 3000)));
        client.Send("BDAT 999999999999999999 LAST\r\n");
        client.Session.Receive(piece);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var taken = 0L;
        for (var round = 0; round < 1000; round++)
        {
            taken += client.Session.Receive(piece);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1000L * piece.Length, taken);
        Assert.Equal(0, client.Session.Output.Length);
        Assert.True(client.Session.IsReceivingData);
    }

    [Fact]
    public void A_chunk_that_the_site_refuses_ends_the_transaction()
    {
        var policy = new Full();
        var client = InTransaction(policy: policy);

        Assert.Equal(
            "250 452 503 503",
            Client.Codes(client.Send(Block("one") + Block("full") + Block("three", " LAST") + "RCPT TO:<b@b.example>\r\n"))
        );
        Assert.Empty(client.Delivered);
        Assert.Equal(["one", "full"], policy.Seen);
    }

    [Fact]
    public void A_last_chunk_that_the_store_refuses_is_answered_so_and_nothing_is_left()
    {
        var client = InTransaction();
        client.Outcome = Decision.Refuse(554, "No");

        Assert.Equal("250 554 503", Client.Codes(client.Send(Block("one") + Block("two", " LAST") + Block("three", " LAST"))));
        Assert.Equal(0, client.Session.Message.Data.Length);
    }

    [Fact]
    public void A_block_that_is_cut_off_is_no_message_and_a_session_that_is_shut_down_says_421()
    {
        var client = InTransaction();

        Assert.Equal("250", Client.Codes(client.Send(Block("one") + "BDAT 10 LAST\r\n123456789")));
        Assert.Equal(SessionStatus.Receiving, client.Session.Status);
        Assert.Empty(client.Delivered);

        client.Session.ShutDown("Waited too long");
        Assert.Equal("421", Client.Codes(Encoding.ASCII.GetString(client.Session.Output.Span)));
        Assert.Equal(SessionStatus.Ended, client.Session.Status);
        client.Session.Reset();
        client.Session.Open();
        client.Session.ClearOutput();
        Assert.Equal("250", Client.Codes(client.Send("NOOP\r\n")));
    }

    [Fact]
    public void Enhanced_codes_of_chunks_are_those_of_mail_data()
    {
        var client = new Client(Chunking + "+enhancedstatuscodes", keepsCodes: true);
        client.Send("EHLO c.example\r\nMAIL FROM:<a@a.example>\r\nRCPT TO:<b@b.example>\r\n");

        Assert.Equal(
            "250 2.6.0 OK\r\n250 2.6.0 OK\r\n503 5.5.1 Bad sequence of commands\r\n",
            client.Send(Block("a") + Block("b", " LAST") + Block("c"))
        );
    }

    [Fact]
    public void Where_CHUNKING_is_not_in_the_profile_BDAT_is_no_command()
    {
        var client = InTransaction(profile: "rfc5321");

        Assert.Equal("500 250", Client.Codes(client.Send("BDAT 6\r\nNOOP\r\n")));
        Assert.DoesNotContain("CHUNKING", client.Say("EHLO c.example"), StringComparison.Ordinal);
    }

    [Fact, Trait("Rule", "BM2")]
    public void Section_3_a_message_of_any_octets_is_begun_by_MAIL_with_BODY_BINARYMIME_and_takes_BDAT_only()
    {
        var client = new Client(Chunking + "+binarymime+8bitmime");
        client.Expect(250, "EHLO c.example");
        client.Expect(250, "MAIL FROM:<a@a.example> BODY=BINARYMIME");
        client.Expect(503, "DATA");
        client.Expect(250, "RCPT TO:<b@b.example>");
        client.Expect(503, "DATA");
        const string octets = "\0\r\n.\r\n\n.\n\r\u00ff\0";
        Assert.Equal("250 250", Client.Codes(client.Send(Block(octets) + Block(octets, " LAST"))));

        var message = Assert.Single(client.Delivered);
        Assert.Equal(octets + octets, Encoding.Latin1.GetString(message.Data.Span));
        Assert.Equal("BODY=BINARYMIME", message.ReversePathParameters);
        client.Expect(250, "MAIL FROM:<a@a.example> BODY=8BITMIME");
        client.Expect(250, "RCPT TO:<b@b.example>");
        client.Expect(354, "DATA");
    }

    [Theory, Trait("Rule", "BM3")]
    [InlineData("RSET\r\n"), InlineData("EHLO c.example\r\n"), InlineData("RCPT TO:<b@b.example>\r\nBDAT 4\r\nfull")]
    public void What_MAIL_said_of_the_body_is_forgotten_with_its_transaction(string ending)
    {
        var client = new Client(Chunking + "+binarymime", new Full());
        client.Send("EHLO c.example\r\nMAIL FROM:<a@a.example> BODY=BINARYMIME\r\n" + ending);

        Assert.Equal("250 250 354", Client.Codes(client.Send("MAIL FROM:<a@a.example>\r\nRCPT TO:<b@b.example>\r\nDATA\r\n")));
    }

    [Theory, Trait("Rule", "BM1")]
    [InlineData("MAIL FROM:<a@a.example> BODY=BINARYMIME BODY=BINARYMIME", 501)]
    [InlineData("MAIL FROM:<a@a.example> BODY=BINARYMIME BODY=8BITMIME", 501)]
    [InlineData("MAIL FROM:<a@a.example> BODY=BINARY", 501)]
    [InlineData("MAIL FROM:<a@a.example> BODY=BINARYMIME X=1", 555)]
    [InlineData("MAIL FROM:<\"b> BODY=BINARYMIME b\"@a.example>", 250)]
    public void Its_line_is_held_against_the_grammar_as_every_other_of_MAIL(string line, int code)
    {
        var client = new Client(Chunking + "+binarymime+8bitmime");
        client.Expect(250, "EHLO c.example");
        client.Expect(code, line);
    }

    [Fact]
    public void Behind_HELO_there_is_no_BINARYMIME()
    {
        var client = new Client(Chunking + "+binarymime");
        client.Expect(250, "HELO c.example");
        client.Expect(555, "MAIL FROM:<a@a.example> BODY=BINARYMIME");
    }

    private static Client InTransaction(SessionSettings? settings = null, SitePolicy? policy = null, string profile = Chunking)
    {
        var client = new Client(profile, policy, settings);
        client.Expect(250, "EHLO c.example");
        client.Expect(250, $"{Rfc821.MAIL} FROM:<a@a.example>");
        client.Expect(250, $"{Rfc821.RCPT} TO:<b@b.example>");
        return client;
    }

    // a site whose disk is full when it hears so
    private sealed class Full : SitePolicy
    {
        public List<string> Seen { get; } = [];

        public override Decision OnChunk(in SessionRequest request)
        {
            Seen.Add(Encoding.Latin1.GetString(request.Block));
            return request.Block.SequenceEqual("full"u8) ? Decision.Refuse(452, "The disk is full") : Decision.Accept;
        }
    }
}
