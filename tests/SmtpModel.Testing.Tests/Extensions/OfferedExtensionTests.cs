using System.Collections.Concurrent;
using SmtpModel.Machines;
using SmtpModel.Spec;
using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Extensions;

/// <summary>The extensions that are tested wherever a server offers them: each of their cases is seen to fail once, and a server that is
/// right is accused of nothing.</summary>
public sealed class OfferedExtensionTests
{
    // offered as the right server offers it
    private const string Right = "";

    /// <summary>What the server lists (or nothing for the right lines), what a line begins to hold that is answered otherwise, that
    /// answer, and the case with its verdict.</summary>
    public static TheoryData<string, string, string, string> Faults { get; } = new()
    {
        { Right, "BY=86400;N", "501 what is that?", "Fail rfc2852/3/MAIL-with-BY-86400-N" },
        { Right, "BY=0;R", "250 taken", "NonStrict rfc2852/4/MAIL-with-BY-0-R-malformed" },
        { Right, "BY=1;R", "250 taken", "NonStrict rfc2852/3/MAIL-with-BY-under-the-limit" },
        { "DELIVERBY soon", "", "", "Fail rfc2852/2/EHLO-lists-DELIVERBY-as-it-is-written" },
        { Right, "SOLICIT=TEST.EXAMPLE:NONE", "555 no such parameter", "Fail rfc3865/2.3/MAIL-with-SOLICIT-test-example-NONE" },
        { "NO-SOLICITING net.example:ADV org.example:ADV", "", "", "Fail rfc3865/2/EHLO-lists-NO-SOLICITING-as-it-is-written" },
        { Right, "HOLDFOR=1", "555 no such parameter", "Fail rfc4865/4.2/MAIL-with-HOLDFOR-1" },
        { Right, "HOLDUNTIL=2099-12-31T23:59:59Z", "501 too late", "Fail rfc4865/4.2/MAIL-with-HOLDUNTIL-as-it-is-offered" },
        { Right, "HOLDFOR=0", "250 taken", "Fail rfc4865/4.2/MAIL-with-HOLDFOR-0-malformed" },
        { Right, "HOLDUNTIL=TOMORROW", "250 taken", "Fail rfc4865/4.2/MAIL-with-HOLDUNTIL-tomorrow-malformed" },
        { Right, "HOLDFOR=1 HOLDFOR=1", "250 taken", "Fail rfc4865/4.2/MAIL-with-HOLDFOR-twice" },
        { Right, "HOLDFOR=1 HOLDUNTIL=2099-12-31T23:59:59Z", "250 taken", "Fail rfc4865/4.2/MAIL-with-HOLDFOR-and-HOLDUNTIL" },
        { Right, "HOLDFOR=999999999", "250 taken", "Fail rfc4865/4.2/MAIL-with-HOLDFOR-over-the-limit" },
        { Right, "HOLDUNTIL=9999-12-31T23:59:59Z", "250 taken", "Fail rfc4865/4.2/MAIL-with-HOLDUNTIL-over-the-limit" },
        { "FUTURERELEASE 86400", "", "", "Fail rfc4865/4.2/EHLO-lists-FUTURERELEASE-as-it-is-written" },
        { Right, "MT-PRIORITY=-9", "501 how low?", "Fail rfc6710/3/MAIL-with-MT-PRIORITY-minus-9" },
        { Right, "MT-PRIORITY=10", "250 taken", "Fail rfc6710/4.1/MAIL-with-MT-PRIORITY-10-malformed" },
        { Right, "MT-PRIORITY=0 MT-PRIORITY=0", "250 taken", "Fail rfc6710/4.1/MAIL-with-MT-PRIORITY-twice" },
        { "MT-PRIORITY MIXER NSEP", "", "", "Fail rfc6710/7/EHLO-lists-MT-PRIORITY-as-it-is-written" },
        { Right, "RRVS=2026-01-01T00:00:00Z;C", "555 no such parameter", "Fail rfc7293/3.1/RCPT-with-RRVS-2026-01-01T00-00-00Z-C" },
        { "RRVS always", "", "", "Fail rfc7293/3.1/EHLO-lists-RRVS-as-it-is-written" },
        { "LIMITS RCPTMAX=0", "", "", "Fail rfc9422/3/EHLO-lists-LIMITS-as-it-is-written" },
        { "LIMITS MAILMAX=1 MAILMAX", "", "", "Fail rfc9422/3/EHLO-lists-LIMITS-as-it-is-written" },
        { "ATRN", "ATRN", "250 come in", "Fail rfc2645/5.2.1/ATRN-out-of-order-in-Ready" },
        { "ATRN", "", "", "NonStrict rfc2645/5.1.1/EHLO-lists-AUTH-with-ATRN" },
        { "BURL imap", "", "", "Fail rfc4468/4/EHLO-lists-8BITMIME-with-BURL" },
        { "BURL imap", "BURL", "250 fetched", "Fail rfc4468/3.1/BURL-out-of-order-in-MailGiven" },
        { "REQUIRETLS", "REQUIRETLS", "555 no such parameter", "Fail rfc8689/2/MAIL-with-REQUIRETLS" },
    };

    // those that the right server lists
    private static IEnumerable<ProfilePart> Listed =>
        Profiles.WhereOffered.Where(part => OfferingServer.Lines.Any(line => line.Split(' ')[0] == part.Extension!.Keyword));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_right_is_accused_of_nothing_and_each_case_is_decided()
    {
        var report = await TestAsync(OfferingServer.Of(OfferingServer.Lines), Listed);

        TestRun.None(
            "accused",
            report.Results.Where(result => result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict).Select(result => $"{result}")
        );
        TestRun.None(
            "not decided",
            report.Results.Where(result => IsOfOne(result.Case) && result.Verdict is not CaseVerdict.Pass).Select(result => $"{result}")
        );
        Assert.True(report.Results.Count(result => IsOfOne(result.Case)) >= 50, $"{report.Results.Count(result => IsOfOne(result.Case))}");
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_found_by_the_case_that_is_about_it(string listed, string said, string answered, string expected)
    {
        string[] lines = listed.Length > 0 ? [listed] : [.. OfferingServer.Lines];
        var fault = OfferingServer.Of(lines, (_, words) => said.Length > 0 && string.Join(' ', words) == said ? answered : null);
        var parts = Profiles.WhereOffered.Where(part => lines.Any(line => line.Split(' ')[0] == part.Extension!.Keyword));

        var report = await TestAsync(fault, parts, expected.Split(' ')[1]);

        Assert.Equal(
            [expected],
            report
                .Results.Where(result => result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict)
                .Select(result => $"{result.Verdict} {result.Case.Id}")
                .Distinct()
        );
    }

    [Theory]
    [Trait("Rule", "DB1")]
    [InlineData("555 not now")]
    [InlineData("455 not today")]
    public async Task RFC_2852_4_a_time_may_be_refused_with_the_code_that_elsewhere_means_an_unknown_parameter(string reply)
    {
        var report = await TestAsync(
            OfferingServer.Of(["DELIVERBY"], (_, words) => words is ["BY=86400;N"] ? reply : null),
            [Rfc2852.Part],
            "rfc2852/3/MAIL-with-BY-86400-N"
        );

        Assert.DoesNotContain(report.Results, result => result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict);
    }

    [Theory]
    [Trait("Rule", "RV1")]
    [InlineData("RRVS", "RRVS=2026-01-01T00:00:00Z", "550 somebody else has it now", "rfc7293/3.1/RCPT-with-RRVS-2026-01-01T00-00-00Z")]
    [InlineData("NO-SOLICITING", "SOLICIT=TEST.EXAMPLE:NONE", "550 we want none", "rfc3865/2.3/MAIL-with-SOLICIT-test-example-NONE")]
    [InlineData("MT-PRIORITY", "MT-PRIORITY=3", "550 not for you", "rfc6710/3/MAIL-with-MT-PRIORITY-3")]
    public async Task What_a_site_may_refuse_for_its_own_reasons_is_no_fault(string keyword, string said, string reply, string id)
    {
        var fault = OfferingServer.Of([keyword], (_, words) => string.Join(' ', words) == said ? reply : null);
        var report = await TestAsync(fault, Profiles.WhereOffered.Where(part => part.Extension!.Keyword == keyword), id);

        Assert.Equal(CaseVerdict.Info, Assert.Single(report.Results).Verdict);
    }

    [Fact]
    [Trait("Rule", "RQ1")]
    public async Task RFC_8689_2_REQUIRETLS_is_tried_inside_TLS_only_and_all_else_wherever_it_is_offered()
    {
        await using var server = new MiniServer(OfferingServer.Of(OfferingServer.Lines));

        var offer = await ServerOffer.ReadAsync(server.Target, Profiles.Rfc5321, new PaletteOptions(), cancellation: Cancellation);

        Assert.Equal(
            Listed.Except([Rfc8689.Part]).Select(part => part.Extension!.Keyword).Order(StringComparer.Ordinal),
            offer.Profile.Extensions.Select(extension => extension.Keyword)
        );
    }

    [Fact]
    public async Task An_offer_that_changes_is_told_and_a_parameter_is_not_asked_of_a_session_that_was_not_offered_it()
    {
        var right = OfferingServer.Of(["MT-PRIORITY MIXER"]);
        var offers = new ConcurrentDictionary<MiniSession, bool>();
        var changing = new Fault
        {
            Line = (session, line, answer) =>
            {
                // the first connection is offered it, and of the others every third is not
                var isOffered = offers.GetOrAdd(session, _ => offers.Count % 3 != 2);
                return isOffered ? right.Line!(session, line, answer)
                    : line.Contains("MT-PRIORITY=", StringComparison.OrdinalIgnoreCase) ? "555 not offered"
                    : answer();
            },
        };

        var report = await TestAsync(changing, [Rfc6710.Part]);

        TestRun.None("accused", report.Failures.Select(result => $"{result}"));
        Assert.Contains("the offer changes: MT-PRIORITY is listed in some replies to EHLO and not in others", report.Notes);
        Assert.Contains(report.Results, result => result.Verdict is CaseVerdict.Inconclusive
            && result.Reason.StartsWith("the offer changes: MT-PRIORITY ", StringComparison.Ordinal));
    }

    private static bool IsOfOne(TestCase one) =>
        Profiles.WhereOffered.Any(part => part.Extension!.Clause.Document == one.Rule.Clause.Document);

    private static async Task<TestReport> TestAsync(Fault fault, IEnumerable<ProfilePart> parts, string? only = null)
    {
        await using var server = new MiniServer(fault);
        var offer = (await ServerOffer.ReadAsync(server.Target, Profiles.Rfc5321, new PaletteOptions(), cancellation: Cancellation)).Offer;
        var options = new TestOptions
        {
            Connections = 8,
            Patience = TimeSpan.FromMilliseconds(20),
            Palette = new PaletteOptions { Offer = offer },
            Select = one => only is null || one.Id == only,
        };
        return await new ConformanceTest(Profiles.Composed(parts.Select(part => part.Extension!.Keyword)), options).RunAsync(
            server.Target,
            cancellation: Cancellation
        );
    }
}
