using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Access;

/// <summary>Servers that do one thing wrong in STARTTLS or AUTH are found, each by the case that is about it; one that does nothing wrong
/// is not accused.</summary>
public class ApartFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_does_nothing_wrong_is_accused_of_nothing_and_every_login_case_is_decided()
    {
        var results = await RunAsync(Faulty(null), Depth.Credentials);

        Assert.DoesNotContain(results, result => result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict or CaseVerdict.Inconclusive);
        Assert.True(
            results.Count(result => result.Verdict is CaseVerdict.Pass) >= 25,
            string.Join('\n', results.Select(result => $"{result.Verdict} {result.Case.Id} {result.Reason}"))
        );
    }

    [Theory, Trait("Rule", "AU10"), Trait("Rule", "AU11"), Trait("Rule", "AU12")]
    [InlineData("obeys what came in clear", "rfc3207/6/what-is-sent-in-clear-behind-STARTTLS", CaseVerdict.Fail)]
    [InlineData("greets again", "rfc3207/4.2/no-greeting-behind-STARTTLS", CaseVerdict.Fail)]
    [InlineData("offers STARTTLS inside TLS", "rfc3207/4.2/STARTTLS-is-not-listed-inside-TLS", CaseVerdict.Fail)]
    [InlineData("remembers EHLO", "rfc3207/4.2/EHLO-is-forgotten-behind-STARTTLS", CaseVerdict.Fail)]
    [InlineData("remembers MAIL", "rfc3207/4/STARTTLS-out-of-order-in-MailGiven", CaseVerdict.Fail)]
    [InlineData("takes STARTTLS inside TLS", "rfc3207/4.2/STARTTLS-out-of-order-in-ReadySecured", CaseVerdict.NonStrict)]
    [InlineData("takes STARTTLS with an argument", "rfc3207/4/STARTTLS-malformed-in-Ready", CaseVerdict.NonStrict)]
    [InlineData("takes AUTH twice", "rfc4954/4/AUTH-out-of-order-in-ReadyAuthenticated", CaseVerdict.Fail)]
    [InlineData("refuses AUTH twice with 501", "rfc4954/4/AUTH-out-of-order-in-ReadyAuthenticated", CaseVerdict.Fail)]
    [InlineData("takes AUTH in a transaction", "rfc4954/4/AUTH-out-of-order-in-MailGiven", CaseVerdict.Fail)]
    [InlineData("forgets the login at RSET", "rfc5321/4.1.1.5/RSET-in-ReadyAuthenticated", CaseVerdict.Fail)]
    [InlineData("forgets the login at EHLO", "rfc5321/4.1.4/EHLO-in-ReadyAuthenticated", CaseVerdict.Fail)]
    [InlineData("challenges in plain words", "rfc4954/4/challenge-is-base64", CaseVerdict.Fail)]
    [InlineData("challenges in plain words", "rfc4954/4/empty-challenge-where-the-client-begins", CaseVerdict.Inconclusive)]
    [InlineData("asks for a name where the client begins", "rfc4954/4/empty-challenge-where-the-client-begins", CaseVerdict.Fail)]
    [InlineData("asks for a name where the client begins", "rfc4954/4/challenge-is-base64", CaseVerdict.Pass)]
    [InlineData("says 250 to the asterisk", "rfc4954/4/cancel-in-Challenged", CaseVerdict.Fail)]
    [InlineData("says 535 to the asterisk", "rfc4954/4/cancel-in-Challenged", CaseVerdict.Fail)]
    [InlineData("says 500 to the asterisk", "rfc4954/4/cancel-in-Challenged", CaseVerdict.Fail)]
    [InlineData("does not know NOOP", "rfc4954/9/two-failures-are-borne", CaseVerdict.Pass)]
    [InlineData("does not know NOOP", "rfc4954/4/long-response", CaseVerdict.Pass)]
    [InlineData("lets everybody in", "rfc4954/4/long-response", CaseVerdict.Inconclusive)]
    [InlineData("says 535 to what is no base64", "rfc4954/4/response-malformed-in-Challenged", CaseVerdict.Fail)]
    [InlineData("says 535 to what is no base64", "rfc4954/4/AUTH-malformed-in-Ready", CaseVerdict.Fail)]
    [InlineData("obeys commands in the dialogue", "rfc4954/4/a-command-in-the-dialogue-is-a-response", CaseVerdict.Fail)]
    [InlineData("takes an initial response where it begins", "rfc4954/4/initial-response-where-the-server-begins", CaseVerdict.Fail)]
    [InlineData("remembers the login", "rfc3207/4.2/a-login-is-forgotten-behind-STARTTLS", CaseVerdict.Fail)]
    [InlineData("cuts long lines", "rfc4954/4/long-response", CaseVerdict.Fail)]
    [InlineData("closes on the first failure", "rfc4954/9/two-failures-are-borne", CaseVerdict.NonStrict)]
    public async Task A_fault_is_found_by_its_case(string fault, string id, CaseVerdict verdict)
    {
        var results = await RunAsync(
            Faulty(fault),
            id.StartsWith("rfc4954", StringComparison.Ordinal) ? Depth.Credentials : Depth.Envelope
        );

        var found = results.Single(result => result.Case.Id == id);
        Assert.True(
            found.Verdict == verdict,
            $"{found}\n\n{string.Join('\n', results.Where(result => result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict))}"
        );
        Assert.DoesNotContain(results, result => result.Verdict is CaseVerdict.Fail && verdict is CaseVerdict.NonStrict);
    }

    [Fact]
    public async Task A_transaction_that_lives_on_behind_the_handshake_is_told_by_the_rule_on_what_is_forgotten()
    {
        var results = await RunAsync(Faulty("remembers MAIL"), Depth.Envelope);

        var found = results.Single(result => result.Case.Id == "rfc3207/4/STARTTLS-out-of-order-in-MailGiven");
        Assert.Equal(new Machines.Clause("RFC 3207", "4.2"), found.Rule.Clause);
    }

    [Theory, Trait("Rule", "R4"), Trait("Rule", "R5")]
    [InlineData("closes on the asterisk", "cancel-in-Challenged", "R4")]
    [InlineData("closes on what is no base64", "response-malformed-in-Challenged", "R4")]
    [InlineData("ignores an initial response that is no base64", "AUTH-malformed-in-Ready", "R5")]
    public async Task What_breaks_a_rule_of_every_command_in_a_login_is_told_by_its_case(
        string fault,
        string name,
        string rule
    )
    {
        var results = await RunAsync(Faulty(fault), Depth.Credentials);

        var found = results.Single(result => result.Case.Id == $"rfc4954/4/{name}");
        Assert.True(found.Verdict is CaseVerdict.Fail, $"{found}");
        Assert.Single(results, result => result.Verdict is CaseVerdict.Fail);
        Assert.Equal(($"rfc4954/4/{name}", rule), (found.Case.Id, found.Rule.Id));
    }

    [Fact]
    public async Task A_server_that_closes_the_channel_on_a_wrong_password_may_defend_itself_RFC_5321_7_8()
    {
        var results = await RunAsync(Faulty("closes on the first failure"), Depth.Credentials);

        Assert.DoesNotContain(results, result => result.Verdict is CaseVerdict.Fail);
        Assert.Contains(results, result =>
            result is { Verdict: CaseVerdict.Inconclusive, Case.Id: "rfc4954/6/response-refused-in-Challenged" }
        );
    }

    [Theory]
    [InlineData("LOGIN")]
    [InlineData("CRAM-MD5")]
    [InlineData("SCRAM-SHA-256")]
    public async Task Login_cases_are_played_with_the_mechanism_that_there_is(string mechanism)
    {
        var what = new Submission { IsDemanding = false, InClear = mechanism, InTls = mechanism };

        var right = await RunAsync(what, Depth.Credentials);
        var wrong = await RunAsync(what with { Fault = "takes AUTH twice" }, Depth.Envelope);

        Assert.DoesNotContain(right, result => result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict or CaseVerdict.Inconclusive);
        Assert.Contains(right, result => result is { Verdict: CaseVerdict.Pass, Case.Id: "rfc4954/4/response-in-Challenged" });
        Assert.Contains(right, result => result is { Verdict: CaseVerdict.Pass, Case.Id: "rfc4954/4/long-response" });
        Assert.Contains(right, result =>
            result is { Verdict: CaseVerdict.NotApplicable, Case.Id: "rfc4954/4/empty-challenge-where-the-client-begins" }
        );
        Assert.Contains(wrong, result =>
            result is { Verdict: CaseVerdict.Fail, Case.Id: "rfc4954/4/AUTH-out-of-order-in-ReadyAuthenticated" }
        );
    }

    [Fact]
    public async Task A_login_that_is_remembered_shows_in_what_mail_is_taken_from_where_a_second_login_is()
    {
        var what = new Submission { InClear = "PLAIN", InTls = "PLAIN", Fault = "takes AUTH twice" };

        var right = await RunAsync(what, Depth.Greeting);
        var wrong = await RunAsync(what with { Fault = "takes AUTH twice; remembers the login" }, Depth.Greeting);

        Assert.Equal(CaseVerdict.Pass, Forgotten(right).Verdict);
        Assert.Equal(CaseVerdict.Fail, Forgotten(wrong).Verdict);
    }

    [Fact]
    public async Task A_login_in_clear_is_not_tried_where_the_password_would_be_seen_and_nobody_said_so()
    {
        await using var server = Server(null);
        await using var target = server.Target(TlsMode.StartTls, server.Login("PLAIN"));

        var results = await RunAsync(target, Depth.Greeting);

        Assert.Equal(CaseVerdict.NotApplicable, Forgotten(results).Verdict);
        Assert.DoesNotContain(server.Heard, line => line.StartsWith("--- AUTH", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rfc5321+auth", null, null)]
    [InlineData("rfc5321+auth", "takes AUTH twice", "AU2")]
    [InlineData("rfc5321+auth", "takes AUTH in a transaction", "AU3")]
    [InlineData("rfc5321+auth", "says 250 to the asterisk", "AU5")]
    [InlineData("rfc5321+starttls", null, null)]
    [InlineData("rfc5321+starttls", "remembers MAIL", "E4")]
    [InlineData("rfc5321+starttls", "greets again", "R5")]
    public async Task Random_sessions_go_into_TLS_and_log_in_by_themselves_and_find_what_is_wrong_there(
        string name,
        string? fault,
        string? rule
    )
    {
        await using var server = Server(fault);
        await using var target = server.Target(TlsMode.None, server.Login("PLAIN", mayBeInClear: true));
        var profile = Profiles.Find(name)!;
        var palette = (await ServerOffer.ReadAsync(target, Profiles.Rfc5321, new PaletteOptions(), cancellation: Cancellation)).Within(
            profile,
            target,
            new PaletteOptions()
        );
        await using var inside = target.For(profile);

        var report = await new Fuzzer(
            profile,
            new FuzzOptions
            {
                Seed = 1,
                Sessions = 200,
                Palette = palette,
                MaxViolations = 1,
            }
        ).RunAsync(inside, null, Cancellation);

        Assert.Equal(rule, report.Findings.Count == 0 ? null : report.Findings[0].Violation.Rule?.Id);
        Assert.True(
            fault != "greets again" || report.Findings[0].Violation.Command == Rfc3207.STARTTLS,
            $"{report.Findings.FirstOrDefault()?.Violation}"
        );
        Assert.DoesNotContain(server.Heard, line => line.Contains(SpokenLogin.Word, StringComparison.Ordinal));
        Assert.DoesNotContain(report.Findings, finding =>
            ReplayFile.Of(name, finding).ToJson().Contains(server.What.Password, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_cases_greet_as_the_base_does_that_is_tested()
    {
        Assert.Contains(ApartTest.CasesOf(Profiles.Rfc5321), one =>
            one.Id.EndsWith("/EHLO-is-forgotten-behind-STARTTLS", StringComparison.Ordinal)
        );
        Assert.Contains(ApartTest.CasesOf(Profiles.Lmtp), one =>
            one.Id.EndsWith("/LHLO-is-forgotten-behind-STARTTLS", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(ApartTest.CasesOf(Profiles.Lmtp), one => one.Id.Contains("/EHLO-", StringComparison.Ordinal));
    }

    private static CaseResult Forgotten(IReadOnlyList<CaseResult> results) =>
        results.Single(result => result.Case.Id == "rfc3207/4.2/a-login-is-forgotten-behind-STARTTLS");

    private static Submission Faulty(string? fault) =>
        new()
        {
            IsDemanding = false,
            InClear = "PLAIN CRAM-MD5",
            InTls = "PLAIN CRAM-MD5",
            Fault = fault,
        };

    private static SubmissionServer Server(string? fault) => new(Faulty(fault));

    private static async Task<IReadOnlyList<CaseResult>> RunAsync(Submission what, Depth depth)
    {
        await using var server = new SubmissionServer(what);
        await using var target = server.Target(
            TlsMode.None,
            server.Login(what.InClear.Contains("PLAIN", StringComparison.Ordinal) ? "PLAIN" : null, mayBeInClear: true)
        );
        var results = await RunAsync(target, depth);
        Assert.DoesNotContain(what.Password, string.Join('\n', results.Select(result => $"{result}")), StringComparison.Ordinal);
        return results;
    }

    private static async Task<IReadOnlyList<CaseResult>> RunAsync(TcpTarget target, Depth depth)
    {
        var options = new TestOptions { Depth = depth, Connections = 4 };
        var offer = await ServerOffer.ReadAsync(target, Profiles.Rfc5321, options.Palette, cancellation: Cancellation);
        List<CaseResult> results = [];
        foreach (var test in ApartTest.Of(target, Profiles.Rfc5321, offer.Offer, options))
        {
            await using var inside = test.Target;
            results.AddRange((await test.RunAsync(null, Cancellation)).Results);
        }

        return results;
    }
}
