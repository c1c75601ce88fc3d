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

    /// <summary>Which way the main line runs.</summary>
    public DiagramDirection Direction { get; init; }
}
