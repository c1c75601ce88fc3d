using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Makes the verdict on a case about an argument. A server may refuse any mailbox and any client; only that it cannot read
/// what it has to read can be held against it, and only when it takes the plain line of the same command.
/// </summary>
internal static class ArgumentJudge
{
    /// <summary>The verdict; null when what came is for the general rules to judge: no reply, a closed channel, or a fault on the
    /// way.</summary>
    public static CaseResult? Judge(TransitionTable table, TestCase one, ProbeResult probe, Controls controls, StateCheck? check)
    {
        var plain = controls.Plain;
        if (
            one.Sample!.NeedsOffer
            && probe.Steps.LastOrDefault(step => table.Greeting.Contains(step.Move.Command) && step.Came.IsAcceptance())?.Move.Command
                != table.Listing
        )
        {
            return new CaseResult(
                one,
                CaseVerdict.Inconclusive,
                $"{one.State} was not reached behind {table.Listing}, and only there extensions are offered"
            );
        }

        // what the plain line draws too has nothing to do with how the argument is written
        if (
            one.Sample!.IsTaken
            && probe is { IsWhole: true, Last.Came: var drawn }
            && plain is { Violation: { } broken, Last.Came: var usual }
            && (usual.Kind, usual.Code) == (drawn.Kind, drawn.Code)
        )
        {
            return new CaseResult(one, CaseVerdict.Inconclusive, $"the plain {one.Command} draws {usual} too, and breaks {broken.Rule}")
            {
                Evidence = CellJudge.Evidence(probe, broken.Expected, broken.Came),
            };
        }

        if (!probe.IsWhole || probe.Steps.Count == 0 || probe.Steps[^1] is not { Came: { Kind: ObservationKind.Reply } came } last)
        {
            return null;
        }

        var sample = one.Sample!;
        var evidence = CellJudge.Evidence(
            probe,
            sample.IsTaken ? "a reply that accepts it" : string.Join(" or ", sample.Refusing.Take(1)),
            came.ToString()
        );
        CaseResult Result(CaseVerdict verdict, string reason = "") => new(one, verdict, reason) { Evidence = evidence };
        CaseResult Beside(CaseVerdict verdict, ProbeStep other, string what) =>
            new(one, verdict, $"{last.Move} draws {came}, though {other.Move}{what} draws {other.Came}")
            {
                Evidence = CellJudge.Evidence(
                    probe,
                    $"a reply that accepts it, as {other.Move}{what} draws {other.Came}",
                    came.ToString()
                ),
            };
        if (came.Code is < 200 or > 599)
        {
            return null;
        }

        // a server that says so to everything says nothing about this argument
        if (came.Code == table.Faults.NotImplemented && plain?.Last?.Came.Code == came.Code)
        {
            return Result(CaseVerdict.NotApplicable, $"{one.Command} is not offered: {came}");
        }

        var same = controls.Same is { Violation: null, Last: { } alike } && alike.Came.IsAcceptance() ? alike : null;
        if (came.Code / 100 == 4 || (plain?.Last?.Came.IsAcceptance() is not true && same is null))
        {
            return sample.Refusing.Contains(came.Code) && came.Code / 100 == 4
                ? Result(CaseVerdict.Pass)
                : Result(
                    CaseVerdict.Inconclusive,
                    came.Code / 100 == 4
                        ? $"{last.Move} draws {came}; that is for the server to choose"
                        : $"the plain {one.Command} is not accepted either"
                );
        }

        if (!sample.IsTaken)
        {
            return sample.Refusing.Contains(came.Code)
                ? Result(CaseVerdict.Pass)
                : Result(
                    CellJudge.Of(one.Rule),
                    came.IsRefusal()
                        ? $"{last.Move} is refused, with {came}; expected {sample.Refusing[0]}"
                        : $"{last.Move} draws {came}; expected {sample.Refusing[0]}"
                );
        }

        if (came.IsRefusal())
        {
            return Names(table, came.Code) && !sample.Spared.Contains(came.Code)
                    ? new CaseResult(one, CellJudge.Of(one.Rule), $"{last.Move} draws {came}, though it is well formed")
                    {
                        Evidence = CellJudge.Evidence(
                            probe,
                            "a reply that accepts it, or a refusal that is not about its form",
                            came.ToString()
                        ),
                    }
                : table.IsCondition(came.Code)
                    ? Result(CaseVerdict.Inconclusive, $"{last.Move} draws {came}: the site demands something first")
                : same is not null ? Beside(CellJudge.Of(one.Rule), same, ", which means the same,")
                : sample.Policy is CaseVerdict.Fail ? Beside(sample.Policy, plain!.Last!, "")
                : Result(sample.Policy, $"{last.Move} draws {came}; the site may have a reason");
        }

        if (last.Judgement?.Verdict is Verdict.Fail or null)
        {
            return null;
        }

        return check is { Whereabouts: Whereabouts.Differs }
            ? new CaseResult(one, CellJudge.Of(one.Rule), check.Reason) { Evidence = check.Evidence }
            : Result(CaseVerdict.Pass);
    }

    // refusals that find fault with the line itself, or with where it comes
    private static bool Names(TransitionTable table, int code) =>
        code is 504 or 555
        || code == table.Faults.Unrecognized
        || code == table.Faults.NotAcceptable
        || code == table.Faults.NotImplemented
        || code == 503;
}

/// <summary>What a line is held against: other lines that were tried in the same state.</summary>
/// <param name="Plain">The plain line of the same command; null when it was not played.</param>
/// <param name="Same">The line that means the same by the rule of the case; null where there is none.</param>
internal sealed record Controls(ProbeResult? Plain, ProbeResult? Same);
