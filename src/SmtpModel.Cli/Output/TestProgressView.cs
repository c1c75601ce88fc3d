using SmtpModel.Testing;
using Spectre.Console;

namespace SmtpModel.Cli.Output;

/// <summary>Shows what a test is doing: a live line on a terminal, nothing elsewhere.</summary>
internal static class TestProgressView
{
    public static async Task<TestReport> ShowAsync(IAnsiConsole console, Func<Action<TestProgress>?, Task<TestReport>> run)
    {
        if (!console.Profile.Capabilities.Interactive || console != Terminal.Console || Console.IsOutputRedirected)
        {
            return await run(null);
        }

        TestReport? report = null;
        await AnsiConsole.Status().StartAsync("greeting the server", async context =>
            report = await run(progress => context.Status = $"{progress.Stage}: {progress.Sessions} sessions, {progress.Exchanges} exchanges"));
        return report!;
    }
}
