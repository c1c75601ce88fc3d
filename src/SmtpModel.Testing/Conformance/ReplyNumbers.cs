using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Looks how many replies an input draws that is answered for each thing in a buffer: with one of them, with several of which two are
/// the same, and with one among them that the server refuses.
/// </summary>
internal sealed class ReplyNumbers(TransitionTable table, Prober prober, IReadOnlyDictionary<State, Row> rows, Inputs inputs)
{
    /// <summary>Plays it; what breaks the rule is in the log of conduct, as all that is seen.</summary>
    public async ValueTask<CaseResult> PlayAsync(TestCase one, RepliesForEach shape, CancellationToken cancellation)
    {
        var input = inputs.Plain(one.Command!)!;
        var row = rows.Values.FirstOrDefault(row => table.From(row.State, input.Command).Any(edge => edge.Exchange.IsAccepted));
        var at = row is null
            ? -1
            : row.Access.ToList().FindLastIndex(move => move.Command.OnAccept.Contains(new Effect(shape.Buffer, EffectKind.Append)));
        if (at < 0)
        {
            return new CaseResult(
                one,
                CaseVerdict.Inconclusive,
                $"no state was reached in which there is something for the {one.Command} to be answered for"
            );
        }

        var given = row!.Access[at];
        ProbeResult? last = null;
        foreach (var more in (Move[][])[[], [given], [inputs.Refusable(given.Command) ?? given, given]])
        {
            last = await prober.PlayAsync(
                [.. row.Access.Take(at + 1), .. more, .. row.Access.Skip(at + 1), input],
                TimeSpan.Zero,
                cancellation
            );
            if (last.Violation is not null || last.Steps.Count < last.Moves.Count)
            {
                break;
            }
        }

        var came = last!.Steps.Count == last.Moves.Count ? last.Steps[^1].Came : default;
        var evidence = CellJudge.Evidence(last, one.Requirement, came.ToString());
        return last is { Violation: null, Cut: null } && came is { Kind: ObservationKind.Reply, Earlier.Count: > 0 }
            ? new CaseResult(one, CaseVerdict.Pass) { Evidence = evidence }
            : new CaseResult(
                one,
                CaseVerdict.Inconclusive,
                last.Cut
                    ?? (
                        last.Violation is { } other
                            ? $"the session breaks another rule: {other.Rule}"
                            : $"no more than one {shape.Buffer} was taken"
                    )
            )
            {
                Evidence = evidence,
            };
    }
}
