namespace SmtpModel.Testing;

/// <summary>Random sessions that repeat what they do, and go on behind it: for <see cref="TestOptions.Thorough"/>.</summary>
/// <param name="time">How long they are played.</param>
public sealed class RandomSearch(TimeSpan time) : SessionSearch(time)
{
    /// <summary>The most sessions that are played in that time.</summary>
    internal long Sessions { get; init; } = long.MaxValue;

    internal override Task<FuzzReport> RunAsync(SearchTask task, Action<FuzzProgress> progress, CancellationToken cancellation)
    {
        var options = new FuzzOptions
        {
            Sessions = Sessions,
            MaxTime = Time,
            Strategy = Strategy.Thorough,
            Connections = task.Connections,
            MaxViolations = task.MaxViolations,
            Palette = task.Palette,
            Pace = task.Pace,
        };
        return new Fuzzer(task.Profile, options).RunAsync(task.Target, progress, cancellation);
    }
}
