using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using SmtpModel.Server;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Watching.Tests.Provoking;

/// <summary>Clients on trial behind STARTTLS.</summary>
public sealed class TlsTrialTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false, "PASS reply/STARTTLS/454", "PASS offer/nothing-behind-STARTTLS")]
    [InlineData(
        true,
        false,
        "FAIL reply/STARTTLS/454: a message was begun outside TLS, and the client was told to demand it",
        "PASS offer/nothing-behind-STARTTLS"
    )]
    [InlineData(
        false,
        true,
        "PASS reply/STARTTLS/454",
        "FAIL offer/nothing-behind-STARTTLS: the parameter SIZE belongs to no extension that the reply to EHLO lists"
    )]
    public async Task What_a_client_sends_in_clear_and_what_it_keeps_of_the_offer_is_seen(
        bool goesOnInClear,
        bool keepsTheOffer,
        params string[] found
    )
    {
        using var certificate = ServerCertificate.SelfSigned("localhost");
        var report = await new ClientTrial(new TrialOptions
        {
            Profile = Profiles.Extended(TrialOptions.Standard, ["STARTTLS"]),
            Certificate = certificate.Certificate,
            DemandsTls = true,
            Call = (server, _, stop) => SendAsync(server, goesOnInClear, keepsTheOffer, certificate, stop),
            Select = one => one.Id is "reply/STARTTLS/454" or "offer/nothing-behind-STARTTLS",
        }).RunAsync(null, Cancellation);
        Assert.Equal(found, report.Results.Select(ClientTrialTests.Words));
        Assert.Equal(CaseVerdict.Pass, report.Plain.Verdict);
        Assert.Equal([], report.ServerFaults);
    }

    private static async Task SendAsync(
        IPEndPoint server,
        bool goesOnInClear,
        bool keepsTheOffer,
        ServerCertificate certificate,
        CancellationToken stop
    )
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server, stop);
        Stream stream = client.GetStream();
        await AskAsync(stream, null, stop);
        var offer = await AskAsync(stream, "EHLO client.example.test", stop);
        if ((await AskAsync(stream, "STARTTLS", stop)).StartsWith('2'))
        {
            var tls = new SslStream(stream, leaveInnerStreamOpen: true, (_, shown, _, _) =>
                shown!.GetCertHashString() == certificate.Certificate.GetCertHashString()
            );
            await tls.AuthenticateAsClientAsync("localhost");
            stream = tls;
            var inside = await AskAsync(stream, "EHLO client.example.test", stop);
            offer = keepsTheOffer ? offer : inside;
        }
        else if (!goesOnInClear)
        {
            await AskAsync(stream, "QUIT", stop);
            throw new RefusedException("STARTTLS", 454);
        }

        await AskAsync(stream, $"MAIL FROM:<a@example.test>{(offer.Contains("SIZE", StringComparison.Ordinal) ? " SIZE=10" : "")}", stop);
        await AskAsync(stream, "RCPT TO:<b@example.test>", stop);
        await AskAsync(stream, "DATA", stop);
        await AskAsync(stream, "Subject: x\r\n\r\ntext\r\n.", stop);
        await AskAsync(stream, "QUIT", stop);
        await stream.DisposeAsync();
    }

    internal static async Task<string> AskAsync(Stream stream, string? line, CancellationToken stop)
    {
        if (line is not null)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), stop);
        }

        var said = new StringBuilder();
        var block = new byte[4096];
        while (said.ToString().TrimEnd().Split('\n')[^1] is not [_, _, _, ' ', ..] || said[^1] != '\n')
        {
            var count = await stream.ReadAsync(block, stop);
            said.Append(count > 0 ? Encoding.ASCII.GetString(block, 0, count) : throw new RefusedException("the channel is lost"));
        }

        return said.ToString();
    }
}
