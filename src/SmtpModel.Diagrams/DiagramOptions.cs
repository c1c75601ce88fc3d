using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Which way the main line of a picture runs.</summary>
public enum DiagramDirection
{
    /// <summary>From the top down.</summary>
    TopDown,

    /// <summary>From left to right.</summary>
    LeftToRight,
}

/// <summary>What a picture shows besides the states and the edges that lead on.</summary>
public sealed record DiagramOptions
{
    /// <summary>The picture without clauses and refusals, from the top down.</summary>
    public static DiagramOptions Default { get; } = new();

    /// <summary>Whether each edge names its rule and the clause it comes from, as <c>[O5, RFC 821 4.1.1]</c>.</summary>
    public bool Clauses { get; init; }

    /// <summary>
    /// Whether the refusals that leave the state as it was, and the replies to commands out of order, are listed in the
    /// state they hold in; otherwise the legend sums them up. Refusals that lead to another state are always drawn.
    /// </summary>
    public bool Refusals { get; init; }

    /// <summary>Which side of the machine is shown.</summary>
    public DiagramAspect Aspect { get; init; }

    /// <summary>Which way the main line runs; null for what suits the aspect: to the right for replies, else down.</summary>
    public DiagramDirection? Direction { get; init; }

    /// <summary>The direction that was chosen or that suits the aspect.</summary>
    internal DiagramDirection Runs =>
        Direction ?? (Aspect is DiagramAspect.Replies ? DiagramDirection.LeftToRight : DiagramDirection.TopDown);

    /// <summary>
    /// How each edge is painted, as to show what came of a test: it is given the edges that are one on the picture (those
    /// of a superstate are one for each state inside), and exchanges painted alike are written together. Null for the usual
    /// colours. Mermaid, which has no colours for single exchanges, shows only what is written together.
    /// </summary>
    public Func<IReadOnlyList<Edge>, EdgePaint>? Paint { get; init; }
}

/// <summary>How an exchange is painted.</summary>
/// <param name="Colour">The colour of its text and arrow, as <c>#1a6b2f</c>.</param>
/// <param name="IsDashed">Whether its arrow is dashed and its text slanted; an arrow is dashed when all exchanges on it are.</param>
public sealed record EdgePaint(string Colour, bool IsDashed = false);
