namespace SmtpModel.Testing.Engine;

/// <summary>
/// How often each kind of move is drawn, in parts of their sum. Going forward dominates, so that deep states are reached;
/// what ends the session is not drawn at all but put at its end, since a uniform choice that includes QUIT cuts most sessions short.
/// </summary>
public sealed record Weights
{
    /// <summary>A command in order that leads deeper, or further on at the same depth.</summary>
    public int Forward { get; init; } = 50;

    /// <summary>Any command in order.</summary>
    public int InOrder { get; init; } = 20;

    /// <summary>A command out of order.</summary>
    public int OutOfOrder { get; init; } = 14;

    /// <summary>A command in order whose argument is malformed.</summary>
    public int Malformed { get; init; } = 7;

    /// <summary>A line that is no command.</summary>
    public int Unknown { get; init; } = 4;

    /// <summary>The move before once more.</summary>
    public int Repeat { get; init; } = 5;

    internal int Sum => Forward + InOrder + OutOfOrder + Malformed + Unknown + Repeat;
}
