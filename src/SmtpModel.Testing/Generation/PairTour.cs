using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Scripted sessions that take every pair of edges that can follow each other, made greedily: always on to the nearest pair
/// that is not yet covered. For a server that takes scripts.
/// </summary>
internal sealed class PairTour
{
    private const int Longest = 60;
    private readonly TransitionTable _table;
    private readonly Palette _palette;
    private readonly bool[,] _covered;

    public PairTour(TransitionTable table, Palette palette)
    {
        (_table, _palette) = (table, palette);
        _covered = new bool[table.Edges.Count, table.Edges.Count];
    }

    /// <summary>The sessions; each call begins anew with what is not covered.</summary>
    public IEnumerable<TestSession> Sessions()
    {
        var openings = _table.From(_table.Start);
        while (true)
        {
            // the opening from which a pair that is not covered is nearest
            (Edge Edge, List<Edge> Way)? first = null;
            foreach (var opening in openings)
            {
                if (Way(opening) is { } found && (first is null || found.Count < first.Value.Way.Count))
                {
                    first = (opening, found);
                }
            }

            if (first is null)
            {
                yield break;
            }

            var edges = new List<Edge> { first.Value.Edge };
            for (var way = first.Value.Way; way is not null && edges.Count < Longest; way = Way(edges[^1]))
            {
                foreach (var edge in way)
                {
                    _covered[edges[^1].Index, edge.Index] = true;
                    edges.Add(edge);
                }
            }

            yield return new TestSession([.. edges.Skip(1).Select(Realize)], edges[0].Exchange.Code);
        }
    }

    /// <summary>The move and the script that make a server take an edge.</summary>
    internal Step Realize(Edge edge)
    {
        var command = edge.Exchange.Command;
        switch (command.Kind)
        {
            case InputKind.UnknownLine:
                return new Step(_palette.Unknown[0]);
            case InputKind.Data:
                return new Step(_palette.Data[0], edge.Exchange.Code);
            case InputKind.Any:
                var any = _table
                    .From(edge.From)
                    .First(other => other.Exchange.Command.Kind is InputKind.Line or InputKind.Data or InputKind.Response)
                    .Exchange.Command;
                return new Step(any.Kind is InputKind.Data ? _palette.Data[0] : _palette.Valid(any)[0], edge.Exchange.Code);
            default:
                var use = _table[command];
                // what is malformed draws this whatever the server thinks of it
                return (use.IsAlwaysAccepted && use.General.Contains(edge.Exchange.Code)) || !IsScripted(edge)
                    ? new Step(_palette.Malformed(command)[0])
                    : new Step(_palette.Valid(command)[0], edge.Exchange.Code);
        }
    }

    // a cancelled dialogue draws its reply without being asked for it
    private bool IsScripted(Edge edge) =>
        edge.Exchange.Command.Kind is not InputKind.Response
        || _palette.Malformed(edge.Exchange.Command).Count == 0
        || edge.Exchange.Code != _table.Faults.NotAcceptable;

    // the shortest sequence of edges after this one whose last makes a pair that is not covered
    private List<Edge>? Way(Edge from)
    {
        var before = new Edge?[_table.Edges.Count];
        var isSeen = new bool[_table.Edges.Count];
        isSeen[from.Index] = true;
        var open = new Queue<Edge>([from]);
        while (open.TryDequeue(out var edge))
        {
            foreach (var next in _table.From(edge.To))
            {
                if (!_covered[edge.Index, next.Index])
                {
                    List<Edge> way = [next];
                    for (var at = edge; before[at.Index] is { } earlier; at = earlier)
                    {
                        way.Add(at);
                    }

                    way.Reverse();
                    return way;
                }

                if (!isSeen[next.Index])
                {
                    isSeen[next.Index] = true;
                    before[next.Index] = edge;
                    open.Enqueue(next);
                }
            }
        }

        return null;
    }
}
