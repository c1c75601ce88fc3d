using SmtpModel.Machines;
using BufferEffects = SmtpModel.Server.BufferEffects;
using TableOrder = SmtpModel.Server.TableOrder;

namespace SmtpModel.Testing.Engine;

/// <summary>The mutants of each refusal of a command that is out of order.</summary>
internal sealed class RefusalMutants(MutantCatalogue catalogue)
{
    private readonly TransitionTable _table = catalogue.Table;

    public IEnumerable<Mutant> All() =>
        from state in _table.States
        from use in _table.Commands
        let refusal = _table.OutOfOrder(state, use.Command)
        where refusal is not null
        from mutant in (IEnumerable<Mutant>)[.. Accepted(refusal), .. Misdone(refusal), .. Rejected(refusal), .. Outputs(refusal)]
        select mutant;

    // wherever the command leads in a state where it is in order
    private IEnumerable<Mutant> Accepted(Refusal refusal) =>
        from to in Leading(refusal.Command)
        select new Mutant(catalogue, $"accepted.{refusal.State}.{Name(refusal)}.{to}", MutantKind.Accepted, refusal.Rule,
            $"{refusal.Command} in {refusal.State} is accepted though it is out of order, and leads to {to}", Accepting(refusal.Command),
            order => order.WithAcceptance(refusal.State, _table[refusal.Command], to));

    private IEnumerable<State> Leading(Command command) =>
        _table.Edges.Where(edge => edge.Exchange.Command == command && edge.Exchange.IsAccepted).Select(edge => edge.To).Distinct();

    // where another receiver may accept it, and go on in a state that ours has: it leads elsewhere, or leaves something in the buffers
    private IEnumerable<Mutant> Misdone(Refusal refusal)
    {
        var exchange = Accepting(refusal.Command);
        if (_table.FindTolerated(refusal.State, exchange) is not { } tolerated || !_table.States.Contains(tolerated.To))
        {
            yield break;
        }

        Mutant Make(string end, string does, State to, BufferEffects effects) =>
            new(
                catalogue,
                $"accepted.{refusal.State}.{Name(refusal)}.{end}",
                MutantKind.Accepted,
                refusal.Rule,
                $"{refusal.Command} in {refusal.State} is accepted though it is out of order, and {does}",
                exchange,
                order => order.WithRejection(refusal.State, refusal.Command, exchange.Code, to, effects)
            );

        foreach (
            var to in catalogue
                .Targets.Except(Leading(refusal.Command))
                .Where(to => to != tolerated.To && to.Holds.Count > 0 && _table.Reads(to) is Reading.Commands)
        )
        {
            yield return Make(to.Name, $"leads to {to} instead of {tolerated.To}", to, OrderNames.Effects(exchange.Effects));
        }

        // all its effects but one
        foreach (
            var effect in exchange.Effects.Where(effect =>
                refusal.State.Holds.Contains(effect.Buffer) || effect.Kind is not EffectKind.Clear
            )
        )
        {
            yield return Make(
                $"no-{effect.ToString().Replace(' ', '-')}",
                $"does not {effect}",
                tolerated.To,
                OrderNames.Effects(exchange.Effects.Where(other => other != effect))
            );
        }
    }

    private IEnumerable<Mutant> Rejected(Refusal refusal)
    {
        var code = refusal.Codes[0];
        foreach (var to in catalogue.Targets.Where(to => to != refusal.State))
        {
            yield return Make(refusal, MutantKind.Rejected, to.Name, $"{Said(refusal)} leads to {to}", order =>
                order.WithRejection(refusal.State, refusal.Command, code, to, BufferEffects.None)
            );
        }

        if (refusal.Command.OnAccept.Count > 0)
        {
            yield return Make(
                refusal,
                MutantKind.Rejected,
                "buffers",
                $"{Said(refusal)} does to the buffers what only an accepted {refusal.Command} does",
                order =>
                    order.WithRejection(refusal.State, refusal.Command, code, refusal.State, OrderNames.Effects(refusal.Command.OnAccept))
            );
        }
    }

    private IEnumerable<Mutant> Outputs(Refusal refusal) =>
        from code in WrongReplies.To(refusal.Codes[0], _table[refusal.Command])
        select Make(
            refusal,
            MutantKind.Output,
            $"{code}",
            $"{refusal.Command} in {refusal.State}, which is out of order, draws {code} instead of {refusal.Codes[0]} and does nothing",
            order => order.WithRefusal(refusal.State, refusal.Command, code)
        );

    private Mutant Make(Refusal refusal, MutantKind kind, string end, string does, Func<TableOrder, TableOrder> change) =>
        new(
            catalogue,
            $"{kind.ToString().ToLowerInvariant()}.{refusal.State}.{Name(refusal)}-{refusal.Codes[0]}.{end}",
            kind,
            refusal.Rule,
            does,
            Accepting(refusal.Command),
            change
        );

    // one that is only there to be refused has no reply that accepts it
    private Exchange Accepting(Command command) =>
        command / _table[command].Replies.Accepting.Concat(_table[command].Replies.Refusing).First();

    private static string Name(Refusal refusal) => OrderNames.NameOf(refusal.Command);

    private static string Said(Refusal refusal) =>
        $"{refusal.Command} in {refusal.State}, refused as out of order with {refusal.Codes[0]},";
}
