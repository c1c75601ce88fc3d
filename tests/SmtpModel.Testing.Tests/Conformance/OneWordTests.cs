using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>The same server gets the same word, with the same clause, from the test, the fuzzer and the comparison.</summary>
public class OneWordTests
{
    [Theory]
    [InlineData("500")]
    [InlineData("501")]
    [InlineData("502")]
    public async Task NOOP_with_an_argument_that_is_refused_is_not_strict_RFC_5321_4_1_1_9(string code)
    {
        await using var server = new MiniServer(
            new Fault
            {
                Line = (_, line, right) => MiniSession.Split(line) is ("NOOP", { Length: > 0 }) ? $"{code} no argument here" : right(),
            }
        );
        await AgreeAsync(server, "rfc5321/4.1.1.9/NOOP-with-argument", CaseVerdict.NonStrict, remark: "NOOP: ", move: "NOOP MAIL");
    }

    [Fact]
    public async Task A_quoted_local_part_that_is_not_implemented_is_not_strict_RFC_5321_4_1_2()
    {
        await using var server = new MiniServer(
            new Fault { Line = (_, line, right) => line.Contains("<\"", StringComparison.Ordinal) ? "502 no quotes here" : right() }
        );
        // several lines draw it, and are one difference: it is told of the first in their order
        await AgreeAsync(
            server,
            "rfc5321/4.1.2/RCPT-with-blank-in-quoted-local-part",
            CaseVerdict.NonStrict,
            remark: "RCPT: 502",
            move: null
        );
    }

    [Theory]
    [InlineData("ok")]
    [InlineData("250-a\n251 b")]
    [InlineData("250 ok\n")]
    public async Task Replies_that_have_no_form_fail_RFC_5321_4_2(string reply)
    {
        await using var server = new MiniServer(
            new Fault { Line = (_, line, right) => MiniSession.Split(line).Verb == "NOOP" ? reply : right() }
        );
        var test = await TestAsync(server);
        Assert.Equal(
            ["rfc5321/4.2/form-of-replies"],
            test.Results.Where(result => result.Verdict is CaseVerdict.Fail).Select(result => result.Case.Id)
        );
        var fuzz = await FuzzAsync(server, 40);
        var found = Assert.Single(fuzz.Findings);
        Assert.Equal(
            (ViolationKind.Form, "RFC 5321 4.2", "NOOP"),
            (found.Violation.Kind, found.Violation.Rule!.Clause.ToString(), found.Violation.Command.Name)
        );
        // what stands behind a reply comes to light with the next command, and is not held against that
        Assert.Contains(found.Session.Steps, step => step.Move.Command.Name == "NOOP");
        Assert.Contains(found.Transcript.Lines, line => line.Verdict is Verdict.Fail);
    }

    [Fact]
    public async Task DATA_with_an_argument_is_followed_where_DATA_is_until_the_end_of_the_data_RFC_5321_3_3()
    {
        // it asks for mail data though there is no recipient, argument or not, and then refuses it
        await using var server = new MiniServer(new Fault
        {
            Line = (session, line, right) => MiniSession.Split(line).Verb == "DATA" ? Reading(session) : right(),
            Data = (session, _, right) => session.To.Count > 0 ? right() : Refused(session),
        });
        Assert.DoesNotContain((await TestAsync(server)).Results, result => result.Verdict is CaseVerdict.Fail);
        TestRun.NoFindings(await FuzzAsync(server, 400));

        // and who takes it is accused by both
        await using var taking = new MiniServer(
            new Fault { Line = (session, line, right) => MiniSession.Split(line).Verb == "DATA" ? Reading(session) : right() }
        );
        Assert.Contains((await TestAsync(taking)).Results, result =>
            result.Verdict is CaseVerdict.Fail && result.Case.Rule.Clause.Section == "3.3"
        );
        Assert.Contains((await FuzzAsync(taking, 400)).Findings, finding => finding.Violation.Rule!.Clause.Section == "3.3");
    }

    [Fact]
    public async Task What_a_server_does_one_time_in_ten_is_accused_by_whoever_sees_it_twice_RFC_5321_4_1_1_10()
    {
        await using var server = Forgetting(every: 10);
        var fuzz = await FuzzAsync(server, 400);
        Assert.Equal(["RFC 5321 4.1.1.10"], fuzz.Findings.Select(finding => finding.Violation.Rule!.Clause.ToString()));
        Assert.NotEmpty(fuzz.Findings[0].Transcript.Lines);

        // the test says QUIT a few times only
        await using var often = Forgetting(every: 3);
        var failed = (await TestAsync(often)).Results.Where(result => result.Verdict is CaseVerdict.Fail).ToList();
        Assert.NotEmpty(failed);
        TestRun.None(
            "of another command",
            failed.Where(result => result.Case.Command?.Name != "QUIT").Select(result => $"{result.Case}: {result.Reason}")
        );

        static MiniServer Forgetting(int every)
        {
            var count = 0;
            return new MiniServer(
                new Fault
                {
                    Line = (session, line, right) =>
                        MiniSession.Split(line).Verb == "QUIT" && Interlocked.Increment(ref count) % every == 0 ? Gone(session) : right(),
                }
            );
        }
    }

    [Fact]
    public async Task What_a_server_did_once_and_not_again_is_accused_by_nobody()
    {
        foreach (var verb in new[] { "QUIT", "NOOP" })
        {
            var count = 0;
            await using var server = new MiniServer(
                new Fault
                {
                    Line = (session, line, right) =>
                        MiniSession.Split(line).Verb == verb && session.Refusals == 0 && Interlocked.Increment(ref count) == 3
                            ? Gone(session)
                            : right(),
                }
            );
            TestRun.None(
                "accused",
                (await TestAsync(server))
                    .Results.Where(result => result.Verdict is CaseVerdict.Fail)
                    .Select(result => $"{result.Case}: {result.Reason}")
            );
            count = 0;
            var fuzz = await FuzzAsync(server, 200);
            TestRun.NoFindings(fuzz);
            Assert.Contains(fuzz.Inconclusive.Keys, why => why.StartsWith("seen once", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_server_that_closes_the_channel_whatever_comes_is_not_accused_of_that_by_QUIT_too_RFC_5321_3_8()
    {
        var count = 0;
        await using var server = new MiniServer(
            new Fault { Line = (session, _, right) => Interlocked.Increment(ref count) % 37 == 0 ? Gone(session) : right() }
        );
        var failed = (await TestAsync(server)).Results.Where(result => result.Verdict is CaseVerdict.Fail).ToList();
        Assert.Contains(failed, result => result.Case.Id == "rfc5321/3.8/closing");
        TestRun.None(
            "accused behind QUIT",
            failed.Where(result => result.Case.Command?.Name == "QUIT").Select(result => $"{result.Case}: {result.Reason}")
        );
    }

    [Fact]
    public async Task A_comparison_says_of_each_server_what_its_test_says_RFC_5321_4_1_4()
    {
        await using var server = new MiniServer(
            new Fault
            {
                Line = (_, _, right) =>
                    right() is var reply && reply.StartsWith("501 MAIL", StringComparison.Ordinal) ? "550 no such name" : reply,
            }
        );
        await AgreeAsync(
            server,
            "rfc5321/4.1.4/MAIL-malformed-in-Ready",
            CaseVerdict.NonStrict,
            remark: "MAIL (malformed): 550",
            move: null
        );
    }

    [Fact]
    public async Task A_word_that_only_begins_with_a_keyword_and_is_obeyed_is_no_command_line_RFC_5321_2_4()
    {
        await using var server = new MiniServer(
            new Fault { Line = (session, line, right) => session.To.Count > 0 && line == "DATAX" ? Reading(session) : right() }
        );
        var failed = (await TestAsync(server)).Results.Where(result => result.Verdict is CaseVerdict.Fail);
        Assert.Equal(
            [("rfc5321/4.2.4/unknown-line-in-RecipientsGiven", "2.4")],
            failed.Select(result => (result.Case.Id, result.Rule.Clause.Section))
        );
        var found = Assert.Single((await FuzzAsync(server, 400)).Findings);
        Assert.Equal(("2.4", Machines.Level.Must), (found.Violation.Rule!.Clause.Section, found.Violation.Rule.Level));
        var again = await Replay.RunAsync(
            Spec.Profiles.Rfc5321,
            ReplayFile.Parse(new ReplayFile("rfc5321", found.Session).ToId(), Spec.Profiles.Find),
            server.Target,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(ReplayVerdict.Failed, again.Verdict);
        Assert.Contains("2.4", again.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_takes_MAIL_before_EHLO_may_refuse_a_sender_there_RFC_5321_4_1_4()
    {
        await using var server = new MiniServer(new Fault
        {
            Line = (session, line, right) => MiniSession.Split(line) is ("MAIL", var path) && !session.IsGreeted
                ? path.Length % 2 == 1 ? "552 too much for a stranger" : Unasked(session, right) : right(),
        });
        var test = await TestAsync(server);
        TestRun.None(
            "accused by the test",
            test.Results.Where(result => result.Verdict is CaseVerdict.Fail).Select(result => $"{result.Case}: {result.Reason}")
        );
        var fuzz = await FuzzAsync(server, 400);
        TestRun.NoFindings(fuzz);
        Assert.Contains(fuzz.NonStrict, seen => seen.Key.What == "MAIL: 250");

        // and who takes it never says that it is out of order
        await using var closed = new MiniServer(
            new Fault
            {
                Line = (session, line, right) =>
                    MiniSession.Split(line).Verb == "MAIL" && !session.IsGreeted ? "552 too much for a stranger" : right(),
            }
        );
        Assert.Contains((await FuzzAsync(closed, 400)).Findings, finding =>
            finding.Violation.Command.Name == "MAIL" && finding.Violation.Rule!.Clause.Section == "4.1.4"
        );

        static string Unasked(MiniSession session, Func<string> right)
        {
            session.IsGreeted = true;
            var reply = right();
            session.IsGreeted = session.From is not null;
            return reply;
        }
    }

    private static async Task AgreeAsync(MiniServer server, string id, CaseVerdict verdict, string remark, string? move)
    {
        var test = await TestAsync(server);
        Assert.Equal(verdict, Assert.Single(test.Results, result => result.Case.Id == id).Verdict);
        TestRun.None(
            "accused by the test",
            test.Results.Where(result => result.Verdict is CaseVerdict.Fail).Select(result => $"{result.Case}: {result.Reason}")
        );

        var fuzz = await FuzzAsync(server, 400);
        TestRun.NoFindings(fuzz);
        var rule = test.Results.Single(result => result.Case.Id == id).Case.Rule;
        Assert.Contains(fuzz.NonStrict, seen =>
            seen.Key.What.StartsWith(remark, StringComparison.Ordinal) && (move is null || seen.Value.Rule!.Clause == rule.Clause)
        );

        await using var right = new MiniServer();
        var differences = await ServerComparison.RunAsync(
            Spec.Profiles.Rfc5321,
            Options,
            server.Target,
            right.Target,
            TestContext.Current.CancellationToken
        );
        var difference = Assert.Single(differences, difference => difference.Case?.Id == id);
        Assert.Equal((verdict, CaseVerdict.Pass), (difference.OneVerdict, difference.OtherVerdict));
    }

    private static TestOptions Options { get; } =
        new()
        {
            Depth = Depth.Data,
            Connections = 4,
            Patience = TimeSpan.FromMilliseconds(50),
            Select = one => one.Kind is not CaseKind.Wire,
        };

    private static Task<TestReport> TestAsync(MiniServer server) =>
        new ConformanceTest(Spec.Profiles.Rfc5321, Options).RunAsync(server.Target, cancellation: TestContext.Current.CancellationToken);

    private static Task<FuzzReport> FuzzAsync(MiniServer server, int sessions) =>
        new Fuzzer(
            Spec.Profiles.Rfc5321,
            new FuzzOptions
            {
                Seed = TestRun.Seed,
                Sessions = sessions,
                Connections = 4,
                MaxShrinkTime = TimeSpan.FromSeconds(10),
            }
        ).RunAsync(server.Target, cancellation: TestContext.Current.CancellationToken);

    private static string Reading(MiniSession session)
    {
        session.IsReadingData = true;
        return "354 go ahead";
    }

    private static string Refused(MiniSession session)
    {
        session.IsReadingData = false;
        return session.Reset("554 for whom?");
    }

    private static string Gone(MiniSession session)
    {
        session.IsClosing = true;
        return "";
    }
}
