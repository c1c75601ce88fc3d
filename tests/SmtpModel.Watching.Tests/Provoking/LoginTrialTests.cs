using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using SmtpModel.Machines;
using SmtpModel.Server;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Watching.Tests.Provoking;

/// <summary>Clients on trial that log in: what they do where the login is refused, and where somebody wants it in clear.</summary>
public sealed class LoginTrialTests
{
    // "\0fred\0secret", "fred" and "secret"
    private const string Plain = "AGZyZWQAc2VjcmV0";
    private const string Name = "ZnJlZA==";
    private const string Password = "c2VjcmV0";
    private static readonly Profile Offered = Profiles.Extended(TrialOptions.Standard, ["STARTTLS", "AUTH"]);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What a client of these tests does.</summary>
    internal enum Way
    {
        // right
        Plain,
        Dialogue,

        // right or wrong, as the server has it
        SendsAllTheSame,

        // wrong
        SaysSuccess,
        LogsInInClear,
    }

    [Theory]
    [InlineData(nameof(Way.Plain), "reply/response/")]
    [InlineData(nameof(Way.Dialogue), "none")]
    public async Task A_client_that_is_right_is_blamed_for_nothing(string way, string notReached)
    {
        var report = await TryAsync(way, one => one.Id.Contains("AUTH", StringComparison.Ordinal) || one.Id.Contains("response/"));
        Assert.Equal(CaseVerdict.Pass, report.Plain.Verdict);
        Assert.Equal(
            [],
            report
                .Results.Where(result =>
                    result.Verdict
                    != (
                        result.Scenario.Id.StartsWith(notReached, StringComparison.Ordinal) ? CaseVerdict.NotApplicable : CaseVerdict.Pass
                    )
                )
                .Select(ClientTrialTests.Words)
        );
        Assert.Equal([], report.ServerFaults);
        Assert.Equal([], report.Partings.Select(parting => parting.Blame.What));
        string[] expected =
        [
            "login/AUTH/535", "login/AUTH/454", "reply/AUTH/504", "reply/AUTH/421", "reply/response/535", "close/AUTH/before",
        ];
        Assert.Equal([], expected.Except(report.Results.Select(result => result.Scenario.Id)));

        // what is kept as evidence holds no password
        var said = report.Results.SelectMany(result => result.Lines).Select(line => line.Text).ToList();
        Assert.Contains(said, line => line.StartsWith("AUTH", StringComparison.Ordinal));
        Assert.DoesNotContain(said, line => line.Contains(Plain, StringComparison.Ordinal));
        Assert.DoesNotContain(said, line => line.Contains(Password, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(nameof(Way.SendsAllTheSame), "reply/AUTH/535", "INFO K52")]
    [InlineData(nameof(Way.SendsAllTheSame), "login/AUTH/535", null)]
    [InlineData(nameof(Way.SaysSuccess), "login/AUTH/535", "FAIL K40")]
    [InlineData(nameof(Way.SaysSuccess), "reply/AUTH/454", "FAIL K40")]
    [InlineData(nameof(Way.LogsInInClear), "offer/AUTH-and-no-STARTTLS", "FAIL K51")]
    [InlineData(nameof(Way.LogsInInClear), "offer/AUTH-and-STARTTLS-454", "FAIL K51")]
    [InlineData(nameof(Way.LogsInInClear), "login/AUTH/535", null)]
    public async Task What_becomes_of_a_login_that_is_refused_or_asked_for_in_clear_is_judged(string way, string scenario, string? found)
    {
        var report = await TryAsync(way, one => one.Id == scenario);
        var result = Assert.Single(report.Results);
        Assert.Equal(
            found,
            result.Blames.Select(blame => $"{blame.Verdict.ToString().ToUpperInvariant()} {blame.Rule.Id}").FirstOrDefault()
        );
        Assert.Equal(found is null ? CaseVerdict.Pass : result.Blames[0].Verdict, result.Verdict);

        // the password stands in AUTH, and the message begins with MAIL
        Assert.All(result.Blames, blame =>
        {
            var marked = blame.Evidence.Where(line => line.IsBlamed).Select(line => line.Text[..4]).ToList();
            Assert.Equal(
                blame.Rule == TrialRules.Secret ? ["AUTH"]
                    : blame.Rule == TrialRules.Demanded ? ["MAIL"]
                    : Array.Empty<string>(),
                marked
            );
        });
    }

    [Fact]
    public async Task Without_TLS_a_login_is_taken_in_clear_where_nobody_demands_it()
    {
        var report = await new ClientTrial(
            new TrialOptions
            {
                Profile = Profiles.Extended(TrialOptions.Standard, ["AUTH"]),
                Call = (server, _, stop) => SendAsync(server, Way.LogsInInClear, null, stop),
                Select = one => one.Id is "login/AUTH/535",
            }
        ).RunAsync(null, Cancellation);
        Assert.Equal(CaseVerdict.Pass, report.Plain.Verdict);
        Assert.Equal(["PASS login/AUTH/535"], report.Results.Select(ClientTrialTests.Words));
    }

    private static async Task<TrialReport> TryAsync(string way, Func<Scenario, bool> select)
    {
        using var certificate = ServerCertificate.SelfSigned("localhost");
        return await new ClientTrial(
            new TrialOptions
            {
                Profile = Offered,
                Certificate = certificate.Certificate,
                DemandsTls = true,
                PlaysOnce = true,
                Call = (server, _, stop) => SendAsync(server, Enum.Parse<Way>(way), certificate, stop),
                Select = select,
            }
        ).RunAsync(null, Cancellation);
    }

    private static async Task SendAsync(IPEndPoint server, Way way, ServerCertificate? certificate, CancellationToken stop)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server, stop);
        Stream stream = client.GetStream();
        var isSaid = false;

        async Task<string> AskAsync(string? line)
        {
            var reply = await TlsTrialTests.AskAsync(stream, line, stop);
            isSaid |= reply.StartsWith("421", StringComparison.Ordinal);
            return reply;
        }

        async Task GiveUpAsync(string reply)
        {
            if (!isSaid)
            {
                await AskAsync("QUIT");
            }

            throw new RefusedException(reply, 550);
        }

        await AskAsync(null);
        var offer = await AskAsync("EHLO client.example.test");
        var reply = offer.Contains("STARTTLS", StringComparison.Ordinal) ? await AskAsync("STARTTLS") : "";
        if (reply.StartsWith('2'))
        {
            var tls = new SslStream(stream, leaveInnerStreamOpen: true, (_, shown, _, _) =>
                shown!.GetCertHashString() == certificate!.Certificate.GetCertHashString()
            );
            await tls.AuthenticateAsClientAsync("localhost");
            stream = tls;
            offer = await AskAsync("EHLO client.example.test");
        }
        else if (way is not Way.LogsInInClear)
        {
            await GiveUpAsync(reply);
        }

        reply = await LoginAsync(way, AskAsync);
        if (!reply.StartsWith('2') && way is not (Way.SendsAllTheSame or Way.SaysSuccess))
        {
            await GiveUpAsync(reply);
        }

        if (!reply.StartsWith('2') && way is Way.SaysSuccess)
        {
            await AskAsync("QUIT");
            return;
        }

        var size = offer.Contains("SIZE", StringComparison.Ordinal) ? " SIZE=10" : "";
        string[] lines = [$"MAIL FROM:<a@example.test>{size}", "RCPT TO:<b@example.test>", "DATA", "Subject: x\r\n\r\ntext\r\n."];
        foreach (var line in lines)
        {
            reply = await AskAsync(line);
            if (reply[0] is not ('2' or '3'))
            {
                await GiveUpAsync(reply);
            }
        }

        await AskAsync("QUIT");
        await stream.DisposeAsync();
    }

    private static async Task<string> LoginAsync(Way way, Func<string?, Task<string>> ask)
    {
        if (way is not Way.Dialogue)
        {
            return await ask($"AUTH PLAIN {Plain}");
        }

        var reply = await ask("AUTH LOGIN");
        foreach (var answer in new[] { Name, Password })
        {
            reply = reply.StartsWith("334 ", StringComparison.Ordinal) ? await ask(answer) : reply;
        }

        return reply;
    }
}
