using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>Servers are accused as the text does: of what it demands of a server, with the level that it says.</summary>
public class ReadingTests
{
    [Fact]
    public async Task MAIL_before_EHLO_is_not_strict_where_it_begins_a_transaction_RFC_5321_4_1_4()
    {
        var fault = OnMail(
            (session, line, right) => session is { IsGreeted: false, From: null } ? session.Begin(PlantedFault.Path(line)) : right()
        );
        var report = await TestAsync(fault);
        Assert.Equal(CaseVerdict.NonStrict, Verdict(report, "rfc5321/4.1.4/MAIL-out-of-order-in-Connected"));
        Failures(report);
        await FuzzedAsync(fault, found: null);

        // RFC 821 has its MUST
        var older = await TestAsync(fault, Spec.Profiles.Rfc821);
        Assert.Equal(CaseVerdict.Fail, Verdict(older, "rfc821/4.1.1/MAIL-out-of-order-in-Connected"));
    }

    [Fact]
    public async Task A_second_MAIL_is_not_strict_where_it_begins_anew_RFC_5321_4_1_4()
    {
        var fault = OnMail((session, line, right) => session.From is not null ? session.Begin(PlantedFault.Path(line)) : right());
        var report = await TestAsync(fault);
        Assert.All(["MailGiven", "RecipientsGiven"],
            state => Assert.Equal(CaseVerdict.NonStrict, Verdict(report, $"rfc5321/4.1.4/MAIL-out-of-order-in-{state}")));
        Failures(report);
        await FuzzedAsync(fault, found: null);
    }

    [Fact]
    public async Task A_second_MAIL_fails_where_the_old_recipients_live_on_RFC_5321_4_1_1_2()
    {
        var fault = OnMail((session, _, right) => session.From is not null ? "250 sender taken" : right());
        var report = await TestAsync(fault);
        Failures(report, "rfc5321/4.1.4/MAIL-out-of-order-in-RecipientsGiven");
        Assert.Equal(CaseVerdict.NonStrict, Verdict(report, "rfc5321/4.1.4/MAIL-out-of-order-in-MailGiven"));
        await FuzzedAsync(fault, found: "3.3", sessions: 1500);
    }

    [Theory]
    [InlineData("MAIL", "550 not here", "rfc5321/4.1.4/MAIL-out-of-order-in-", "4.1.4")]
    [InlineData("RCPT", "550 not here", "rfc5321/3.3/RCPT-out-of-order-in-", "3.3")]
    [InlineData("RCPT", "451 later", "rfc5321/3.3/RCPT-out-of-order-in-", "3.3")]
    public async Task What_is_out_of_order_and_refused_draws_503_and_no_other_code_RFC_5321_4_1_4(
        string verb,
        string reply,
        string cases,
        string section
    )
    {
        var fault = Instead(verb, "503", reply);
        var report = await TestAsync(fault);
        var failed = report.Failures.ToList();
        Assert.NotEmpty(failed);
        Assert.All(failed, result => Assert.StartsWith(cases, result.Case.Id, StringComparison.Ordinal));
        Assert.All(failed, result => Assert.EndsWith("; the state is what it should be", result.Reason, StringComparison.Ordinal));
        Assert.All(failed, result => Assert.Equal(("503", reply), (result.Evidence!.Expected[..3], result.Evidence.Came)));
        await FuzzedAsync(fault, section);
    }

    [Theory]
    [InlineData("MAIL", "530 must issue STARTTLS first")]
    [InlineData("RCPT", "530 authentication required")]
    [InlineData("DATA", "550 no")]
    [InlineData("DATA", "451 no")]
    public async Task But_not_where_the_site_demands_something_first_or_for_DATA_RFC_5321_3_3(string verb, string reply)
    {
        var fault = Instead(verb, "503", reply);
        Failures(await TestAsync(fault));
        await FuzzedAsync(fault, found: null);
    }

    [Theory]
    [InlineData("MAIL", "550 not from you")]
    [InlineData("MAIL", "451 later")]
    [InlineData("RCPT", "450 greylisted")]
    public async Task A_policy_that_refuses_in_order_and_out_of_it_alike_says_nothing_about_the_order(string verb, string reply)
    {
        var fault = PlantedFault.OnLine("", "", (_, said, _, right) => said == verb ? reply : right()).Fault;
        Failures(await TestAsync(fault));
        await FuzzedAsync(fault, found: null);
    }

    [Theory]
    [InlineData("QUIT", "250 bye", "rfc5321/4.1.1.10/QUIT-in-", "4.1.1.10")]
    [InlineData("RSET", "200 reset", "rfc5321/4.1.1.5/RSET-in-", "4.1.1.5")]
    public async Task QUIT_and_RSET_are_accepted_with_their_code_RFC_5321_4_1_1_10(string verb, string reply, string cases, string section)
    {
        var fault = Instead(verb, "2", reply);
        var failed = (await TestAsync(fault)).Failures.ToList();
        Assert.Contains(failed, result => result.Case.Id.StartsWith(cases, StringComparison.Ordinal));
        TestRun.None("of another command", failed.Where(result => result.Case.Command?.Name != verb).Select(Told));
        await FuzzedAsync(fault, section);
    }

    [Fact]
    public async Task VRFY_that_is_not_recognized_is_missing_from_the_minimum_RFC_5321_4_5_1()
    {
        var fault = PlantedFault.On("VRFY", "", "", (_, _) => "500 no such command").Fault;
        Failures(await TestAsync(fault), "rfc5321/4.5.1/VRFY-is-there");
        await FuzzedAsync(fault, "4.5.1");
        Failures(await TestAsync(PlantedFault.On("VRFY", "", "", (_, _) => "502 not here").Fault));
    }

    [Theory]
    [InlineData("502 no such command", "it does nothing, and draws what ")]
    [InlineData("500 no such command", "it is known and does nothing: 502 ")]
    public async Task VRFY_that_draws_502_is_said_to_be_known_only_where_no_other_line_draws_that_RFC_5321_4_2_4(
        string unknown,
        string said
    )
    {
        var fault = PlantedFault.OnLine("", "", (_, verb, _, right) =>
            verb == "VRFY" ? "502 no such command"
            : right() is var reply && reply.StartsWith("500", StringComparison.Ordinal) ? unknown
            : reply).Fault;
        var result = (await TestAsync(fault)).Results.Single(one => one.Case.Id == "rfc5321/4.5.1/VRFY-is-there");
        Assert.Equal(CaseVerdict.Info, result.Verdict);
        Assert.StartsWith(said, result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RSET_that_waits_for_TLS_is_not_accused_RFC_3207_4()
    {
        var fault = PlantedFault.OnLine("", "", (_, verb, _, right) =>
            verb is "MAIL" or "RCPT" or "DATA" or "RSET" or "VRFY" or "EXPN" or "HELP" ? "530 must issue STARTTLS first" : right()).Fault;
        Failures(await TestAsync(fault));
        await FuzzedAsync(fault, found: null);
    }

    [Fact]
    public async Task Postmaster_known_in_one_case_of_letters_and_not_in_the_other_fails_RFC_5321_4_5_1()
    {
        var report = await TestAsync(Refusing(line => line.Contains("<postmaster>", StringComparison.Ordinal)));
        Failures(report, "rfc5321/4.5.1/RCPT-postmaster-in-lower-case");
        var result = report.Results.Single(result => result.Verdict is CaseVerdict.Fail);
        Assert.Contains("as RCPT TO:<Postmaster>, which means the same, draws 250", result.Evidence!.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Postmaster_refused_where_another_is_accepted_fails_once_RFC_5321_2_3_5()
    {
        var report = await TestAsync(Refusing(line => line.Contains("<postmaster>", StringComparison.OrdinalIgnoreCase)));
        Failures(report, "rfc5321/4.5.1/RCPT-Postmaster");
        Assert.Equal(CaseVerdict.NonStrict, Verdict(report, "rfc5321/4.5.1/RCPT-postmaster-in-lower-case"));
    }

    [Fact]
    public async Task A_site_that_knows_some_mailboxes_at_its_domain_may_refuse_others_there_RFC_5321_4_1_1()
    {
        var report = await TestAsync(Refusing(line => line.Contains("<postmaster@", StringComparison.OrdinalIgnoreCase)));
        Failures(report);
        Assert.Equal(CaseVerdict.NonStrict, Verdict(report, "rfc5321/4.5.1/RCPT-postmaster-at-domain"));
    }

    [Fact]
    public async Task A_site_that_refused_one_of_two_lines_that_mean_the_same_once_is_not_accused()
    {
        var times = 0;
        var report = await TestAsync(
            Refusing(line => line.Contains("<postmaster>", StringComparison.Ordinal) && Interlocked.Increment(ref times) == 1)
        );
        Failures(report);
        Assert.Equal(CaseVerdict.Inconclusive, Verdict(report, "rfc5321/4.5.1/RCPT-postmaster-in-lower-case"));
    }

    [Fact]
    public async Task The_null_path_refused_as_policy_is_not_strict_RFC_5321_4_5_5()
    {
        var report = await TestAsync(
            PlantedFault
                .OnLine("", "", (session, verb, line, right) =>
                    session.IsGreeted && verb == "MAIL" && line.EndsWith(":<>", StringComparison.Ordinal) ? "550 no" : right()
                )
                .Fault
        );
        Failures(report);
        Assert.Equal(CaseVerdict.NonStrict, Verdict(report, "rfc5321/4.5.5/MAIL-with-null-reverse-path"));
    }

    [Theory]
    [InlineData("RSET", "MailGiven")]
    [InlineData("DATA", "RecipientsGiven")]
    [InlineData("MAIL", "Ready")]
    [InlineData("EHLO", "Connected")]
    public async Task A_word_that_only_begins_with_a_keyword_is_no_command_RFC_5321_2_4(string keyword, string state)
    {
        var report = await TestAsync(
            PlantedFault
                .OnLine("", "", (session, verb, line, right) =>
                    verb.Length > 4 && verb.StartsWith(keyword, StringComparison.OrdinalIgnoreCase)
                        ? session.Answer(keyword + line[verb.Length..])
                        : right()
                )
                .Fault
        );
        var failed = report.Results.Where(result => result.Verdict is CaseVerdict.Fail).ToList();
        Assert.Contains(failed, result => result.Case.Id == $"rfc5321/4.2.4/unknown-line-in-{state}");
        Assert.All(failed, result => Assert.Equal(("2.4", CaseKind.UnknownLine), (result.Rule.Clause.Section, result.Case.Kind)));
        Assert.All(failed, result => Assert.Contains($"is taken for {keyword}", result.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_250_to_it_that_nothing_comes_of_is_not_strict_RFC_5321_4_2_4()
    {
        var report = await TestAsync(
            PlantedFault
                .OnLine("", "", (_, verb, _, right) =>
                    verb.Length > 4 && right().StartsWith("500", StringComparison.Ordinal) ? "250 fine" : right()
                )
                .Fault
        );
        Failures(report);
        Assert.Equal(CaseVerdict.NonStrict, Verdict(report, "rfc5321/4.2.4/unknown-line-in-RecipientsGiven"));
    }

    private static Fault Refusing(Func<string, bool> isRefused) =>
        PlantedFault
            .OnLine("", "", (session, verb, line, right) =>
                session.From is not null && verb == "RCPT" && isRefused(line) ? "550 no such user" : right()
            )
            .Fault;

    private static void Failures(TestReport report, params string[] ids)
    {
        Assert.All(ids, id => Assert.Equal(CaseVerdict.Fail, Verdict(report, id)));
        TestRun.None("accused of more", report.Failures.Where(result => !ids.Contains(result.Case.Id)).Select(Told));
    }

    private static string Told(CaseResult result) => $"{result.Case}: {result.Reason}";

    private static Fault OnMail(Func<MiniSession, string, Func<string>, string> answer) =>
        PlantedFault.OnLine("", "", (session, verb, line, right) => verb == "MAIL" ? answer(session, line, right) : right()).Fault;

    // a reply in place of the right one where that begins so
    private static Fault Instead(string verb, string usual, string reply) =>
        PlantedFault
            .On(verb, "", "", (_, right) => right() is var said && said.StartsWith(usual, StringComparison.Ordinal) ? reply : said)
            .Fault;

    private static CaseVerdict Verdict(TestReport report, string id) =>
        Assert.Single(report.Results, result => result.Case.Id == id).Verdict;

    // all that is found is of one clause; or nothing is
    private static async Task FuzzedAsync(Fault fault, string? found, int sessions = 150)
    {
        await using var server = new MiniServer(fault);
        var options = new FuzzOptions
        {
            Seed = TestRun.Seed,
            Sessions = sessions,
            Connections = 4,
            MaxShrinkTime = TimeSpan.FromSeconds(10),
        };
        var report = await new Fuzzer(Spec.Profiles.Rfc5321, options).RunAsync(
            server.Target,
            cancellation: TestContext.Current.CancellationToken
        );
        if (found is null)
        {
            TestRun.NoFindings(report);
            return;
        }

        Assert.NotEmpty(report.Findings);
        TestRun.None("under another clause",
            report.Findings.Where(finding => finding.Violation.Rule!.Clause.Section != found).Select(finding => finding.Violation));
    }

    private static async Task<TestReport> TestAsync(Fault fault, Machines.Profile? profile = null)
    {
        await using var server = new MiniServer(fault);
        var options = new TestOptions
        {
            Depth = Depth.Data,
            Connections = 4,
            Patience = TimeSpan.FromMilliseconds(50),
            Select = one => one.Kind is not CaseKind.Wire,
        };
        var test = new ConformanceTest(profile ?? Spec.Profiles.Rfc5321, options);
        return await test.RunAsync(server.Target, cancellation: TestContext.Current.CancellationToken);
    }
}
