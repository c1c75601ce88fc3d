namespace SmtpModel.Machines;

/// <summary>Holds conditions against the moments of one machine.</summary>
internal sealed class Binding(StateSpace space)
{
    private readonly List<string> _missing = [];

    /// <summary>What the conditions name and the machine does not have, so that nothing can be said.</summary>
    public IReadOnlyList<string> Missing => _missing;

    public bool[] Bind(Condition condition)
    {
        var holds = Compile(condition);
        return [.. space.Moments.Select(holds)];
    }

    private Func<Moment, bool> Compile(Condition condition)
    {
        switch (condition)
        {
            case NotCondition not:
                var inner = Compile(not.Inner);
                return moment => !inner(moment);
            case BothCondition both:
                var (one, other) = (Compile(both.Left), Compile(both.Right));
                return moment => one(moment) && other(moment);
            case EitherCondition either:
                var (left, right) = (Compile(either.Left), Compile(either.Right));
                return moment => left(moment) || right(moment);
            case RoleCondition role:
                if (role.In(space.Table) is { } meant)
                {
                    return Compile(meant);
                }

                _missing.Add(role.Missing);
                return _ => false;
            case SentCondition sent:
                var inputs = Known(sent.Commands);
                return moment => moment.IsSent && (inputs.Count == 0 || inputs.Contains(moment.Command!));
            case AnsweredCondition answered:
                var commands = Known(answered.Commands);
                return moment => moment.IsAnswered && (commands.Count == 0 || commands.Contains(moment.Command!))
                    && (answered.Codes.Count == 0 || answered.Codes.Contains(moment.Code))
                    && answered.Outcome is var outcome && (outcome is Outcome.Any || outcome is Outcome.Accepted == moment.Code < 400);
            case InCondition within:
                var states = Inside(space.Table, within.States, _missing);
                return within.Side is Side.After ? moment => states.Contains(moment.To) : moment => states.Contains(moment.From);
            case HoldsCondition holds:
                var buffer = space.IndexOf(holds.Buffer);
                if (buffer < 0)
                {
                    _missing.Add($"buffer {holds.Buffer}");
                    return _ => false;
                }

                var bits = holds.Marked ? 2 : 3;
                return holds.Side is Side.After
                    ? moment => (moment.After.Of(buffer) & bits) != 0
                    : moment => (moment.Before.Of(buffer) & bits) != 0;
            case MarksCondition:
                return moment => moment.Mark is Mark.Now;
            case UnacceptableCondition:
                return moment => moment.IsSent
                    && (!space.Turns.CanAccept(moment.To, moment.Command!) || (moment.Parameter is not null && !moment.IsExtended));
            case ParameterCondition parameter:
                var keywords = Known(space.Turns, parameter.Parameters, _missing);
                return moment => moment.Parameter is { } keyword && keywords.Contains(keyword);
            case GroupCondition group:
                if (space.Table.Grouping is null)
                {
                    _missing.Add("rule by which commands are grouped");
                }

                return group.Of is GroupAspect.Waiting ? moment => moment.Waiting.Count > 0 : moment => moment.IsInLockstep;
            default:
                throw new InvalidOperationException($"there is no condition {condition}");
        }
    }

    private List<Command> Known(IReadOnlyList<Command> commands) => Known(space.Table, commands, _missing);

    /// <summary>Those of some commands that a machine has; where it has none of them, all are noted as missing.</summary>
    public static List<Command> Known(TransitionTable table, IReadOnlyList<Command> commands, List<string> missing)
    {
        List<Command> known =
        [
            .. commands.SelectMany(command => table.Commands.Select(use => use.Command).Where(known => known.Is(command))).Distinct(),
        ];
        if (known.Count == 0)
        {
            missing.AddRange(commands.Select(command => $"command {command}"));
        }

        return known;
    }

    /// <summary>The keywords of those of some parameters that a machine has, of all when none is named; where it has none, that is
    /// noted.</summary>
    public static IReadOnlyList<string> Known(Turns turns, IReadOnlyList<Parameter> parameters, List<string> missing)
    {
        var known = turns.Keywords(parameters);
        if (known.Count == 0)
        {
            missing.AddRange(parameters.Select(parameter => $"parameter {parameter}").DefaultIfEmpty("parameter that is offered"));
        }

        return known;
    }

    /// <summary>The states that lie in some states and superstates.</summary>
    public static HashSet<State> Inside(TransitionTable table, IReadOnlyList<State> states, List<string> missing)
    {
        HashSet<State> inside = [.. table.AllStates.Where(state => table.Within(state).Any(states.Contains))];
        if (inside.Count == 0)
        {
            missing.AddRange(states.Select(state => $"state {state}"));
        }

        return inside;
    }
}
