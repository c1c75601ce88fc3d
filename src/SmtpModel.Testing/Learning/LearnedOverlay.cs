using System.Globalization;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Lays what was learned over a profile: which state behaves like which, and where it is otherwise.</summary>
internal sealed class LearnedOverlay
{
    private readonly TransitionTable _table;
    private readonly TargetSystem _system;
    private readonly IReadOnlyList<LearningInput> _inputs;
    private readonly Learned _learned;
    private readonly Oracle _oracle;
    private readonly OverlayWalk _walk;
    private readonly State[] _like;
    private readonly LearnedState[] _states;

    public LearnedOverlay(Profile profile, TargetSystem system, IReadOnlyList<LearningInput> inputs, Learned learned)
    {
        (Profile, _table, _system, _inputs, _learned) = (profile, profile.Table, system, inputs, learned);
        Machine = learned.Machine.WithoutDead(TargetSystem.Closed, output => output + TargetSystem.ThenClosed);
        _oracle = new Oracle(_table);
        _walk = new OverlayWalk(_oracle, Machine, Greeted(), Line);
        _like = new State[Machine.Count];
        foreach (var state in NearestFirst)
        {
            var way = Machine.Access[state];
            _like[state] = Likest(state, way.Count > 0 ? _like[Machine.After(0, way.SkipLast(1))] : null);
        }

        _states = Named();
    }

    public Profile Profile { get; }

    private LearnedMachine Machine { get; }

    private IEnumerable<int> NearestFirst => Enumerable.Range(0, Machine.Count).OrderBy(state => Machine.Access[state].Count);

    // where all was known from a file no session was begun; one is begun only where the greeting accepts
    private int Greeting => _system.Greeting != 0 ? _system.Greeting
        : _table.Commands.First(use => use.Command.Kind is InputKind.Opening).Replies.Accepting.First();

    public LearnedServer ToServer(string name)
    {
        Dictionary<(string, Exchange), LearnedKind> kinds = [];
        List<LearnedDifference> differences = [.. Began()];
        foreach (var began in differences)
        {
            kinds[(_table.Start.Name, _table.Commands.First(use => use.Command.Name == began.Input).Command / Greeting)] = began.Kind;
        }

        foreach (var state in NearestFirst)
        {
            for (var input = 0; input < _inputs.Count; input++)
            {
                if (Machine.Output[state, input] is not null)
                {
                    var found = Compare(state, input);
                    var exchange = Line(state, input).Command / TargetSystem.CodeOf(Machine.Output[state, input]!);
                    kinds.TryAdd((_states[state].Name, exchange), found.Kind);
                    differences.Add(found);
                }
            }
        }

        var violations = _walk
            .Violations()
            .Select(Violation)
            .GroupBy(one => (one.State.Like, one.Input, one.Outputs[^1], one.Rule))
            .Select(Merged);
        List<KeyValuePair<string, string>> inputs = [.. _inputs.Select(input => KeyValuePair.Create(input.Name, input.Line.ToString()))];
        return new LearnedServer(name, Profile, _states, inputs, [.. Transitions()])
        {
            Machine = LearnedProfile.Of(name, Profile, _states, Machine, Line, Rule, Greeting),
            Differences = [.. differences.Where(one => one.Kind is not LearnedKind.Same)
                .GroupBy(one => (one.Input, one.Kind, one.Expected, Output: one.Outputs[^1], one.Leads)).Select(Merged)
                .OrderBy(one => one.Session.Count)],
            Violations = [.. violations.OrderBy(one => one.Session.Count)],
            Cost = new LearningCost(_learned.Sessions, _learned.Inputs, _learned.Elapsed, _learned.ExtraStates, _learned.Middles,
                _learned.Stopped),
            Notes = [.. Notes()],
            Kinds = kinds,
        };
    }

    /// <summary>The sessions that are shown for what is otherwise than the specification has it.</summary>
    public IEnumerable<IReadOnlyList<int>> Told()
    {
        var server = ToServer("");
        var places = _inputs.Index().ToDictionary(input => input.Item.Name, input => input.Index);
        return server.Violations.Concat(server.Differences)
            .Select(IReadOnlyList<int> (one) => [.. one.Session.Select(name => places[name])]);
    }

    private Move Line(int state, int input) => _system.Line(Machine.Modes[state], input);

    private StateSet Greeted()
    {
        var opening = _table.Commands.First(use => use.Command.Kind is InputKind.Opening).Command;
        return _oracle.Judge(_oracle.Start, opening, MoveKind.Valid, Greeting).After;
    }

    // of the states that the specification is in there by one session or another, the one whose replies are most like those that came;
    // where several are, what a session knew before it is taken to know still
    private State Likest(int state, State? before)
    {
        var reading = (Reading)Machine.Modes[state];
        var expected = _walk.First(state);
        List<State> possible = [.. _table.AllStates.Where(one => _table.Reads(one) == reading)];
        var visited = possible.FindAll(one => _walk.Visits(state).Contains(_table.IndexOf(one)));
        return (visited.Count > 0 ? visited : possible)
            .MinBy(one => (Misfit(state, one, expected.Contains(_table.IndexOf(one))),
                before is null || one.Facts.SequenceEqual(before.Facts) ? 0 : 1, _table.IndexOf(one)))
            ?? _table.AllStates[expected.IsEmpty ? 1 : expected.First];
    }

    // violations first; then what is taken where it is out of order: a site may refuse what is in order, but hardly the other way round
    private (int Violated, int Taken, int Unexpected, int Refused, int NotStrict) Misfit(int state, State like, bool isExpected)
    {
        var (violated, taken, refused, notStrict) = (0, 0, 0, 0);
        var set = StateSet.Of(_table.IndexOf(like));
        for (var input = 0; input < _inputs.Count; input++)
        {
            if (TargetSystem.CodeOf(Machine.Output[state, input] ?? "") is not 0 and var code)
            {
                var line = Line(state, input);
                var (verdict, isInOrder) = (_oracle.Judge(set, line, code).Verdict, Accepts(like, line));
                violated += verdict is Verdict.Fail ? 1 : 0;
                notStrict += verdict is Verdict.NonStrict ? 1 : 0;
                taken += code < 400 && !isInOrder ? 1 : 0;
                refused += code >= 400 && isInOrder ? 1 : 0;
            }
        }

        return (violated, taken, isExpected ? 0 : 1, refused, notStrict);
    }

    private bool Accepts(State state, Move line) =>
        line.Kind is not MoveKind.Malformed && _table.From(state, line.Command).Any(edge => edge.Exchange.IsAccepted);

    private LearnedState[] Named()
    {
        Dictionary<State, int> many = [];
        var named = new LearnedState[Machine.Count];
        foreach (var state in NearestFirst)
        {
            var number = many[_like[state]] = many.GetValueOrDefault(_like[state]) + 1;
            var name = number == 1 ? _like[state].Name : $"{_like[state].Name}{number.ToString(CultureInfo.InvariantCulture)}";
            var way = Machine.Access[state].Select(input => _inputs[input].Name);
            named[state] = new LearnedState(name, _like[state], [.. way], number > 1);
        }

        return named;
    }

    private IEnumerable<LearnedTransition> Transitions()
    {
        for (var state = 0; state < Machine.Count; state++)
        {
            for (var input = 0; input < _inputs.Count; input++)
            {
                if (Machine.Output[state, input] is { } output)
                {
                    var to = Machine.Next[state, input];
                    yield return new LearnedTransition(_states[state].Name, _inputs[input].Name, output, to < 0 ? null : _states[to].Name);
                }
            }
        }
    }

    private LearnedDifference Compare(int state, int input)
    {
        var (line, output, here) = (Line(state, input), Machine.Output[state, input]!, _like[state]);
        var (code, to) = (TargetSystem.CodeOf(output), Machine.Next[state, input]);
        List<int> session = [.. Machine.Access[state], input];
        var row = new OverlayRow(_table, here, line);
        if (code == 0)
        {
            return Told(LearnedKind.OtherReply, state, session, row, Verdict.Fail, OverlayWalk.Conduct(_table, output));
        }

        var judgement = OverlayWalk.JudgeReply(_oracle, StateSet.Of(_table.IndexOf(here)), line, code);
        var isDot = line is { Kind: MoveKind.Unknown, Text: TargetSystem.Dot };
        var kind = isDot && code < 400 ? LearnedKind.OtherReply : row.KindOf(code, judgement);
        if (!isDot && kind is (LearnedKind.Same or LearnedKind.OtherReply) && IsElsewhere(judgement.After, to))
        {
            // what it does behind it shows whether that is allowed
            var (shown, verdict) = _walk.Onwards(session, to < 0 ? StateSet.None : StateSet.Of(_table.IndexOf(_like[to])));
            var leads = judgement.After.IsSingle ? _table.AllStates[judgement.After.First].Name : here.Name;
            return Told(LearnedKind.OtherTarget, state, shown, row, verdict, judgement.Rule) with { Leads = leads };
        }

        return Told(kind, state, session, row, judgement.Verdict, judgement.Rule);
    }

    // a server that takes a transaction without a greeting is in another state from the beginning
    private IEnumerable<LearnedDifference> Began()
    {
        var expected = _walk.First(0);
        if (!expected.IsEmpty && !expected.Contains(_table.IndexOf(_like[0])))
        {
            var (shown, verdict) = _walk.Onwards([], StateSet.Of(_table.IndexOf(_like[0])));
            if (shown.Count == 0)
            {
                // nothing that can follow tells that anybody would mind
                yield break;
            }

            var edge = _table.From(_table.Start).First(edge => edge.To == _table.AllStates[expected.First]);
            yield return new LearnedDifference(
                LearnedKind.OtherTarget,
                _states[0],
                edge.Exchange.Command.Name,
                $"{edge.Exchange.Code} to {edge.To}",
                edge.Rule,
                verdict,
                [.. shown.Select(input => _inputs[input].Name)],
                [.. _walk.Outputs(shown)]
            )
            {
                Leads = edge.To.Name,
            };
        }
    }

    // whether the server is in a state that the oracle does not have among those that it may be in
    private bool IsElsewhere(StateSet after, int to) => !after.IsEmpty
        && (to < 0 ? !after.Contains(_table.IndexOf(_table.Final)) : !after.Contains(_table.IndexOf(_like[to])));

    private LearnedDifference Told(LearnedKind kind, int state, List<int> session, OverlayRow row, Verdict verdict, Rule? rule) =>
        new(kind, _states[state], row.Name(_inputs), row.Expected, rule ?? row.Rule, verdict,
            [.. session.Select(input => _inputs[input].Name)], [.. _walk.Outputs(session)]);

    // what is expected is said for the state that the specification is in, which need not be the one that the server is like
    private LearnedDifference Violation((List<int> Session, StateSet Before, int State, Judgement Judgement) found)
    {
        var row = new OverlayRow(_table, _table.AllStates[found.Before.First], Line(found.State, found.Session[^1]));
        return Told(LearnedKind.Same, found.State, found.Session, row, found.Judgement.Verdict, found.Judgement.Rule);
    }

    private static LearnedDifference Merged(IEnumerable<LearnedDifference> alike)
    {
        var all = alike.OrderBy(one => one.Session.Count).ToList();
        return all[0] with { AlsoIn = [.. all.Skip(1).Select(one => one.State.Name).Where(name => name != all[0].State.Name).Distinct()] };
    }

    private Rule? Rule(int state, int input, int code) =>
        _oracle.Judge(StateSet.Of(_table.IndexOf(_like[state])), Line(state, input), code) is { Verdict: not Verdict.Fail } judgement
            ? judgement.Rule : null;

    private IEnumerable<string> Notes()
    {
        if (_system.TurnedAway > 0)
        {
            yield return $"sessions were not let in {_system.TurnedAway} times, and begun again";
        }

        foreach (var one in _learned.Unsteady)
        {
            var session = string.Join("; ", one.Inputs.Select(input => _inputs[input].Name));
            var kept = one.Kept is null ? "no reply was drawn by most sessions" : $"most sessions drew {one.Kept}";
            yield return $"the same inputs drew {one.First} in session {one.FirstSession} and {one.Then} in session {one.ThenSession}: "
                + $"{session}; asked again, {kept}";
        }
    }
}
