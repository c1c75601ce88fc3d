using System.Collections.Concurrent;
using SmtpModel.Spec;
using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Extensions;

/// <summary>LIMITS (RFC 9422): a tester keeps to what a server lists, and looks whether the server keeps to it.</summary>
public sealed class LimitsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [Trait("Rule", "LI2")]
    [InlineData("RCPTMAX=5", "RCPT", 5, "452 too many", "4.2/as-many-RCPT-as-RCPTMAX-says", CaseVerdict.Pass)]
    [InlineData("RCPTMAX=5", "RCPT", 4, "452 too many", "4.2/as-many-RCPT-as-RCPTMAX-says", CaseVerdict.NonStrict)]
    [InlineData("RCPTMAX=5", "RCPT", 4, "550 not him", "4.2/as-many-RCPT-as-RCPTMAX-says", CaseVerdict.Inconclusive)]
    [InlineData("RCPTMAX=5", "RCPT", 0, "452 too many", "4.2/as-many-RCPT-as-RCPTMAX-says", CaseVerdict.Inconclusive)]
    [InlineData("MAILMAX=3", "MAIL", 3, "421 too many", "4.1/as-many-MAIL-as-MAILMAX-says", CaseVerdict.Pass)]
    [InlineData("MAILMAX=3", "MAIL", 2, "421 too many", "4.1/as-many-MAIL-as-MAILMAX-says", CaseVerdict.NonStrict)]
    [InlineData("RCPTMAX=5", "MAIL", 9, "421 too many", "4.1/as-many-MAIL-as-MAILMAX-says", CaseVerdict.NotApplicable)]
    public async Task RFC_9422_4_a_server_that_takes_fewer_than_it_says_is_not_strict(
        string limit,
        string verb,
        int taken,
        string refusal,
        string id,
        CaseVerdict expected
    )
    {
        await using var server = new MiniServer(Limited(limit, verb, taken, refusal, []));

        var report = await TestAsync(server, one => one.Id == $"rfc9422/{id}");

        var result = Assert.Single(report.Results);
        Assert.True(expected == result.Verdict, $"{result}");
    }

    [Fact]
    public async Task RFC_9422_4_no_session_goes_over_what_is_listed()
    {
        ConcurrentBag<int> most = [];
        await using var server = new MiniServer(Limited("MAILMAX=1 RCPTMAX=2", "", 0, "", most));

        var report = await TestAsync(server, _ => true);
        var fuzzed = await new Fuzzer(Profiles.Composed("limits"), new FuzzOptions { Seed = TestRun.Seed, Sessions = 200 }).RunAsync(
            server.Target,
            cancellation: Cancellation
        );

        TestRun.None(
            "accused",
            report.Results.Where(result => result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict).Select(result => $"{result}")
        );
        Assert.Empty(fuzzed.Findings);
        Assert.Equal(1, most.Max());
        Assert.Contains(report.Results, result =>
            result.Verdict is CaseVerdict.Inconclusive && result.Reason.Contains("MAILMAX=1", StringComparison.Ordinal)
        );
    }

    [Fact]
    [Trait("Rule", "LI3")]
    public async Task Our_server_lists_the_recipients_that_it_takes()
    {
        var profile = Profiles.Composed("limits");
        await using var server = await EmbeddedServer.StartAsync(profile);

        var offer = await ServerOffer.ReadAsync(server, Profiles.Rfc5321, new PaletteOptions(), cancellation: Cancellation);
        var options = new TestOptions
        {
            Palette = new PaletteOptions { Offer = offer.Offer },
            Patience = TimeSpan.FromMilliseconds(20),
            Select = one => one.Rule.Clause.Document == "RFC 9422",
        };
        var report = await new ConformanceTest(profile, options).RunAsync(server, cancellation: Cancellation);

        Assert.Equal(["RCPTMAX=1000"], offer.Offer["LIMITS"]!.Parameters);
        Assert.Equal([CaseVerdict.Pass, CaseVerdict.NotApplicable, CaseVerdict.Pass], report.Results.Select(result => result.Verdict));
    }

    private static async Task<TestReport> TestAsync(MiniServer server, Func<TestCase, bool> select)
    {
        var target = server.Target;
        var offer = await ServerOffer.ReadAsync(target, Profiles.Rfc5321, new PaletteOptions(), cancellation: Cancellation);
        var options = new TestOptions
        {
            Palette = new PaletteOptions { Offer = offer.Offer },
            Patience = TimeSpan.FromMilliseconds(20),
            Connections = 8,
            Select = select,
        };
        return await new ConformanceTest(offer.Profile, options).RunAsync(target, cancellation: Cancellation);
    }

    // so many of a verb are taken in a session; how many MAIL one had is noted at each of them that came behind EHLO
    private static Fault Limited(string limit, string verb, int taken, string refusal, ConcurrentBag<int> mails)
    {
        ConcurrentDictionary<MiniSession, bool> offered = [];
        return new Fault
        {
            Line = (session, line, right) =>
            {
                var came = MiniSession.Split(line).Verb;
                if (came is "EHLO" or "HELO")
                {
                    var reply = right();
                    offered[session] = reply.StartsWith("250", StringComparison.Ordinal)
                        ? came == "EHLO"
                        : offered.GetValueOrDefault(session);
                    return reply.Replace("\n250 HELP", $"\n250-LIMITS {limit}\n250 HELP", StringComparison.Ordinal);
                }

                session.Memory += came == (verb.Length == 0 ? "MAIL" : verb) ? 1 : 0;
                if (came == "MAIL" && offered.GetValueOrDefault(session))
                {
                    mails.Add(session.Memory);
                }

                if (came != verb || session.Memory <= taken)
                {
                    return right();
                }

                session.IsClosing |= refusal.StartsWith("421", StringComparison.Ordinal);
                return refusal;
            },
        };
    }
}
