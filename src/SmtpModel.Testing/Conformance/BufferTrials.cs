using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Plays the cases about the buffers: what was emptied must not turn up in the next transaction, what was kept must still be
/// there.</summary>
internal sealed class BufferTrials(
    CaseCatalogue catalogue,
    IReadOnlyDictionary<State, Row> rows,
    Verification verification,
    Inputs inputs,
    Prober prober,
    Depth depth
)
{
    private TransitionTable Table => catalogue.Table;

    public async ValueTask<CaseResult> PlayAsync(TestCase one, CancellationToken cancellation)
    {
        var state = one.State!;
        if (!rows.TryGetValue(state, out var row))
        {
            return new CaseResult(one, CaseVerdict.Inconclusive, $"{state} was not reached");
        }

        return one.Kind is CaseKind.Cleared ? await ClearedAsync(one, row, cancellation)
            : one.Command is { } command ? await KeptAsync(one, row, command, cancellation) : await KeptAsync(one, row, cancellation);
    }

    // one command that does nothing: refused or not, the server must be as it was
    private async ValueTask<CaseResult> KeptAsync(TestCase one, Row row, Command command, CancellationToken cancellation)
    {
        if (row[inputs.Plain(command)!] is not { Violation: null, Last.Came: var came })
        {
            return new CaseResult(one, CaseVerdict.Inconclusive, $"{command} is not answered as it should be in {row.State}");
        }

        return await DisturbedAsync(one, row, [inputs.Plain(command)!], cancellation)
            ?? new CaseResult(one, CaseVerdict.Pass, came.IsRefusal() ? $"{command} is refused, and that changes nothing: {came}" : "");
    }

    // behind the exchange a new transaction is begun, as far as the buffer is not held yet; there the server must be as it
    // is in a transaction that is the first
    private async ValueTask<CaseResult> ClearedAsync(TestCase one, Row row, CancellationToken cancellation)
    {
        var edge = BufferCases.Clearing(Table, row.State, one.Command!)!;
        var last = BufferCases.Last(Table, row.State)!;
        var begun = rows
            .Values.Where(other => other.State.Holds.Count > 0 && !other.State.Holds.Contains(last))
            .MinBy(other => other.Access.Count);
        if (begun is null || !rows.TryGetValue(edge.To, out var cleared) || !begun.IsBehind(cleared.Access))
        {
            return new CaseResult(one, CaseVerdict.Inconclusive, "a second transaction cannot be begun on this server");
        }

        if (row[inputs.Plain(one.Command!)!] is not { Last.Came: var came } || !came.IsAcceptance())
        {
            return new CaseResult(one, CaseVerdict.Inconclusive, $"{one.Command} was not accepted in {row.State}");
        }

        var way = begun.Access.Skip(cleared.Access.Count).ToList();
        List<Move> probe = [.. row.Access, inputs.Plain(one.Command!)!, .. way];
        List<Row> held =
        [
            .. rows
                .Values.Where(other => other.State.Holds.Except(begun.State.Holds).Any() && Table.Reads(other.State) is Reading.Commands)
                .DefaultIfEmpty(row),
        ];
        if ((await prober.PlayAsync(probe, TimeSpan.Zero, cancellation)).Violation is { } violation)
        {
            return await HeldAsync(one, row, cleared, [begun, .. held], cancellation)
                ?? new CaseResult(one, CaseVerdict.Inconclusive, $"a second transaction cannot be begun behind it: {violation}");
        }

        var isTold = false;
        foreach (var full in held)
        {
            foreach (var move in StateMarks.OfServer(Table, begun, [full]))
            {
                isTold = true;
                if (
                    Result(
                        one,
                        await verification.CompareAsync(probe, begun.Access, [move], "for the transaction is a new one", cancellation)
                    ) is
                    { } result
                )
                {
                    return result;
                }
            }
        }

        var delivered = await DeliveredAsync([.. row.Access, inputs.Plain(one.Command!)!], cleared, cancellation);
        return delivered is not null ? Misdelivered(one, delivered)
            : isTold || prober.SeesDeliveries ? new CaseResult(one, CaseVerdict.Pass)
            : new CaseResult(
                one,
                CaseVerdict.Inconclusive,
                $"no answer of this server tells {begun.State} from {string.Join(", ", held.Select(full => full.State))}"
            );
    }

    // where no transaction can be begun, the old one goes on, or the server is lost elsewhere, which is not about the buffers
    private async ValueTask<CaseResult?> HeldAsync(
        TestCase one,
        Row row,
        Row cleared,
        IEnumerable<Row> held,
        CancellationToken cancellation
    )
    {
        var moves = held.SelectMany(full => full.Cells.Select(cell => cell.Trial.Move).Where(move => move.Kind is MoveKind.Valid
            && full.Answer(move) is Answer.Accepted or Answer.Intermediate && cleared.Answer(move) is Answer.Refused)).Distinct();
        foreach (var move in moves)
        {
            if (
                await verification.CompareAsync(
                    [.. row.Access, inputs.Plain(one.Command!)!],
                    cleared.Access,
                    [move],
                    "for nothing is held any more",
                    cancellation
                ) is
                { Whereabouts: Whereabouts.Differs } check
            )
            {
                return Result(one, check);
            }
        }

        return null;
    }

    // all that does nothing is done, and the server must be as it was
    private async ValueTask<CaseResult> KeptAsync(TestCase one, Row row, CancellationToken cancellation)
    {
        // refusals are mistakes to some servers: only what is accepted is played, so that no limit is met
        var commands = BufferCases.Inert(Table, row.State).ToHashSet();
        List<Move> inert =
        [
            .. row
                .Cells.Where(cell =>
                    commands.Contains(cell.Trial.Move.Command)
                    && cell.Trial.Case.Kind is CaseKind.InOrder
                    && cell.Probe.Violation is null
                    && cell.Probe.Last is { } last
                    && last.Came.IsAcceptance()
                )
                .Select(cell => cell.Trial.Move),
        ];
        if (await DisturbedAsync(one, row, inert, cancellation) is { } disturbed)
        {
            return disturbed;
        }

        // and what is refused is no recipient, what is given twice two
        inert.AddRange(
            row.Cells.Where(cell =>
                    cell.Trial.Case.Kind is CaseKind.Refused
                    && Table[cell.Trial.Move.Command].Required
                    && cell.Probe.Last is { } last
                    && last.Came.IsRefusal()
                )
                .Select(cell => cell.Trial.Move)
                .Where(move => move.Command.OnAccept.Count > 0)
        );
        inert.AddRange(
            Table
                .From(row.State)
                .Where(edge =>
                    edge.Exchange.IsAccepted
                    && edge.To == row.State
                    && edge.Exchange.Effects.Any(effect => effect.Kind is EffectKind.Append)
                )
                .Select(edge => edge.Exchange.Command)
                .Distinct()
                .Select(inputs.Another)
        );
        if (await DeliveredAsync([.. row.Access, .. inert], row, cancellation) is { } delivered)
        {
            return Misdelivered(one, delivered);
        }

        return new CaseResult(
            one,
            inert.Count > 0 ? CaseVerdict.Pass : CaseVerdict.Inconclusive,
            inert.Count > 0 ? "" : "the server accepts none of them"
        );
    }

    // behind moves that do nothing the server has to be as it was; null when it is
    private async ValueTask<CaseResult?> DisturbedAsync(TestCase one, Row row, IReadOnlyList<Move> inert, CancellationToken cancellation)
    {
        foreach (var move in StateMarks.OfServer(Table, row, rows.Values))
        {
            if (
                Result(
                    one,
                    await verification.CompareAsync([.. row.Access, .. inert], row.Access, [move], $"as in {row.State}", cancellation)
                ) is
                { } result
            )
            {
                return result;
            }
        }

        return null;
    }

    // the transaction to its end, where deliveries can be seen: the message has to be the one that was given
    private async ValueTask<ProbeResult?> DeliveredAsync(IReadOnlyList<Move> moves, Row at, CancellationToken cancellation)
    {
        if (
            depth < Depth.Data
            || rows.Values.FirstOrDefault(other => Table.Reads(other.State) is Reading.Data) is not { } receiving
            || !receiving.IsBehind(at.Access)
        )
        {
            return null;
        }

        var data = inputs.Plain(Table.Commands.First(use => use.Command.Kind is InputKind.Data).Command)!;
        var played = await prober.PlayAsync([.. moves, .. receiving.Access.Skip(at.Access.Count), data], TimeSpan.Zero, cancellation);
        return played.Violation is { Kind: ViolationKind.Delivery } ? played : null;
    }

    private static CaseResult Misdelivered(TestCase one, ProbeResult played) =>
        new(one, CellJudge.Of(one.Rule), $"expected {played.Violation!.Expected}, came {played.Violation.Came}")
        {
            Evidence = CellJudge.Evidence(played, played.Violation.Expected, played.Violation.Came),
        };

    private static CaseResult? Result(TestCase one, StateCheck check) => check.Whereabouts switch
    {
        Whereabouts.Agrees => null,
        Whereabouts.Differs => new CaseResult(one, CellJudge.Of(one.Rule), check.Reason) { Evidence = check.Evidence },
        _ => new CaseResult(one, CaseVerdict.Inconclusive, check.Reason) { Evidence = check.Evidence },
    };
}
