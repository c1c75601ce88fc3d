using System.Text;
using SmtpModel.Server;
using SmtpModel.Spec;

namespace SmtpModel.Session.Tests;

/// <summary>Each limit is a reply and never the end of the session (RFC 5321 4.5.3.1).</summary>
public class LimitTests
{
    private static readonly SessionSettings Least = new()
    {
        MaxCommandLine = 512,
        MaxTextLine = 1000,
        MaxMessageSize = 64 * 1024,
        MaxRecipients = 100,
    };

    [Theory, ClassData(typeof(EachProfile))]
    public void A_command_line_of_the_limit_is_obeyed_and_one_octet_more_draws_500_however_it_is_cut(string profile)
    {
        foreach (var settings in new[] { Least, new SessionSettings() })
        {
            var longest = "VRFY " + new string('x', settings.MaxCommandLine - 7) + "\r\n";
            Assert.Equal(settings.MaxCommandLine, longest.Length);
            foreach (var cut in new[] { 0, 1, 5, 6, 300, longest.Length - 3, longest.Length - 2, longest.Length - 1 })
            {
                var client = new Client(profile, settings: settings);
                var answer = client.Send(longest[..cut]) + client.Send(longest[cut..]);
                Assert.Matches(Generated.Table(profile)[Rfc821.VRFY].Replies.All.Contains(252) ? "^252 " : "^550 ", answer);

                var longer = longest.Insert(5, "x");
                Assert.Equal("500 Line too long\r\n", client.Send(longer[..cut]) + client.Send(longer[cut..]));
                client.Expect(250, "NOOP");
                Assert.Equal(SessionState.Connected, client.Session.State);
            }
        }
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void A_line_that_is_far_too_long_draws_one_500_and_its_parts_are_not_obeyed(string profile)
    {
        var client = new Client(profile);
        foreach (var _ in Enumerable.Range(0, 1000))
        {
            Assert.Equal("", client.Send("NOOP\n\r\nQUIT\r"[..5] + new string('A', 500) + "\n"));
        }

        Assert.Equal("500 Line too long\r\n", client.Send("\r\n"));
        client.Expect(250, "NOOP");
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void A_text_line_of_1000_octets_is_accepted_and_a_longer_one_draws_554_at_the_end(string profile)
    {
        var client = Client.GivingData(profile, Least);
        var line = new string('x', 998) + "\r\n";
        Assert.Equal("250", Client.Codes(client.Send(line + ".\r\n")));
        Assert.Equal(line, Encoding.ASCII.GetString(Assert.Single(client.Delivered).Data.Span));

        // the dot that is doubled for transparency does not count
        client = Client.GivingData(profile, Least);
        Assert.Equal("250", Client.Codes(client.Send("." + "." + line[1..] + ".\r\n")));

        client = Client.GivingData(profile, Least);
        Assert.Equal("", client.Send("x" + line + "short\r\n"));
        Assert.Equal("554 Text line too long\r\n", client.Send(".\r\n"));
        GoesOn(client);
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void A_message_of_the_limit_is_accepted_and_one_octet_more_draws_552_at_the_end(string profile)
    {
        var line = new string('x', 62) + "\r\n";
        var largest = string.Concat(Enumerable.Repeat(line, 1024));
        Assert.Equal(Least.MaxMessageSize, largest.Length);

        var client = Client.GivingData(profile, Least);
        Assert.Equal("250", Client.Codes(client.Send(largest + ".\r\n")));
        Assert.Equal(Least.MaxMessageSize, Assert.Single(client.Delivered).Data.Length);

        client = Client.GivingData(profile, Least);
        Assert.Equal("", client.Send("x" + largest));
        Assert.Equal("552 Too much mail data\r\n", client.Send(".\r\n"));
        GoesOn(client);
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void A_recipient_over_the_limit_draws_452_and_the_others_get_the_message(string profile)
    {
        var client = Client.Greeted(profile, settings: Least);
        client.Expect(250, "MAIL FROM:<a@a.example>");
        foreach (var number in Enumerable.Range(0, Least.MaxRecipients))
        {
            client.Expect(250, $"RCPT TO:<b{number}@b.example>");
        }

        client.Expect(452, "RCPT TO:<more@b.example>");
        client.Expect(354, "DATA");
        client.Expect(250, ".");
        Assert.Equal(
            Enumerable.Range(0, Least.MaxRecipients).Select(number => $"<b{number}@b.example>"),
            Assert.Single(client.Delivered).ForwardPaths
        );
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void Replies_are_to_be_sent_before_more_commands_are_taken(string profile)
    {
        var client = new Client(profile);
        var many = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("HELP\r\n", 2000)));

        var taken = client.Session.Receive(many);
        Assert.InRange(taken, 1, many.Length - 1);
        Assert.InRange(client.Session.Output.Length, 64 * 1024, 66 * 1024);
        Assert.Equal(0, client.Session.Receive(many.AsSpan(taken)));
        client.Session.ClearOutput();
        Assert.NotEqual(0, client.Session.Receive(many.AsSpan(taken)));
    }

    [Fact]
    public void Limits_below_the_least_of_RFC_5321_4_5_3_1_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SessionSettings { MaxCommandLine = 511 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SessionSettings { MaxTextLine = 999 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SessionSettings { MaxMessageSize = 65535 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SessionSettings { MaxRecipients = 99 });
    }

    private static void GoesOn(Client client)
    {
        Assert.Empty(client.Delivered);
        Assert.Equal((SessionState.Ready, SessionStatus.Receiving), (client.Session.State, client.Session.Status));
        Assert.Equal(0, client.Session.Message.Data.Length);
        client.Expect(250, "MAIL FROM:<a@a.example>");
        client.Expect(250, "RCPT TO:<b@b.example>");
        client.Expect(354, "DATA");
        Assert.Equal("250", Client.Codes(client.Send("kept\r\n.\r\n")));
        Assert.Equal("kept\r\n", Encoding.ASCII.GetString(Assert.Single(client.Delivered).Data.Span));
    }
}
