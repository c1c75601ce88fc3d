using System.Diagnostics;
using SmtpModel.Testing;
using Spectre.Console;

namespace SmtpModel.Cli.Output;

/// <summary>Shows how far a run is: a live bar on a terminal, a plain line now and then elsewhere.</summary>
internal static class FuzzProgressView
{
    // below this, the bar and the clock are folded into pieces
    private const int LeastWidth = 78;

    public static async Task<FuzzReport> ShowAsync(long? sessions, TimeSpan? time, Func<Action<FuzzProgress>, Task<FuzzReport>> run)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive || Console.IsOutputRedirected || AnsiConsole.Profile.Width < LeastWidth)
        {
            var latest = new FuzzProgress();
            return await ProgressLines.UntilAsync(
                () => run(progress => latest = progress),
                () => Line(latest, sessions),
                Console.WriteLine
            );
        }

        FuzzReport? report = null;
        await AnsiConsole.Progress().AutoClear(true).HideCompleted(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var (task, clock) = (context.AddTask("starting", maxValue: 1), Stopwatch.StartNew());
                report = await run(progress =>
                {
                    // whichever of the two ends it
                    task.Value = Math.Min(
                        1,
                        Math.Max(
                            sessions is { } most ? (double)progress.Sessions / most : 0,
                            time is { } limit ? clock.Elapsed / limit : 0
                        )
                    );
                    task.Description = progress.Delivered is not null
                        ? Line(progress, sessions)
                        : $"{progress.Sessions} sessions, {progress.Exchanges} exchanges, edges "
                            + $"{progress.Edges.Covered}/{progress.Edges.Of}, violations {progress.Violations}";
                });
            });
        return report!;
    }

    private static string Line(FuzzProgress progress, long? sessions) =>
        progress.Delivered is var (there, of)
            ? $"waiting for what was taken, {there} of {of} are there"
            : $"{progress.Sessions}{(sessions is { } most ? $"/{most}" : "")} sessions, {progress.Exchanges} exchanges, violations "
                + $"{progress.Violations}";
}
