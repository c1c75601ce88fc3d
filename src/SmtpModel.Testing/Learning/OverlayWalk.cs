using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// All sessions of a machine that was learned beside the states that the oracle holds possible: the product of the two, which has a
/// shortest session to each violation.
/// </summary>
internal sealed class OverlayWalk
{
    private readonly Oracle _oracle;
    private readonly LearnedMachine _machine;
    private readonly Func<int, int, Move> _line;
    private readonly StateSet _greeted;
    private readonly Dictionary<int, StateSet> _first = [];
    private readonly Dictionary<int, StateSet> _visits = [];
    private readonly List<(List<int> Session, StateSet Before, int State, Judgement Judgement)> _violations = [];

    public OverlayWalk(Oracle oracle, LearnedMachine machine, StateSet greeted, Func<int, int, Move> line)
    {
        (_oracle, _machine, _greeted, _line) = (oracle, machine, greeted, line);
        foreach (var step in From([], 0, greeted))
        {
            _first.TryAdd(step.State, step.Before);
            _visits[step.State] = Visits(step.State).Union(step.Before);
            if (step.Judgement.Verdict is Verdict.Fail)
            {
                _violations.Add((step.Session, step.Before, step.State, step.Judgement));
            }
        }
    }

    /// <summary>The states that the oracle holds possible where a state is reached first.</summary>
    public StateSet First(int state) => _first.GetValueOrDefault(state, StateSet.None);

    /// <summary>All states that the oracle holds possible in a state, by whatever session it is reached; none where only violations lead
    /// there.</summary>
    public StateSet Visits(int state) => _visits.GetValueOrDefault(state, StateSet.None);

    /// <summary>The shortest session to each transition that the oracle calls a violation, with the states that it holds possible
    /// there.</summary>
    public IReadOnlyList<(List<int> Session, StateSet Before, int State, Judgement Judgement)> Violations() => _violations;

    /// <summary>What a session draws.</summary>
    public IEnumerable<string> Outputs(IEnumerable<int> session)
    {
        var state = 0;
        foreach (var input in session)
        {
            yield return _machine.Output[state, input]!;
            state = _machine.Next[state, input];
        }
    }

    /// <summary>
    /// The shortest session that begins with this one and ends with what the oracle likes least; the session itself where it likes all
    /// that can follow. What it would like as little if the server were in the state that it is like has nothing to do with the state.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="like">The state that the server is like behind it; none where the session is over.</param>
    public (List<int> Session, Verdict Verdict) Onwards(List<int> session, StateSet like)
    {
        var (state, possible) = (0, _greeted);
        foreach (var input in session)
        {
            possible = state < 0 || possible.IsEmpty ? StateSet.None : Judge(possible, state, input).After;
            state = state < 0 ? -1 : _machine.Next[state, input];
        }

        var all = state < 0 || possible.IsEmpty ? []
            : From(session, state, possible).Where(step => !IsSoAnyhow(step, session.Count, state, like)).ToList();
        var worst = all.Find(step => step.Judgement.Verdict is Verdict.Fail)
            ?? all.Find(step => step.Judgement.Verdict is Verdict.NonStrict);
        return worst is null ? (session, Verdict.Pass) : (worst.Session, worst.Judgement.Verdict);
    }

    private bool IsSoAnyhow(OverlayStep step, int from, int state, StateSet possible)
    {
        Judgement? last = null;
        foreach (var input in step.Session.Skip(from))
        {
            if (possible.IsEmpty || state < 0)
            {
                return false;
            }

            last = Judge(possible, state, input);
            (state, possible) = (_machine.Next[state, input], last.After);
        }

        return last?.Verdict >= step.Judgement.Verdict && step.Judgement.Verdict is not Verdict.Pass;
    }

    /// <summary>The rule that a server breaks that gives no reply, or something that is none.</summary>
    public static Rule? Conduct(TransitionTable table, string output) => output switch
    {
        TargetSystem.Closed => table.Conduct.Closing,
        TargetSystem.NoReply => table.Conduct.Form,
        _ => table.Conduct.OneReply,
    };

    /// <summary>
    /// What the oracle says of a reply. What a server makes of a line that is not even a word is a question of its own, so that a dot
    /// where commands are read never draws a violation.
    /// </summary>
    public static Judgement JudgeReply(Oracle oracle, StateSet possible, Move line, int code)
    {
        var judgement = oracle.Judge(possible, line, code);
        return judgement.Verdict is Verdict.Fail && line is { Kind: MoveKind.Unknown, Text: TargetSystem.Dot }
            ? judgement with { Verdict = Verdict.NonStrict, After = possible } : judgement;
    }

    // breadth first, so that the first session to anything is a shortest one
    private IEnumerable<OverlayStep> From(List<int> session, int from, StateSet possible)
    {
        HashSet<(int, StateSet)> seen = [(from, possible)];
        var open = new Queue<(int State, StateSet Possible, List<int> Session)>([(from, possible, session)]);
        while (open.TryDequeue(out var at))
        {
            for (var input = 0; input < _machine.Inputs; input++)
            {
                if (_machine.Output[at.State, input] is null)
                {
                    continue;
                }

                var judgement = Judge(at.Possible, at.State, input);
                List<int> longer = [.. at.Session, input];
                yield return new OverlayStep(longer, at.State, at.Possible, judgement);
                var next = _machine.Next[at.State, input];
                if (next >= 0 && !judgement.After.IsEmpty && seen.Add((next, judgement.After)))
                {
                    open.Enqueue((next, judgement.After, longer));
                }
            }
        }
    }

    private Judgement Judge(StateSet possible, int state, int input)
    {
        var output = _machine.Output[state, input]!;
        var (line, code) = (_line(state, input), TargetSystem.CodeOf(output));
        if (code != 0)
        {
            return JudgeReply(_oracle, possible, line, code);
        }

        // behind the end of a session nothing is to come
        return possible == _oracle.Final && output is not TargetSystem.NoReply ? new Judgement(Verdict.Pass, StateSet.None, null, null)
            : new Judgement(Verdict.Fail, StateSet.None, null, Conduct(_oracle.Table, output));
    }

    private sealed record OverlayStep(List<int> Session, int State, StateSet Before, Judgement Judgement);
}
