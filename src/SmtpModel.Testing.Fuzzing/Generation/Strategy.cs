namespace SmtpModel.Testing.Engine;

/// <summary>How sessions are drawn. Whichever it is, what may follow what comes from the table.</summary>
public enum Strategy
{
    /// <summary>What has been found best: mostly <see cref="Middle"/>, with <see cref="Memory"/>, walks and swarms between.</summary>
    Mixed,

    /// <summary>A walk on which each kind of move has its weight, so that deep states are reached.</summary>
    Walk,

    /// <summary>All commands alike in every state. For comparison only.</summary>
    Uniform,

    /// <summary>A walk on a random subset of the commands, another one for each session (Groce and others 2012).</summary>
    Swarm,

    /// <summary>
    /// A shortest path to a chosen transition, the transition, a random middle, and a sequence that tells the state reached
    /// from others; now and then a check that a state that was left does not linger.
    /// </summary>
    Middle,

    /// <summary>
    /// A chosen transition two to five times, each time by a shortest way, then an exchange behind it, and a sequence that tells the state
    /// reached from others: for servers that count, or that keep what they should forget.
    /// </summary>
    Memory,

    /// <summary>Mostly <see cref="Memory"/>, with <see cref="Middle"/> and swarms between: for states that the profile has not, where what
    /// shows sooner has been looked at.</summary>
    Thorough,

    /// <summary>A walk towards the transitions and pairs of transitions that the run has not covered. Depends on what a server answered
    /// before.</summary>
    Guided,
}
