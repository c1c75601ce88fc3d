namespace SmtpModel.Cli.Output;

/// <summary>Lines that say how far a run is, where there is no terminal to show it on: the longer it lasts, the fewer.</summary>
internal static class ProgressLines
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Waits for a run and writes a line now and then, by the clock: a run that is stuck is seen to be.</summary>
    /// <param name="start">Starts the run.</param>
    /// <param name="line">How far it is now.</param>
    /// <param name="write">Where lines go.</param>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> start, Func<string> line, Action<string> write)
    {
        // one in memory would not come back before its end
        var run = Task.Run(start);
        for (var wait = First; await Task.WhenAny(run, Task.Delay(wait)) != run; wait = wait * 2 < Longest ? wait * 2 : Longest)
        {
            write(line());
        }

        return await run;
    }
}
