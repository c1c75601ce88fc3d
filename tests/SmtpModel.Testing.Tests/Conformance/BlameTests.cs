using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>A fault is reported where it is, with what it rests on, and not once more under each rule that it touches.</summary>
public class BlameTests
{
    [Fact]
    public async Task A_server_that_closes_the_channel_behind_each_refusal_is_accused_of_that_only_RFC_5321_3_8()
    {
        var report = await TestAsync(
            new Fault { Line = (session, _, right) => right() is var reply && reply[0] == '5' ? Close(session, reply) : reply }
        );
        Assert.Contains(report.Results, result => result.Case.Id == "rfc5321/3.8/closing" && result.Verdict is CaseVerdict.Fail);
        // a line that is too long is refused too, and has its case
        TestRun.None(
            "accused of more",
            Failed(report)
                .Where(result =>
                    !result.Case.Id.StartsWith("rfc5321/3.8/", StringComparison.Ordinal) && result.Case.Kind is not CaseKind.Wire
                )
                .Select(Told)
        );
    }

    [Fact]
    public async Task RCPT_that_is_taken_at_any_time_is_reported_of_RCPT_and_not_of_the_command_before_it_RFC_5321_3_3()
    {
        // all states behind the greeting are one to it
        var report = await TestAsync(new Fault
        {
            Line = (session, line, right) => !session.IsGreeted ? right() : MiniSession.Split(line).Verb switch
            {
                "MAIL" => "250 sender taken",
                "RCPT" => session.Add("<>"),
                "DATA" => session.To.Count > 0 ? Reading(session) : "503 RCPT first",
                "NOOP" => "502 not here",
                _ => right(),
            },
        });
        var failed = Failed(report).Select(result => result.Case.Id).ToList();
        Assert.Contains("rfc5321/3.3/RCPT-out-of-order-in-Ready", failed);
        Assert.Equal(
            CaseVerdict.NonStrict,
            report.Results.Single(result => result.Case.Id == "rfc5321/4.1.4/MAIL-out-of-order-in-MailGiven").Verdict
        );
        Assert.DoesNotContain("rfc5321/4.1.4/MAIL-in-Ready", failed);
        Assert.DoesNotContain("rfc5321/4.1.1.1/EHLO-in-Connected", failed);
        TestRun.None(
            "left open",
            report.Results.Where(result => result.Reason.Contains("was not reached", StringComparison.Ordinal)).Select(Told)
        );
    }

    [Fact]
    public async Task A_command_that_is_not_there_is_reported_with_what_was_expected_and_what_came_RFC_5321_4_5_1()
    {
        var report = await TestAsync(
            new Fault { Line = (_, line, right) => MiniSession.Split(line).Verb == "EHLO" ? "500 no such command" : right() }
        );
        var absent = Assert.Single(report.Results, result => result.Case.Id == "rfc5321/4.5.1/EHLO-is-there");
        Assert.Equal((CaseVerdict.Fail, "500 no such command"), (absent.Verdict, absent.Evidence?.Came));
        Assert.StartsWith("250", absent.Evidence!.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_is_there_in_another_state_is_reported_where_it_is_missing_RFC_5321_4_1_4()
    {
        var report = await TestAsync(
            new Fault
            {
                Line = (session, line, right) => MiniSession.Split(line).Verb == "NOOP" && session.To.Count > 0 ? "502 not now" : right(),
            }
        );
        var failed = Failed(report).Select(result => result.Case.Id).ToList();
        Assert.Contains("rfc5321/4.1.4/NOOP-in-RecipientsGiven", failed);
        Assert.DoesNotContain("rfc5321/4.5.1/NOOP-is-there", failed);
    }

    [Fact]
    public async Task That_EHLO_clears_nothing_shows_where_what_is_out_of_order_is_refused_with_a_wrong_code_RFC_5321_4_1_4()
    {
        var report = await TestAsync(
            new Fault
            {
                Line = (session, line, right) =>
                {
                    var from = session.From;
                    var reply = right();
                    if (from is not null && reply.StartsWith("250", StringComparison.Ordinal) && MiniSession.Split(line).Verb is "EHLO")
                    {
                        session.Begin(from);
                    }

                    return reply.StartsWith("503", StringComparison.Ordinal) ? "502 not now" : reply;
                },
            }
        );
        var failed = report.Results.Where(result => result.Verdict is CaseVerdict.Fail).Select(result => result.Case.Id);
        Assert.Contains("rfc5321/4.1.4/EHLO-in-MailGiven", failed);
        Assert.DoesNotContain("rfc5321/4.1.1.5/RSET-in-MailGiven", failed);
    }

    [Fact]
    public async Task A_required_command_that_is_unrecognized_everywhere_is_missing_RFC_821_4_5_1()
    {
        var report = await TestAsync(
            new Fault { Line = (_, line, right) => MiniSession.Split(line).Verb == "NOOP" ? "500 no such command" : right() },
            Spec.Profiles.Rfc821
        );
        Assert.Contains("rfc821/4.5.1/NOOP-is-there", Failed(report).Select(result => result.Case.Id));
    }

    [Theory]
    [InlineData("", "(no reply)")]
    [InlineData("Welcome", "(no reply: the line does not begin with three digits)")]
    public async Task A_server_that_answers_and_does_not_greet_is_accused_of_that_only_RFC_5321_3_1(string greeting, string came)
    {
        var report = await TestAsync(new Fault { Greeting = _ => greeting });
        Assert.Equal(["rfc5321/3.1/greeting"], Failed(report).Select(result => result.Case.Id));
        Assert.Equal(came, Failed(report).Single().Evidence!.Came);
    }

    [Fact]
    public async Task What_is_no_SMTP_server_is_told_by_what_it_said()
    {
        var fault = await Assert.ThrowsAsync<TargetUnreachableException>(() =>
            TestAsync(new Fault { Greeting = _ => "HTTP/1.1 400 Bad Request", Line = (_, _, _) => "HTTP/1.1 400 Bad Request" })
        );
        Assert.Contains(
            "speaks HTTP and not SMTP: HTTP/1.1 400 Bad Request\\r\\n; give the port of an SMTP server",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_server_that_has_died_is_not_waited_for_in_every_session()
    {
        var (patient, hasty) = (await AttemptsAsync(2), await AttemptsAsync(0));
        Assert.True(hasty > 100, $"{hasty} sessions");
        Assert.InRange(patient - hasty, 1, 10);

        static async Task<int> AttemptsAsync(int retries)
        {
            await using var server = new MiniServer();
            var target = new Dying(server.Target);
            var report = await new ConformanceTest(
                Spec.Profiles.Rfc5321,
                new TestOptions { Retries = retries, Select = one => one.Kind is not CaseKind.Wire }
            ).RunAsync(target, cancellation: TestContext.Current.CancellationToken);
            TestRun.None("accused though it is dead", Failed(report).Select(Told));
            return target.Attempts;
        }
    }

    [Fact]
    public async Task A_second_reply_that_comes_45_ms_late_is_not_taken_for_the_reply_to_the_next_command_RFC_5321_4_2()
    {
        // as when the first was sent by itself and has to be acknowledged before the next packet leaves; on a machine that is busy with
        // other tests it may come so late that nobody could tell, so it is looked at again
        var fault = new Fault
        {
            Line = (_, line, right) => MiniSession.Split(line).Verb == "TURN" ? "502 no\n250 ok" : right(),
            Pause = TimeSpan.FromMilliseconds(45),
        };
        var report = await TestAsync(fault);
        if (Failed(report).Skip(1).Any())
        {
            TestRun.Print(string.Join('\n', Failed(report).Select(Told)));
            report = await TestAsync(fault);
        }

        Assert.Equal(["rfc5321/4.2/one-reply"], Failed(report).Select(result => result.Case.Id));
    }

    [Theory]
    [InlineData("MAIL", 2500, CaseVerdict.Inconclusive)]
    [InlineData("NOOP", 0, CaseVerdict.Fail)]
    public async Task Only_what_is_known_to_draw_no_reply_is_accused_of_it_RFC_5321_4_5_3_2(string verb, int late, CaseVerdict verdict)
    {
        // the reply to one command comes long after the test has stopped waiting for it, as when a name is looked up; or never
        var report = await TestAsync(
            new Fault
            {
                Line = (session, line, right) =>
                    MiniSession.Split(line).Verb == verb && !session.IsGreeted ? Late(session, late, right) : right(),
            }
        );
        var rule = Assert.Single(report.Results, result => result.Case.Id == "rfc5321/4.2/one-reply");
        Assert.Equal(verdict is CaseVerdict.Fail, rule.Verdict is CaseVerdict.Fail);
        var cell = Assert.Single(report.Results, result =>
            result.Case.Id == $"rfc5321/4.1.4/{verb}-{(verb == "MAIL" ? "out-of-order-" : "")}in-Connected"
        );
        Assert.Equal(CaseVerdict.Inconclusive, cell.Verdict);
        TestRun.None("accused of more", Failed(report).Where(result => result != rule).Select(Told));
    }

    [Fact]
    public async Task What_was_expected_does_not_read_as_if_it_had_come()
    {
        var report = await TestAsync(
            new Fault
            {
                Line = (session, line, right) =>
                    MiniSession.Split(line).Verb == "EHLO" && session.IsGreeted ? "503 you said that" : right(),
            }
        );
        var refused = Assert.Single(report.Results, result => result.Case.Id == "rfc5321/4.1.4/EHLO-in-Ready");
        Assert.Equal((CaseVerdict.Fail, "250, or a 4yz or 5yz other than 503"), (refused.Verdict, refused.Evidence?.Expected));
    }

    private static IEnumerable<CaseResult> Failed(TestReport report) => report.Results.Where(result => result.Verdict is CaseVerdict.Fail);

    private static string Told(CaseResult result) => $"{result.Verdict} {result.Case.Id} ({result.Reason})";

    private static string Reading(MiniSession session)
    {
        session.IsReadingData = true;
        return "354 go ahead";
    }

    private static string Late(MiniSession session, int milliseconds, Func<string> right)
    {
        session.Held = TimeSpan.FromMilliseconds(milliseconds);
        return milliseconds > 0 ? right() : "";
    }

    private static string Close(MiniSession session, string reply)
    {
        session.IsClosing = true;
        return reply;
    }

    private static async Task<TestReport> TestAsync(Fault fault, Machines.Profile? profile = null)
    {
        await using var server = new MiniServer(fault);
        return await new ConformanceTest(
            profile ?? Spec.Profiles.Rfc5321,
            new TestOptions
            {
                Depth = Depth.Data,
                Connections = 8,
                Patience = TimeSpan.FromMilliseconds(100),
            }
        ).RunAsync(server.Target, cancellation: TestContext.Current.CancellationToken);
    }

    // it can be reached forty times
    private sealed class Dying(ITarget inner) : ITarget
    {
        public int Attempts { get; private set; }

        public string Name => inner.Name;

        public ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation) =>
            ++Attempts > 40 ? throw new TargetUnreachableException("it has died") : inner.ConnectAsync(greeting, cancellation);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
