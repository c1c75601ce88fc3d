using System.Text;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>What a fence shows of the inputs in front of it.</summary>
internal enum Fenced
{
    /// <summary>Each of them drew the replies that were read, and no more.</summary>
    Clean,

    /// <summary>Nothing came for the fence within the patience, so nothing came in front of it either.</summary>
    Silent,

    /// <summary>Something else came: whether it was drawn by what stands in front is for a clock to tell.</summary>
    InDoubt,
}

/// <summary>
/// Asks for silence with a reply instead of a clock. A server answers in order, so that the reply to the ending command, and the end of
/// the channel behind it, show that nothing came between. A fence acquits and never accuses: what it leaves in doubt is played again
/// with a clock.
/// </summary>
internal static class Fence
{
    /// <summary>Ends the session, and says what it shows of all that was sent before.</summary>
    /// <param name="wire">The session; it reads commands, and every reply that is known to be due was read.</param>
    /// <param name="table">The machine.</param>
    /// <param name="patience">How long to wait for the reply.</param>
    /// <param name="rest">How long to wait for more behind it, where the channel is not closed.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async ValueTask<Fenced> RaiseAsync(IWireSession wire, TransitionTable table, TimeSpan patience, TimeSpan rest,
        CancellationToken cancellation)
    {
        if (table.Ending is not { } ending || !await wire.WriteAsync(Encoding.ASCII.GetBytes($"{ending}\r\n"), cancellation))
        {
            return Fenced.InDoubt;
        }

        var came = await wire.ReadAsync(patience, cancellation);
        return came is { Kind: ObservationKind.Silence, Fault: null } ? Fenced.Silent
            : came is not { Kind: ObservationKind.Reply, Fault: null } || !table[ending].Replies.Accepting.Contains(came.Code)
                ? Fenced.InDoubt
            : await wire.ReadAsync(rest, cancellation)
                is { Kind: ObservationKind.Closed }
                    or { Kind: ObservationKind.Silence, Fault: null }
                ? Fenced.Clean
            : Fenced.InDoubt;
    }
}
