namespace SmtpModel.Testing;

/// <summary>A move, and the reply that a scripted server is to give to it.</summary>
/// <param name="Move">The move.</param>
/// <param name="Script">The reply's code; 0 where the server decides. Only servers of the tests take a script.</param>
public readonly record struct Step(Move Move, int Script = 0);

/// <summary>A session to be played against a server: connect, send the moves one after the other, close.</summary>
/// <param name="Steps">The moves in order.</param>
/// <param name="Greeting">The greeting that a scripted server is to give; 0 where the server decides.</param>
public sealed record TestSession(IReadOnlyList<Step> Steps, int Greeting = 0)
{
    /// <summary>The session as lines for people.</summary>
    public override string ToString() => string.Join("; ", Steps.Select(step => step.Script == 0 ? $"{step.Move}" : $"{step.Move} [{step.Script}]"));
}
