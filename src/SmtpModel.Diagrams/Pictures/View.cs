using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>What of a machine an aspect shows, and what is said there of it.</summary>
/// <param name="Shown">The states that have a box of their own.</param>
/// <param name="Rest">The box of all others; null where they are not shown.</param>
/// <param name="Collapses">Whether a superstate of which one thing is shown is left out.</param>
/// <param name="Shows">Whether an edge is drawn or listed.</param>
internal sealed record View(IReadOnlySet<State> Shown, State? Rest, bool Collapses, Func<PlacedEdge, bool> Shows)
{
    /// <summary>What is said of an edge besides commands and replies; null for nothing.</summary>
    public Func<PlacedEdge, string?> Note { get; private init; } = _ => null;

    /// <summary>What is said of a state below its name.</summary>
    public Func<State, IReadOnlyList<string>> Notes { get; private init; } = _ => [];

    /// <summary>The view of an aspect.</summary>
    /// <param name="table">The machine.</param>
    /// <param name="tree">Its states as a tree.</param>
    /// <param name="edges">Its edges, placed.</param>
    /// <param name="options">What the picture shows.</param>
    public static View Of(TransitionTable table, StateTree tree, IReadOnlyList<PlacedEdge> edges, DiagramOptions options) =>
        options.Aspect switch
        {
            DiagramAspect.Transaction => Transaction(tree, edges, Holding(table), options),
            DiagramAspect.Buffers => Buffers(table, tree, Holding(table)),
            DiagramAspect.Errors => new View(table.States.ToHashSet(), null, false, edge =>
                !edge.Exchange.IsAccepted || edge.To is not null
            ),
            _ => new View(table.States.ToHashSet(), null, false, edge =>
                edge.Exchange.IsAccepted || edge.To is not null || options.Refusals
            ),
        };

    private static View Transaction(StateTree tree, IReadOnlyList<PlacedEdge> edges, HashSet<State> holding, DiagramOptions options)
    {
        var shown = holding.ToHashSet();
        foreach (var edge in edges.Where(edge => edge.To is not null && Touches(tree, edge, holding)))
        {
            shown.Add(edge.To!);
            shown.UnionWith(tree.IsSuperstate(edge.At) ? [] : [edge.At]);
        }

        return new View(shown, null, true, edge => Touches(tree, edge, holding)
            && (edge.To is not null || (holding.Contains(edge.At) && (edge.Exchange.IsAccepted || options.Refusals))))
        {
            Notes = state =>
                state.Holds.Count == 0
                    ? []
                    :
                    [
                        .. state.Holds.Select(
                            (buffer, at) => $"{(at == 0 ? "holds " : "")}{buffer}{(at < state.Holds.Count - 1 ? "," : "")}"
                        ),
                    ],
        };
    }

    private static View Buffers(TransitionTable table, StateTree tree, HashSet<State> holding)
    {
        var buffers = table.States.SelectMany(state => state.Holds).Distinct().ToList();
        var rest = new State("all buffers empty", "in these states no buffer holds anything");
        return new View(holding, rest, true, edge =>
            Touches(tree, edge, holding) && (edge.To is not null || edge.Exchange.Effects.Count > 0)
        )
        {
            Note = edge => Effects(edge.Exchange, buffers),
            Notes = state => state == rest
                ? LabelText.Wrap(string.Join(", ", table.States.Where(one => !holding.Contains(one))), 30)
                : [.. buffers.Select(buffer => $"{(state.Holds.Contains(buffer) ? '■' : '□')} {buffer}")],
        };
    }

    // all effects that clear are said in one word where they clear everything
    private static string Effects(Exchange exchange, List<DataBuffer> buffers)
    {
        var cleared = exchange.Effects.Where(effect => effect.Kind is EffectKind.Clear).ToList();
        var all = buffers.TrueForAll(buffer => cleared.Exists(effect => effect.Buffer == buffer));
        var words = (all ? exchange.Effects.Except(cleared) : exchange.Effects).Select(effect => effect.ToString()).ToList();
        return words.Count == 0 && !all ? "change nothing" : string.Join(", ", all ? words.Prepend("clear all") : words);
    }

    private static bool Touches(StateTree tree, PlacedEdge edge, HashSet<State> holding) =>
        tree.Leaves(edge.At).Any(holding.Contains) || (edge.To is { } to && holding.Contains(to));

    private static HashSet<State> Holding(TransitionTable table) => [.. table.States.Where(state => state.Holds.Count > 0)];
}
