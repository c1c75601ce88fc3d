using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// The shortest sessions that reach parts of a machine. Ways that a client can force come first; where there is none, the
/// shortest way that some server opens.
/// </summary>
internal sealed class Approach
{
    private readonly TransitionTable _table;
    private readonly Palette _palette;
    private readonly PairTour _moves;
    private readonly Dictionary<State, List<Edge>> _forced;
    private readonly Dictionary<State, List<Edge>> _any;

    public Approach(TransitionTable table, Palette palette)
    {
        (_table, _palette, _moves) = (table, palette, new PairTour(table, palette));
        _forced = Search(isForced: true);
        _any = Search(isForced: false);
    }

    /// <summary>The session that gets to a state, then takes some edges, then sends a command whatever is answered.</summary>
    public (TestSession Session, IReadOnlyList<GapStep> Steps) Session(State state, IEnumerable<Edge> edges, Command? last = null)
    {
        var way = (_forced.GetValueOrDefault(state) ?? _any[state]).Concat(edges).ToList();
        var steps = way.Skip(1).Select(Realize).ToList();
        var shown = way.Select((edge, at) => at == 0
            ? new GapStep([], edge.Exchange.Code, !IsForced(edge), edge.Exchange.Command)
            : new GapStep(Lines(steps[at - 1].Move), edge.Exchange.Code, !IsForced(edge), steps[at - 1].Move.Command)).ToList();
        if (last is not null)
        {
            steps.Add(new Step(_palette.Valid(last)[0]));
            shown.Add(new GapStep(Lines(steps[^1].Move), 0, false, last));
        }

        return (new TestSession(steps, way.Count == 0 ? 0 : way[0].Exchange.Code), shown);
    }

    // what a server that takes what it has to take answers to the client's plain line, or to one that is not acceptable; where
    // there are several ways to accept and nothing comes of any, as with VRFY, which one it is is the server's choice
    private bool IsForced(Edge edge)
    {
        var use = _table[edge.Exchange.Command];
        var isPlain = edge.Exchange.Code == use.Replies.Accepting.FirstOrDefault()
            && (edge.To != edge.From || edge.Exchange.Effects.Count > 0 || use.Replies.Accepting.Count() == 1);
        return use.Command.Kind switch
        {
            InputKind.Opening or InputKind.Data => isPlain,
            InputKind.Line => use.Required && (isPlain || IsMalformed(edge)),
            InputKind.UnknownLine => edge.Exchange.Code == _table.Faults.Unrecognized,
            _ => false,
        };
    }

    private bool IsMalformed(Edge edge) =>
        edge.Exchange.Code == _table.Faults.NotAcceptable && _palette.Malformed(edge.Exchange.Command).Count > 0;

    private Step Realize(Edge edge) => IsMalformed(edge) ? new Step(_palette.Malformed(edge.Exchange.Command)[0]) : _moves.Realize(edge);

    // breadth first, so the first way to a state is a shortest one
    private Dictionary<State, List<Edge>> Search(bool isForced)
    {
        Dictionary<State, List<Edge>> ways = new() { [_table.Start] = [] };
        var open = new Queue<State>([_table.Start]);
        while (open.TryDequeue(out var state))
        {
            foreach (
                var edge in _table
                    .From(state)
                    .Where(edge => !isForced || IsForced(edge))
                    .OrderByDescending(IsForced)
                    .ThenByDescending(edge => edge.Exchange.IsAccepted)
            )
            {
                if (ways.TryAdd(edge.To, [.. ways[state], edge]))
                {
                    open.Enqueue(edge.To);
                }
            }
        }

        return ways;
    }

    private static string[] Lines(Move move) => move.Kind is MoveKind.Data
        ? System.Text.Encoding.Latin1.GetString(move.Octets.Span).TrimEnd().Split("\r\n")
        : [move.Text];
}
