using SmtpModel.Server;

namespace SmtpModel.Session.Tests;

/// <summary>What is a command line and what is not.</summary>
public class CommandLineTests
{
    [Theory, ClassData(typeof(EachProfile)), Trait("Rule", "S1")]
    public void S1_A_keyword_is_read_in_either_case_RFC_821_4_1_2(string profile)
    {
        foreach (var noop in new[] { "NOOP", "noop", "NoOp", "nOOp" })
        {
            new Client(profile).Expect(250, noop);
        }

        var client = new Client(profile);
        client.Expect(250, profile == "lmtp" ? "lHlO Client.Example" : "hElO Client.Example");
        client.Expect(250, "mail from:<a@a.example>");
        client.Expect(250, "Rcpt To:<b@b.example>");
        client.Expect(354, "datA");
    }

    [Theory, ClassData(typeof(EachProfile)), Trait("Rule", "S1")]
    public void S1_Only_CRLF_ends_a_line_RFC_5321_2_3_8(string profile)
    {
        foreach (var end in new[] { "\n", "\r", "\n\r", "\r\r", "\0", "\u0085", "\v", "\f" })
        {
            var client = new Client(profile);
            Assert.Equal("", client.Send($"NOOP{end}NOOP{end}"));
            // the whole is one line, and none that is a command
            Assert.Matches("^50[01]$", Client.Codes(client.Send("QUIT\r\n")));
            client.Expect(250, "NOOP");
        }
    }

    [Theory, ClassData(typeof(EachProfile)), Trait("Rule", "S1")]
    public void S1_Several_lines_that_come_at_once_are_answered_in_order_RFC_821_4_1_1(string profile)
    {
        var client = new Client(profile);

        Assert.Equal("250 500 250 503 221", Client.Codes(client.Send("NOOP\r\nJUMP\r\nHELO client.example\r\nDATA\r\nQUIT\r\nNOOP\r\n")));
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void NUL_bare_CR_bare_LF_and_octets_over_127_are_refused_in_commands_RFC_5321_4_1_2(string profile)
    {
        foreach (var octet in new[] { "\0", "\r", "\n", "\u0080", "\u00e9", "\u00ff", "\t", "\u007f", "\u001b" })
        {
            var client = Client.Greeted(profile);
            client.Expect(501, $"MAIL FROM:<a{octet}b@a.example>");
            client.Expect(501, $"HELO client{octet}.example");
            client.Expect(501, $"VRFY jo{octet}nes");
            client.Expect(501, $"HELP {octet}X");
            client.Expect(500, $"NO{octet}OP");
            client.Expect(500, $"{octet}NOOP");
            Assert.Equal(SessionState.Ready, client.Session.State);
            client.Expect(250, "MAIL FROM:<ab@a.example>");
        }
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void A_line_without_a_command_draws_500_RFC_821_4_2_1(string profile)
    {
        var client = new Client(profile);
        foreach (
            var line in new[]
            {
                "",
                " ",
                "  NOOP",
                "NOOPS",
                "NOO",
                "NOOP:",
                "123",
                "X",
                "-",
                "MAILFROM:<a@a.example>",
                "HELO\tclient.example",
                new string('A', 300),
            }
        )
        {
            client.Expect(500, line);
        }

        Assert.Equal(SessionState.Connected, client.Session.State);
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void Spaces_before_the_argument_and_at_the_end_of_the_line_are_tolerated_RFC_5321_4_1_1(string profile)
    {
        var client = new Client(profile);

        client.Expect(250, "HELO   client.example");
        client.Expect(250, "NOOP  ");
        client.Expect(250, "RSET \t ");
        client.Expect(250, "MAIL FROM:<a@a.example>  ");
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void A_command_that_takes_no_argument_draws_501_with_one_and_one_that_needs_it_without(string profile)
    {
        var client = Client.Greeted(profile);
        foreach (var line in new[] { "RSET now", "QUIT now", "TURN now", "HELO", "MAIL", "MAIL FROM:", "VRFY", "EXPN" })
        {
            client.Expect(501, line);
        }

        client.Expect(250, "MAIL FROM:<a@a.example>");
        client.Expect(501, "RCPT");
        client.Expect(250, "RCPT TO:<b@b.example>");
        client.Expect(501, "DATA now");
        Assert.Equal((SessionState.RecipientsGiven, 1), (client.Session.State, client.Session.Message.RecipientCount));
    }

    [Fact]
    public void NOOP_takes_an_argument_in_RFC_5321_4_1_1_9_and_none_in_RFC_821_4_1_2()
    {
        new Client("rfc821").Expect(501, "NOOP ignored");
        new Client("rfc5321").Expect(250, "NOOP ignored");
    }

    [Fact]
    public void A_keyword_of_another_profile_is_none()
    {
        new Client("rfc821").Expect(500, "EHLO client.example");
        new Client("rfc5321").Expect(250, "EHLO client.example");
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void What_is_out_of_order_draws_503_also_where_its_argument_is_wrong(string profile)
    {
        var client = new Client(profile);

        client.Expect(503, "MAIL nonsense");
        client.Expect(503, "RCPT TO:<\u00e9@b.example>");
        client.Expect(503, "DATA now");
    }
}
