namespace SmtpModel.Machines;

/// <summary>
/// What can follow a moment where inputs are sent in groups. The client sends on while inputs wait, as long as each of them may stand
/// anywhere in a group; the receiver reads one input after the other, as the state it is in then reads. The client takes a reply for the
/// one to its oldest input, and so knows where it would be in lockstep. Where the two part nothing is followed any further.
/// </summary>
internal sealed class GroupTurns(StateSpace space, PackedTurns turns)
{
    private readonly short[] _lines =
        [.. Enumerable.Range(0, turns.IsLine.Length).Where(command => turns.IsLine[command]).Select(command => (short)command)];

    public void Follow(PackedMoment moment)
    {
        var inputs = turns.Inputs(moment.To);
        if (!moment.IsInLockstep || inputs.Length == 0)
        {
            space.Reach(Idle(moment), null);
            return;
        }

        var waiting = moment.Waiting;
        if (waiting.Count < space.LongestGroup && (waiting.Count == 0 || turns.IsGrouped[waiting[waiting.Count - 1]]))
        {
            // who has not seen all replies relies on it that lines are read behind what may stand anywhere
            foreach (var command in waiting.Count == 0 ? inputs : _lines)
            {
                space.Reach(Idle(moment) with { Command = command, Waiting = waiting.With(command) }, null);
            }
        }

        if (waiting.Count == 0)
        {
            return;
        }

        var head = waiting[0];
        if (Array.IndexOf(inputs, (short)head) < 0)
        {
            space.Reach(Idle(moment) with { Waiting = waiting.Lost() }, null);
            return;
        }

        foreach (var answer in turns.Answers(moment.To, head))
        {
            var held = answer.Behind(new Contents(moment.After), marked: false);
            space.Reach(new PackedMoment(answer.Command, answer.Code, moment.To, answer.To, moment.After, held.Bits)
            {
                Waiting = waiting.Answered(),
                Lockstep = answer.Lockstep,
            }, answer.Answer.Rule);
        }
    }

    /// <summary>The moment without what has just happened, which does not count for what follows.</summary>
    public static PackedMoment Idle(PackedMoment moment) => new(-1, 0, moment.To, moment.To, moment.After, moment.After)
    {
        Waiting = moment.Waiting,
        Lockstep = moment.Lockstep,
    };
}
