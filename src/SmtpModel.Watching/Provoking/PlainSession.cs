using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <summary>A place in a session: a state, and a command that is in order there.</summary>
/// <param name="State">The state.</param>
/// <param name="Command">The command.</param>
internal sealed record Place(State State, Command Command)
{
    /// <summary>The place in words of an id, as <c>MAIL</c> or <c>end-of-data</c>.</summary>
    public string Name => Command.Name.Replace(' ', '-');
}

/// <summary>The shortest session that delivers a message, as the machine has it, and where else a client may come.</summary>
internal static class PlainSession
{
    /// <summary>Its places in their order, QUIT behind the message.</summary>
    public static IReadOnlyList<Place> Of(TransitionTable table)
    {
        var way = WayTo(table, command => command.Kind is InputKind.Data);
        var last = way[^1];
        var after = table
            .Edges.First(edge => edge.From == last.State && edge.Exchange.Command == last.Command && edge.Exchange.IsAccepted)
            .To;
        return table.Ending is { } ending ? [.. way, new Place(after, ending)] : way;
    }

    /// <summary>Where a client may come besides: HELO where EHLO was refused, RSET where MAIL was, what secures the channel, and the
    /// dialogue of a login.</summary>
    public static IReadOnlyList<Place> Besides(TransitionTable table, IReadOnlyList<Place> plain)
    {
        var (hello, ready) = (plain[1], plain[2].State);
        return
        [
            .. table
                .Greeting.Where(command => command != hello.Command && table.IsInOrder(hello.State, command))
                .Select(command => new Place(hello.State, command)),
            .. table.Commands.Where(use => use.Command == Rfc821.RSET).Select(use => new Place(ready, use.Command)),
            .. table.Commands.Where(use => use.Replies.Accepting.Any(code => table.Secures(use.Command / code)))
                .Select(use => new Place(ready, use.Command)).Where(place => table.IsInOrder(place.State, place.Command)),
            .. Login(table, ready),
        ];
    }

    /// <summary>The places of a login: the command, and the response to a challenge.</summary>
    /// <param name="table">The table.</param>
    /// <param name="ready">Where a login is in order.</param>
    public static IEnumerable<Place> Login(TransitionTable table, State ready) =>
        from use in table.Commands
        where use.Command == Rfc4954.AUTH
        from edge in table.From(ready, use.Command).Where(edge => edge.Exchange.Code / 100 == 3).Take(1)
        from place in new[] { new Place(ready, use.Command), new Place(edge.To, Rfc4954.Response) }
        select place;

    /// <summary>The codes that a receiver may answer with at a place: those of the edges, and what may be answered to anything.</summary>
    public static IReadOnlyList<int> Codes(TransitionTable table, Place place) =>
        [
            .. table
                .From(place.State, place.Command)
                .Where(edge => !edge.IsTolerated)
                .Select(edge => edge.Exchange.Code)
                .Concat(
                    table.From(place.State).Where(edge => edge.Exchange.Command.Kind is InputKind.Any).Select(edge => edge.Exchange.Code)
                )
                .Distinct(),
        ];

    private static List<Place> WayTo(TransitionTable table, Func<Command, bool> isGoal)
    {
        Dictionary<State, (State From, Command Command)?> known = new() { [table.Start] = null };
        var queue = new Queue<State>([table.Start]);
        while (queue.TryDequeue(out var state))
        {
            // what lists the extensions goes before what opens a session without
            foreach (
                var edge in table
                    .From(state)
                    .Where(edge => edge.Exchange.IsAccepted && !edge.IsTolerated)
                    .OrderByDescending(edge => edge.Exchange.Command == table.Listing)
            )
            {
                if (isGoal(edge.Exchange.Command))
                {
                    List<Place> way = [new(state, edge.Exchange.Command)];
                    for (var at = known[state]; at is { } step; at = known[step.From])
                    {
                        way.Insert(0, new Place(step.From, step.Command));
                    }

                    return way;
                }

                if (known.TryAdd(edge.To, (state, edge.Exchange.Command)))
                {
                    queue.Enqueue(edge.To);
                }
            }
        }

        throw new InvalidOperationException($"no session of {table.Profile} delivers a message");
    }
}
