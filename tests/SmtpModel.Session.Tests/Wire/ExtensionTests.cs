using System.Text;
using SmtpModel.Machines;
using SmtpModel.Server;
using SmtpModel.Spec;

namespace SmtpModel.Session.Tests;

/// <summary>What the session does with the extensions of its profile: it lists them, takes their parameters, and carries their
/// codes.</summary>
public class ExtensionTests
{
    private static readonly TransitionTable Table = Profiles.Esmtp.Table;

    [Fact]
    public void EHLO_lists_the_keyword_of_each_extension_and_what_it_lists_is_as_its_standard_writes_it()
    {
        var lines = new Client("esmtp")
            .Expect(250, "EHLO client.example")
            .Split("\r\n")[1..^1]
            .Select(line => line[4..].Split(' ', 2))
            .ToList();

        foreach (var extension in Table.Extensions)
        {
            var line = Assert.Single(lines, line => line[0] == extension.Keyword);
            Assert.Equal(extension.Argument is not null, line.Length == 2);
            Assert.True(extension.Argument?.Fits(line[1]) ?? true, line[^1]);
        }
    }

    [Fact]
    public void Each_parameter_is_taken_in_each_way_it_may_be_written_in_either_case_and_handed_on_with_the_message()
    {
        foreach (var parameter in Table.Parameters)
        {
            foreach (
                var text in parameter.Value?.Valid.Select(value => $"{parameter.Keyword.ToLowerInvariant()}={value}")
                    ?? [parameter.Keyword]
            )
            {
                var client = Extended();
                var isOfMail = parameter.Commands.Contains(Rfc821.MAIL);
                client.Expect(250, $"MAIL FROM:<a@a.example>{(isOfMail ? " " + text : "")}");
                client.Expect(250, $"RCPT TO:<b@b.example>{(isOfMail ? "" : " " + text)}");
                client.Expect(250, "RCPT TO:<c@b.example>");
                client.Expect(354, "DATA");
                client.Send("text\r\n.\r\n");

                var message = Assert.Single(client.Delivered);
                Assert.Equal(isOfMail ? text : "", message.ReversePathParameters);
                Assert.Equal([isOfMail ? "" : text, ""], message.ForwardPathParameters);
            }
        }
    }

    [Fact]
    public void Each_parameter_that_is_malformed_or_given_twice_is_refused_and_changes_nothing()
    {
        foreach (var parameter in Table.Parameters)
        {
            var malformed = parameter.Value?.Malformed.Where(value => value.Length > 0).Select(value => $"{parameter.Keyword}={value}")
                ?? [$"{parameter.Keyword}=1"];
            foreach (
                var text in malformed
                    .Append($"{parameter.Plain} {parameter.Plain}")
                    .Concat(parameter.Value is null ? [] : [parameter.Keyword])
            )
            {
                var client = Extended();
                if (parameter.Commands.Contains(Rfc821.RCPT))
                {
                    client.Expect(250, "MAIL FROM:<a@a.example>");
                    client.Expect(501, $"RCPT TO:<b@b.example> {text}");
                    client.Expect(503, "DATA");
                }
                else
                {
                    client.Expect(501, $"MAIL FROM:<a@a.example> {text}");
                    client.Expect(503, "RCPT TO:<b@b.example>");
                }
            }
        }
    }

    [Theory]
    [InlineData("MAIL FROM:<a@a.example> XUNKNOWN=1")]
    [InlineData("MAIL FROM:<a@a.example> SIZE=1000 XUNKNOWN")]
    [InlineData("MAIL FROM:<a@a.example> NOTIFY=NEVER")]
    public void A_parameter_that_is_not_known_to_the_command_draws_555_RFC_5321_4_1_1_11(string line)
    {
        Extended().Expect(555, line);
    }

    [Theory]
    [InlineData("HELO client.example")]
    [InlineData("EHLO client.example", "HELO client.example")]
    public void Behind_HELO_no_parameter_is_known(params string[] greetings)
    {
        var client = new Client("esmtp");
        Array.ForEach(greetings, line => client.Expect(250, line));
        client.Expect(555, "MAIL FROM:<a@a.example> SIZE=1000");
        client.Expect(250, "RSET");
        client.Expect(250, "EHLO client.example");
        client.Expect(250, "RSET");
        client.Expect(250, "MAIL FROM:<a@a.example> SIZE=1000");
    }

    [Fact, Trait("Rule", "SZ2")]
    public void A_declared_size_over_the_maximum_draws_552_and_the_next_MAIL_is_taken_RFC_1870_6_1()
    {
        var client = new Client("esmtp", settings: new SessionSettings { MaxMessageSize = 100_000 });
        client.Expect(250, "EHLO client.example");
        client.Expect(552, "MAIL FROM:<a@a.example> SIZE=100001");
        client.Expect(552, "MAIL FROM:<a@a.example> SIZE=99999999999999999999");
        client.Expect(250, "MAIL FROM:<a@a.example> SIZE=100000");
    }

    [Fact]
    public void A_wrong_declaration_does_not_end_the_data_RFC_1870_6()
    {
        var client = Extended();
        client.Expect(250, "MAIL FROM:<a@a.example> SIZE=3");
        client.Expect(250, "RCPT TO:<b@b.example>");
        client.Expect(354, "DATA");

        Assert.Equal("250", Client.Codes(client.Send("more than three octets\r\n.\r\n")));
        Assert.Equal("more than three octets\r\n", Encoding.Latin1.GetString(client.Delivered[0].Data.Span));
    }

    [Fact]
    public void All_eight_bits_of_each_octet_are_kept_RFC_6152_3()
    {
        var client = Extended();
        var octets = string.Concat(Enumerable.Range(128, 128).Select(octet => (char)octet));
        client.Expect(250, "MAIL FROM:<a@a.example> BODY=8BITMIME");
        client.Expect(250, "RCPT TO:<b@b.example>");
        client.Expect(354, "DATA");
        client.Send($"{octets}\r\n.\r\n");

        Assert.Equal($"{octets}\r\n", Encoding.Latin1.GetString(client.Delivered[0].Data.Span));
    }

    [Fact]
    public void A_mailbox_in_UTF_8_is_taken_behind_the_parameter_and_only_there_RFC_6531_3_4()
    {
        var client = Extended();
        client.Expect(550, Utf8("MAIL FROM:<ж@例.example>"));
        client.Expect(250, Utf8("MAIL FROM:<ж@例.example> SMTPUTF8"));
        client.Expect(250, Utf8("RCPT TO:<\"ж\"@b.example>"));
        client.Expect(501, "RCPT TO:<\u00ff@b.example>");
        client.Expect(250, "RSET");
        client.Expect(250, "MAIL FROM:<a@a.example>");
        client.Expect(553, Utf8("RCPT TO:<ж@b.example>"));
    }

    [Fact]
    public void Every_reply_but_to_greetings_and_3yz_has_an_enhanced_code_of_its_class_on_each_line_RFC_2034_4()
    {
        var rule = Assert.Single(Table.ReplyTexts);
        var client = new Client("esmtp", keepsCodes: true);
        Assert.DoesNotMatch("^220 [245]\\.", client.Greeting);
        string[] lines =
        [
            "NOOP",
            "JUNK",
            "DATA",
            "HELP",
            "MAIL",
            "VRFY jones",
            "EXPN all",
            "ETRN a.example",
            "MAIL FROM:<a@a.example> X=1",
            "MAIL FROM:<a@a.example>",
            "RCPT TO:<b@b.example>",
            "RSET",
            "QUIT",
        ];
        Assert.DoesNotMatch("(?m)^250[ -][245]\\.", client.Say("EHLO client.example"));
        foreach (var line in lines)
        {
            var said = client.Say(line).Split("\r\n")[..^1];
            Assert.True(rule.Broken(said) is null, $"{line} drew {string.Join(" / ", said)}");
        }
    }

    [Fact]
    public void A_site_may_choose_an_enhanced_code_itself()
    {
        var client = new Client("esmtp", new Choosing(), keepsCodes: true);
        client.Say("EHLO client.example");

        Assert.Equal("550 5.7.27 Sender has null MX\r\n", client.Say("MAIL FROM:<a@a.example>"));
    }

    [Fact, Trait("Rule", "PL2"), Trait("Rule", "PL5"), Trait("Rule", "PL6"), Trait("Rule", "PL7")]
    public void A_group_in_one_piece_draws_the_replies_that_its_commands_draw_one_by_one_RFC_2920_3_2()
    {
        string[] lines =
        [
            "MAIL FROM:<a@a.example>",
            "RCPT TO:<>",
            "RCPT TO:<b@b.example>",
            "MAIL FROM:<c@a.example>",
            "RSET",
            "RCPT TO:<b@b.example>",
            "MAIL FROM:<d@a.example>",
            "RCPT TO:<b@b.example>",
            "NOOP",
        ];
        var (together, alone) = (Extended(), Extended());

        var one = string.Concat(lines.Select(alone.Say));

        Assert.Equal(one, together.Send(string.Concat(lines.Select(line => line + "\r\n")) + "DA"));
        Assert.Equal(alone.Session.State, together.Session.State);
        Assert.Equal("354", Client.Codes(together.Send("TA\r\n")));
    }

    [Fact, Trait("Rule", "PL3"), Trait("Rule", "PL4")]
    public void DATA_behind_refused_recipients_only_is_refused_and_nothing_is_handed_over_RFC_2920_3_2()
    {
        var client = Extended();

        Assert.Equal("250 501 503 500", Client.Codes(client.Send("MAIL FROM:<a@a.example>\r\nRCPT TO:<>\r\nDATA\r\n.\r\n")));
        Assert.Empty(client.Delivered);
    }

    private static Client Extended()
    {
        var client = new Client("esmtp");
        client.Expect(250, "EHLO client.example");
        return client;
    }

    // a client sends one octet for each character
    private static string Utf8(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private sealed class Choosing : SitePolicy
    {
        public override Decision OnReversePath(in SessionRequest request) => Decision.Refuse(550, "5.7.27 Sender has null MX");
    }
}
