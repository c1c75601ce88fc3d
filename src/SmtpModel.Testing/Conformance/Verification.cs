using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Finds out where a server is after each exchange: a short sequence is played behind it that this server answers
/// differently in every other state, and the answers are held against those it gave when the state was reached the plain way.
/// </summary>
internal sealed class Verification(Oracle oracle, IReadOnlyDictionary<State, Row> rows, Prober prober, Inputs inputs, Depth depth)
{
    // so many wrong answers that are right in another state say that the server is in that state
    private const int Telling = 2;

    private readonly Dictionary<State, List<Move>> _identification = rows.ToDictionary(
        row => row.Key,
        row => StateMarks.OfServer(oracle.Table, row.Value, rows.Values)
    );

    private readonly Dictionary<State, List<Move>> _recorded = rows.ToDictionary(
        row => row.Key,
        row => StateMarks.OfServer(row.Value, rows.Values).Except(StateMarks.OfServer(oracle.Table, row.Value, rows.Values)).ToList()
    );

    private TransitionTable Table => oracle.Table;

    /// <summary>Where the server is after a cell's exchange: in one of the states that its reply may lead to.</summary>
    public async ValueTask<StateCheck> CheckAsync(Row row, Trial trial, ProbeResult probe, CancellationToken cancellation)
    {
        List<StateCheck> checks = [];
        foreach (var index in probe.Last?.Judgement?.After.Indexes() ?? [])
        {
            checks.Add(await CheckAsync(row, trial, probe, Table.AllStates[index], cancellation));
            if (checks[^1].Whereabouts is Whereabouts.Agrees)
            {
                return StateCheck.Fine;
            }
        }

        return checks.Find(check => check.Whereabouts is Whereabouts.Undecided)
            ?? checks.FirstOrDefault()
            ?? new StateCheck(Whereabouts.Undecided, "what it did cannot be told from its reply");
    }

    private async ValueTask<StateCheck> CheckAsync(Row row, Trial trial, ProbeResult probe, State expected, CancellationToken cancellation)
    {
        if (!rows.TryGetValue(expected, out var target))
        {
            var behind = await BehindAsync(expected, probe, cancellation);
            return
                behind.Whereabouts is Whereabouts.Differs
                && Plain(row, trial) is { } like
                && await BehindAsync(expected, like, cancellation) is { Whereabouts: Whereabouts.Differs }
                ? StateCheck.Fine
                : behind;
        }

        if (target.Access.SequenceEqual(probe.Moves))
        {
            return Unmoved(target, probe);
        }

        // what a command does whatever its argument has a case of its own: an argument is held against the plain line
        var reference = Plain(row, trial)?.Moves ?? target.Access;

        foreach (var move in _identification[expected].Concat(Unreachable(target, probe)).Distinct())
        {
            if (
                await CompareAsync([.. row.Access, trial.Move], reference, [move], $"as in {target.State}", cancellation) is
                { Whereabouts: not Whereabouts.Agrees } check
            )
            {
                return check with { Rule = Broken(expected, move, check.Answered) };
            }
        }

        // what a wrong answer tells is no matter of a verdict; the machine that the server was found to be has it all the same
        foreach (var move in trial.Case.Kind is CaseKind.InOrder or CaseKind.OutOfOrder ? _recorded[expected] : [])
        {
            await prober.PlayAsync([.. row.Access, trial.Move, move], TimeSpan.Zero, cancellation);
        }

        return StateCheck.Fine;
    }

    // the plain line of the command that a case about an argument is for; null for every other case
    private ProbeResult? Plain(Row row, Trial trial) =>
        trial.Case is { Kind: CaseKind.Argument, Sample.IsTaken: true } && inputs.Plain(trial.Move.Command) is { } plain
            ? row[plain]
            : null;

    // no answers of a state are known that the server lets nobody into: behind a refusal what is out of order must stay so
    private IEnumerable<Move> Unreachable(Row target, ProbeResult probe) =>
        probe.Last?.Came.IsRefusal() is not true
        || Table
            .States.Where(state =>
                Table.Reads(state) is Reading.Commands && Paths.Shortest(Table)[state].All(edge => edge.Exchange.IsAccepted)
            )
            .All(rows.ContainsKey)
            ? []
            : Table
                .Commands.Where(use => use.Required && Table.OutOfOrder(target.State, use.Command) is not null)
                .Select(use => inputs.Plain(use.Command)!)
                .Where(move => target.Answer(move) is Answer.Refused);

    /// <summary>Plays moves behind an exchange and holds the last answer against that to the same moves behind the plain way to a
    /// state.</summary>
    /// <param name="probe">The exchange and what leads to it.</param>
    /// <param name="reference">The plain way.</param>
    /// <param name="tail">The moves behind both.</param>
    /// <param name="where">What the server should be like, in words.</param>
    /// <param name="cancellation">Gives up.</param>
    public async ValueTask<StateCheck> CompareAsync(
        IReadOnlyList<Move> probe,
        IReadOnlyList<Move> reference,
        IReadOnlyList<Move> tail,
        string where,
        CancellationToken cancellation
    )
    {
        var first = await OnceAsync(probe, reference, tail, where, cancellation);

        // what is going to be reported is looked at once more, and its reference too, and surely: the answer may be one to the
        // command before
        return
            first.Whereabouts is not Whereabouts.Agrees
            && first.Evidence is not null
            && await OnceAsync(probe, reference, tail, where, cancellation, isAgain: true) is var again
            && again.Whereabouts != first.Whereabouts
            ? again.Whereabouts is Whereabouts.Undecided
                ? again
                : new StateCheck(Whereabouts.Undecided, $"seen once and not again: {first.Reason}", first.Evidence)
            : first;
    }

    private async ValueTask<StateCheck> OnceAsync(
        IReadOnlyList<Move> probe,
        IReadOnlyList<Move> reference,
        IReadOnlyList<Move> tail,
        string where,
        CancellationToken cancellation,
        bool isAgain = false
    )
    {
        var known = isAgain ? null : prober.Tree.Find([.. reference, .. tail]);
        var usual = known is null ? await prober.PlayAsync([.. reference, .. tail], TimeSpan.Zero, cancellation, isSure: isAgain) : null;
        var expected = known ?? usual!.Last?.Came;
        var played = await prober.PlayAsync([.. probe, .. tail], TimeSpan.Zero, cancellation, isSure: isAgain);
        if ((played.Violation ?? usual?.Violation) is { IsUnasked: true } unasked)
        {
            return new StateCheck(
                Whereabouts.Undecided,
                $"there is one reply too many, which is for {unasked.Rule!.Clause} to tell: {unasked.Came}",
                Evidence(played, unasked.Expected, unasked.Came)
            );
        }

        if (played.Cut is { } cut || expected is not { } wanted)
        {
            return new StateCheck(Whereabouts.Undecided, played.Cut ?? "the plain way to the state was not open");
        }

        // a channel that is closed is in no state; that it was closed is a fault of its own, and told once
        if (played.Violation is { Kind: ViolationKind.Closed, Rule: { } rule } closed)
        {
            return new StateCheck(
                Whereabouts.Undecided,
                $"the server closes the channel, which is for {rule.Clause} to tell",
                Evidence(played, closed.Expected, closed.Came)
            );
        }

        if (wanted.Kind is ObservationKind.Closed)
        {
            return new StateCheck(
                Whereabouts.Undecided,
                "the server closes the channel on the plain way, which is for another case to tell"
            );
        }

        if (played.Last is not { } last)
        {
            return played.Violation is { } violation ? Differs(played, violation.Expected, violation.Came)
                : new StateCheck(Whereabouts.Undecided, "the session could not be played to its end");
        }

        return Answers.Of(last.Came) == Answers.Of(wanted) ? StateCheck.Fine
            : IsOfOthers(reference, played)
                ? new StateCheck(
                    Whereabouts.Undecided,
                    $"one is logged in behind {Table.Listing} only, and the server answers {last.Move} with {last.Came}",
                    Evidence(played, $"{wanted}, {where}", last.Came.ToString())
                )
            : IsPolicy(wanted, last.Came) || Table.IsCondition(wanted.Code) || Table.IsCondition(last.Came.Code)
                ? new StateCheck(
                    Whereabouts.Undecided,
                    $"the server answers {last.Move} with {last.Came}, which may be its policy",
                    Evidence(played, $"{wanted}, {where}", last.Came.ToString())
                )
            : Differs(played, $"{wanted}, {where}", last.Came.ToString()) with { Answered = last.Came };
    }

    // what a stranger is told says nothing about where somebody is who has logged in, and the other way round
    private bool IsOfOthers(IReadOnlyList<Move> reference, ProbeResult played) =>
        prober.Target is TcpTarget { Login: not null }
        && played.Steps.Any(step => step.Came.Note is not null)
            != reference.Any(move => move.Command == Table.Listing && move.Kind is MoveKind.Valid);

    // the rule of the state where the server should be that the answer it gave there breaks; null where any other could be meant
    private Rule? Broken(State state, Move move, Observation? came) =>
        came is { Kind: ObservationKind.Reply, Code: var code }
        && oracle.Judge(StateSet.Of(Table.IndexOf(state)), move, code) is { Verdict: not Verdict.Pass, Rule: { } rule }
            ? Table.FindTolerated(state, move.Command / code) is null
                ? rule
                : Led(state, move.Command / code) ?? rule
            : null;

    // what others may take here this server refuses elsewhere in the same state: it has gone where the answer belongs, and not by
    // the exchange that leads there
    private Rule? Led(State state, Exchange answer) =>
        Table.Edges.FirstOrDefault(edge => edge.From == state && edge.To != state && Table.Find(edge.To, answer) is not null)?.Rule;

    // a refusal that says nothing about order may have any reason; one that some other state draws too is no such thing
    private bool IsPolicy(Observation wanted, Observation came) =>
        wanted.IsAcceptance()
        && came.IsRefusal()
        && !Table.IsPlacedByTheOrder(came.Code)
        && !rows.Values.Any(row =>
            row.Cells.Any(cell => cell.Trial.Case.Kind is CaseKind.OutOfOrder && cell.Probe.Last?.Came.Code == came.Code)
        );

    private static StateCheck Differs(ProbeResult played, string expected, string came)
    {
        var evidence = Evidence(played, expected, came);
        evidence.Transcript.MarkLast();
        return new StateCheck(Whereabouts.Differs, $"{played.Moves[^1]} then draws {came}, where it should draw {expected}", evidence);
    }

    private static Evidence Shown(ProbeResult broken) => Evidence(broken, broken.Violation!.Expected, broken.Violation.Came);

    private static Evidence Evidence(ProbeResult played, string expected, string came) =>
        new(played.Transcript, expected, came) { Session = played.Session, IsRelative = played.Violation is null };

    // the way to a state leads nowhere when all that was tried behind it comes out as in a state on that way, and wrongly so;
    // where it comes out as in a later state, what should be out of order here is to blame and not the way
    private StateCheck Unmoved(Row target, ProbeResult probe)
    {
        var broken = target
            .Cells.Where(cell =>
                cell.Probe.Violation is { } violation
                && !prober.Conduct.IsConduct(violation.Rule)
                && cell.Trial.Case.Kind is not CaseKind.Argument
            )
            .ToList();
        var like = rows.Values.FirstOrDefault(other =>
            other != target
            && target.IsBehind(other.Access)
            && Table.Reads(other.State) == Table.Reads(target.State)
            && broken.Count(cell => other[cell.Trial.Move] is { Violation: null }) >= Telling
            && target.Cells.All(cell => cell.Trial.Move.Kind is not MoveKind.Valid || IsAlike(other, target, cell.Trial.Move))
        );
        return like is null
            ? StateCheck.Fine
            : new StateCheck(
                Whereabouts.Differs,
                $"all that was tried behind it comes out as in {like.State}",
                Shown(broken.First(cell => like[cell.Trial.Move] is { Violation: null }).Probe)
            );
    }

    // a state that does wrong what is right in the other is the one to blame for being like it
    private static bool IsAlike(Row other, Row target, Move move) =>
        (other.Answer(move) is not { } answer || target.Answer(move) is not { } own || own == answer)
        && (other[move]?.Violation is null || target[move]?.Violation is not null);

    // the session is over, or the server is where only a tolerated exchange leads
    private async ValueTask<StateCheck> BehindAsync(State expected, ProbeResult probe, CancellationToken cancellation)
    {
        var next =
            expected == Table.Final ? Anything()
            : Table.Reads(expected) is Reading.Data && depth >= Depth.Data
                ? inputs.Plain(Table.Commands.First(use => use.Command.Kind is InputKind.Data).Command)
            : null;
        if (next is null)
        {
            return expected == Table.Final || Table.Reads(expected) is Reading.Data
                ? StateCheck.Fine
                : new StateCheck(Whereabouts.Undecided, $"{expected} is not reached the plain way on this server");
        }

        IReadOnlyList<Move> moves = [.. probe.Moves, next];
        var played = await prober.PlayAsync(moves, TimeSpan.Zero, cancellation);
        if (played.Violation is not { } violation)
        {
            return StateCheck.Fine;
        }

        var evidence = Evidence(played, violation.Expected, violation.Came);
        // what came on the way there once, and does not come again, says nothing of what is behind it
        return await prober.ShowsAgainAsync(moves, violation.Key, cancellation)
            ? played.IsWhole
                ? new StateCheck(Whereabouts.Differs, $"behind it: {violation}", evidence)
                : new StateCheck(Whereabouts.Undecided, $"on the way there: {violation}", evidence)
            : new StateCheck(Whereabouts.Undecided, $"seen once and not again: {violation}", evidence);
    }

    private Move? Anything() =>
        Table
            .Commands.Where(use =>
                use.Command.Kind is InputKind.Line && use.Required && use.Command != Table.Ending && !use.Argument.Required
            )
            .Select(use => inputs.Plain(use.Command))
            .FirstOrDefault();
}
