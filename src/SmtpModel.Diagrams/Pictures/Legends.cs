using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Sums up in a few lines what a picture does not draw.</summary>
internal static class Legends
{
    /// <summary>What is said below pictures of replies.</summary>
    public static IReadOnlyList<string> OfReplies { get; } =
    ["Only the first digit of a reply counts here. Commands whose replies are read alike share a picture."];

    /// <summary>What an aspect adds to a title.</summary>
    /// <param name="aspect">The aspect.</param>
    public static string Aspect(DiagramAspect aspect) => aspect switch
    {
        DiagramAspect.Transaction => ": the transaction",
        DiagramAspect.Buffers => ": the buffers",
        DiagramAspect.Errors => ": refusals, disorder and closing",
        DiagramAspect.Replies => ": from reply to outcome",
        _ => "",
    };

    /// <summary>What the kinds of arrows mean, for those that are there.</summary>
    /// <param name="kinds">The kinds that are there.</param>
    public static IReadOnlyList<(LabelKind Kind, string Words)> Key(IEnumerable<LabelKind> kinds) =>
        Key(
            kinds,
            (LabelKind.Accepted, "solid: accepted"),
            (LabelKind.Refused, "dashed: refused"),
            (LabelKind.Closing, "dotted: closes"),
            (LabelKind.Way, "grey: the way on, not told here")
        );

    /// <summary>The same for pictures of replies.</summary>
    /// <param name="kinds">The kinds that are there.</param>
    public static IReadOnlyList<(LabelKind Kind, string Words)> KeyOfReplies(IEnumerable<LabelKind> kinds) =>
        Key(
            kinds,
            (LabelKind.Way, "grey: what is sent"),
            (LabelKind.Accepted, "solid: success"),
            (LabelKind.Refused, "dashed: failure"),
            (LabelKind.Closing, "dotted: error")
        );

    private static IReadOnlyList<(LabelKind Kind, string Words)> Key(
        IEnumerable<LabelKind> kinds,
        params (LabelKind Kind, string Words)[] words
    )
    {
        var there = kinds.ToHashSet();
        return [.. words.Where(one => there.Contains(one.Kind))];
    }

    /// <summary>The lines of the legend; none for a machine in which all is drawn.</summary>
    /// <param name="table">The machine.</param>
    /// <param name="tree">Its states as a tree.</param>
    /// <param name="edges">Its edges as they are drawn.</param>
    /// <param name="options">What the picture shows.</param>
    public static IEnumerable<string> Of(TransitionTable table, StateTree tree, IReadOnlyList<PlacedEdge> edges, DiagramOptions options)
    {
        var isTold = options.Refusals || options.Aspect is DiagramAspect.Errors;
        if (options.Aspect is DiagramAspect.Transaction or DiagramAspect.Buffers && table.States.All(state => state.Holds.Count == 0))
        {
            yield return "No state of this machine holds a buffer.";
        }

        if (edges.Any(edge => edge.To is not null && tree.IsSuperstate(edge.At)))
        {
            yield return edges.Any(edge => Overrides(table, edge, edges))
                ? "An arrow from a border leaves every state inside that has no such arrow of its own."
                : "An arrow from a border leaves every state inside.";
        }

        if (options.Aspect is DiagramAspect.Buffers)
        {
            yield return "■ held, □ empty. What an exchange does to the buffers stands below it; what is not drawn changes none.";
        }
        else if (!isTold && table.Edges.Any(edge => edge.To == edge.From && !edge.Exchange.IsAccepted))
        {
            yield return "Replies 4yz and 5yz that are not drawn leave the state as it was.";
        }

        foreach (var region in options.Aspect is DiagramAspect.Whole or DiagramAspect.Errors ? table.Regions : [])
        {
            yield return $"Wherever it is, the session is in {string.Join(" or ", region.States)} as well ({region.Name}).";
        }

        if (table.Regions.Count > 0 && options.Aspect is DiagramAspect.Whole or DiagramAspect.Errors)
        {
            foreach (var (exchange, rule) in table.Forgetting)
            {
                yield return $"Behind {exchange} all else that was known is forgotten ({rule.Clause}).";
            }
        }

        if (
            !isTold
            && options.Aspect is DiagramAspect.Whole
            && OutOfOrder(table, table.States, DiagramOptions.Default) is { Count: > 0 } replies
        )
        {
            var usual = replies.MaxBy(label => label.Commands.Count)!;
            var others = replies.Where(label => label != usual)
                .Select(label => $"; {string.Join(", ", label.Commands)}: {string.Join(" or ", label.Codes)}");
            yield return $"A command out of order draws {string.Join(" or ", usual.Codes)} and changes nothing{string.Concat(others)}.";
        }
    }

    /// <summary>What is answered in these states to commands that are out of order there.</summary>
    /// <param name="table">The machine.</param>
    /// <param name="states">The states; no superstates.</param>
    /// <param name="options">What the picture shows.</param>
    public static IReadOnlyList<Label> OutOfOrder(TransitionTable table, IEnumerable<State> states, DiagramOptions options) =>
        LabelMerge.Merge(states.SelectMany(state => table.Commands.Select(use => table.OutOfOrder(state, use.Command))).OfType<Refusal>()
            .GroupBy(refusal => refusal.Command).Select(group => group.MaxBy(refusal => refusal.Codes.Count)!), table, options.Clauses);

    private static bool Overrides(TransitionTable table, PlacedEdge edge, IReadOnlyList<PlacedEdge> edges) =>
        table
            .Around(edge.At)
            .Any(around => edges.Any(outer => outer.At == around && outer.To is not null && outer.Exchange == edge.Exchange));
}
