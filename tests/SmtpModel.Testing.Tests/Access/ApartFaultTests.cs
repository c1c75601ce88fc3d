using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Access;

/// <summary>Servers that do one thing wrong in STARTTLS or AUTH are found, each by the case that is about it; one that does nothing wrong is not accused.</summary>
public class ApartFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_does_nothing_wrong_is_accused_of_nothing_and_every_login_case_is_decided()
    {
        var results = await RunAsync(null, Depth.Credentials);

        Assert.DoesNotContain(results, result => result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict or CaseVerdict.Inconclusive);
        Assert.True(results.Count(result => result.Verdict is CaseVerdict.Pass) >= 25, string.Join('\n', results.Select(result => $"{result.Verdict} {result.Case.Id} {result.Reason}")));
    }

    [Theory, Trait("Rule", "AU10"), Trait("Rule", "AU11")]
    [InlineData("obeys what came in clear", "rfc3207/6/what-is-sent-in-clear-behind-STARTTLS", CaseVerdict.Fail)]
    [InlineData("greets again", "rfc3207/4.2/no-greeting-behind-STARTTLS", CaseVerdict.Fail)]
    [InlineData("offers STARTTLS inside TLS", "rfc3207/4.2/STARTTLS-is-not-listed-inside-TLS", CaseVerdict.Fail)]
    [InlineData("remembers EHLO", "rfc3207/4.2/EHLO-is-forgotten-behind-STARTTLS", CaseVerdict.Fail)]
    [InlineData("remembers MAIL", "rfc3207/4/STARTTLS-out-of-order-in-MailGiven", CaseVerdict.Fail)]
    [InlineData("takes STARTTLS inside TLS", "rfc3207/4.2/STARTTLS-out-of-order-in-ReadySecured", CaseVerdict.NonStrict)]
    [InlineData("takes STARTTLS with an argument", "rfc5321/4.1.1/STARTTLS-malformed-in-Ready", CaseVerdict.NonStrict)]
    [InlineData("takes AUTH twice", "rfc4954/4/AUTH-out-of-order-in-ReadyAuthenticated", CaseVerdict.Fail)]
    [InlineData("refuses AUTH twice with 501", "rfc4954/4/AUTH-out-of-order-in-ReadyAuthenticated", CaseVerdict.Fail)]
    [InlineData("takes AUTH in a transaction", "rfc4954/4/AUTH-out-of-order-in-MailGiven", CaseVerdict.Fail)]
    [InlineData("forgets the login at RSET", "rfc5321/4.1.1.5/RSET-in-ReadyAuthenticated", CaseVerdict.Fail)]
    [InlineData("forgets the login at EHLO", "rfc5321/4.1.4/EHLO-in-ReadyAuthenticated", CaseVerdict.Fail)]
    [InlineData("challenges in plain words", "rfc4954/4/challenge-is-base64", CaseVerdict.Fail)]
    [InlineData("says 250 to the asterisk", "rfc4954/4/cancel-in-Challenged", CaseVerdict.Fail)]
    [InlineData("says 535 to the asterisk", "rfc4954/4/cancel-in-Challenged", CaseVerdict.Fail)]
    [InlineData("says 535 to what is no base64", "rfc4954/4/response-malformed-in-Challenged", CaseVerdict.Fail)]
    [InlineData("says 535 to what is no base64", "rfc4954/4/AUTH-malformed-in-Ready", CaseVerdict.Fail)]
    [InlineData("obeys commands in the dialogue", "rfc4954/4/a-command-in-the-dialogue-is-a-response", CaseVerdict.Fail)]
    [InlineData("takes an initial response where it begins", "rfc4954/4/initial-response-where-the-server-begins", CaseVerdict.Fail)]
    [InlineData("closes on the first failure", "rfc4954/9/two-failures-are-borne", CaseVerdict.NonStrict)]
    public async Task A_fault_is_found_by_its_case(string fault, string id, CaseVerdict verdict)
    {
        var results = await RunAsync(fault, id.StartsWith("rfc4954", StringComparison.Ordinal) ? Depth.Credentials : Depth.Envelope);

        var found = results.Single(result => result.Case.Id == id);
        Assert.True(found.Verdict == verdict, $"{found}\n\n{string.Join('\n', results.Where(result => result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict))}");
        Assert.DoesNotContain(results, result => result.Verdict is CaseVerdict.Fail && verdict is CaseVerdict.NonStrict);
    }

    [Theory]
    [InlineData("rfc5321+auth", null, null)]
    [InlineData("rfc5321+auth", "takes AUTH twice", "AU2")]
    [InlineData("rfc5321+auth", "takes AUTH in a transaction", "AU3")]
    [InlineData("rfc5321+auth", "says 250 to the asterisk", "AU5")]
    [InlineData("rfc5321+starttls", null, null)]
    [InlineData("rfc5321+starttls", "remembers MAIL", "E4")]
    public async Task Random_sessions_go_into_TLS_and_log_in_by_themselves_and_find_what_is_wrong_there(string name, string? fault, string? rule)
    {
        await using var server = Server(fault);
        await using var target = server.Target(TlsMode.None, server.Login("PLAIN", mayBeInClear: true));
        var profile = Profiles.Find(name)!;
        var palette = (await ServerOffer.ReadAsync(target, Profiles.Rfc5321, new PaletteOptions(), cancellation: Cancellation)).Within(profile, target, new PaletteOptions());
        await using var inside = target.For(profile);

        var report = await new Fuzzer(profile, new FuzzOptions { Seed = 1, Sessions = 200, Palette = palette, MaxViolations = 1 }).RunAsync(inside, null, Cancellation);

        Assert.Equal(rule, report.Findings.Count == 0 ? null : report.Findings[0].Violation.Rule?.Id);
        Assert.DoesNotContain(server.Heard, line => line.Contains(Disguise.Word, StringComparison.Ordinal));
        Assert.DoesNotContain(report.Findings, finding => ReplayFile.Of(name, finding).ToJson().Contains(server.What.Password, StringComparison.Ordinal));
    }

    [Fact]
    public void The_cases_greet_as_the_base_does_that_is_tested()
    {
        Assert.Contains(ApartTest.CasesOf(Profiles.Rfc5321), one => one.Id.EndsWith("/EHLO-is-forgotten-behind-STARTTLS", StringComparison.Ordinal));
        Assert.Contains(ApartTest.CasesOf(Profiles.Lmtp), one => one.Id.EndsWith("/LHLO-is-forgotten-behind-STARTTLS", StringComparison.Ordinal));
        Assert.DoesNotContain(ApartTest.CasesOf(Profiles.Lmtp), one => one.Id.Contains("/EHLO-", StringComparison.Ordinal));
    }

    private static SubmissionServer Server(string? fault) => new(new Submission { IsDemanding = false, InClear = "PLAIN CRAM-MD5", InTls = "PLAIN CRAM-MD5", Fault = fault });

    private static async Task<IReadOnlyList<CaseResult>> RunAsync(string? fault, Depth depth)
    {
        await using var server = Server(fault);
        await using var target = server.Target(TlsMode.None, server.Login("PLAIN", mayBeInClear: true));
        var options = new TestOptions { Depth = depth, Connections = 4 };
        var offer = await ServerOffer.ReadAsync(target, Profiles.Rfc5321, options.Palette, cancellation: Cancellation);
        List<CaseResult> results = [];
        foreach (var test in ApartTest.Of(target, Profiles.Rfc5321, offer.Offer, options))
        {
            await using var inside = test.Target;
            var report = await test.RunAsync(null, Cancellation);
            Assert.DoesNotContain(server.What.Password, string.Join('\n', report.Results.Select(result => $"{result}")), StringComparison.Ordinal);
            results.AddRange(report.Results);
        }

        return results;
    }
}
