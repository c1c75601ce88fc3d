using SmtpModel.Spec;
using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>What servers that others run were seen to do and no sentence forbids is no failure; and what one does forbid is told by
/// that sentence.</summary>
public class OtherServersTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("MAIL", "500", "4.1.4/MAIL-refused-in-Ready", "4.1.1.11/MAIL-with-unknown-parameter")]
    [InlineData("MAIL", "503", "4.1.4/MAIL-refused-in-Ready", "4.1.1.11/MAIL-with-unknown-parameter")]
    [InlineData("RCPT", "500", "4.2.1/RCPT-refused-in-MailGiven", "4.1.1.11/RCPT-with-unknown-parameter")]
    [InlineData("RCPT", "503", "4.2.1/RCPT-refused-in-MailGiven", "4.1.1.11/RCPT-with-unknown-parameter")]
    public async Task A_parameter_that_nobody_knows_refused_with_another_code_is_not_strict_RFC_5321_4_1_1_11(
        string verb,
        string code,
        params string[] cases
    )
    {
        var report = await TestAsync(
            OnLine((said, line, right) => right() is var usual && usual.StartsWith("555", StringComparison.Ordinal) && said == verb
                ? $"{code} unknown argument" : usual)
        );
        None(report, CaseVerdict.Fail);
        Assert.All(cases, id => Assert.Equal(CaseVerdict.NonStrict, Of(report, id).Verdict));
    }

    [Theory]
    [InlineData("MAIL", "553 mailbox syntax", "4.1.4/MAIL-malformed-in-Ready", CaseVerdict.Pass)]
    [InlineData("MAIL", "550 no", "4.1.4/MAIL-malformed-in-Ready", CaseVerdict.NonStrict)]
    [InlineData("RCPT", "553 mailbox syntax", "4.2.1/RCPT-malformed-in-MailGiven", CaseVerdict.Pass)]
    [InlineData("RCPT", "550 no such user", "4.2.1/RCPT-malformed-in-MailGiven", CaseVerdict.Pass)]
    [InlineData("RCPT", "500 no such command", "4.2.1/RCPT-malformed-in-MailGiven", CaseVerdict.NonStrict)]
    [InlineData("RCPT", "554 no", "4.2.1/RCPT-malformed-in-MailGiven", CaseVerdict.NonStrict)]
    public async Task A_malformed_path_may_draw_what_the_row_has_for_mailboxes_RFC_5321_4_2_3(
        string verb,
        string reply,
        string id,
        CaseVerdict expected
    )
    {
        var report = await TestAsync(
            OnLine((said, _, right) => right() is var usual && usual.StartsWith("501", StringComparison.Ordinal) && said == verb
                ? reply : usual)
        );
        None(report, CaseVerdict.Fail);
        Assert.Equal(expected, Of(report, id).Verdict);
    }

    [Theory]
    [InlineData("550 relaying denied", CaseVerdict.Pass)]
    [InlineData("502 no such command", CaseVerdict.NonStrict)]
    public async Task A_path_without_brackets_is_refused_by_whichever_code_is_about_paths_RFC_5321_4_1_1_3(
        string reply,
        CaseVerdict expected
    )
    {
        var report = await TestAsync(
            OnLine((said, line, right) => said == "RCPT" && !line.Contains('<', StringComparison.Ordinal) ? reply : right())
        );
        Assert.Equal(expected, Of(report, "4.1.1.3/RCPT-without-brackets").Verdict);
    }

    [Fact]
    public async Task HELO_again_may_draw_503_and_EHLO_again_may_not_RFC_5321_4_1_4()
    {
        var report = await TestAsync(
            PlantedFault.OnLine("", "", (session, said, _, right) =>
                session.IsGreeted && said is "HELO" or "EHLO" ? "503 already identified" : right()).Fault
        );
        Assert.Equal(CaseVerdict.NonStrict, Of(report, "4.1.4/HELO-in-Ready").Verdict);
        var again = Of(report, "4.1.4/EHLO-in-Ready");
        Assert.Equal((CaseVerdict.Fail, Rfc821.O3.Id), (again.Verdict, again.Rule.Id));
    }

    [Fact]
    public async Task A_refused_RSET_that_resets_breaks_the_rule_on_refusals_RFC_5321_4_2_1()
    {
        var report = await TestAsync(
            PlantedFault.OnLine("", "", (session, said, line, right) =>
            {
                if (said == "RSET" && line.Length > 4)
                {
                    session.From = null;
                    session.To.Clear();
                }

                return right();
            }).Fault
        );
        var result = Of(report, "4.1.1/RSET-malformed-in-MailGiven");
        Assert.Equal((CaseVerdict.Fail, Rfc821.R1.Id), (result.Verdict, result.Rule.Id));
    }

    [Fact]
    public async Task A_channel_that_is_closed_behind_354_for_nobody_breaks_the_rule_on_closing_RFC_5321_3_8()
    {
        var report = await TestAsync(
            new Fault
            {
                Line = (session, line, right) =>
                {
                    session.IsReadingData = line == "DATA" && session is { From: not null, To.Count: 0 };
                    return session.IsReadingData ? "354 go on" : right();
                },
                Data = (session, _, right) =>
                {
                    session.IsClosing = session.To.Count == 0;
                    return session.IsClosing ? "" : right();
                },
            },
            Depth.Data
        );
        Assert.Equal(CaseVerdict.Inconclusive, Of(report, "3.3/DATA-out-of-order-in-MailGiven").Verdict);
        Assert.Equal(CaseVerdict.Fail, Of(report, "3.8/closing").Verdict);
    }

    private static Fault OnLine(Func<string, string, Func<string>, string> answer) =>
        PlantedFault.OnLine("", "", (_, said, line, right) => answer(said, line, right)).Fault;

    private static CaseResult Of(TestReport report, string id) =>
        Assert.Single(report.Results, result => result.Case.Id == $"rfc5321/{id}");

    private static void None(TestReport report, CaseVerdict verdict) => TestRun.None(
        "accused",
        report.Results.Where(result => result.Verdict == verdict).Select(result => $"{result.Case}: {result.Reason}")
    );

    private static async Task<TestReport> TestAsync(Fault fault, Depth depth = Depth.Envelope)
    {
        await using var server = new MiniServer(fault);
        var options = new TestOptions
        {
            Depth = depth,
            Connections = 4,
            Patience = TimeSpan.FromMilliseconds(50),
            Select = one => one.Kind is not CaseKind.Wire,
        };
        return await new ConformanceTest(Profiles.Rfc5321, options).RunAsync(server.Target, cancellation: Cancellation);
    }
}
