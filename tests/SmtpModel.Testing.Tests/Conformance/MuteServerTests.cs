using System.Collections.Concurrent;
using System.Diagnostics;
using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>A server that leaves one input unanswered is waited for until that is sure, and not at each case anew.</summary>
public class MuteServerTests
{
    private const int Connections = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData("250 nothing done", "rfc5321/4.1.4/NOOP-in-Ready")]
    [InlineData("500 no such command", "rfc5321/4.2.4/unknown-line-in-Ready")]
    public async Task An_input_that_is_known_to_draw_no_reply_is_not_waited_for_each_time_RFC_5321_4_2(string withheld, string id)
    {
        // when each session was left without a reply, and how long it was until something else came
        ConcurrentDictionary<MiniSession, long> since = [];
        ConcurrentBag<TimeSpan> waits = [];
        var fault = new Fault
        {
            Line = (session, _, right) =>
            {
                if (since.TryRemove(session, out var then))
                {
                    waits.Add(Stopwatch.GetElapsedTime(then));
                }

                var reply = right();
                if (reply != withheld)
                {
                    return reply;
                }

                since[session] = Stopwatch.GetTimestamp();
                return "";
            },
        };
        await using var server = new MiniServer(fault, Patience);
        var options = new TestOptions
        {
            Depth = Depth.Data,
            Connections = Connections,
            Patience = TimeSpan.FromMilliseconds(50),
        };
        var report = await new ConformanceTest(Spec.Profiles.Rfc5321, options).RunAsync(
            server.Target,
            cancellation: TestContext.Current.CancellationToken
        );

        Assert.Equal(CaseVerdict.Fail, report.Results.Single(result => result.Case.Id == "rfc5321/4.2/one-reply").Verdict);
        Assert.Equal(CaseVerdict.Inconclusive, report.Results.Single(result => result.Case.Id == id).Verdict);
        Assert.True(waits.Count > 5 * Connections, $"{waits.Count} inputs were left without a reply");
        Assert.InRange(waits.Count(wait => wait > Patience * 0.9), 1, 3 * Connections);
    }
}
