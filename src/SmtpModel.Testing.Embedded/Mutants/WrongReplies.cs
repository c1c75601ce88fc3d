using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>The replies that a mutant gives instead of the right one: one of each other class, and another of its own.</summary>
internal static class WrongReplies
{
    // for a class of which the command's row has none
    private static readonly int[] Usual = [250, 211, 354, 355, 451, 450, 550, 554];

    public static IEnumerable<int> To(int code, CommandUse use)
    {
        for (var first = 2; first <= 5; first++)
        {
            // what the command may draw elsewhere is the harder to notice
            yield return use.Replies.All.Concat(Usual).First(other => other / 100 == first && other != code);
        }
    }

    /// <summary>The reply to a command that is out of order.</summary>
    public static int OutOfOrder(TransitionTable table) =>
        table
            .States.SelectMany(state => table.Commands.Select(use => table.OutOfOrder(state, use.Command)))
            .OfType<Refusal>()
            .Select(refusal => refusal.Codes[0])
            .First(table.IsPlacedByTheOrder);
}
