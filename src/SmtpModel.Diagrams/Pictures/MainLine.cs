using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Finds the longest of the shortest ways through a machine: the line that is drawn straight.</summary>
internal static class MainLine
{
    /// <summary>The arrows of the main line; none that ends in the final state.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="from">Where it begins.</param>
    public static IReadOnlyList<Arrow> Of(Picture picture, State from)
    {
        var ways = new Dictionary<State, IReadOnlyList<Arrow>> { [from] = [] };
        var waiting = new Queue<State>([from]);
        while (waiting.TryDequeue(out var state))
        {
            foreach (
                var arrow in picture.Arrows.Where(arrow => arrow.From == state && arrow.To != picture.Final && !ways.ContainsKey(arrow.To))
            )
            {
                ways[arrow.To] = [.. ways[state], arrow];
                waiting.Enqueue(arrow.To);
            }
        }

        // of two as long as each other the one on which more is accepted
        return ways.Values.MaxBy(way => (way.Count, way.Count(arrow => arrow.Parts[0].Kind is LabelKind.Accepted)))!;
    }
}
