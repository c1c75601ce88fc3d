using System.Diagnostics;
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
/// Asks for silence with a reply instead of a clock. A server answers in order, so that a reply that belongs to no other command shows
/// that nothing came between: that to the ending command, with the end of the channel behind it; or, where a server takes its time to
/// end a session (Exim waits 200 ms for the client to close first), that to a command that does nothing and has replies of its own. A
/// fence acquits and never accuses: what it leaves in doubt is played again with a clock.
/// </summary>
/// <param name="table">The machine.</param>
internal sealed class Fence(TransitionTable table)
{
    // a server that takes longer to end a session than this is asked something else
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(40);

    private readonly CommandUse? _marker = MarkerOf(table);
    private volatile bool _isEndingSlow;
    private volatile bool _isMarkerRefused;

    /// <summary>Says what it shows of all that was sent before. Nothing more is to be sent in the session.</summary>
    /// <param name="wire">The session; it reads commands, and every reply that is known to be due was read.</param>
    /// <param name="patience">How long to wait for the reply.</param>
    /// <param name="rest">How long to wait for more behind it, where the channel is not closed.</param>
    /// <param name="cancellation">Gives up.</param>
    public async ValueTask<Fenced> RaiseAsync(IWireSession wire, TimeSpan patience, TimeSpan rest, CancellationToken cancellation)
    {
        if (_isEndingSlow && !_isMarkerRefused && _marker is not null)
        {
            return await MarkAsync(wire, _marker, patience, cancellation);
        }

        if (table.Ending is not { } ending || !await SendAsync(wire, ending, cancellation))
        {
            return Fenced.InDoubt;
        }

        var start = Stopwatch.GetTimestamp();
        var came = await wire.ReadAsync(patience, cancellation);
        _isEndingSlow |= Stopwatch.GetElapsedTime(start) > Slow;
        return came is { Kind: ObservationKind.Silence, Fault: null } ? Fenced.Silent
            : !IsOf(table[ending], came) ? Fenced.InDoubt
            : await wire.ReadAsync(rest, cancellation)
                is { Kind: ObservationKind.Closed }
                    or { Kind: ObservationKind.Silence, Fault: null }
                ? Fenced.Clean
            : Fenced.InDoubt;
    }

    // behind its own reply nothing can come but what nobody asked for
    private async ValueTask<Fenced> MarkAsync(IWireSession wire, CommandUse marker, TimeSpan patience, CancellationToken cancellation)
    {
        if (!await SendAsync(wire, marker.Command, cancellation))
        {
            return Fenced.InDoubt;
        }

        var came = await wire.ReadAsync(patience, cancellation);
        _isMarkerRefused |= came.Kind is ObservationKind.Reply && came.Code >= 500;
        return came is { Kind: ObservationKind.Silence, Fault: null } ? Fenced.Silent
            : IsOf(marker, came) ? Fenced.Clean
            : Fenced.InDoubt;
    }

    private static bool IsOf(CommandUse use, Observation came) =>
        came is { Kind: ObservationKind.Reply, Fault: null } && use.Replies.Accepting.Contains(came.Code);

    private static ValueTask<bool> SendAsync(IWireSession wire, Command command, CancellationToken cancellation) =>
        wire.WriteAsync(Encoding.ASCII.GetBytes($"{command}\r\n"), cancellation);

    // it does nothing in any state, and no other command is accepted with a reply of its
    private static CommandUse? MarkerOf(TransitionTable table) =>
        table.Commands.FirstOrDefault(use =>
            use.Command.Kind is InputKind.Line
            && use.Command != table.Ending
            && use.Command.OnAccept.Count == 0
            && table.Edges.Where(edge => edge.Exchange.Command == use.Command).All(edge => edge.From == edge.To)
            && !table.Commands.Any(other => other != use && other.Replies.Accepting.Intersect(use.Replies.Accepting).Any())
        );
}
