using System.Globalization;
using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>
/// One line from a box to another, with its text in the middle of it. Graphviz lets labels of edges lie across borders and
/// other lines; so the text is a node on the way, which gets a place of its own.
/// </summary>
/// <param name="Id">The name of the node that is its text; empty where there is none.</param>
/// <param name="From">The state or superstate it leaves.</param>
/// <param name="To">The state it leads to.</param>
/// <param name="Part">What is written on it.</param>
/// <param name="Around">The innermost superstate that both ends lie in; null when there is none.</param>
/// <param name="IsBackward">Whether it leads against the direction of the picture.</param>
/// <param name="IsMain">Whether it is a piece of the main line.</param>
internal sealed record DotPath(string Id, State From, State To, ArrowPart Part, State? Around, bool IsBackward, bool IsMain);

/// <summary>Lays the arrows of a picture out as paths.</summary>
internal static class DotPaths
{
    /// <summary>The states that the straight lines run through: one line for each box that stands alone, else one.</summary>
    /// <param name="picture">The picture.</param>
    public static IReadOnlyList<IReadOnlyList<Arrow>> Lines(Picture picture)
    {
        var leaves = picture.Nodes.Where(node => !node.IsSuperstate).ToList();
        IEnumerable<State> starts = picture.Start is { } start ? [start]
            : picture.Roots.All(root => root.IsSuperstate) ? picture.Roots.Select(root => root.All.First(node => !node.IsSuperstate).State)
            : leaves.Take(1).Select(node => node.State);
        return [.. starts.Select(from => MainLine.Of(picture, from))];
    }

    /// <summary>All arrows as paths, one for each kind of exchange on an arrow.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="main">The arrows of the main lines.</param>
    public static IReadOnlyList<DotPath> Of(Picture picture, IReadOnlySet<Arrow> main)
    {
        var around = new Dictionary<State, IReadOnlyList<State>>();
        picture.Roots.ToList().ForEach(root => Note(root, []));
        var places = picture
            .Nodes.Where(node => !node.IsSuperstate)
            .Select((node, index) => (node.State, index))
            .ToDictionary(pair => pair.State, pair => pair.index);
        var firsts = picture.Nodes.ToDictionary(node => node.State, node => places[node.All.First(inner => !inner.IsSuperstate).State]);
        return
        [
            .. picture
                .Arrows.SelectMany(arrow => arrow.Parts.Select((part, index) => (arrow, part, index)))
                .Select(
                    (one, number) =>
                        new DotPath(
                            one.part.Labels.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"_{number + 1}"),
                            one.arrow.From,
                            one.arrow.To,
                            one.part,
                            around[one.arrow.From].Intersect(around[one.arrow.To]).LastOrDefault(),
                            firsts[one.arrow.To] < firsts[one.arrow.From],
                            one.index == 0 && main.Contains(one.arrow)
                        )
                ),
        ];

        void Note(Node node, IReadOnlyList<State> outer)
        {
            around[node.State] = outer;
            node.Children.ToList().ForEach(child => Note(child, [.. outer, node.State]));
        }
    }
}
