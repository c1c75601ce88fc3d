using SmtpModel.Machines;
using SmtpModel.Protocol;

namespace SmtpModel.Testing.Engine;

/// <summary>How often commands came in a session, where the server says in its reply to EHLO how often they may: a client keeps to
/// it.</summary>
/// <param name="table">The table.</param>
/// <param name="known">What it says, where that was read before; null for what is read in the session itself.</param>
internal sealed class OfferedCounts(TransitionTable table, ServiceOffer? known = null)
{
    private readonly Dictionary<CountLimit, int> _came = [];
    private ServiceOffer _offer = known ?? ServiceOffer.None;

    /// <summary>Follows what was sent.</summary>
    public void Note(Command sent)
    {
        foreach (var limit in table.CountLimits)
        {
            _came[limit] = Next(limit, _came.GetValueOrDefault(limit), sent);
        }
    }

    /// <summary>Follows what was sent and what came.</summary>
    public void Note(Move move, Observation came)
    {
        Note(move.Command);
        if (came.Kind is ObservationKind.Reply && table.LearnsOffer(move.Command / came.Code) is { } learns)
        {
            _offer = learns && came.Reply is { } reply ? ServiceOffer.Read(reply) : ServiceOffer.None;
        }
    }

    /// <summary>In words the limit that inputs would go over; null where they keep to all.</summary>
    public string? Exceeded(IEnumerable<Command> next)
    {
        foreach (var limit in table.CountLimits)
        {
            if (
                Most(limit, _offer) is { } most
                && next.Aggregate((Came: _came.GetValueOrDefault(limit), Peak: 0), (seen, command) =>
                    (Next(limit, seen.Came, command), Math.Max(seen.Peak, Next(limit, seen.Came, command)))
                ).Peak > most
            )
            {
                return $"the server offers {limit.Extension} {limit.Name}={most}, and the session would go over that";
            }
        }

        return null;
    }

    /// <summary>How often an offer says that commands may come; null where it says nothing of it.</summary>
    public static int? Most(CountLimit limit, ServiceOffer? offer) =>
        offer?[limit.Extension] is { } service ? limit.In(service.Parameters) : null;

    private static int Next(CountLimit limit, int came, Command command) =>
        limit.Anew.Contains(command) ? 0
        : limit.Counted.Contains(command) ? came + 1
        : came;
}
