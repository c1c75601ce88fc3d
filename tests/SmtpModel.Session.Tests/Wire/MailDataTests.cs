using System.Text;
using SmtpModel.Server;

namespace SmtpModel.Session.Tests;

/// <summary>What ends the mail data, and what does not.</summary>
public class MailDataTests
{
    // what somebody might take for the end of the data; the last three are dots with something too much
    private static readonly string[] Lookalikes =
    [
        "\n.\n",
        "\n.\r\n",
        "\r\n.\n",
        "\r.\r",
        "\r.\r\n",
        "\r\n.\r",
        "\n.\r",
        "\r.\n",
        "\n\n.\n\n",
        "\r\r.\r\r",
        "\n\r.\n\r",
        "\r\n\n.\r\n",
        "\r\n\r.\r\n",
        "\r\n.\r\r\n",
        "\r\n.\n\r\n",
        "\r\n.\0\r\n",
        "\0.\0",
        "\u0085.\u0085",
        "\v.\v",
        "\f.\f",
        "\r\n..\r\n",
        "\r\n. \r\n",
        "\r\n \r\n",
    ];

    public static IEnumerable<TheoryDataRow<string, string>> Smuggled =>
        from profile in SmtpSession.ProfileNames
        from lookalike in Lookalikes
        select Row.Named($"{profile} {Shown(lookalike)} is data, RFC 5321 4.1.1.4", profile, lookalike);

    [Theory, MemberData(nameof(Smuggled))]
    public void Nothing_but_CRLF_dot_CRLF_ends_the_data(string profile, string lookalike)
    {
        var content = $"text{lookalike}MAIL FROM:<smuggled@evil.example>\r\nRCPT TO:<victim@b.example>\r\nDATA\r\n";
        var client = Client.GivingData(profile);

        Assert.Equal("250", Client.Codes(client.Send(content + ".\r\n")));

        Assert.Equal(SessionState.Ready, client.Session.State);
        var message = Assert.Single(client.Delivered);
        Assert.Equal("<a@a.example>", message.ReversePath);
        // of a dot that begins a line nothing else is changed
        Assert.Equal(content.Replace("\r\n.", "\r\n", StringComparison.Ordinal), Encoding.Latin1.GetString(message.Data.Span));
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void Empty_data_and_data_of_each_octet_are_delivered_as_they_were_sent(string profile)
    {
        var client = Client.GivingData(profile);
        client.Expect(250, ".");
        Assert.True(Assert.Single(client.Delivered).Data.IsEmpty);

        client = Client.GivingData(profile);
        var all = string.Concat(Enumerable.Range(0, 256).Select(octet => (char)octet)) + "\r\n";
        Assert.Equal("250", Client.Codes(client.Send(all + ".\r\n")));
        Assert.Equal(all, Encoding.Latin1.GetString(Assert.Single(client.Delivered).Data.Span));
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void What_follows_the_end_of_the_data_is_a_command_also_when_it_comes_at_once(string profile)
    {
        var client = Client.GivingData(profile);

        Assert.Equal("250 250 221", Client.Codes(client.Send("one\r\n.\r\nNOOP\r\nQUIT\r\n")));
        Assert.Equal("one\r\n", Encoding.Latin1.GetString(Assert.Single(client.Delivered).Data.Span));
    }

    [Theory, ClassData(typeof(EachProfile)), Trait("Rule", "B2")]
    public void B2_A_delivery_that_fails_finishes_the_transaction_too(string profile)
    {
        var client = Client.GivingData(profile);
        client.Outcome = Decision.Refuse(451, "Try again later");

        Assert.Equal("451 Try again later\r\n", client.Send("one\r\n.\r\n"));
        Assert.Equal(SessionState.Ready, client.Session.State);
        Assert.False(client.Session.Message.HasReversePath);
        Assert.Equal(0, client.Session.Message.RecipientCount);
        client.Expect(503, "DATA");
        client.Expect(250, "MAIL FROM:<again@a.example>");
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void Nothing_is_read_while_a_delivery_is_undecided(string profile)
    {
        var client = Client.GivingData(profile);
        var octets = "one\r\n.\r\nNOOP\r\n"u8;

        Assert.Equal(8, client.Session.Receive(octets));
        Assert.Equal(SessionStatus.Delivering, client.Session.Status);
        Assert.Equal(0, client.Session.Receive(octets[8..]));
        Assert.True(client.Session.Output.IsEmpty);
        client.Session.CompleteDelivery(Decision.AcceptWith("Queued"));
        Assert.Equal("250 Queued\r\n", Generated.WithoutEnhancedCodes(Encoding.ASCII.GetString(client.Session.Output.Span)));
        Assert.Throws<InvalidOperationException>(() => client.Session.CompleteDelivery(Decision.Accept));
    }

    private static string Shown(string text) => string.Concat(text.Select(letter => letter switch
    {
        '\r' => "CR ",
        '\n' => "LF ",
        '.' or ' ' => $"'{letter}' ",
        _ => $"{(int)letter:X2} ",
    })).TrimEnd();
}
