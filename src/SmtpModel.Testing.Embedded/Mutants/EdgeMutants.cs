using SmtpModel.Machines;
using SmtpModel.Server;

namespace SmtpModel.Testing.Engine;

/// <summary>The mutants of each edge of the table.</summary>
internal sealed class EdgeMutants(MutantCatalogue catalogue)
{
    private static readonly string[] Ordinals = ["", "the first", "the second", "the third"];
    private readonly TransitionTable _table = catalogue.Table;
    private readonly Dictionary<State, int> _depths = Paths.Depths(catalogue.Table);

    public IEnumerable<Mutant> All() => _table.Edges.SelectMany(edge =>
        (IEnumerable<Mutant>)[.. Transfers(edge), .. Outputs(edge), Missing(edge), .. Buffers(edge), .. Rejected(edge), .. Hidden(edge)]);

    // a refusal that stays is a kind of its own: a rejected command that changes the state
    private IEnumerable<Mutant> Transfers(Edge edge) =>
        from to in catalogue.Targets
        where to != edge.To
        let isRejection = !edge.Exchange.IsAccepted && edge.To == edge.From
        select Make(isRejection ? MutantKind.Rejected : MutantKind.Transfer, edge, to.Name,
            $"{Said(edge)} leads to {to} instead of {edge.To}", order => order.With(edge, to));

    private IEnumerable<Mutant> Outputs(Edge edge) =>
        from code in WrongReplies.To(edge.Exchange.Code, _table[edge.Exchange.Command])
        select Make(MutantKind.Output, edge, $"{code}", $"{Said(edge)} draws {code} instead of {edge.Exchange.Code}", order =>
            order.With(edge, edge.To, reply: code)
        );

    // a command that is not there is out of order; where none is read, closing is all that is left, and a receiver that cannot close
    // serves
    private Mutant Missing(Edge edge)
    {
        var greeting = _table
            .From(edge.From)
            .FirstOrDefault(other => other.Exchange.Command.Kind is InputKind.Opening && other.Exchange.IsAccepted);
        var isStaying = edge.To == _table.Final || _table.Reads(edge.From) is Reading.Commands;
        var (reply, to, then) = edge.To == _table.Final && greeting is not null ? (greeting.Exchange.Code, greeting.To, "all are served")
            : isStaying ? (WrongReplies.OutOfOrder(_table), edge.From, "nothing happens")
            : (_table.Faults.Closing, _table.Final, "the channel is closed");
        return Make(MutantKind.Missing, edge, null, $"{Said(edge)} is not there: what is answered instead is {reply}, and {then}",
            order => order.With(edge, to, BufferEffects.None, reply));
    }

    private IEnumerable<Mutant> Buffers(Edge edge)
    {
        var buffers = _table.Commands.SelectMany(use => use.Command.OnAccept).Select(effect => effect.Buffer).Distinct().ToList();
        var effects = edge.Exchange.Effects;
        HashSet<BufferEffects> known = [OrderNames.Effects(effects)];
        foreach (var effect in effects)
        {
            var without = OrderNames.Effects(effects.Where(other => other != effect));
            known.Add(without);
            yield return Make(MutantKind.Buffer, edge, $"no-{Dashed(effect)}", $"{Said(edge)} does not {effect}", order =>
                order.With(edge, edge.To, without)
            );
        }

        foreach (
            var (effect, buffer) in from effect in effects
                                    from buffer in buffers
                                    where buffer != effect.Buffer
                                    select (effect, buffer)
        )
        {
            var wrong = OrderNames.Effects([.. effects.Where(other => other != effect), Applied(effect, buffer)]);
            if (known.Add(wrong))
            {
                yield return Make(
                    MutantKind.Buffer,
                    edge,
                    $"{Dashed(effect)}-to-{buffer.Name.Replace(' ', '-')}",
                    $"{Said(edge)} does to {buffer} what it should do to {effect.Buffer} ({effect.Kind.ToString().ToLowerInvariant()})",
                    order => order.With(edge, edge.To, wrong)
                );
            }
        }
    }

    // refused, and done all the same
    private IEnumerable<Mutant> Rejected(Edge edge)
    {
        var command = edge.Exchange.Command;
        if (!edge.Exchange.IsAccepted && edge.To == edge.From && command.OnAccept.Count > 0)
        {
            yield return Make(
                MutantKind.Rejected,
                edge,
                "buffers",
                $"{Said(edge)} does to the buffers what only an accepted {command} does",
                order => order.With(edge, edge.To, OrderNames.Effects(command.OnAccept))
            );
        }
    }

    private IEnumerable<Mutant> Hidden(Edge edge)
    {
        if (Broken(edge.To) is { } broken)
        {
            var to = broken.To == edge.To ? edge.From : edge.To;
            yield return Make(
                MutantKind.Hidden,
                edge,
                null,
                $"behind {Said(edge)} is a state like {edge.To}, but there {broken.Exchange} leads to {to} instead of {broken.To}",
                order => order.WithHidden(edge, broken, to)
            );
        }
    }

    /// <summary>Servers that count: each exchange but what may come anywhere, up to so many of it.</summary>
    public IEnumerable<Mutant> Counters(int most) =>
        from edge in _table.Edges
        where edge.Exchange.Command.Kind is not (InputKind.Any or InputKind.Opening)
        let broken = Broken(edge.To)
        where broken is not null
        let to = broken.To == edge.To ? edge.From : edge.To
        from count in Enumerable.Range(1, most)
        select Make(
            MutantKind.Counter,
            edge,
            $"{count}",
            $"behind {Ordinals[count]} {Said(edge)} of a session {broken.Exchange} in {broken.From} leads to {to} instead of {broken.To}",
            order => order.WithCounter(edge, count, broken, to)
        );

    // the exchange that leads on from a state: deeper if one does, and not out of the session if another does
    private Edge? Broken(State state) => _table.From(state).Where(edge => edge.Exchange.IsAccepted && edge.To != state)
        .OrderByDescending(edge => edge.To != _table.Final).ThenByDescending(edge => _depths[edge.To] > _depths[state]).FirstOrDefault();

    private static Effect Applied(Effect effect, DataBuffer buffer) =>
        effect.Kind is EffectKind.Clear
            ? new Effect(buffer, EffectKind.Clear)
            : new Effect(buffer, buffer == Spec.Rfc821.ReversePath ? EffectKind.Set : EffectKind.Append);

    private static string Dashed(Effect effect) => effect.ToString().Replace(' ', '-');

    private static string Said(Edge edge) => $"{edge.Exchange} in {edge.From}";

    private Mutant Make(MutantKind kind, Edge edge, string? end, string does, Func<TableOrder, TableOrder> change)
    {
        var id =
            $"{kind.ToString().ToLowerInvariant()}.{edge.From}.{OrderNames.NameOf(edge.Exchange.Command)}-{edge.Exchange.Code}"
                + $"{(end is null ? "" : $".{end}")}";
        return new Mutant(catalogue, id, kind, edge.Rule, does, edge.Exchange, change);
    }
}
