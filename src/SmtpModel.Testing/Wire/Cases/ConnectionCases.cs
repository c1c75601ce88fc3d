using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>Connections that are cut, and what comes after QUIT.</summary>
internal static class ConnectionCases
{
    // how a session dies: within a line that has begun, once as if the client had ended and once as if it had crashed; and
    // crashed while nothing is under way
    private static readonly Death[] Within = [new(IsWithinLine: true, IsReset: false), new(IsWithinLine: true, IsReset: true)];
    private static readonly Death[] Behind = [new(IsWithinLine: false, IsReset: true)];

    public static void AddTo(CaseList list)
    {
        var model = list.Model;
        foreach (var state in model.Served)
        {
            list.Add(
                Rfc821Lines.Dropped,
                $"connection-dropped-in-{state}",
                $"After a connection was lost in {state} the next one begins from the beginning.",
                WireModel.DepthOf(state),
                run => DroppedAsync(run, state, Within),
                state
            );
            list.Add(
                Rfc821Lines.Dropped,
                $"connection-reset-in-{state}",
                $"After a connection was reset behind a reply in {state} the next one begins from the beginning.",
                WireModel.DepthOf(state),
                run => DroppedAsync(run, state, Behind),
                state
            );
        }

        list.Add(
            Rfc821Lines.AfterQuit,
            $"nothing-is-answered-after-{model.Ending}",
            $"A command after the reply to {model.Ending} is not answered, and the channel is closed.",
            Depth.Greeting,
            AfterQuitAsync,
            model.Idle,
            model.Ending
        );
    }

    private readonly record struct Death(bool IsWithinLine, bool IsReset);

    private static async Task<WireOutcome> DroppedAsync(WireRun run, State state, Death[] deaths)
    {
        var probes = Probes(run, state);
        var (before, fault) = await ProbeAsync(run, probes);
        if (fault is not null)
        {
            return fault;
        }

        foreach (var death in deaths)
        {
            var dropped = await run.TalkAsync(async talk =>
            {
                if ((state == run.Model.Opened ? null : await talk.ReachAsync(state)) is { } stopped)
                {
                    return stopped;
                }

                if (death.IsWithinLine)
                {
                    await talk.WriteAsync(
                        run.Model.Table.Reads(state) is Reading.Data
                            ? "Subject: cut off\r\n\r\nin the middle of a li"
                            : run.Plain(run.Model.Nothing).Text[..3]
                    );
                }

                // an end comes behind what was sent before it, and a reset may take away what was not read yet
                if (death is { IsWithinLine: true, IsReset: true })
                {
                    await talk.PauseAsync();
                }

                talk.Drop(death.IsReset);
                await talk.PauseAsync();
                return WireOutcome.Kept;
            });
            if (dropped != WireOutcome.Kept)
            {
                return dropped;
            }

            (var after, fault) = await ProbeAsync(run, probes);
            if (fault is not null)
            {
                return WireOutcome.Undecided($"after a connection was lost in {state}: {fault.Reason}");
            }

            for (var index = 0; index < before.Count; index++)
            {
                if (run.Policy(before[index]) is not null || (after.Count > index && run.Policy(after[index]) is not null))
                {
                    return WireOutcome.Undecided(
                        $"the server's policy: {probes[index]} drew {before[index]}, and then "
                            + $"{(after.Count > index ? after[index] : "nothing")}"
                    );
                }

                if (index >= after.Count || after[index].Kind is ObservationKind.Closed != before[index].Kind is ObservationKind.Closed)
                {
                    return WireOutcome.Undecided($"after a connection was lost in {state} the server closed a new one");
                }

                if (after[index].Kind != before[index].Kind || after[index].IsAccepted() != before[index].IsAccepted())
                {
                    return WireOutcome.Broken(
                        $"after a connection was lost in {state} a new one is not as it was before",
                        $"{before[index]} to {probes[index]}, as on a connection before",
                        $"{after[index]}"
                    );
                }
            }
        }

        return WireOutcome.Kept;
    }

    // what does nothing, and what is out of order in a new session but would be in order in the one that was lost: asking for
    // the mail data comes last, since it changes what is read
    private static List<Move> Probes(WireRun run, State state)
    {
        var table = run.Model.Table;
        // what a server takes though it is out of order would begin something, and not every depth allows that
        return run.Options.Depth < Depth.Envelope
            ? [run.Plain(run.Model.Nothing)]
            :
            [
                run.Plain(run.Model.Nothing),
                .. table
                    .Commands.Where(use =>
                        use.Command.Kind is InputKind.Line && use.Required && table.OutOfOrder(run.Model.Opened, use.Command) is not null
                    )
                    .Where(use =>
                        table.Reads(state) is Reading.Commands && table.From(state, use.Command).Any(edge => edge.Exchange.IsAccepted)
                    )
                    .OrderBy(use => table.From(state, use.Command).Any(edge => table.Reads(edge.To) is Reading.Data))
                    .Select(use => run.Plain(use.Command)),
            ];
    }

    private static async Task<(IReadOnlyList<Observation> Came, WireOutcome? Fault)> ProbeAsync(WireRun run, List<Move> probes)
    {
        List<Observation> all = [];
        var outcome = await run.TalkAsync(async talk =>
        {
            all.Clear();
            foreach (var probe in probes)
            {
                all.Add(await talk.ExchangeAsync(probe));
                if (all[^1].Kind is ObservationKind.Silence)
                {
                    // slow, or still waiting for the end of mail data that another connection began
                    await talk.WriteAsync(".\r\n");
                    return await talk.ReadAsync() is { Kind: ObservationKind.Reply }
                        ? WireOutcome.Kept
                        : WireOutcome.Undecided($"{probe} was not answered in time");
                }

                if (all[^1].Kind is not ObservationKind.Reply)
                {
                    break;
                }
            }

            return WireOutcome.Kept;
        });
        return (all, outcome == WireOutcome.Kept ? null : outcome);
    }

    private static Task<WireOutcome> AfterQuitAsync(WireRun run) => run.TalkAsync(async talk =>
    {
        var ending = run.Plain(run.Model.Ending);
        var came = await talk.ReachAsync(run.Model.Idle) ?? await talk.FollowAsync([ending]);
        if (came is not null)
        {
            return came;
        }

        var expected = $"nothing: {ending} has been answered";
        await talk.WriteAsync(run.Plain(run.Model.Nothing).Text + "\r\n");
        var after = await talk.EndAsync();
        return after.Kind switch
        {
            ObservationKind.Reply => WireOutcome.Broken($"a command after {ending} is answered", expected, $"{after}"),
            ObservationKind.Closed => WireOutcome.Kept,
            _ => await talk.ReadAsync() switch
            {
                { Kind: ObservationKind.Reply } late => WireOutcome.Broken(
                    $"a command after {ending} is answered",
                    expected,
                    $"{late}"
                ),
                { Kind: ObservationKind.Closed } => WireOutcome.Kept,
                _ => WireOutcome.Broken(
                    $"the channel stays open behind the reply to {ending}",
                    "the server closes the channel",
                    "(the channel is open, and nothing comes)"
                ),
            },
        };
    });
}
