using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using SmtpModel.Cli.Tests.Support;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Tests;

/// <summary><c>smtpmodel replay</c>: one verb for whatever was found, and the evidence behind each verdict.</summary>
public sealed partial class ReplayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_that_failed_in_the_last_run_is_played_again_and_is_fixed_on_a_sound_server()
    {
        await using var server = FaultySmtp.Start(Fault.RsetKeepsTheTransaction);
        await using var sound = FaultySmtp.Start(Fault.None);

        var run = (await HereAsync("test", server.Name, "--include", "*/4.1.1.5/*")).EndsWith(ExitCodes.Failure);
        var failed = Id().Count(run.Out);

        Assert.True(failed > 1, run.Out);
        Assert.Equal(failed, Verdict().Count((await HereAsync("replay", "--last")).EndsWith(ExitCodes.Failure).Out));
        var again = (await HereAsync("replay", "--last", sound.Name)).EndsWith(ExitCodes.Fine).Out;
        Assert.Equal(failed, again.Split("FIXED: ").Length - 1);
    }

    [Fact]
    public async Task A_case_about_octets_is_played_again_by_its_ID_with_the_options_that_were_given()
    {
        await using var server = FaultySmtp.Start(Fault.None);

        var run = (
            await HereAsync(
                "test",
                server.Name,
                "--include",
                "*/bare-LF-does-not-end-a-command",
                "--helo",
                "mine.example.test",
                "--reply-timeout",
                "7s"
            )
        ).EndsWith(ExitCodes.Failure);

        run.Says("printf 'EHLO mine.example.test", "printf 'NOOP\\n'");
        var id = Id().Match(run.Out).Groups["id"].Value;
        (await HereAsync("replay", id[..4]))
            .EndsWith(ExitCodes.Failure)
            .Says("C: EHLO mine.example.test", "C: NOOP\\n", "FAILED: an LF alone ends a command");
        var kept = await File.ReadAllTextAsync(
            Path.Combine(_folder.Path, ".smtpmodel", $"{id}.json"),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(7000, JsonDocument.Parse(kept).RootElement.GetProperty("timeouts").GetProperty("reply").GetInt32());
        var whole = (await HereAsync("replay", id, "--print-id")).EndsWith(ExitCodes.Fine).Out.Trim();
        (await Smtpmodel.RunAsync("replay", whole)).EndsWith(ExitCodes.Failure).Says("FAILED: ", server.Name);
    }

    [Fact]
    public async Task A_server_is_waited_for_as_long_as_when_it_was_found_unless_something_else_is_said()
    {
        await using var server = new LoopbackServer(async (stream, end) =>
        {
            using var lines = new StreamReader(stream, leaveOpen: true);
            await stream.WriteAsync("220 here\r\n"u8.ToArray(), end);
            while (await lines.ReadLineAsync(end) is { } line)
            {
                await stream.WriteAsync(line == "QUIT" ? "221 bye\r\n"u8.ToArray() : line == "NOOP" ? [] : "250 yes\r\n"u8.ToArray(), end);
            }
        });

        var run = await HereAsync("test", server.Name, "--depth", "greeting", "--reply-timeout", "400ms", "--report", "json=report.json");
        run.EndsWith(ExitCodes.Failure);
        using var report = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(_folder.Path, "report.json"), TestContext.Current.CancellationToken)
        );
        var reported = report
            .RootElement.GetProperty("servers")[0]
            .GetProperty("cases")
            .EnumerateArray()
            .Where(one => one.GetProperty("verdict").GetString() == "fail")
            .Select(one => one.GetProperty("evidence").GetProperty("replay").GetString()!)
            .First(word => ReplayFile.Parse(word, Profiles.Find).Session.Steps.Any(step => step.Move.Text == "NOOP"));
        var id = ReplayFile.Parse(reported, Profiles.Find).ToShortId();

        foreach (var word in (string[])[id, reported])
        {
            var clock = Stopwatch.StartNew();
            (await HereAsync("replay", word)).EndsWith(ExitCodes.Failure);
            Assert.True(clock.Elapsed < new TcpTimeouts().Reply, $"it took {clock.Elapsed}");
        }

        var slow = Stopwatch.StartNew();
        (await HereAsync("replay", id, "--reply-timeout", "11s")).EndsWith(ExitCodes.Failure);
        Assert.True(slow.Elapsed > new TcpTimeouts().Reply, $"it took {slow.Elapsed}");
    }

    [Fact]
    public async Task What_was_said_by_the_server_of_this_process_is_played_with_it_again()
    {
        var run = await HereAsync("test", "--verbose", "--include", "*/site-decides");

        var ids = Id().Matches(run.Out).Select(match => match.Groups["id"].Value).ToList();
        Assert.True(ids.Count > 0, run.Out);
        (await HereAsync("replay", ids[0])).EndsWith(ExitCodes.Fine).Says("SAME: ");
    }

    [Fact]
    public async Task Every_verdict_but_a_plain_pass_has_its_transcript_and_how_to_say_it_again()
    {
        await using var server = new LoopbackServer(TalkAsync);

        var run = await HereAsync("test", server.Name, "--verbose", "--depth", "greeting");

        var blocks = Block().Matches(run.Out).Select(block => block.Value).ToList();
        Assert.Contains(blocks, block => block.StartsWith("NON-STRICT", StringComparison.Ordinal));
        Assert.All(blocks, block => Assert.Contains("  S: ", block, StringComparison.Ordinal));
        Assert.All(blocks, block => Assert.Contains("    replay    smtpmodel replay ", block, StringComparison.Ordinal));
        Assert.All(blocks, block => Assert.Contains("    by hand   (sleep 1;", block, StringComparison.Ordinal));
        run.Says("not decided at this depth: ", "--depth envelope decides them");
        var same = Id().Match(blocks.First(block => block.StartsWith("NON-STRICT", StringComparison.Ordinal))).Groups["id"].Value;
        (await HereAsync("replay", same)).EndsWith(ExitCodes.Fine).Says("SAME: ");
    }

    [Fact]
    public async Task Where_nothing_can_be_kept_the_long_ID_is_printed_and_works()
    {
        await using var server = FaultySmtp.Start(Fault.RcptWithoutMail);
        // a file where the folder should be
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, ".smtpmodel"), "", TestContext.Current.CancellationToken);

        var run = (await HereAsync("fuzz", server.Name, "--sessions", "50"))
            .EndsWith(ExitCodes.Failure)
            .Says("note: .smtpmodel cannot be written", "--save DIR");

        var id = Long().Match(run.Out).Groups["id"].Value;
        (await HereAsync("replay", id)).EndsWith(ExitCodes.Failure).Says("FAILED: ");
    }

    [Fact]
    public async Task A_fuzz_run_lasts_as_long_as_it_is_told_to()
    {
        var clock = Stopwatch.StartNew();

        (await HereAsync("fuzz", "--in-memory", "--max-time", "3s")).EndsWith(ExitCodes.Fine).Says("seed 1: for 3s\n");

        Assert.True(clock.Elapsed > TimeSpan.FromSeconds(3), $"it ended after {clock.Elapsed}");
        (await HereAsync("fuzz", "--in-memory", "--max-time", "60s", "--sessions", "20"))
            .EndsWith(ExitCodes.Fine)
            .Says(": 20 sessions, or for 1m\n", "played 20 sessions");
        (await HereAsync("fuzz", "--in-memory"))
            .EndsWith(ExitCodes.Fine)
            .Says(": 2000 sessions (--sessions or --max-time for more)\n", "played 2000 sessions");
    }

    [Fact]
    public async Task A_remark_of_fuzz_shows_one_exchange_with_its_octets()
    {
        await using var server = new LoopbackServer(TalkAsync);

        (await HereAsync("fuzz", server.Name, "--sessions", "60")).Says("not strict:", "\\r\\n\n", "S: 250 read the standard");
    }

    private async Task<ToolRun> HereAsync(params string[] words)
    {
        return await Smtpmodel.RunAsync(words, folder: _folder.Path);
    }

    // keeps the rules, but answers HELP with 250 and takes QUIT with an argument
    private static async Task TalkAsync(Stream stream, CancellationToken end)
    {
        using var lines = new StreamReader(stream, leaveOpen: true);
        await stream.WriteAsync("220 odd.example.test\r\n"u8.ToArray(), end);
        while (await lines.ReadLineAsync(end) is { } line)
        {
            var words = line.Split(' ', 2);
            var reply = words switch
            {
                ["HELO" or "EHLO", var name] when !name.Contains('_', StringComparison.Ordinal) => "250 odd.example.test",
                ["HELO" or "EHLO", ..] => "501 no domain",
                ["NOOP" or "RSET"] => "250 yes",
                ["HELP", ..] => "250 read the standard",
                ["VRFY" or "EXPN", _] => "252 try it",
                ["QUIT", ..] => "221 bye",
                ["MAIL" or "RCPT" or "DATA", ..] => "503 not here",
                _ => "500 unknown",
            };
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(reply + "\r\n"), end);
            if (reply.StartsWith("221", StringComparison.Ordinal))
            {
                return;
            }
        }
    }

    [GeneratedRegex(@"smtpmodel replay (?<id>[0-9a-f]{8})\b")]
    private static partial Regex Id();

    [GeneratedRegex(@"smtpmodel replay (?<id>[\w-]{20,})")]
    private static partial Regex Long();

    [GeneratedRegex("^(?:FAILED|FIXED|ERROR): ", RegexOptions.Multiline)]
    private static partial Regex Verdict();

    // from a verdict to the next one
    [GeneratedRegex(@"^(?:NON-STRICT|INFO|INCONCLUSIVE) .*\n(?:    .*\n|\n)+", RegexOptions.Multiline)]
    private static partial Regex Block();
}
