using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Tells a refusal that comes of one line, every time, from the server's policy of the moment: the plain line of the same
/// command, or one that means the same, is taken in the same breath.
/// </summary>
internal sealed class Steadiness(TransitionTable table, Inputs inputs, PaletteOptions palette, Prober prober)
{
    private const int Rounds = 2;

    /// <summary>The result, or another where the refusal is there for good.</summary>
    /// <param name="result">What was made of the trial.</param>
    /// <param name="row">The state it was tried in.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="probe">What came.</param>
    /// <param name="cancellation">Gives up.</param>
    public async ValueTask<CaseResult> LookAsync(
        CaseResult result,
        Row row,
        Trial trial,
        ProbeResult probe,
        CancellationToken cancellation
    )
    {
        if (
            result.Verdict is CaseVerdict.Fail
            && trial.Case.Sample is { IsTaken: true } sample
            && probe.Last?.Came is { Code: >= 500 and < 600 } refused
        )
        {
            return await InOneBreathAsync(result, row, trial, sample, refused, cancellation);
        }

        var isUndecided = result.Verdict is CaseVerdict.Inconclusive && probe is { Violation: null, Last.Came.Code: >= 400 and < 500 };
        if (
            !isUndecided
            || Usual(trial) is not { } plain
            || row[plain] is not { Cut: null, Last.Came: var usual }
            || !usual.IsAcceptance()
        )
        {
            return result;
        }

        var came = probe.Last!.Came;
        return came.Code == table.Faults.Closing ? await ClosingAsync(result, row, trial, plain, came, cancellation)
            : trial.Case is { Kind: CaseKind.Argument, Sample: { IsTaken: true } taken } && !taken.Spared.Contains(came.Code)
                ? await RefusedAsync(result, row, trial, plain, came, cancellation)
            : result;
    }

    // a site that has changed its mind meanwhile refuses both, or takes both
    private async ValueTask<CaseResult> InOneBreathAsync(
        CaseResult result,
        Row row,
        Trial trial,
        ArgumentSample sample,
        Observation came,
        CancellationToken cancellation
    )
    {
        var same =
            row.Drawn(sample.SameAs?.Invoke(palette)) is { Last: { } alike } && alike.Came.IsAcceptance()
                ? alike.Move
                : inputs.Control(trial.Move.Command);
        for (var round = 0; same is not null && round < Rounds; round++)
        {
            if (!await DrawsAsync([.. row.Access, same], answer => answer.IsAcceptance(), cancellation)
                || !await DrawsAsync([.. row.Access, trial.Move], answer => answer.Code == came.Code, cancellation))
            {
                return result with { Verdict = CaseVerdict.Inconclusive, Reason = $"seen once and not again: {result.Reason}" };
            }
        }

        return result;
    }

    // a server that shuts down does so whatever it is sent
    private async ValueTask<CaseResult> ClosingAsync(
        CaseResult result,
        Row row,
        Trial trial,
        Move plain,
        Observation came,
        CancellationToken cancellation
    )
    {
        for (var round = 0; trial.Case.Kind is CaseKind.Malformed or CaseKind.OutOfOrder && round < Rounds; round++)
        {
            if (!await DrawsAsync([.. row.Access, plain], answer => answer.IsAcceptance(), cancellation)
                || !await DrawsAsync([.. row.Access, trial.Move], answer => answer.Code == came.Code, cancellation))
            {
                return result;
            }
        }

        if (trial.Case.Kind is CaseKind.OutOfOrder)
        {
            var demands = table.OutOfOrder(row.State, trial.Move.Command)?.Demands;
            return result with
            {
                Verdict = demands is null ? CaseVerdict.NonStrict : CaseVerdict.Fail,
                Rule = demands ?? result.Rule,
                Reason =
                    $"{trial.Move} draws {came} every time, and {plain} is accepted in between; expected "
                        + $"{Expectation.OfCode(table, row.State, trial.Move)}",
            };
        }

        // a rule about refusals in general names no code
        var isNamed = trial.Case.Rule.Level is Level.Must && trial.Case.Rule.Id != Spec.Rfc821.R1.Id;
        return trial.Case.Kind is not CaseKind.Malformed
            ? result
            : result with
            {
                Verdict = isNamed ? CaseVerdict.Fail : CaseVerdict.NonStrict,
                Reason =
                    $"{trial.Move} draws {came} every time, and {plain} is accepted in between; expected {table.Faults.NotAcceptable}",
            };
    }

    // one that is busy, or that wants to be asked again later, treats both alike
    private async ValueTask<CaseResult> RefusedAsync(
        CaseResult result,
        Row row,
        Trial trial,
        Move plain,
        Observation came,
        CancellationToken cancellation
    )
    {
        for (var round = 0; round < Rounds; round++)
        {
            var played = await prober.PlayAsync([.. row.Access, trial.Move, plain], TimeSpan.Zero, cancellation, isOnce: true);
            if (played.Last is not { Came: var taken } || !taken.IsAcceptance() || played.Steps[^2].Came.Code != came.Code)
            {
                return result;
            }
        }

        return result with
        {
            Verdict = CaseVerdict.NonStrict,
            Reason = $"{trial.Move} draws {came} every time, though {plain} is accepted right behind it: {came.Code} is for what passes",
        };
    }

    // beside a command that has no place there stands one that has it anywhere
    private Move? Usual(Trial trial) =>
        inputs.Control(trial.Case.Kind is CaseKind.OutOfOrder ? new WireModel(table.Profile).Nothing : trial.Move.Command);

    private async ValueTask<bool> DrawsAsync(IReadOnlyList<Move> moves, Func<Observation, bool> isSuch, CancellationToken cancellation) =>
        (await prober.PlayAsync(moves, TimeSpan.Zero, cancellation, isOnce: true)).Last is { Came: var came } && isSuch(came);
}
