using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Draws which inputs of a session share a packet, where the machine lets them.</summary>
internal static class GroupDraw
{
    /// <summary>Whether a session is drawn for groups: mostly of inputs that may stand anywhere in one.</summary>
    public static bool IsForGroups(TransitionTable table, int[] tape) =>
        table is { Grouping: not null, Listing: not null } && Draw(tape, -1) % 4 == 0;

    /// <summary>Joins steps to the one before: in one session of four none, in one all that may be, in two each with its chance.</summary>
    public static void Join(TransitionTable table, List<Step> steps, int[] tape)
    {
        var chance = table.Grouping is null ? 0 : (Draw(tape, -2) % 4) switch { 0 => 0, 1 => 100, 2 => 75, _ => 50 };
        var isOffered = false;
        for (var at = 0; at < steps.Count && chance > 0; at++)
        {
            var move = steps[at].Move;
            if (isOffered && at > 0 && Grouping.MayFollow(table, steps[at - 1].Move, move) && Draw(tape, at) % 100 < (ulong)chance)
            {
                steps[at] = steps[at] with { IsJoined = true };
            }

            // only behind the command that lists extensions, if it is accepted
            isOffered = move.Kind is MoveKind.Valid && table.Greeting.Contains(move.Command) ? move.Command == table.Listing : isOffered;
        }
    }

    // apart from what the tape draws otherwise, so that a session without groups is what it was
    private static ulong Draw(int[] tape, int at) => SessionSource.Mix((ulong)tape[0] ^ ((ulong)tape[^1] << 31), at);
}
