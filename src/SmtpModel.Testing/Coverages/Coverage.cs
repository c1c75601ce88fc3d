using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// How much of a machine was exercised: its states, its edges, the pairs of edges that can follow each other, and the
/// cells of the table of states and commands. Not for use by two threads at once; merge the coverages of several.
/// </summary>
public sealed partial class Coverage
{
    private readonly TransitionTable _table;
    private readonly int[] _edges;
    private readonly int[] _states;

    // a row for each first edge that was taken: a session takes a few of hundreds, and each session has a coverage of its own
    private readonly int[]?[] _pairs;
    private readonly int[,] _cells;

    /// <summary>Nothing covered yet.</summary>
    /// <param name="table">The machine.</param>
    public Coverage(TransitionTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        _table = table;
        _edges = new int[table.Edges.Count];
        _states = new int[table.States.Count];
        _pairs = new int[table.Edges.Count][];
        _cells = new int[table.States.Count, table.Commands.Count];
    }

    /// <summary>The machine.</summary>
    public TransitionTable Table => _table;

    /// <summary>States: covered and all.</summary>
    public (int Covered, int Of) States => (_states.Count(times => times > 0), _states.Length);

    /// <summary>Edges: covered and all.</summary>
    public (int Covered, int Of) Edges => (_edges.Count(times => times > 0), _edges.Length);

    /// <summary>Pairs of an edge and one that leaves the state it leads to: covered and all.</summary>
    public (int Covered, int Of) Pairs =>
        (_pairs.Sum(row => row?.Count(times => times > 0) ?? 0), _table.Edges.Sum(edge => _table.From(edge.To).Count));

    /// <summary>Cells of a state that reads commands and a command: covered and all.</summary>
    public (int Covered, int Of) Cells => (Lines().Count() - MissingCells.Count(), Lines().Count());

    /// <summary>The edges not covered.</summary>
    public IEnumerable<Edge> MissingEdges => _table.Edges.Where(edge => _edges[edge.Index] == 0);

    /// <summary>The pairs of edges not covered.</summary>
    public IEnumerable<(Edge First, Edge Second)> MissingPairs =>
        _table.Edges.SelectMany(first =>
            _table.From(first.To).Where(second => Times(first, second) == 0).Select(second => (first, second))
        );

    /// <summary>The cells not covered.</summary>
    public IEnumerable<(State State, Command Command)> MissingCells => Lines().Where(cell => Hits(cell.State, cell.Command) == 0);

    /// <summary>How often a session was in a state.</summary>
    /// <param name="state">One of the machine's states.</param>
    public int Hits(State state) => _states[_table.IndexOf(state)];

    /// <summary>How often an edge was taken.</summary>
    /// <param name="edge">One of the machine's edges.</param>
    public int Hits(Edge edge)
    {
        ArgumentNullException.ThrowIfNull(edge);
        return _edges[edge.Index];
    }

    /// <summary>How often an edge was taken right after another.</summary>
    /// <param name="first">One of the machine's edges.</param>
    /// <param name="second">One that leaves the state to which the first leads.</param>
    public int Hits(Edge first, Edge second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return Times(first, second);
    }

    /// <summary>How often a command was sent in a state, whatever came.</summary>
    /// <param name="state">One of the machine's states.</param>
    /// <param name="command">One of the profile's commands.</param>
    public int Hits(State state, Command command) => _cells[_table.IndexOf(state), _table.IndexOf(command)];

    /// <summary>Adds what another run covered.</summary>
    /// <param name="other">The coverage of the same machine.</param>
    public void Merge(Coverage other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var edge = 0; edge < _edges.Length; edge++)
        {
            _edges[edge] += other._edges[edge];
            if (other._pairs[edge] is { } row)
            {
                var own = _pairs[edge] ??= new int[_edges.Length];
                for (var next = 0; next < row.Length; next++)
                {
                    own[next] += row[next];
                }
            }
        }

        for (var state = 0; state < _states.Length; state++)
        {
            _states[state] += other._states[state];
            for (var command = 0; command < _table.Commands.Count; command++)
            {
                _cells[state, command] += other._cells[state, command];
            }
        }
    }

    /// <summary>The coverage as one line.</summary>
    public override string ToString() => $"states {Ratio(States)}, edges {Ratio(Edges)}, edge pairs {Ratio(Pairs)}, cells {Ratio(Cells)}";

    internal void Visit(StateSet states)
    {
        // states and edges that only another receiver takes are none of what is to be covered
        if (!states.IsEmpty && states.First < _states.Length)
        {
            _states[states.First]++;
        }
    }

    internal void Take(StateSet before, Command command, Edge? previous, Edge? edge)
    {
        if (before.First >= _states.Length)
        {
            return;
        }

        _cells[before.First, _table.IndexOf(command)]++;
        if (edge is { IsTolerated: false })
        {
            _edges[edge.Index]++;
            if (previous is { IsTolerated: false } && previous.To == edge.From)
            {
                (_pairs[previous.Index] ??= new int[_edges.Length])[edge.Index]++;
            }
        }
    }

    private static string Ratio((int Covered, int Of) part) => $"{part.Covered}/{part.Of}";

    internal IEnumerable<(State State, Command Command)> Lines() => _table.States.Where(state => _table.Reads(state) is Reading.Commands)
        .SelectMany(state => _table.Commands.Where(use => use.Command.Kind is InputKind.Line).Select(use => (state, use.Command)));

    /// <summary>Whether a cell was covered, its edge if there is one, and the pair with the edge before if there is one.</summary>
    internal bool Has(int state, int command, Edge? edge, Edge? before = null) => edge is null ? _cells[state, command] > 0
        : before is null ? _edges[edge.Index] > 0 : Times(before, edge) > 0;

    private int Times(Edge first, Edge second) => _pairs[first.Index]?[second.Index] ?? 0;
}
