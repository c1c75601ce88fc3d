using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>One session in lockstep, octet by octet, and in one packet where that is allowed: the replies agree.</summary>
internal static class PieceCases
{
    private const string Extension = "PIPELINING";

    public static void AddTo(CaseList list)
    {
        var model = list.Model;
        list.Add(
            Rfc821Lines.Pieces,
            "commands-octet-by-octet",
            "Commands sent one octet at a time draw the replies they draw whole.",
            Depth.Greeting,
            OctetsAsync
        );
        list.Add(
            Rfc821Lines.Pieces,
            "mail-data-octet-by-octet",
            "Mail data sent one octet at a time ends where it ends when sent whole.",
            Depth.Data,
            DataOctetsAsync,
            model.Data
        );
        if (model.Extended is not null)
        {
            list.Add(
                Spec.Rfc2920.W21,
                "commands-in-one-packet",
                "Commands sent in one packet draw the replies they draw in lockstep, where PIPELINING is offered.",
                Depth.Envelope,
                PacketAsync
            );
            list.Add(
                Spec.Rfc2920.W21,
                "commands-behind-the-mail-data",
                "Commands sent in one packet with mail data are answered after it, where PIPELINING is offered.",
                Depth.Data,
                run => run.UnlikeLockstepAsync(BehindDataAsync, BehindDataAloneAsync),
                model.Data
            );
        }
    }

    private static Task<WireOutcome> OctetsAsync(WireRun run)
    {
        var state = run.Options.Depth >= Depth.Envelope ? run.Model.Data : run.Model.Idle;
        if (run.Options.Access(state) is not { } way)
        {
            return Task.FromResult(WireOutcome.Undecided($"no way to {state} is known on this server"));
        }

        IReadOnlyList<Move> moves = state == run.Model.Data ? way : [.. way, run.Plain(run.Model.Nothing), run.Plain(run.Model.Ending)];
        return ComparedAsync(run, moves, "octet by octet", async talk =>
        {
            List<Observation> replies = [];
            foreach (var move in moves)
            {
                await talk.TrickleAsync(move.Octets);
                replies.Add(await talk.ReadAsync());
                if (replies[^1].Kind is not ObservationKind.Reply)
                {
                    break;
                }
            }

            return replies;
        });
    }

    private static async Task<WireOutcome> DataOctetsAsync(WireRun run)
    {
        var data = run.PlainData();
        var whole = await run.TalkAsync(async talk =>
            await talk.ReachAsync(run.Model.Data)
            ?? (
                await talk.ExchangeAsync(data) is var came && came.IsAccepted()
                    ? WireOutcome.Kept
                    : WireOutcome.Undecided($"the mail data drew {came}")
            )
        );
        return whole != WireOutcome.Kept
            ? whole
            : await run.TalkAsync(async talk =>
            {
                if (await talk.ReachAsync(run.Model.Data) is { } stopped)
                {
                    return stopped;
                }

                await talk.TrickleAsync(data.Octets);
                return await run.OneReplyAsync(talk, "mail data that came octet by octet", end: "X\r\n.\r\n");
            });
    }

    private static async Task<WireOutcome> PacketAsync(WireRun run)
    {
        if (await run.OfferAsync() is not { } offered || !offered.Lists(Extension))
        {
            return WireOutcome.NotApplicable($"{Extension} is not offered");
        }

        if (run.ExtendedWay(run.Model.Data) is not { } way)
        {
            return WireOutcome.Undecided($"no way to {run.Model.Data} is known on this server");
        }

        return await ComparedAsync(run, way, "in one packet", async talk =>
        {
            // the reply to the first has to come before the client may know that it may send the others together
            List<Observation> replies = [await talk.ExchangeAsync(way[0])];
            await talk.WriteAsync(string.Concat(way.Skip(1).Select(move => move.Text + "\r\n")));
            while (replies.Count < way.Count && replies[^1].Kind is ObservationKind.Reply)
            {
                replies.Add(await talk.ReadAsync());
            }

            return replies;
        });
    }

    private static Task<WireOutcome> BehindDataAloneAsync(WireRun run)
    {
        Move[] moves = [.. run.ExtendedWay(run.Model.Data) ?? [], run.PlainData(), run.Plain(run.Model.Nothing)];
        return run.TalkAsync(talk => talk.LockstepAsync(moves, _ => false));
    }

    private static async Task<WireOutcome> BehindDataAsync(WireRun run)
    {
        if (await run.OfferAsync() is not { } offered || !offered.Lists(Extension))
        {
            return WireOutcome.NotApplicable($"{Extension} is not offered");
        }

        if (run.ExtendedWay(run.Model.Data) is not { } way)
        {
            return WireOutcome.Undecided($"no way to {run.Model.Data} is known on this server");
        }

        return await run.TalkAsync(async talk =>
        {
            if (await talk.FollowAsync(way) is { } stopped)
            {
                return stopped;
            }

            await talk.WriteAsync(
                System.Text.Encoding.Latin1.GetString(run.PlainData().Octets.Span) + run.Plain(run.Model.Nothing).Text + "\r\n"
            );
            var end = await talk.ReadAsync();
            if (end.Kind is not ObservationKind.Reply || run.Policy(end) is not null)
            {
                return run.Policy(end)
                    ?? WireOutcome.Broken("mail data with a command behind it is not answered", "a reply to each", $"{end}");
            }

            var next = await talk.ReadAsync();
            return next.Kind is ObservationKind.Reply ? WireOutcome.Kept
                : WireOutcome.Broken("the command behind the mail data is not answered", "a reply to each", $"{end}, and then {next}");
        });
    }

    // whether they agree in being accepted or refused: the code may be chosen otherwise, and a 4yz may come at any time
    private static async Task<WireOutcome> ComparedAsync(
        WireRun run,
        IReadOnlyList<Move> moves,
        string how,
        Func<WireTalk, Task<List<Observation>>> otherwise
    )
    {
        var plain = await run.TalkAsync(async talk => await talk.FollowAsync(moves) ?? WireOutcome.Kept);
        return plain != WireOutcome.Kept
            ? plain
            : await run.TalkAsync(async talk =>
            {
                var replies = await otherwise(talk);
                for (var index = 0; index < replies.Count; index++)
                {
                    if (run.Policy(replies[index]) is { } policy)
                    {
                        return policy;
                    }

                    if (replies[index].Kind is ObservationKind.Closed)
                    {
                        return WireOutcome.Undecided($"the server closed the channel at {moves[index]}, {how}");
                    }

                    if (!replies[index].IsAccepted())
                    {
                        return WireOutcome.Broken(
                            $"{moves[index]} is accepted in lockstep, and not {how}",
                            "a reply that accepts it",
                            $"{replies[index]}"
                        );
                    }
                }

                var extra = moves[^1].Command == run.Model.Ending ? [] : await talk.DrainAsync();
                return extra.Count == 0
                    ? WireOutcome.Kept
                    : WireOutcome.Broken($"there are more replies than commands {how}", $"{moves.Count} replies", $"one more: {extra[0]}");
            });
    }
}
