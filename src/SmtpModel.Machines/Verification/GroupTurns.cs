namespace SmtpModel.Machines;

/// <summary>
/// What can follow a moment where inputs are sent in groups. The client sends on while inputs wait, as long as each of them may stand
/// anywhere in a group; the receiver reads one input after the other, as the state it is in then reads. The client takes a reply for the
/// one to its oldest input, and so knows where it would be in lockstep. Where the two part nothing is followed any further.
/// </summary>
internal sealed class GroupTurns
{
    private readonly StateSpace _space;
    private readonly TransitionTable _table;
    private readonly List<Command> _commands;
    private readonly Dictionary<State, IReadOnlyList<Command>> _inputs;
    private readonly Dictionary<(State State, Command Command), IReadOnlyList<Answer>> _answers = [];
    private readonly List<Command> _lines;

    public GroupTurns(StateSpace space)
    {
        (_space, _table) = (space, space.Table);
        _commands = [.. _table.Commands.Select(use => use.Command)];
        _inputs = space.Turns.States.ToDictionary(state => state, space.Turns.Inputs);
        _lines = _commands.FindAll(Turns.IsLine);
    }

    public IEnumerable<(Moment Moment, Rule? Rule)> Follow(Moment moment)
    {
        var inputs = _inputs[moment.To];
        if (!moment.IsInLockstep || inputs.Count == 0)
        {
            yield return (Idle(moment), null);
            yield break;
        }

        var waiting = moment.Waiting;
        if (waiting.Count < _space.LongestGroup && (waiting.Count == 0 || _table.Grouped.Contains(_commands[waiting[waiting.Count - 1]])))
        {
            // who has not seen all replies relies on it that lines are read behind what may stand anywhere
            foreach (var command in waiting.Count == 0 ? inputs : _lines)
            {
                yield return (Idle(moment) with { Command = command, Waiting = waiting.With(_table.IndexOf(command)) }, null);
            }
        }

        if (waiting.Count == 0)
        {
            yield break;
        }

        var head = _commands[waiting[0]];
        if (!inputs.Contains(head))
        {
            yield return (Idle(moment) with { Waiting = waiting.Lost() }, null);
            yield break;
        }

        foreach (var answer in Answers(moment.To, head))
        {
            var lockstep = Answers(moment.Lockstep!, head).First(other => other.Exchange == answer.Exchange).To;
            var held = _space.After(moment.After, answer.Effects, marked: false);
            yield return (new Moment(answer.Exchange.Command, answer.Exchange.Code, moment.To, answer.To, moment.After, held, Mark.None)
            {
                Waiting = waiting.Answered(),
                Lockstep = lockstep,
            }, answer.Rule);
        }
    }

    private static Moment Idle(Moment moment) => new(null, 0, moment.To, moment.To, moment.After, moment.After, Mark.None)
    {
        Waiting = moment.Waiting,
        Lockstep = moment.Lockstep,
    };

    private IReadOnlyList<Answer> Answers(State state, Command command)
    {
        if (!_answers.TryGetValue((state, command), out var answers))
        {
            _answers.Add((state, command), answers = _space.Turns.Answers(state, command));
        }

        return answers;
    }
}
