using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Whole transactions, several in one session: in a later one each command has to be answered as it was in a session of its
/// own. That finds what a server does from the second time on, which no short session shows.
/// </summary>
internal static class RoundCases
{
    // what comes only behind two of them is a longer memory than a short test can look for
    private const int Rounds = 3;

    public static void AddTo(CaseList list)
    {
        foreach (var state in Stops(list.Model))
        {
            list.Add(
                Rfc821Lines.Again,
                $"again-in-{state}",
                $"In {state} a later transaction of a session goes as the first did.",
                Depth.Envelope,
                run => AgainAsync(run, state),
                state
            );
        }
    }

    // the states in which commands are read on the way to mail data, in the order in which one comes through them
    private static List<State> Stops(WireModel model) =>
        [
            .. model.Served.Where(state =>
                state != model.Opened
                && model.Table.Reads(state) is Reading.Commands
                && Paths.Shortest(model.Table)[model.Data].Any(edge => edge.From == state)
            ),
        ];

    private static async Task<WireOutcome> AgainAsync(WireRun run, State state)
    {
        var model = run.Model;
        if (run.Options.Access(model.Idle) is not { } idle || Stops(model).Find(stop => run.Options.Access(stop) is null) is not null)
        {
            return WireOutcome.Undecided("there is no way into a transaction on this server");
        }

        List<Visit> round = [];
        foreach (var stop in Stops(model))
        {
            // what does nothing at all is done in the one state only: each first time is a connection more
            foreach (var staying in Staying(run, stop).Where(move => stop == state || move.Command.OnAccept.Count > 0))
            {
                round.Add(await FirstAsync(run, stop, staying));
            }

            var onward = await OnwardAsync(run, stop);
            if (onward.Select(visit => visit.Stopped).FirstOrDefault(stopped => stopped is not null) is { } stopped)
            {
                return stopped;
            }

            if (
                onward.FirstOrDefault(visit => !visit.First.IsAccepted() && visit.Move.Kind is not MoveKind.Data) is
                { Move: { } move, First: var came }
            )
            {
                return WireOutcome.Undecided($"a transaction does not come to its end: in {stop} {move} draws {came}");
            }

            round.AddRange(onward);
        }

        // what is out of order is tried only in the state that it is about, and once: a server may count mistakes
        var refused = new List<Visit>();
        foreach (var move in OutOfOrder(run, state))
        {
            refused.Add(await FirstAsync(run, state, move));
        }

        var usual = round.Where(visit => visit.First.IsAccepted() || visit.Move.Kind is MoveKind.Data).ToList();
        var at = usual.FindIndex(visit => visit.State == state);
        List<Visit> rounds = [.. Enumerable.Repeat(usual, Rounds - 1).SelectMany(visits => visits)];
        var whole = await PlayAsync(run, idle, [.. rounds, .. usual[..at], .. refused.Where(visit => Stays(run, visit)), .. usual[at..]]);
        // a server may have had enough of refusals: without them there is no such excuse
        return
            whole.Standing is Standing.Undecided
            && run.Lost is null
            && await PlayAsync(run, idle, [.. rounds, .. usual]) is var plain
            && run.Lost is not null
            ? plain
            : whole;
    }

    // a refusal behind which the session is where it was, whatever the server
    private static bool Stays(WireRun run, Visit visit) => visit.First.IsRefusal()
        && run.Model.Oracle.Judge(StateSet.Of(run.Model.Table.IndexOf(visit.State)), visit.Move, visit.First.Code).After.IsSingle;

    private static Task<WireOutcome> PlayAsync(WireRun run, IReadOnlyList<Move> idle, List<Visit> visits) => run.TalkAsync(async talk =>
    {
        // the sessions before are what this one is held against
        run.Forget();
        return await talk.FollowAsync(idle) ?? await PlayAsync(run, talk, visits);
    });

    private static async Task<WireOutcome> PlayAsync(WireRun run, WireTalk talk, List<Visit> visits)
    {
        foreach (var (state, move, first) in visits)
        {
            var came = await talk.ExchangeAsync(move);
            if (came.Kind is ObservationKind.Reply && Answers.Of(first) == Answers.Of(came))
            {
                continue;
            }

            var isPolicy = came.Code == run.Model.Table.Faults.Closing || came.IsTransient()
                || (came.IsRefusal() && !run.Model.Table.IsPlacedByTheOrder(came.Code) && !run.IsAboutTheLine(came));
            if (isPolicy || came.Kind is not ObservationKind.Reply)
            {
                return WireOutcome.Undecided($"in a later transaction {move} drew {came}, which may be the server's policy");
            }

            // what a server would be free to do each time binds it no more for being done only later
            var rule = run.Model.Table.FindTolerated(state, move.Command / came.Code)?.Rule;
            var reason = $"in {state} {move} draws {came.Code} in a later transaction, and in the first {first.Code}";
            return WireOutcome.Broken(reason, $"{first}, as in the first transaction", $"{came}") with { Rule = rule };
        }

        return WireOutcome.Kept;
    }

    /// <summary>A command in a state, and what it draws there in a session of its own.</summary>
    private readonly record struct Visit(State State, Move Move, Observation First)
    {
        /// <summary>Why it could not be played; null when it was.</summary>
        public WireOutcome? Stopped { get; init; }
    }

    private static async Task<Visit> FirstAsync(WireRun run, State state, Move move)
    {
        Observation came = default;
        var outcome = await run.TalkAsync(async talk =>
        {
            if (await talk.ReachAsync(state) is { } stopped)
            {
                return stopped;
            }

            came = await talk.ExchangeAsync(move);
            return WireOutcome.Kept;
        });
        return new Visit(state, move, came) { Stopped = outcome == WireOutcome.Kept ? null : outcome };
    }

    // what is in order, is always there and leaves the session where it is
    private static IEnumerable<Move> Staying(WireRun run, State state) =>
        Required(run)
            .Where(command => run.Model.Table.From(state, command).Any(edge => edge.Exchange.IsAccepted && edge.To == state))
            .Select(run.Plain);

    private static IEnumerable<Move> OutOfOrder(WireRun run, State state) => Required(run)
        .Where(command => run.Model.Table.OutOfOrder(state, command) is not null).Select(run.Plain);

    private static IEnumerable<Command> Required(WireRun run) =>
        run.Model.Table.Commands.Where(use => use.Command.Kind is InputKind.Line && use.Required).Select(use => use.Command);

    // to the next state; from the last one to the end of the mail data, or out of the transaction where nothing may be delivered
    private static async Task<IReadOnlyList<Visit>> OnwardAsync(WireRun run, State state)
    {
        var model = run.Model;
        var next = Stops(model).Append(model.Data).SkipWhile(stop => stop != state).ElementAt(1);
        if (next != model.Data || run.Options.Depth >= Depth.Data)
        {
            var move = run.Plain(
                Required(run).First(command => model.Table.From(state, command).Any(edge => edge.Exchange.IsAccepted && edge.To == next))
            );
            var visit = await FirstAsync(run, state, move);
            return next != model.Data ? [visit] : [visit, await FirstAsync(run, model.Data, run.PlainData())];
        }

        var leaving = model
            .Idlers.Where(command => model.Table.From(state, command).Any(edge => edge.Exchange.IsAccepted && edge.To == model.Idle))
            .Select(run.Plain)
            .ToList();
        return leaving.Count == 0 ? [] : [await FirstAsync(run, state, leaving[0])];
    }
}
