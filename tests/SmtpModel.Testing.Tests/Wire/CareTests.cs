using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Wire;

/// <summary>A server is accused only of what it really does, and of nothing that it may do.</summary>
public sealed class CareTests
{
    private static readonly Profile Profile = Profiles.Rfc5321;

    [Fact]
    public async Task A_slow_server_that_ends_the_mail_data_too_early_is_caught_by_its_reply_too_many_RFC_5321_4_1_1_4()
    {
        // its reply comes long after the run's patience is over
        var fault = new WireFault("", "") { Chunk = WireFaults.Ending("\n.\n"), Delay = TimeSpan.FromMilliseconds(600) };
        var result = Assert.Single(
            await RunAsync(fault, name => name.EndsWith("/LF-dot-LF-does-not-end-the-data", StringComparison.Ordinal))
        );
        Assert.Equal(CaseVerdict.Fail, result.Verdict);
        Assert.Contains("taken for commands", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_shows_once_and_not_again_is_inconclusive()
    {
        var fault = WireFaults.All().First(one => one.Case == "bare-LF-does-not-end-a-command") with { Connections = 1 };
        var result = Assert.Single(await RunAsync(fault, name => name.EndsWith(fault.Case, StringComparison.Ordinal)));
        Assert.Equal(CaseVerdict.Inconclusive, result.Verdict);
        Assert.StartsWith("seen once and not again", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_too_busy_is_accused_of_nothing_RFC_5321_3_8()
    {
        var results = await RunAsync(new WireFault("", "") { Reply = _ => "421 Too busy\r\n" });
        Assert.All(results, result =>
            Assert.Equal(
                (CaseVerdict.Inconclusive, true),
                (result.Verdict == CaseVerdict.NotApplicable ? CaseVerdict.Inconclusive : result.Verdict, result.Reason.Length > 0)
            )
        );
    }

    [Theory]
    [InlineData("RCPT", "450 Greylisted")]
    [InlineData("RCPT", "550 No such mailbox")]
    [InlineData("MAIL", "451 Try again later")]
    [InlineData("MAIL", "550 Not from you")]
    [InlineData("DATA", "554 No")]
    [InlineData("NOOP", "421 Enough")]
    public async Task A_site_s_policy_is_no_fault_RFC_5321_7_9(string command, string reply)
    {
        var policy = new WireFault("", "")
        {
            Command = line =>
                line.StartsWith(command, StringComparison.OrdinalIgnoreCase) ? new WireFault.Line(null, reply + "\r\n") : line,
        };
        AccusesOfNothing(await RunAsync(policy));
    }

    [Theory]
    [InlineData("452 Too many recipients", 101)]
    [InlineData("550 Too many recipients for this site", 20)]
    [InlineData("450 Slow down", 20)]
    public async Task A_limit_on_recipients_that_the_standard_leaves_is_no_fault_RFC_5321_4_5_3_1_10(string reply, int from)
    {
        var count = 0;
        var limit = new WireFault("", "")
        {
            Command = line =>
                (count = line.StartsWith("RCPT", StringComparison.Ordinal) ? count + 1 : 0) >= from
                    ? new WireFault.Line(null, reply + "\r\n")
                    : line,
        };
        AccusesOfNothing(await RunAsync(limit, name => name.EndsWith("one-hundred-recipients", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task To_refuse_mail_data_with_a_bare_LF_at_once_is_a_choice_and_is_told_RFC_5321_2_3_8()
    {
        var isRefused = false;
        var refusing = new WireFault("", "")
        {
            Chunk = (text, isData) =>
            {
                isRefused = isData && text.Contains("\n.\n", StringComparison.Ordinal);
                return WireFaults.Ending("\n.\n")(text, isData);
            },
            Reply = reply => isRefused ? "550 Bare LF received\r\n" : reply,
        };
        var result = Assert.Single(
            await RunAsync(refusing, name => name.EndsWith("/LF-dot-LF-does-not-end-the-data", StringComparison.Ordinal))
        );
        Assert.Equal(CaseVerdict.Info, result.Verdict);
        Assert.Contains("550 Bare LF", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task To_hang_up_on_a_line_of_twenty_thousand_octets_is_a_choice_RFC_5321_7_8()
    {
        var defending = new WireFault("", "") { Command = line => line.Length > 10_000 ? WireFault.Line.HangUp : line };
        var result = Assert.Single(
            await RunAsync(defending, name => name.EndsWith("command-line-over-the-limit", StringComparison.Ordinal))
        );
        Assert.Equal(CaseVerdict.Info, result.Verdict);
    }

    [Theory]
    [InlineData("reverse-path-of-256-octets")]
    [InlineData("path-over-the-limit")]
    public async Task A_reply_that_is_late_for_a_name_is_looked_up_is_no_fault_RFC_5321_4_5_3_2(string name)
    {
        // longer than the test waits for a reply, and not so long that nothing more can be found out
        var slow = new WireFault("", "")
        {
            Command = line => new WireFault.Line(line + "\r\n")
            {
                After = TimeSpan.FromSeconds(line.StartsWith("MAIL", StringComparison.Ordinal) && line.Length > 200 ? 3 : 0),
            },
        };
        var result = Assert.Single(await RunAsync(slow, id => id.EndsWith(name, StringComparison.Ordinal)));
        Assert.Equal(CaseVerdict.Inconclusive, result.Verdict);
    }

    [Theory]
    [InlineData(2000, "500 Line too long\r\n", CaseVerdict.Info)]
    [InlineData(2000, null, CaseVerdict.Fail)]
    [InlineData(512, "500 Line too long\r\n", CaseVerdict.Fail)]
    public async Task To_refuse_a_line_of_several_times_the_limit_and_then_to_hang_up_is_a_choice_RFC_5321_7_8(
        int limit,
        string? reply,
        CaseVerdict verdict
    )
    {
        var isTooLong = false;
        var defending = new WireFault("", "")
        {
            Command = line =>
            {
                var isCut = isTooLong || (reply is null && line.Length + 2 > limit);
                isTooLong = !isCut && line.Length + 2 > limit;
                return isCut ? WireFault.Line.HangUp : isTooLong ? new WireFault.Line(null, reply) : line;
            },
        };
        var result = Assert.Single(
            await RunAsync(defending, name => name.EndsWith("command-line-over-the-limit", StringComparison.Ordinal))
        );
        Assert.Equal(verdict, result.Verdict);
    }

    [Theory]
    [InlineData(Depth.Greeting)]
    [InlineData(Depth.Envelope)]
    [InlineData(Depth.Data)]
    public async Task Nothing_goes_further_than_the_depth_that_was_asked_for(Depth depth)
    {
        var said = new ConcurrentBag<string>();
        var listening = new WireFault("", "")
        {
            Command = line =>
            {
                said.Add(line.ToUpperInvariant());
                return line;
            },
        };
        await using var server = new FaultyServer(Profile, () => listening);
        var results = await new WireExaminer(
            Profile,
            Ways.Options(Profile, depth) with
            {
                Patience = TimeSpan.FromMilliseconds(50),
            }
        ).RunAsync(server.Target, WireCatalogue.Of(Profile), TestContext.Current.CancellationToken);
        Assert.All(results.Where(result => result.Case.Depth > depth || !Ways.MayNotApply(result)), result =>
            Assert.Equal(result.Case.Depth > depth, result.Verdict is CaseVerdict.NotApplicable)
        );
        Assert.Contains(results, result => result.Verdict is CaseVerdict.Pass);
        Assert.Equal(depth >= Depth.Data, server.Delivered > 0);
        Assert.Equal(depth >= Depth.Envelope, said.Any(line => line.StartsWith("MAIL", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_policy_that_changes_while_a_case_is_played_is_no_fault_RFC_5321_4_2_1()
    {
        // the first of each pair of sessions is served, the other is put off
        var count = 0;
        var changing = WireFaults.Pipelining("", "") with
        {
            Command = line =>
                line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase) && count++ % 2 == 1
                    ? new WireFault.Line(null, "450 Slow down\r\n")
                    : line,
        };
        AccusesOfNothing(
            await RunAsync(changing, name =>
                name.Contains("octet-by-octet", StringComparison.Ordinal)
                || name.Contains("keywords", StringComparison.Ordinal)
                || name.Contains("dropped", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public async Task A_state_that_no_way_is_known_to_leaves_its_cases_inconclusive()
    {
        await using var server = new FaultyServer(Profile, () => new WireFault("", ""));
        var results = await new WireExaminer(Profile, new WireOptions { Access = _ => null, Depth = Depth.Data }).RunAsync(
            server.Target,
            WireCatalogue.Of(Profile).Where(testCase => testCase.State?.Name == "ReceivingData"),
            TestContext.Current.CancellationToken
        );
        Assert.NotEmpty(results);
        Assert.All(results, result =>
            Assert.Equal((CaseVerdict.Inconclusive, "no way to ReceivingData is known on this server"), (result.Verdict, result.Reason))
        );
    }

    [Theory]
    [InlineData("group-that-begins-with-mail-data", "250", "503 Not behind a message", true)]
    [InlineData("DATA-behind-refused-recipients-only", "503", "354 Go on", false)]
    public async Task What_a_server_does_in_lockstep_too_is_no_matter_of_a_group_RFC_2920_3_2(
        string name,
        string right,
        string wrong,
        bool isBehindMessage
    )
    {
        var profile = Profiles.Composed("pipelining");
        FaultyServer? server = null;
        WireFault Made()
        {
            var (begun, isBehind) = (server?.Delivered ?? 0, false);
            return new WireFault("", "")
            {
                Reply = text =>
                {
                    var isWrong = isBehind || !isBehindMessage;
                    isBehind = server!.Delivered > begun;
                    return isWrong ? Regex.Replace(text, "(?m)^" + right + " .*$", wrong + "\r") : text;
                },
            };
        }

        await using var it = server = new FaultyServer(profile, Made);
        var result = Assert.Single(
            await new WireExaminer(profile, Ways.Options(profile)).RunAsync(
                server.Target,
                WireCatalogue.Of(profile).Where(one => one.Id.EndsWith("/" + name, StringComparison.Ordinal)),
                TestContext.Current.CancellationToken
            )
        );

        Assert.Equal(CaseVerdict.Inconclusive, result.Verdict);
        Assert.EndsWith("it is so without a packet too", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_accused_of_nothing()
    {
        var server = new FaultyServer(Profile, () => new WireFault("", ""));
        await server.DisposeAsync();
        var results = await new WireExaminer(Profile, Ways.Options(Profile) with { Patience = TimeSpan.FromMilliseconds(1) }).RunAsync(
            server.Target,
            WireCatalogue.Of(Profile),
            TestContext.Current.CancellationToken
        );
        Assert.All(results.Where(result => result.Verdict is not CaseVerdict.NotApplicable), result =>
            Assert.Contains("cannot connect", result.Reason, StringComparison.Ordinal)
        );
        AccusesOfNothing(results);
    }

    [Theory]
    [InlineData("dot-at-once-ends-the-data")]
    [InlineData("mail-data-octet-by-octet")]
    [InlineData("end-of-data-cut-behind-CRLF")]
    public async Task An_end_of_data_that_is_never_seen_is_waited_for_once_as_long_as_any_reply_RFC_5321_4_1_1_4(string name)
    {
        var waits = new ConcurrentBag<TimeSpan>();
        WireFault Made()
        {
            var since = 0L;
            var fault = WireFaults.All().First(one => one.Case == name);
            return fault with
            {
                Chunk = (text, isData) =>
                {
                    waits.Add(since == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(since));
                    since = Stopwatch.GetTimestamp();
                    return fault.Chunk!(text, isData);
                },
            };
        }

        await using var server = new FaultyServer(Profile, Made);
        var result = Assert.Single(
            await new WireExaminer(Profile, Ways.Options(Profile)).RunAsync(
                server.Target,
                WireCatalogue.Of(Profile).Where(one => one.Id.EndsWith("/" + name, StringComparison.Ordinal)),
                TestContext.Current.CancellationToken
            )
        );

        Assert.Equal(CaseVerdict.Fail, result.Verdict);
        // the server is given 2 s for a reply
        Assert.Single(waits, wait => wait > TimeSpan.FromSeconds(1.9));
    }

    [Fact]
    public void The_names_of_cases_are_unique_and_carry_document_and_section()
    {
        foreach (var profile in Profiles.All)
        {
            var cases = WireCatalogue.Of(profile);
            Assert.Equal(cases.Count, cases.Select(testCase => testCase.Id).Distinct().Count());
            Assert.All(cases, testCase => Assert.Matches("^rfc[0-9]+/[0-9.]+/[A-Za-z0-9-]+$", testCase.Id));
            Assert.All(cases, testCase =>
                Assert.Equal(
                    $"{testCase.Rule.Clause.Document.Replace("RFC ", "rfc", StringComparison.Ordinal)}/{testCase.Rule.Clause.Section}",
                    testCase.Id[..testCase.Id.LastIndexOf('/')]
                )
            );
        }
    }

    private static void AccusesOfNothing(IReadOnlyList<CaseResult> results) =>
        TestRun.None(
            "accused",
            results
                .Where(result => result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict)
                .Select(result => $"{result.Verdict} {result.Case}: {result.Reason}\n{result.Evidence?.Transcript}")
        );

    private static async Task<IReadOnlyList<CaseResult>> RunAsync(
        WireFault fault,
        Func<string, bool>? select = null,
        Depth depth = Depth.Data
    )
    {
        await using var server = new FaultyServer(Profile, () => fault);
        var options = Ways.Options(Profile, depth) with { Patience = TimeSpan.FromMilliseconds(100) };
        var examiner = new WireExaminer(Profile, options);
        var results = new ConcurrentBag<CaseResult>();
        // each case has connections of its own, and mostly waits
        await Parallel.ForEachAsync(
            WireCatalogue.Of(Profile).Where(testCase => select?.Invoke(testCase.Id) ?? true),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken },
            async (testCase, cancellation) => results.Add(await examiner.RunAsync(server.Target, testCase, cancellation)));
        return [.. results];
    }
}
