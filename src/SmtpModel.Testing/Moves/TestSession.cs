namespace SmtpModel.Testing.Engine;

/// <summary>A move, and the reply that a scripted server is to give to it.</summary>
/// <param name="Move">The move.</param>
/// <param name="Script">The reply's code; 0 where the server decides. Only servers of the tests take a script.</param>
public readonly record struct Step(Move Move, int Script = 0)
{
    /// <summary>
    /// Whether it is sent in one packet with the step before it, whose reply is not waited for. A session is played so only where
    /// the server offers what allows it; elsewhere each step waits for the reply to the one before.
    /// </summary>
    public bool IsJoined { get; init; }

    /// <summary>Whether a server of the tests is asked for a refusal with this code, by the script or by what is in the line.</summary>
    /// <param name="code">The code.</param>
    internal bool AsksFor(int code) => code >= 400 && (Script == code || Move.Provokes == code);
}

/// <summary>A session to be played against a server: connect, send the moves one after the other, close.</summary>
/// <param name="Steps">The moves in order.</param>
/// <param name="Greeting">The greeting that a scripted server is to give; 0 where the server decides.</param>
public sealed record TestSession(IReadOnlyList<Step> Steps, int Greeting = 0)
{
    /// <summary>Whether some of it is sent in groups.</summary>
    internal bool HasGroups => Steps.Any(step => step.IsJoined);

    /// <summary>The same with every reply waited for.</summary>
    internal TestSession InLockstep() => this with { Steps = [.. Steps.Select(step => step with { IsJoined = false })] };

    /// <summary>The session as lines for people; <c>+</c> stands between those of one packet.</summary>
    public override string ToString() =>
        string.Concat(Steps.Select((step, at) => $"{(at == 0 ? "" : step.IsJoined ? " + " : "; ")}{Said(step)}"));

    private static string Said(Step step) => step.Script == 0 ? $"{step.Move}" : $"{step.Move} [{step.Script}]";
}
