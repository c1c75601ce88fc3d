using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>Two sessions at a time: what is said in one does nothing to the other.</summary>
internal static class ApartCases
{
    private delegate Task<WireOutcome> Opening(Func<WireTalk, Task<WireOutcome>> play);

    public static void AddTo(CaseList list)
    {
        var model = list.Model;
        var state = model.Accepting(model.Forward.Command);
        foreach (var command in model.Table.Commands.Where(use => Touches(model, use)).Select(use => use.Command))
        {
            list.Add(
                Rfc821Lines.Apart,
                $"{command}-in-another-session-changes-nothing",
                $"{command} in one session does nothing to the transaction of another.",
                Depth.Envelope,
                run => UndisturbedAsync(run, command),
                state,
                command
            );
        }

        list.Add(
            Rfc821Lines.Apart,
            "a-transaction-belongs-to-its-session",
            "What needs a transaction is refused in a session that has none, whatever another session has.",
            Depth.Envelope,
            BorrowedAsync,
            model.Idle
        );
    }

    // those that every server has, that can be said where no transaction is open, and that do something to the buffers
    private static bool Touches(WireModel model, CommandUse use) => use.Command.Kind is InputKind.Line && use.Required
        && use.Command.OnAccept.Count > 0 && model.Table.IsInOrder(model.Idle, use.Command);

    private static async Task<WireOutcome> UndisturbedAsync(WireRun run, Command command)
    {
        if (run.Options.Access(run.Model.Data) is not { Count: > 0 } way)
        {
            return NoWay(run);
        }

        var last = way[^1];
        var alone = await run.TalkAsync(async talk => await talk.FollowAsync(way) ?? WireOutcome.Kept);
        return alone != WireOutcome.Kept ? alone : await run.TalkAsync(async talk =>
        {
            if (await talk.FollowAsync(way.SkipLast(1)) is { } stopped)
            {
                return stopped;
            }

            var other = await run.TalkAsync(async second =>
                await second.ReachAsync(run.Model.Idle) ?? await second.FollowAsync([run.Plain(command)]) ?? WireOutcome.Kept);
            if (other != WireOutcome.Kept)
            {
                return other;
            }

            // it was accepted behind the same commands just now
            var came = await talk.ExchangeAsync(last);
            return came.IsAccepted() ? WireOutcome.Kept
                : came.Kind is not ObservationKind.Reply || run.Policy(came) is not null ? WireOutcome.Undecided($"{last} drew {came}")
                : WireOutcome.Broken(
                    $"{last} is refused when {command} was said in another session",
                    "a reply that accepts it, as without the other session",
                    $"{came}"
                );
        });
    }

    private static async Task<WireOutcome> BorrowedAsync(WireRun run)
    {
        var model = run.Model;
        if (run.Options.Access(model.Data) is not { Count: > 0 } way)
        {
            return NoWay(run);
        }

        var needs = way.Where(move => model.Table.OutOfOrder(model.Idle, move.Command) is not null).ToList();
        var (alone, fault) = await AskAsync(run, run.TalkAsync, needs);
        return fault ?? await run.TalkAsync(async talk =>
        {
            if (await talk.FollowAsync(way.SkipLast(1)) is { } stopped)
            {
                return stopped;
            }

            (var beside, fault) = await AskAsync(run, run.TalkAsync, needs);
            var at = fault is null ? alone.Zip(beside).ToList().FindIndex(pair => pair.First.IsRefusal() && pair.Second.IsAccepted()) : -1;
            return fault ?? (at < 0 ? WireOutcome.Kept
                : WireOutcome.Broken($"{needs[at]} is accepted in a session without a transaction while another session has one",
                    $"{alone[at]}, as without the other session", $"{beside[at]}"));
        });
    }

    private static async Task<(List<Observation> Came, WireOutcome? Fault)> AskAsync(WireRun run, Opening open, List<Move> moves)
    {
        List<Observation> all = [];
        var outcome = await open(async talk =>
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

            var last = all[^1];
            return last.Kind is ObservationKind.Reply && run.Policy(last) is null
                ? WireOutcome.Kept
                : WireOutcome.Undecided($"{moves[all.Count - 1]} drew {last}");
        });
        return (all, outcome == WireOutcome.Kept ? null : outcome);
    }

    private static WireOutcome NoWay(WireRun run) => WireOutcome.Undecided($"no way to {run.Model.Data} is known on this server");
}
