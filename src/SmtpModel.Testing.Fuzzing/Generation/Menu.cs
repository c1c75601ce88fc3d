using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>What there is to choose from in one state; asked of the machine once.</summary>
internal sealed class Menu
{
    public Menu(TransitionTable table, State state)
    {
        Reads = table.Reads(state);
        Opening = [.. table.From(state).Where(edge => edge.Exchange.Command.Kind is InputKind.Opening),
            .. table.From(state).Where(edge => edge.Exchange.Command.Kind is InputKind.Any)];
        var depth = Paths.Depths(table);
        foreach (var use in table.Commands.Where(use => use.Command.Kind is InputKind.Line or InputKind.Data or InputKind.Response))
        {
            var edges = table.From(state, use.Command);
            if (edges.Count > 0)
            {
                // those that accept come first; a refusal that anything may draw is one of the choices too
                Edges[use.Command] =
                [
                    .. edges.Where(edge => edge.Exchange.IsAccepted),
                    .. edges.Where(edge =>
                        !edge.Exchange.IsAccepted && !(use.IsAlwaysAccepted && use.General.Contains(edge.Exchange.Code))
                    ),
                    .. table.From(state).Where(edge => edge.Exchange.Command.Kind is InputKind.Any),
                ];
                Accepting[use.Command] = edges.Count(edge => edge.Exchange.IsAccepted);
            }

            if (use.Command.Kind is InputKind.Response && edges.Count > 0)
            {
                Responses.Add(use.Command);
            }

            if (use.Command.Kind is not InputKind.Line)
            {
                continue;
            }

            Lines.Add(use.Command);
            if (edges.Count == 0)
            {
                OutOfOrder.Add(use.Command);
            }
            else if (use.Command != table.Ending)
            {
                InOrder.Add(use.Command);
                if (
                    edges.Any(edge =>
                        edge.Exchange.IsAccepted && edge.To != table.Final && edge.From != edge.To && depth[edge.To] >= depth[state]
                    )
                    || edges.Any(edge =>
                        edge.Exchange.IsAccepted
                        && edge.From == edge.To
                        && edge.Exchange.Effects.Any(effect => effect.Kind is not EffectKind.Clear)
                    )
                )
                {
                    Forward.Add(use.Command);
                }
            }
        }

        if (InOrder.Count == 0 && OutOfOrder.Count > 0)
        {
            // a state in which only the ending is in order
            InOrder.AddRange(OutOfOrder);
        }
    }

    public Reading Reads { get; }

    public IReadOnlyList<Edge> Opening { get; }

    public Dictionary<Command, List<Edge>> Edges { get; } = [];

    public Dictionary<Command, int> Accepting { get; } = [];

    public List<Command> Lines { get; } = [];

    public List<Command> Responses { get; } = [];

    public List<Command> Forward { get; } = [];

    public List<Command> InOrder { get; } = [];

    public List<Command> OutOfOrder { get; } = [];
}
