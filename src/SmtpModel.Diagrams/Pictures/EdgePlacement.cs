using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>An edge where it is drawn.</summary>
/// <param name="At">The state or superstate it is drawn at.</param>
/// <param name="Exchange">Its label.</param>
/// <param name="To">Where its arrow leads; null when the session stays and there is no arrow.</param>
/// <param name="Rule">The rule it comes from.</param>
internal sealed record PlacedEdge(State At, Exchange Exchange, State? To, Rule? Rule);

/// <summary>
/// Decides at which state or superstate each edge is drawn. An edge of a superstate that leads out of it leaves its
/// border. One that leads to a state inside is drawn from the other states inside instead, as an arrow from a border
/// into itself cannot be read (and some notations refuse it). An inner edge that only repeats what the border around it
/// says is left out.
/// </summary>
internal sealed class EdgePlacement
{
    private readonly StateTree _tree;
    private readonly bool _distinguishRules;
    private readonly Dictionary<State, Dictionary<Exchange, Outcome>> _declared = [];
    private readonly List<PlacedEdge> _placed = [];

    private EdgePlacement(TransitionTable table, StateTree tree, bool distinguishRules)
    {
        (_tree, _distinguishRules) = (tree, distinguishRules);
        foreach (var edge in table.DeclaredEdges)
        {
            // an edge to a superstate enters it where the flattened machine says
            var to = edge.To is { } target && tree.IsSuperstate(target)
                ? table.Edges.FirstOrDefault(flat => flat.Exchange == edge.Exchange && flat.Place == edge.Place)?.To ?? target
                : edge.To;
            Note(edge.From, edge.Exchange, new Outcome(to, edge.Rule));
        }

        // what the machine does though no line of the specification was noted for it
        foreach (var edge in table.Edges.Where(edge => edge.Rule is null))
        {
            Note(edge.From, edge.Exchange, new Outcome(edge.To == edge.From ? null : edge.To, null));
        }
    }

    /// <summary>Places all edges of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="tree">Its states as a tree.</param>
    /// <param name="distinguishRules">Whether an inner edge that repeats another counts as its own when its rule differs.</param>
    public static IReadOnlyList<PlacedEdge> Place(TransitionTable table, StateTree tree, bool distinguishRules)
    {
        var placement = new EdgePlacement(table, tree, distinguishRules);
        foreach (var root in tree.Roots)
        {
            placement.Visit(root, [], []);
        }

        return placement._placed;
    }

    private void Note(State at, Exchange exchange, Outcome outcome)
    {
        if (!_declared.TryGetValue(at, out var here))
        {
            _declared[at] = here = [];
        }

        here.TryAdd(exchange, outcome);
    }

    private void Visit(State node, Dictionary<Exchange, Outcome> around, Dictionary<Exchange, Outcome> handedDown)
    {
        var here = new Dictionary<Exchange, Outcome>(handedDown);
        foreach (var (exchange, outcome) in _declared.GetValueOrDefault(node, []))
        {
            here[exchange] = outcome;
        }

        var drawn = new Dictionary<Exchange, Outcome>(around);
        var inside = new Dictionary<Exchange, Outcome>();
        foreach (var (exchange, outcome) in here.Where(pair => Counts(node, pair.Key)))
        {
            if (outcome.To is { } to && _tree.IsInside(to, node))
            {
                inside[exchange] = outcome;
            }
            else if (!around.TryGetValue(exchange, out var said) || !Repeats(outcome, said))
            {
                // a loop is listed, not drawn: it leads nowhere
                _placed.Add(new PlacedEdge(node, exchange, outcome.To == node ? null : outcome.To, outcome.Rule));
                drawn[exchange] = outcome;
            }
        }

        foreach (var child in _tree.Children(node))
        {
            Visit(child, drawn, inside);
        }
    }

    /// <summary>Whether there is a state inside that does not say something else itself.</summary>
    private bool Counts(State node, Exchange exchange) => !_tree.IsSuperstate(node)
        || _tree.Children(node).Any(child => !_declared.GetValueOrDefault(child, []).ContainsKey(exchange) && Counts(child, exchange));

    private bool Repeats(Outcome inner, Outcome outer) => inner.To == outer.To && (!_distinguishRules || inner.Rule == outer.Rule);

    private sealed record Outcome(State? To, Rule? Rule);
}
