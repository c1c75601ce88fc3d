using System.Diagnostics;
using SmtpModel.Testing;
using Spectre.Console;

namespace SmtpModel.Cli.Output;

/// <summary>Shows what a test is doing: how the server greets at once, then a live line on a terminal and a plain one now and then elsewhere.</summary>
internal static class TestProgressView
{
    public static async Task<TestReport> ShowAsync(IAnsiConsole console, Func<Action<TestProgress>, Task<TestReport>> run)
    {
        var latest = new TestProgress("greeting the server", 0, 0);
        var isGreeted = 0;
        void Take(TestProgress progress)
        {
            if (progress.Greeting is { } greeting && Interlocked.Exchange(ref isGreeted, 1) == 0)
            {
                console.WriteLine($"it greets with {greeting}");
            }

            latest = progress;
        }

        if (!console.Profile.Capabilities.Interactive || console != Terminal.Console || Console.IsOutputRedirected)
        {
            var clock = Stopwatch.StartNew();
            return await ProgressLines.UntilAsync(() => run(Take), () => $"{clock.Elapsed.TotalSeconds:0} s: {Words(latest)}", console.WriteLine);
        }

        TestReport? report = null;
        await AnsiConsole.Status().StartAsync(latest.Stage, async context => report = await run(progress =>
        {
            Take(progress);
            context.Status = Words(progress);
        }));
        return report!;
    }

    private static string Words(TestProgress progress) => $"{progress.Stage}: {Output.Words.Count(progress.Sessions, "session")}, {Output.Words.Count(progress.Exchanges, "exchange")}";
}
