using SmtpModel.Machines;
using SmtpModel.Protocol;

namespace SmtpModel.Testing.Engine;

/// <summary>What several cases do.</summary>
internal static class Steps
{
    /// <summary>The plainest line of a command.</summary>
    public static Move Plain(this WireRun run, Command command) => run.Palette.Valid(command)[0];

    /// <summary>The plainest mail data.</summary>
    public static Move PlainData(this WireRun run) => run.Palette.Data[0];

    /// <summary>What the reply to EHLO offers; null when it was not accepted or there is no such command.</summary>
    public static async Task<ServiceOffer?> OfferAsync(this WireRun run)
    {
        ServiceOffer? found = null;
        if (run.Model.Extended is { } extended)
        {
            await run.TalkAsync(async talk =>
            {
                var came = await talk.ExchangeAsync(run.Plain(extended));
                found = came.IsAccepted() ? ServiceOffer.Read(came.Reply!) : null;
                return WireOutcome.Kept;
            });
        }

        return found;
    }

    /// <summary>Plays behind the command that lists extensions, with what its reply offers.</summary>
    public static Task<WireOutcome> ExtendedAsync(this WireRun run, Func<WireTalk, ServiceOffer, Task<WireOutcome>> play) =>
        run.AlongAsync([run.Plain(run.Model.Extended!)], play);

    /// <summary>The same in a state, on a way that begins with that command; where the state reads mail data, before it is asked
    /// for.</summary>
    /// <param name="run">The run.</param>
    /// <param name="state">The state.</param>
    /// <param name="play">What is played there.</param>
    /// <param name="stops">What of an offer keeps the case from being played, before anything else is said; nothing when null.</param>
    public static Task<WireOutcome> OfferedAsync(
        this WireRun run,
        State state,
        Func<WireTalk, ServiceOffer, Task<WireOutcome>> play,
        Func<ServiceOffer, WireOutcome?>? stops = null
    ) =>
        run.ExtendedWay(state) is { } way
            ? run.AlongAsync(state == run.Model.Data ? [.. way.SkipLast(1)] : way, play, stops)
            : run.TalkAsync(_ => Task.FromResult(WireOutcome.Undecided($"no way to {state} is known on this server")));

    private static Task<WireOutcome> AlongAsync(
        this WireRun run,
        IReadOnlyList<Move> way,
        Func<WireTalk, ServiceOffer, Task<WireOutcome>> play,
        Func<ServiceOffer, WireOutcome?>? stops = null
    ) =>
        run.TalkAsync(async talk =>
        {
            var came = await talk.ExchangeAsync(way[0]);
            if (!came.IsAccepted())
            {
                return WireOutcome.Undecided($"{way[0]} drew {came}");
            }

            var offer = ServiceOffer.Read(came.Reply!);
            return stops?.Invoke(offer) ?? await talk.FollowAsync(way.Skip(1)) ?? await play(talk, offer);
        });

    /// <summary>The way to a state that begins with EHLO, where the way known begins with what leads to the same state; null where there
    /// is none.</summary>
    public static IReadOnlyList<Move>? ExtendedWay(this WireRun run, State to)
    {
        var (model, state) = (run.Model, run.Model.Opened);
        var way = run.Options.Access(to);
        for (var index = 0; index < way?.Count; index++)
        {
            var next = After(state, way[index].Command);
            if (
                model.Extended is { } extended
                && next is not null
                && After(state, extended) == next
                && way[index].Command.OnAccept.SequenceEqual(extended.OnAccept)
            )
            {
                return [run.Plain(extended), .. way.Skip(index + 1)];
            }

            state = next ?? state;
        }

        return null;

        State? After(State from, Command command) => model.Table.From(from, command).FirstOrDefault(edge => edge.Exchange.IsAccepted)?.To;
    }

    /// <summary>What a reply says that leaves a case undecided: the server is going, or wants nothing of it now.</summary>
    public static WireOutcome? Policy(this WireRun run, Observation came) =>
        came.Code == run.Model.Table.Faults.Closing || came.IsTransient() ? WireOutcome.Undecided($"the server's policy: {came}") : null;

    /// <summary>Whether a reply finds fault with the line or the command, so that it cannot be meant for one that was accepted a moment
    /// ago.</summary>
    public static bool IsAboutTheLine(this WireRun run, Observation came) => came.IsRefusal() && run.Model.Table.Faults is var faults
        && (came.Code == faults.Unrecognized || came.Code == faults.NotAcceptable || came.Code == faults.NotImplemented);

    /// <summary>
    /// What a case finds of inputs in one packet, as far as they draw something else one by one: what a server does in lockstep too is
    /// no matter of packets.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="together">Plays them in one packet.</param>
    /// <param name="oneByOne">Plays them in lockstep: kept where they draw what the packet was to draw, otherwise what they drew. It is
    /// played only where the packet is about to be accused.</param>
    public static async Task<WireOutcome> UnlikeLockstepAsync(
        this WireRun run,
        Func<WireRun, Task<WireOutcome>> together,
        Func<WireRun, Task<WireOutcome>> oneByOne
    )
    {
        var outcome = await together(run);
        if (outcome.Standing is not Standing.Broken)
        {
            return outcome;
        }

        var alone = await run.AsideAsync(oneByOne);
        return alone == WireOutcome.Kept
            ? outcome
            : WireOutcome.Undecided($"{outcome.Reason}, and one by one {alone.Reason}: it is so without a packet too");
    }

    /// <summary>Sends moves one after the other, which all have to be answered, and these accepted; kept when they were.</summary>
    public static async Task<WireOutcome> LockstepAsync(this WireTalk talk, IEnumerable<Move> moves, Func<Move, bool>? isToBeTaken = null)
    {
        foreach (var move in moves)
        {
            var came = await talk.ExchangeAsync(move);
            if (came.Kind is not ObservationKind.Reply || ((isToBeTaken?.Invoke(move) ?? true) && !came.IsAccepted()))
            {
                return WireOutcome.Undecided($"{move} draws {came}");
            }
        }

        return WireOutcome.Kept;
    }

    /// <summary>Ends the session: the reply that came though nothing was left to answer; null when there was none. It waits for nothing
    /// but the end.</summary>
    public static async Task<Observation?> TooManyAsync(this WireRun run, WireTalk talk)
    {
        await talk.WriteAsync(run.Plain(run.Model.Ending).Text + "\r\n");
        List<Observation> all = [];
        while (all.Count < 100 && await talk.ReadAsync() is { Kind: ObservationKind.Reply } came)
        {
            all.Add(came);
        }

        // what came before stands before the reply to the command that ends the session
        return all.Count > 1 && !run.Model.Table[run.Model.Ending].Replies.Accepting.Contains(all[0].Code) ? all[0] : null;
    }

    /// <summary>Sends something that is one command, whatever the server makes of it: one reply has to come, and one to the next
    /// command.</summary>
    /// <param name="run">The run.</param>
    /// <param name="talk">The connection.</param>
    /// <param name="octets">The command with its CRLF.</param>
    /// <param name="what">What it is, for the reason.</param>
    /// <param name="leave">How far to close on it is taken for the server's defence (RFC 5321 7.8).</param>
    /// <param name="end">What ends it for certain, where it may take a server long to answer; null for a command line.</param>
    public static async Task<WireOutcome> InStepAsync(
        this WireRun run,
        WireTalk talk,
        string octets,
        string what,
        Leave leave = Leave.None,
        string? end = null
    )
    {
        await talk.WriteAsync(octets);
        return await run.OneReplyAsync(talk, what, leave, end);
    }

    /// <inheritdoc cref="InStepAsync"/>
    public static async Task<WireOutcome> OneReplyAsync(
        this WireRun run,
        WireTalk talk,
        string what,
        Leave leave = Leave.None,
        string? end = null
    )
    {
        const string Expected = "one reply, and one to the command after it";
        var first = await talk.AwaitAsync();
        if (first.Kind is ObservationKind.Silence && run.IsHasty)
        {
            return WireOutcome.Undecided($"{what} is not answered at once");
        }

        if (first.Kind is ObservationKind.Silence)
        {
            // it is slow, or waits for more: then the certain end, or another command, draws the one reply there is
            await talk.WriteAsync(end ?? run.Plain(run.Model.Nothing).Text + "\r\n");
            var late = await talk.ReadAsync();
            var more = await talk.DrainAsync();
            return late.Kind is ObservationKind.Silence || more.Count > 0
                ? WireOutcome.Undecided($"{what} is not answered in time")
                : WireOutcome.Broken(
                    end is null ? $"{what} is not answered" : $"{what} is not answered until it is ended again",
                    Expected,
                    $"{first}"
                );
        }

        if (first.Code == run.Model.Table.Faults.Closing)
        {
            return WireOutcome.Chosen($"{what} draws {first}");
        }

        if (first.Kind is not ObservationKind.Reply)
        {
            return first.Kind is ObservationKind.Closed && leave is Leave.Silently
                ? WireOutcome.Chosen($"the server closes the channel on {what}")
                : WireOutcome.Broken($"{what} is not answered", Expected, $"{first}");
        }

        var extra = await talk.DrainAsync();
        if (extra.Count > 0 && extra[0].Code == run.Model.Table.Faults.Closing)
        {
            return WireOutcome.Chosen($"{what} draws {first}, and then {extra[0]}");
        }

        if (extra.Count > 0)
        {
            return WireOutcome.Broken($"{what} draws more than one reply", Expected, $"{first}, and then {extra[0]}");
        }

        var next = await talk.ExchangeAsync(run.Plain(run.Model.Nothing));
        if (next.Kind is not ObservationKind.Reply)
        {
            return next.Kind is ObservationKind.Closed && (leave is Leave.Silently || (leave is Leave.AfterRefusal && first.IsRefusal()))
                ? WireOutcome.Chosen($"the server closes the channel on {what}, after {first}")
                : WireOutcome.Broken($"after {what} and its reply {first.Code} the session does not go on", Expected, $"{next}");
        }

        extra = await talk.DrainAsync();
        return extra.Count == 0 ? WireOutcome.Kept
            : WireOutcome.Broken($"after {what} replies and commands are out of step", Expected, $"{next}, and then {extra[0]}");
    }
}

/// <summary>How far a server may close the channel on something to defend itself (RFC 5321 7.8).</summary>
internal enum Leave
{
    None,

    /// <summary>Behind a reply that refuses it.</summary>
    AfterRefusal,

    /// <summary>Without a word, too.</summary>
    Silently,
}
