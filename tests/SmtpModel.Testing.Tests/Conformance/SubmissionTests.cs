using System.Net;
using SmtpModel.Machines;
using SmtpModel.Server;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>What RFC 6409 adds is kept by the project's own server, and each case of it is seen to fail.</summary>
public sealed class SubmissionTests
{
    private static readonly TestOptions Options = new()
    {
        Depth = Depth.Envelope,
        Patience = TimeSpan.FromMilliseconds(50),
        Select = one => one.Rule.Clause.Document == "RFC 6409",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_servers_own_submission_is_accused_of_nothing()
    {
        var results = await ResultsAsync(Profiles.Served(Profiles.Submission));

        Assert.All(results, result =>
            Assert.True(result.Verdict is CaseVerdict.Pass or CaseVerdict.NotApplicable, $"{result.Case}: {result.Reason}")
        );
        Assert.Contains(results, result =>
            result.Case.Id == "rfc6409/4.3/MAIL-out-of-order-in-Ready" && result.Verdict is CaseVerdict.Pass
        );
        Assert.Contains(results, result => result.Case.Id == "rfc6409/7/EHLO-does-not-list-ETRN" && result.Verdict is CaseVerdict.Pass);
    }

    [Fact]
    public async Task RFC_6409_7_a_server_that_relays_as_well_lists_what_it_must_not_and_lacks_what_it_should_have()
    {
        var results = await ResultsAsync(Profiles.Composed("AUTH", "ETRN", "DSN"));

        Assert.Equal(
            [
                "Fail rfc6409/7/EHLO-does-not-list-ETRN",
                "NonStrict rfc6409/4.3/MAIL-out-of-order-in-Ready",
                "NonStrict rfc6409/7/EHLO-lists-8BITMIME",
                "NonStrict rfc6409/7/EHLO-lists-ENHANCEDSTATUSCODES",
                "NonStrict rfc6409/7/EHLO-lists-PIPELINING",
            ],
            Findings(results).Where(finding => !finding.Contains("/S", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task RFC_6409_7_a_server_without_AUTH_fails()
    {
        await using var server = await EmbeddedServer.StartAsync(Profiles.Composed("DSN"));
        var report = await new ConformanceTest(Profiles.Submission, Options).RunAsync(server, null, Cancellation);

        Assert.Contains("Fail rfc6409/7/EHLO-lists-AUTH", Findings(report.Results));
    }

    private static IEnumerable<string> Findings(IEnumerable<CaseResult> results) =>
        results.Where(result => result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict)
            .Select(result => $"{result.Verdict} {result.Case.Id}").Order(StringComparer.Ordinal);

    // the cases behind a login, and those in front of it
    private static async Task<List<CaseResult>> ResultsAsync(Profile served)
    {
        var options = new SmtpServerOptions
        {
            EndPoints = [new IPEndPoint(IPAddress.Loopback, 0)],
            Store = new MemoryStore(),
            Authenticator = EmbeddedServer.Guest.Instance,
            Session = new SessionSettings { AuthenticatesInClear = true },
        };
        await using var server = new SmtpServer(options.Serving(served));
        await server.StartAsync();
        await using var target = new TcpTarget("127.0.0.1", server.EndPoints[0].Port)
        {
            Login = new Login(EmbeddedServer.Guest.Name, EmbeddedServer.Guest.Password) { MaySendInClear = true },
        };
        var offer = await ServerOffer.ReadAsync(target, Profiles.Submission, Options.Palette, cancellation: Cancellation);
        List<CaseResult> results =
        [
            .. (await new ConformanceTest(Profiles.Submission, Options).RunAsync(target, null, Cancellation)).Results,
        ];
        foreach (var test in ApartTest.Of(target, Profiles.Submission, offer.Offer, Options))
        {
            await using var inside = test.Target;
            results.AddRange((await test.RunAsync(null, Cancellation)).Results);
        }

        return results;
    }
}
