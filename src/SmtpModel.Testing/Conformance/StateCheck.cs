using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Whether a server is where it should be after an exchange.</summary>
internal enum Whereabouts
{
    /// <summary>It behaves as it does in that state.</summary>
    Agrees,

    /// <summary>It behaves otherwise.</summary>
    Differs,

    /// <summary>That could not be found out.</summary>
    Undecided,
}

/// <summary>What was found out about where a server is after an exchange.</summary>
/// <param name="Whereabouts">Whether it is where it should be.</param>
/// <param name="Reason">Why, for people; empty when it agrees.</param>
/// <param name="Evidence">What it rests on; null when it agrees or nothing was played.</param>
internal sealed record StateCheck(Whereabouts Whereabouts, string Reason = "", Evidence? Evidence = null)
{
    /// <summary>The rule that the answer breaks in the state where the server should be; null when it breaks none by itself.</summary>
    public Rule? Rule { get; init; }

    /// <summary>The answer that differs; null where there is none.</summary>
    public Observation? Answered { get; init; }

    public static StateCheck Fine { get; } = new(Whereabouts.Agrees);
}
