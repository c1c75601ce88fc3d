using SmtpModel.Machines;
using SmtpModel.Protocol;

namespace SmtpModel.Testing.Engine;

/// <summary>Which inputs may share a packet, as the table has it.</summary>
internal static class Grouping
{
    /// <summary>Whether an input may be sent before the one before it is answered.</summary>
    /// <param name="table">The table.</param>
    /// <param name="before">The input before.</param>
    /// <param name="next">The input; mail data is sent only when a reply has asked for it.</param>
    public static bool MayFollow(TransitionTable table, Move before, Move next) =>
        table.Grouping is not null
        && table.Grouped.Contains(before.Command)
        && next.Kind is not MoveKind.Data
        && (
            before.Command.Block is not null
                ? next.Command.Block is not null && before.Kind is MoveKind.Valid
                : next.Command.Block is null && IsKnown(table, before)
        );

    // what the server may not know is no command of a group: what it need not have, and a line that lacks the word which the
    // standard names with the command, as MAIL FROM and RCPT TO (RFC 2920 3.1)
    private static bool IsKnown(TransitionTable table, Move move) =>
        move.Kind is MoveKind.Data
        || (table[move.Command].Required && (move.Kind is MoveKind.Valid || move.Text.Contains(":<", StringComparison.Ordinal)));

    /// <summary>How many inputs a session has in one packet, from a place on.</summary>
    public static int Length(TransitionTable table, IReadOnlyList<Step> steps, int start)
    {
        var end = start + 1;
        while (end < steps.Count && steps[end].IsJoined && MayFollow(table, steps[end - 1].Move, steps[end].Move))
        {
            end++;
        }

        return end - start;
    }

    /// <summary>The session as it is played: what may not share a packet does not.</summary>
    public static TestSession Lawful(TransitionTable table, TestSession session) => session with
    {
        Steps =
        [
            .. session.Steps.Select((step, at) => step with
            {
                IsJoined = step.IsJoined && at > 0 && MayFollow(table, session.Steps[at - 1].Move, step.Move),
            }),
        ],
    };

    /// <summary>Whether what the table is composed of is offered behind a reply; null where it changes nothing.</summary>
    /// <param name="table">The table.</param>
    /// <param name="move">What was sent.</param>
    /// <param name="reply">The reply; one without text is taken for an offer of all of it.</param>
    public static bool? IsOffered(TransitionTable table, Move move, Observation reply) =>
        table.LearnsOffer(move.Command / reply.Code) is not { } learns
            ? null
            : learns && (reply.Reply is null || Lists(table, ServiceOffer.Read(reply.Reply)));

    private static bool Lists(TransitionTable table, ServiceOffer offer) =>
        table.Extensions.All(extension => offer.Lists(extension.Keyword));
}
