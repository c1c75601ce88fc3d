using SmtpModel.Spec;
using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>Silence is asked for with the reply to QUIT, or to what else only has replies of its own, and a clock is waited for only
/// where nothing can be sent: that changes no verdict.</summary>
public class FenceTests
{
    [Fact]
    public async Task A_server_that_holds_each_reply_back_has_the_verdicts_of_one_that_does_not()
    {
        var prompt = await TestAsync(new Fault());
        Assert.Equal(Verdicts(prompt), Verdicts(await TestAsync(new Fault { Delay = TimeSpan.FromMilliseconds(50) })));
        Assert.Equal(0, prompt.Count(CaseVerdict.Fail) + prompt.Count(CaseVerdict.Inconclusive));
    }

    [Fact]
    public async Task A_clock_is_waited_for_only_where_nothing_can_be_sent()
    {
        // the half lines, the line that only LF ends, and the connections that are dropped within a line: it is long, so that no load
        // makes more
        var report = await TestAsync(new Fault(), TimeSpan.FromSeconds(3));
        Assert.Equal(0, report.Count(CaseVerdict.Fail) + report.Count(CaseVerdict.Inconclusive));
        Assert.InRange(report.ClockWaits, 1, 16);
        Assert.InRange(report.Exchanges, 12 * report.ClockWaits, int.MaxValue);
    }

    [Fact]
    public async Task A_server_that_holds_back_the_reply_to_QUIT_as_Exim_does_is_asked_something_else()
    {
        var prompt = await TestAsync(new Fault());
        var held = await TestAsync(
            new Fault
            {
                Line = (session, line, right) =>
                {
                    session.Held = MiniSession.Split(line).Verb == "QUIT" ? TimeSpan.FromMilliseconds(250) : TimeSpan.Zero;
                    return right();
                },
            }
        );
        Assert.Equal(Verdicts(prompt), Verdicts(held));

        // of eight sessions at a time; with QUIT alone it would be a wait for each of some hundred fences
        Assert.InRange(held.ClockWaits, 1, prompt.ClockWaits + 30);
    }

    [Theory]
    [InlineData("RSET")]
    [InlineData("NOOP")]
    public async Task A_reply_too_many_is_blamed_on_the_input_that_drew_it_RFC_5321_4_2(string verb)
    {
        // behind the right one, once with it and once a while later in a packet of its own
        foreach (var pause in new[] { 0, 20 })
        {
            var report = await TestAsync(new Fault
            {
                Line = (_, line, right) => right() + (MiniSession.Split(line).Verb == verb ? "\n250 and more" : ""),
                Pause = TimeSpan.FromMilliseconds(pause),
                Delay = TimeSpan.FromMilliseconds(pause),
            });
            var accused = Assert.Single(report.Failures, result => result.Case.Kind is CaseKind.Conduct);
            Assert.Equal("rfc5321/4.2/one-reply", accused.Case.Id);
            Assert.StartsWith(verb, accused.Evidence!.Transcript.Lines.Last(line => line.Sent is not null).Sent, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("250 goodbye\n221 closing")]
    [InlineData("221 closing\n221 goodbye")]
    [InlineData("")]
    [InlineData("502 no")]
    public async Task Where_the_fence_itself_is_answered_wrongly_nothing_else_is_accused(string reply)
    {
        var report = await TestAsync(new Fault { Line = (_, line, right) => MiniSession.Split(line).Verb == "QUIT" ? reply : right() });
        Assert.NotEmpty(report.Failures);
        Assert.All(report.Failures, result =>
            Assert.True(
                result.Case.Id.Contains("QUIT", StringComparison.Ordinal)
                    || result.Evidence!.Transcript.Lines.Any(line =>
                        line.Sent is { } sent && sent.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase)
                    ),
                result.ToString()
            )
        );
    }

    [Fact]
    public async Task A_server_that_greets_and_answers_nothing_is_known_after_one_reply_timeout()
    {
        // long enough for a greeting to come in time where the machine is busy
        await using var server = new MiniServer(new Fault { Line = (_, _, _) => "" }, patience: TimeSpan.FromSeconds(4));
        List<string> greeted = [];
        var cancellation = TestContext.Current.CancellationToken;
        var offer = await ServerOffer.ReadAsync(
            server.Target,
            Profiles.Rfc5321,
            new PaletteOptions(),
            greeted: greeted.Add,
            cancellation: cancellation
        );
        var report = await new ConformanceTest(offer.Profile, new TestOptions { IsMute = offer.IsMute }).RunAsync(
            server.Target,
            cancellation: cancellation
        );

        // two sessions at a time, each of which is waited for once
        Assert.Equal((2, true, 1), (server.Target.ClockWaits, offer.IsMute, report.Count(CaseVerdict.Pass)));
        Assert.StartsWith("the server is mute: it greets, and answers neither EHLO ", report.Headline, StringComparison.Ordinal);
        Assert.Equal(["220 mini.example.test"], greeted);
    }

    [Fact]
    public async Task A_server_that_only_takes_its_time_for_the_first_command_is_not_mute_RFC_5321_4_5_3_2()
    {
        await using var server = new MiniServer(
            new Fault { Line = (_, line, right) => MiniSession.Split(line).Verb == "EHLO" ? "" : right() }
        );
        var offer = await ServerOffer.ReadAsync(
            server.Target,
            Profiles.Rfc5321,
            new PaletteOptions(),
            cancellation: TestContext.Current.CancellationToken
        );
        Assert.Equal((1, false), (server.Target.ClockWaits, offer.IsMute));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.9", "speaks SSH", 0)]
    [InlineData("hello there", "says what no SMTP server says: hello there", 2)]
    public async Task What_is_no_SMTP_is_quoted_and_the_greeting_not_waited_for(string said, string quoted, int waits)
    {
        await using var server = new MiniServer(new Fault { Greeting = _ => said, Line = (_, _, _) => "" }, TimeSpan.FromSeconds(20));
        var fault = await Assert.ThrowsAsync<TargetUnreachableException>(async () =>
            await server.Target.ConnectAsync(0, TestContext.Current.CancellationToken)
        );
        Assert.Contains(quoted, fault.Message, StringComparison.Ordinal);
        Assert.InRange(server.Target.ClockWaits, waits, 2);
    }

    private static string Verdicts(TestReport report) =>
        string.Join('\n', report.Results.Select(result => $"{result.Case.Id}: {result.Verdict}"));

    private static async Task<TestReport> TestAsync(Fault fault, TimeSpan? patience = null)
    {
        await using var server = new MiniServer(fault, TimeSpan.FromSeconds(2));
        var options = new TestOptions
        {
            Depth = Depth.Greeting,
            Connections = 8,
            Patience = patience ?? TimeSpan.FromMilliseconds(200),
        };
        return await new ConformanceTest(Profiles.Rfc5321, options).RunAsync(
            server.Target,
            cancellation: TestContext.Current.CancellationToken
        );
    }
}
