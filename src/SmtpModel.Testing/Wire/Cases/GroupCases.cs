using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Groups of commands in one packet, where the profile lets them be sent (RFC 2920): each command draws the reply that it draws
/// alone, also behind one that is refused. Only groups that a client may send are sent: which inputs may stand where is asked of
/// the table.
/// </summary>
internal static class GroupCases
{
    public static void AddTo(CaseList list)
    {
        var table = list.Model.Table;
        if (table.Grouping is null || list.Model.Extended is null)
        {
            return;
        }

        var (order, kept) = (Rfc2920.PL2, Rfc2920.PL7);
        var (reverse, forward) = (list.Model.Reverse.Command, list.Model.Forward.Command);
        list.Add(
            kept,
            "group-with-a-refused-recipient",
            "Behind a refused recipient in a group every command draws the reply that it draws alone.",
            Depth.Envelope,
            run => ComparedAsync(run, [run.Plain(reverse), Bad(run), run.Plain(forward), Bad(run), run.Plain(run.Model.Nothing)]),
            command: forward
        );
        list.Add(
            kept,
            "group-with-a-refused-sender",
            "Behind a refused command in a group every command draws the reply that it draws alone.",
            Depth.Envelope,
            run => ComparedAsync(run, [run.Palette.Malformed(reverse)[0], run.Plain(forward), run.Plain(run.Model.Nothing)]),
            command: reverse
        );
        list.Add(order, "group-of-two-transactions", "A group may end a transaction and begin another.", Depth.Envelope, run =>
            ComparedAsync(run, [run.Plain(reverse), run.Plain(forward), .. Resetting(run), run.Plain(reverse), run.Plain(forward)])
        );
        list.Add(
            Rfc2920.PL6,
            "group-that-ends-with-a-recipient",
            "All replies to a group come when there is nothing more to read.",
            Depth.Envelope,
            run => ComparedAsync(run, [run.Plain(reverse), run.Plain(forward), run.Palette.Valid(forward)[1]])
        );
        list.Add(
            Rfc2920.PL3,
            "DATA-behind-refused-recipients-only",
            "DATA in a group behind recipients that were all refused is refused.",
            Depth.Envelope,
            run => run.UnlikeLockstepAsync(
                one => InVainAsync(one, isRefusedAtOnce: true),
                one => InVainAloneAsync(one, isRefusedAtOnce: true)
            ),
            list.Model.Data
        );
        list.Add(
            Rfc2920.PL4,
            "group-without-a-valid-recipient",
            "Behind refused recipients DATA is refused, or the end of data is.",
            Depth.Envelope,
            run => run.UnlikeLockstepAsync(
                one => InVainAsync(one, isRefusedAtOnce: false),
                one => InVainAloneAsync(one, isRefusedAtOnce: false)
            ),
            list.Model.Data
        );
        list.Add(
            Rfc2920.PL5,
            "reply-before-the-next-command-is-whole",
            "The reply to a command that must be the last of its group does not wait for more.",
            Depth.Greeting,
            run => run.UnlikeLockstepAsync(
                HeldBackAsync,
                one => one.ExtendedAsync((talk, _) => talk.LockstepAsync([one.Plain(one.Model.Nothing)], _ => false))
            ),
            command: list.Model.Nothing
        );
        list.Add(
            Rfc2920.PL1,
            "group-that-begins-with-mail-data",
            "Mail data and the next transaction may be sent in one packet.",
            Depth.Data,
            run => run.UnlikeLockstepAsync(BehindDataAsync, BehindDataAloneAsync),
            list.Model.Data
        );
    }

    private static Move Bad(WireRun run) => run.Palette.Refusable(run.Model.Forward.Command).First();

    // the commands without an argument that clear the buffers wherever they come, and may stand in the middle of a group: RSET
    private static IEnumerable<Move> Resetting(WireRun run) =>
        run.Model.Idlers.Where(command => command.OnAccept.Count > 0 && run.Model.Table.Grouped.Contains(command)).Select(run.Plain);

    // alone first: what this server answers there is what it has to answer in the group
    private static async Task<WireOutcome> ComparedAsync(WireRun run, IReadOnlyList<Move> group)
    {
        List<Observation> alone = [];
        var outcome = await run.ExtendedAsync(
            async (talk, _) =>
            {
                foreach (var move in group)
                {
                    alone.Add(await talk.ExchangeAsync(move));
                    if (alone[^1].Kind is not ObservationKind.Reply || run.Policy(alone[^1]) is not null)
                    {
                        return run.Policy(alone[^1]) ?? WireOutcome.Undecided($"{move} alone draws {alone[^1]}");
                    }
                }

                return WireOutcome.Kept;
            }
        );
        return outcome != WireOutcome.Kept
            ? outcome
            : await run.ExtendedAsync(
                async (talk, _) =>
                {
                    await talk.WriteAsync(string.Concat(group.Select(move => move.Text + "\r\n")));
                    for (var index = 0; index < group.Count; index++)
                    {
                        var came = await talk.ReadAsync();
                        if (run.Policy(came) is { } policy)
                        {
                            return policy;
                        }

                        if (came.Kind is not ObservationKind.Reply || came.IsAccepted() != alone[index].IsAccepted())
                        {
                            return WireOutcome.Broken(
                                $"{group[index]} draws {alone[index]} alone, and in a group {came}",
                                $"{alone[index]}",
                                $"{came}"
                            );
                        }
                    }

                    var extra = await talk.DrainAsync();
                    return extra.Count == 0
                        ? WireOutcome.Kept
                        : WireOutcome.Broken(
                            "there are more replies than commands in the group",
                            $"{group.Count} replies",
                            $"one more: {extra[0]}"
                        );
                }
            );
    }

    private static Move[] InVain(WireRun run) =>
        [run.Plain(run.Model.Reverse.Command), Bad(run), Bad(run), run.Plain(run.Model.Asking.Exchange.Command)];

    private static Task<WireOutcome> InVainAloneAsync(WireRun run, bool isRefusedAtOnce) =>
        run.ExtendedAsync(
            async (talk, _) =>
            {
                var group = InVain(run);
                if (await talk.LockstepAsync(group.SkipLast(1), _ => false) is var before && before != WireOutcome.Kept)
                {
                    return before;
                }

                var came = await talk.ExchangeAsync(group[^1]);
                return came.Kind is not ObservationKind.Reply || (isRefusedAtOnce && came.IsAccepted())
                    ? WireOutcome.Undecided($"{group[^1]} draws {came}")
                    : WireOutcome.Kept;
            }
        );

    private static Task<WireOutcome> InVainAsync(WireRun run, bool isRefusedAtOnce) =>
        run.ExtendedAsync(
            async (talk, _) =>
            {
                var group = InVain(run);
                await talk.WriteAsync(string.Concat(group.Select(move => move.Text + "\r\n")));
                List<Observation> replies = [];
                while (replies.Count < group.Length && (replies.Count == 0 || replies[^1].Kind is ObservationKind.Reply))
                {
                    replies.Add(await talk.ReadAsync());
                }

                if (replies[^1].Kind is not ObservationKind.Reply)
                {
                    return WireOutcome.Broken(
                        $"{group[replies.Count - 1]} in a group is not answered",
                        "a reply to each command",
                        $"{replies[^1]}"
                    );
                }

                if (replies.Find(came => run.Policy(came) is not null) is { Code: > 0 } policy)
                {
                    return run.Policy(policy)!;
                }

                if (!replies[0].IsAccepted() || replies[1].IsAccepted() || replies[2].IsAccepted())
                {
                    return WireOutcome.Undecided(
                        $"a sender that is taken and recipients that are not are needed: {string.Join("; ", replies)}"
                    );
                }

                if (!replies[3].IsAccepted())
                {
                    return WireOutcome.Kept;
                }

                if (isRefusedAtOnce)
                {
                    return WireOutcome.Broken("DATA is accepted though every recipient was refused", "a refusal", $"{replies[3]}");
                }

                // a client that learns of it too late sends a single dot, and nothing may be sent to anybody; a 250 does not say that
                // something was
                await talk.WriteAsync(".\r\n");
                var end = await talk.ReadAsync();
                return end.IsAccepted()
                        ? WireOutcome.Chosen(
                            $"a single dot behind the 354 draws {end}; that nothing is sent to anybody cannot be seen here"
                        )
                    : end.Kind is ObservationKind.Reply ? WireOutcome.Kept
                    : WireOutcome.Undecided($"a single dot behind the 354 draws {end}");
            }
        );

    private static Task<WireOutcome> HeldBackAsync(WireRun run) => run.ExtendedAsync(async (talk, _) =>
    {
        var nothing = run.Plain(run.Model.Nothing).Text;
        await talk.WriteAsync($"{nothing}\r\n{nothing[..2]}");
        var first = await talk.ReadAsync();
        if (first.Kind is not ObservationKind.Silence)
        {
            return WireOutcome.Kept;
        }

        // it may only be slow; where the rest brings both replies at once it has waited for it
        await talk.WriteAsync($"{nothing[2..]}\r\n");
        return (await talk.ReadAsync()).Kind is ObservationKind.Reply && (await talk.ReadAsync()).Kind is ObservationKind.Reply
            ? WireOutcome.Broken($"the reply to {nothing} comes only when the next command is whole", "a reply at once", $"{first}")
            : WireOutcome.Undecided($"{nothing} is not answered in time");
    });

    private static IEnumerable<Move>? WayToData(WireRun run) =>
        run.Options.Access(run.Model.Data)?.SkipWhile(move => run.Model.Table.Greeting.Contains(move.Command));

    private static Move[] Next(WireRun run) => [run.Plain(run.Model.Reverse.Command), run.Plain(run.Model.Forward.Command)];

    private static Task<WireOutcome> BehindDataAloneAsync(WireRun run) =>
        run.ExtendedAsync((talk, _) => talk.LockstepAsync([.. WayToData(run) ?? [], run.PlainData(), .. Next(run)]));

    private static Task<WireOutcome> BehindDataAsync(WireRun run) =>
        run.ExtendedAsync(
            async (talk, _) =>
            {
                if (WayToData(run) is not { } way || await talk.FollowAsync(way) is not null)
                {
                    return WireOutcome.Undecided($"{run.Model.Data} was not reached behind {run.Model.Extended}");
                }

                var next = Next(run);
                await talk.WriteAsync(
                    System.Text.Encoding.Latin1.GetString(run.PlainData().Octets.Span)
                        + string.Concat(next.Select(move => move.Text + "\r\n"))
                );
                for (var index = 0; index <= next.Length; index++)
                {
                    var came = await talk.ReadAsync();
                    if (run.Policy(came) is { } policy)
                    {
                        return policy;
                    }

                    if (!came.IsAccepted())
                    {
                        return index == 0 && came.Kind is ObservationKind.Reply
                            ? WireOutcome.Undecided($"the mail data drew {came}")
                            : WireOutcome.Broken(
                                $"{(index == 0 ? "mail data" : next[index - 1])} in one packet with what is around it draws {came}",
                                "a reply that accepts it",
                                $"{came}"
                            );
                    }
                }

                return WireOutcome.Kept;
            }
        );
}
