namespace SmtpModel.Testing;

/// <summary>
/// Looks, behind all cases, for states that the profile has not, as a server has that counts. The package
/// <c>SmtpModel.Testing.Fuzzing</c> has one: <c>RandomSearch</c>.
/// </summary>
public abstract class SessionSearch
{
    /// <summary>How long it looks.</summary>
    /// <param name="time">The time.</param>
    private protected SessionSearch(TimeSpan time) => Time = time;

    /// <summary>How long it looks.</summary>
    public TimeSpan Time { get; }

    /// <summary>Plays sessions until the time is over.</summary>
    /// <param name="task">Against what, and how.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Gives up.</param>
    internal abstract Task<FuzzReport> RunAsync(SearchTask task, Action<FuzzProgress> progress, CancellationToken cancellation);
}

/// <summary>What a search is to do.</summary>
/// <param name="Profile">The profile that the server is held against.</param>
/// <param name="Target">The server.</param>
/// <param name="Palette">What it is known to take.</param>
/// <param name="Connections">How many connections may be open at a time.</param>
/// <param name="MaxViolations">How many different violations are enough.</param>
/// <param name="Pace">How fast sessions are begun.</param>
internal sealed record SearchTask(
    Machines.Profile Profile,
    ITarget Target,
    PaletteOptions Palette,
    int Connections,
    int MaxViolations,
    Pace Pace
);
