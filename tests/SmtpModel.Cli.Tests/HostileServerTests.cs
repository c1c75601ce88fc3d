using System.Diagnostics;
using System.Text;
using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary>What a server says cannot steer the terminal, hold the tool up or fill its memory.</summary>
public sealed class HostileServerTests
{
    private const long MostMemory = 400L << 20;

    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(60);

    /// <summary>Greeting and reply, each letter an octet.</summary>
    public static TheoryData<string, string> Talks { get; } = new()
    {
        { "220 \e[31mred\e]0;title\a\e[2J\r\n", "250 \e]8;;http://example.test\e\\link\e[?1049h\r\n" },
        { "220 \u009b31m\u009d0;title\u009c \u0090x\u0085\r\n", "250 \u009b2J\u0085\u008d\r\n" },
        { "220 a\0b\r\n", "250 \0\0\0\r\n" },
        { "220 \u00e4\u00f6\u00fc\r\n", "250 \u00ff\u00fe\u00a0\u00ad\r\n" },
        { "220 bare\n", "250 bare\n" },
        { "220 back\rover\r\n", "250 \b\b\b\b\t\v\f\u007f\r\n" },
        { "\r\n\r\n", "\r\n" },
        { "220", "250" },
        { "220 here\r\n", "999 what\r\n" },
        { "220 here\r\n", "250-first\r\n550 other\r\n" },
        { "220 here\r\n", "250 one\r\n250 more than asked\r\n250 and more\r\n" },
        { "HTTP/1.1 400 Bad Request\r\n\r\n", "" },
        { "\u0016\u0003\u0001\u0000\u0005", "" },
    };

    [Theory]
    [MemberData(nameof(Talks))]
    public async Task Nothing_a_server_says_reaches_the_terminal_as_a_control_character(string greeting, string reply)
    {
        await using var server = LoopbackServer.Saying(Encoding.Latin1.GetBytes(greeting), Encoding.Latin1.GetBytes(reply));

        await IsSaneAsync(server);
    }

    [Fact]
    public async Task A_reply_of_10000_lines_is_bounded()
    {
        var reply = string.Concat(Enumerable.Repeat("250-line\r\n", 9_999)) + "250 line\r\n";
        await using var server = LoopbackServer.Saying("220 here\r\n"u8.ToArray(), Encoding.ASCII.GetBytes(reply));

        await IsSaneAsync(server);
    }

    [Theory]
    [InlineData("220 x")]
    [InlineData("220-x\r\n")]
    [InlineData("250 x\r\n")]
    public async Task A_server_that_never_stops_talking_is_bounded(string said)
    {
        var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(said, 65536 / said.Length)));
        await using var server = new LoopbackServer(async (stream, end) =>
        {
            while (true)
            {
                await stream.WriteAsync(block, end);
            }
        });

        await IsSaneAsync(server);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(0, "2")]
    [InlineData(0, "220 here")]
    [InlineData(0, "220-here\r\n")]
    [InlineData(1, "")]
    [InlineData(1, "25")]
    [InlineData(1, "250-")]
    [InlineData(1, "250 x\r")]
    [InlineData(2, "")]
    [InlineData(3, "250")]
    [InlineData(4, "")]
    [InlineData(5, "354 x")]
    public async Task A_server_that_closes_after_some_replies_or_within_one_is_a_finding_or_no_verdict(int replies, string last)
    {
        await using var server = new LoopbackServer(async (stream, end) =>
        {
            using var lines = new StreamReader(stream, leaveOpen: true);
            for (var reply = 0; reply < replies; reply++)
            {
                await stream.WriteAsync(reply == 0 ? "220 here\r\n"u8.ToArray() : "250 yes\r\n"u8.ToArray(), end);
                await lines.ReadLineAsync(end);
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes(last), end);
        });

        var run = await IsSaneAsync(server);

        Assert.NotEqual(ExitCodes.Fine, run.ExitCode);
    }

    private static async Task<ToolRun> IsSaneAsync(LoopbackServer server)
    {
        var clock = Stopwatch.StartNew();
        await using var tool = Smtpmodel.Start([
            "fuzz",
            server.Name,
            "--sessions",
            "20",
            "--max-findings",
            "3",
            "--max-time",
            "10s",
            "--reply-timeout",
            "300ms",
        ]);
        var run = await tool.EndAsync();

        Assert.True(run.ExitCode is ExitCodes.Fine or ExitCodes.Failure or ExitCodes.NoVerdict, $"exit code {run.ExitCode}\n{run.All}");
        Assert.DoesNotContain(run.All, letter => letter != '\n' && char.IsControl(letter));
        Assert.True(run.All.Length < 100_000, $"{run.All.Length} letters were printed");
        Assert.True(tool.PeakMemory < MostMemory, $"{tool.PeakMemory >> 20} MiB were used");
        Assert.True(clock.Elapsed < MostTime, $"it took {clock.Elapsed}");
        return run;
    }
}
