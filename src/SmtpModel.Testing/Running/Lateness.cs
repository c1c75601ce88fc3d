using System.Text;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Tells a command that draws no reply from one whose reply is late. A server may take minutes (RFC 5321 4.5.3.2), for names
/// that it looks up or mail data that it reads; but it answers in order, so that the reply to the ending command shows that
/// what came before it draws none.
/// </summary>
internal static class Lateness
{
    // the ending command looks nothing up: where it is not answered soon, the server is still busy with what came before
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Why nothing can be said of a command that was not answered in time; null when it is known to draw no reply.</summary>
    public static async ValueTask<string?> OfAsync(ITargetSession connection, TransitionTable table, Move move,
        CancellationToken cancellation)
    {
        if (connection is not IWireSession wire || table.Ending is not { } ending || move.Command == ending
            || !await wire.WriteAsync(Encoding.ASCII.GetBytes($"{ending}\r\n"), cancellation))
        {
            return null;
        }

        var came = await wire.ReadAsync(Patience, cancellation);
        var isAnswered = came.Kind is not (ObservationKind.Reply or ObservationKind.Silence)
            || table.Edges.Any(edge => edge.Exchange == ending / came.Code && edge.Exchange.IsAccepted);
        return isAnswered ? null : $"{move} was not answered in time; a longer reply timeout may show its reply";
    }
}
