using System.Diagnostics;
using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>What a server is like is said before any case; and nothing is decided, or certified, that was not seen.</summary>
public class ReceptionTests
{
    [Fact]
    public async Task A_server_that_greets_and_answers_nothing_passes_in_its_greeting_only_and_takes_two_reply_timeouts()
    {
        var clock = Stopwatch.StartNew();
        var report = await TestAsync(new Fault { Line = (_, _, _) => "" });
        Assert.StartsWith("the server is mute: it greets, and answers neither EHLO ", report.Headline, StringComparison.Ordinal);
        Assert.Equal(
            ["rfc5321/3.1/greeting"],
            report.Results.Where(result => result.Verdict is CaseVerdict.Pass).Select(result => result.Case.Id)
        );
        Assert.Equal(report.Applicable, report.Count(CaseVerdict.Inconclusive) + 1);
        Assert.NotEmpty(report.Gaps);
        Assert.InRange(report.Sessions, 1, 5);
        // two of a second, and two of two for what may only be late
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 15);
    }

    [Fact]
    public async Task Where_only_the_hello_is_answered_nothing_else_passes_as_there_and_nothing_is_certified()
    {
        var report = await TestAsync(
            new Fault { Line = (_, line, right) => MiniSession.Split(line).Verb is "EHLO" or "HELO" ? right() : "" },
            Depth.Greeting
        );
        Assert.DoesNotContain(report.Results, result =>
            result.Verdict is CaseVerdict.Pass
            && result.Case.Kind is CaseKind.Offered
            && result.Case.Command!.Name is not ("EHLO" or "HELO")
        );
        Assert.Contains("is not answered in Connected", report.Gaps[0], StringComparison.Ordinal);
        Assert.Null(report.Headline);
    }

    [Theory]
    [InlineData(
        "MAIL",
        "530 5.7.0 Must issue a STARTTLS command first",
        "the server wants TLS or a password first: MAIL",
        "--user NAME --password-env VAR"
    )]
    [InlineData("EHLO HELO", "550 not you", "the server refuses this client: EHLO", "--helo")]
    [InlineData("MAIL", "550 not from there", "the server refuses this client: MAIL", "--from")]
    [InlineData("RCPT", "550 nobody here", "the server refuses this client: RCPT", "--rcpt")]
    [InlineData("RCPT", "451 greylisted", "the server puts RCPT", "--retry-time")]
    public async Task What_the_server_does_not_take_is_said_with_what_to_do(string verbs, string reply, string headline, string remedy)
    {
        var report = await TestAsync(
            new Fault
            {
                Line = (_, line, right) => verbs.Contains(MiniSession.Split(line).Verb, StringComparison.Ordinal) ? reply : right(),
            }
        );
        Assert.StartsWith(headline, report.Headline, StringComparison.Ordinal);
        Assert.Contains(remedy, report.Remedy, StringComparison.Ordinal);
        Assert.Contains("was not reached", report.Gaps[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_newer_hello_is_refused_and_the_older_one_taken_there_is_nothing_to_say()
    {
        var report = await TestAsync(
            new Fault { Line = (_, line, right) => MiniSession.Split(line).Verb == "EHLO" ? "550 not this" : right() }
        );
        Assert.Null(report.Headline);
        Assert.True(report.DecidedShare > 0.5);
    }

    [Fact]
    public async Task A_greylisting_server_is_waited_for_and_then_decided_as_any_other()
    {
        var first = new Dictionary<string, Stopwatch>();
        var report = await TestAsync(new Fault
        {
            Line = (session, line, right) =>
            {
                if (MiniSession.Split(line).Verb != "RCPT" || session.From is null)
                {
                    return right();
                }

                lock (first)
                {
                    first.TryAdd(line, Stopwatch.StartNew());
                    return first[line].ElapsedMilliseconds < 300 ? "451 greylisted" : right();
                }
            },
        }, retryTime: TimeSpan.FromSeconds(1.5));
        Assert.Null(report.Headline);
        Assert.Empty(
            report.Results.Where(result => result.Verdict is CaseVerdict.Inconclusive).Select(result => $"{result}: {result.Reason}")
        );
        Assert.Empty(report.Gaps);
    }

    private static async Task<TestReport> TestAsync(Fault fault, Depth depth = Depth.Envelope, TimeSpan retryTime = default)
    {
        await using var server = new MiniServer(fault);
        return await new ConformanceTest(Spec.Profiles.Rfc5321, new TestOptions
        {
            Depth = depth,
            Connections = 8,
            RetryTime = retryTime,
            Select = one => one.Kind is not CaseKind.Wire,
            Patience = TimeSpan.FromMilliseconds(100),
        }).RunAsync(server.Target, cancellation: TestContext.Current.CancellationToken);
    }
}
