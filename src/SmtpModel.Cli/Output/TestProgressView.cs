using System.Diagnostics;
using SmtpModel.Testing;
using Spectre.Console;

namespace SmtpModel.Cli.Output;

/// <summary>Shows what a test is doing: how the server greets and what it is like at once, then a live line on a terminal and a plain one
/// now and then elsewhere.</summary>
internal static class TestProgressView
{
    public static async Task<TestReport> ShowAsync(
        IAnsiConsole console,
        Func<Action<TestProgress>, Task<TestReport>> run,
        bool isGreeted = false
    )
    {
        var latest = new TestProgress("greeting the server", 0, 0);
        var (greeted, told) = ((string?)null, (string?)null);
        void Take(TestProgress progress)
        {
            if (!isGreeted && progress.Greeting is { } greeting && Interlocked.Exchange(ref greeted, greeting) is null)
            {
                console.WriteLine($"it greets with {greeting}");
            }

            if (progress.Headline is { } headline && Interlocked.Exchange(ref told, headline) is null)
            {
                console.WriteLine(headline);
            }

            latest = progress;
        }

        var report = await RunAsync(console, run, Take, () => latest);
        if (report.Told() is { } last && last != told)
        {
            // what showed only in the end
            console.WriteLine(last);
        }

        return report;
    }

    private static async Task<TestReport> RunAsync(
        IAnsiConsole console,
        Func<Action<TestProgress>, Task<TestReport>> run,
        Action<TestProgress> take,
        Func<TestProgress> latest
    )
    {

        if (!console.Profile.Capabilities.Interactive || console != Terminal.Console || Console.IsOutputRedirected)
        {
            var clock = Stopwatch.StartNew();
            return await ProgressLines.UntilAsync(
                () => run(take),
                () => $"{clock.Elapsed.TotalSeconds:0} s: {Words(latest())}",
                console.WriteLine
            );
        }

        TestReport? report = null;
        await AnsiConsole.Status().StartAsync(latest().Stage, async context => report = await run(progress =>
        {
            take(progress);
            context.Status = Words(progress);
        }));
        return report!;
    }

    private static string Words(TestProgress progress) =>
        $"{progress.Stage}: {Output.Words.Count(progress.Sessions, "session")}, {Output.Words.Count(progress.Exchanges, "exchange")}";
}
