using SmtpModel.Machines;

namespace SmtpModel.Testing;

/// <summary>Two sessions at a time: what is said in one does nothing to the other.</summary>
internal static class ApartCases
{
    public static void AddTo(CaseList list)
    {
        var model = list.Model;
        foreach (var use in model.Table.Commands.Where(use => Touches(model, use)))
        {
            list.Add(WireRules.Apart, $"{use.Command}-in-another-session-changes-nothing", $"{use.Command} in one session does nothing to the transaction of another.", Depth.Envelope,
                run => UndisturbedAsync(run, use.Command), model.Accepting(model.Forward.Command), use.Command);
        }

        list.Add(WireRules.Apart, "a-transaction-belongs-to-its-session", "What needs a transaction is refused in a session that has none, whatever another session has.", Depth.Envelope, BorrowedAsync, model.Idle);
    }

    // those that every server has, that can be said where no transaction is open, and that do something to the buffers
    private static bool Touches(WireModel model, CommandUse use) => use.Command.Kind is InputKind.Line && use.Required && use.Command.OnAccept.Count > 0 && model.Table.IsInOrder(model.Idle, use.Command);

    private static Task<WireOutcome> UndisturbedAsync(WireRun run, Command command)
    {
        if (run.Options.Access(run.Model.Data) is not { Count: > 0 } way)
        {
            return Task.FromResult(WireOutcome.Undecided($"no way to {run.Model.Data} is known on this server"));
        }

        return run.TalkAsync(async talk =>
        {
            if (await talk.FollowAsync(way.SkipLast(1)) is { } stopped)
            {
                return stopped;
            }

            var other = await run.TalkAsync(async second => await second.ReachAsync(run.Model.Idle) ?? await second.FollowAsync([run.Plain(command)]) ?? WireOutcome.Kept);
            if (other != WireOutcome.Kept)
            {
                return other;
            }

            // it was accepted behind the same commands before
            var came = await talk.ExchangeAsync(way[^1]);
            return came.IsAccepted() ? WireOutcome.Kept
                : came.Kind is not ObservationKind.Reply || run.Policy(came) is not null ? WireOutcome.Undecided($"{way[^1]} drew {came}")
                : WireOutcome.Broken($"{way[^1]} is refused when {command} was said in another session", "a reply that accepts it, as without the other session", $"{came}");
        });
    }

    private static async Task<WireOutcome> BorrowedAsync(WireRun run)
    {
        var model = run.Model;
        if (run.Options.Access(model.Data) is not { Count: > 0 } way)
        {
            return WireOutcome.Undecided($"no way to {model.Data} is known on this server");
        }

        var needs = way.Where(move => model.Table.OutOfOrder(model.Idle, move.Command) is not null).ToList();
        var (alone, fault) = await AskAsync(run, needs);
        return fault ?? await run.TalkAsync(async talk =>
        {
            if (await talk.FollowAsync(way.SkipLast(1)) is { } stopped)
            {
                return stopped;
            }

            (var beside, fault) = await AskAsync(run, needs);
            var at = fault is null ? alone.Zip(beside).ToList().FindIndex(pair => pair.First.IsRefusal() && pair.Second.IsAccepted()) : -1;
            return fault ?? (at < 0 ? WireOutcome.Kept
                : WireOutcome.Broken($"{needs[at]} is accepted in a session without a transaction while another session has one", $"{alone[at]}, as without the other session", $"{beside[at]}"));
        });
    }

    private static async Task<(List<Observation> Came, WireOutcome? Fault)> AskAsync(WireRun run, List<Move> moves)
    {
        List<Observation> all = [];
        var outcome = await run.TalkAsync(async talk =>
        {
            all.Clear();
            if (await talk.ReachAsync(run.Model.Idle) is { } stopped)
            {
                return stopped;
            }

            foreach (var move in moves)
            {
                all.Add(await talk.ExchangeAsync(move));
                if (!all[^1].IsRefusal() || run.Policy(all[^1]) is not null)
                {
                    break;
                }
            }

            return all[^1].Kind is not ObservationKind.Reply || run.Policy(all[^1]) is not null ? WireOutcome.Undecided($"{moves[all.Count - 1]} drew {all[^1]}") : WireOutcome.Kept;
        });
        return (all, outcome == WireOutcome.Kept ? null : outcome);
    }
}
