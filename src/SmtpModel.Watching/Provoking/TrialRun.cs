using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Watching;

/// <summary>What is known of a client while it is tried: the plain scenario, with which all others are compared, and what came of
/// them.</summary>
internal sealed class TrialRun(TrialOptions options)
{
    // said once of a client, apart from the scenarios: many hang up on errors, and it is the same habit everywhere
    private static readonly Rule[] OnParting = [ClientRules.Quit, ClientRules.Farewell];
    private readonly List<ScenarioResult> _results = [];
    private readonly List<(Blame Blame, string Scenario)> _partings = [];
    private readonly HashSet<(State, Command, int)> _answered = [];
    private readonly List<string> _notes = [];
    private readonly List<string> _serverFaults = [];
    private ScenarioJudge? _judge;
    private ScenarioResult? _plain;
    private long _sessions;
    private long _exchanges;

    /// <summary>How many recipients the client has.</summary>
    public int Recipients { get; private set; }

    /// <summary>Why nothing more is played; null while it is.</summary>
    public string? Stopped { get; private set; }

    /// <summary>Takes the plain scenario.</summary>
    public void Begin(Played played)
    {
        Count(played);
        var messages = Taken(played).ToList();
        Recipients = messages.Count > 0 ? played.Sessions.First(session => session.Messages.Count > 0).Tried.Count : 0;
        var isTold = played.Exit?.Code is { } code && options.SuccessExits.Contains(code);
        _judge = new ScenarioJudge(options, played, isTold);
        var blames = _judge.Follow(played);
        _plain = Result(played, blames.Count == 0 ? CaseVerdict.Pass : Worst(blames), blames.Count == 0 ? "" : blames[0].What, blames);
        if (messages.Count > 0)
        {
            Note(played, isTold);
            return;
        }

        Stopped =
            played.Sessions.Count == 0
                ? $"the client never connected{Ended(played)}"
                : $"the client delivered nothing where all was accepted{Ended(played)}";
        _plain = Result(
            played,
            blames.Any(blame => blame.Verdict is CaseVerdict.Fail) ? CaseVerdict.Fail : CaseVerdict.Inconclusive,
            Stopped,
            blames
        );
    }

    /// <summary>Whether something is wrong that has to show twice.</summary>
    public bool IsToBeConfirmed(Played played) =>
        _judge!.Judge(played).Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict or CaseVerdict.Inconclusive;

    /// <summary>Takes a scenario, and what came of it when it was played again.</summary>
    public void Add(Played played, Played? again)
    {
        var (verdict, reason, blames) = _judge!.Judge(played);
        Count(played);
        if (again is not null)
        {
            Count(again);
            var (second, secondReason, twice) = _judge.Judge(again);
            var kept = blames.Where(blame => twice.Any(other => (other.Rule.Id, other.What) == (blame.Rule.Id, blame.What))).ToList();
            (verdict, reason) =
                kept.Count > 0 ? (Worst(kept), kept[0].What)
                : blames.Count + twice.Count > 0
                    ? (CaseVerdict.Inconclusive, $"once only of two times: {(blames.Count > 0 ? blames : twice)[0].What}")
                : (second, secondReason);
            (blames, played) = (kept, again);
        }

        var result = Result(played, verdict, reason, blames);
        _results.Add(result);
        options.Told?.Invoke(result);
    }

    /// <summary>What came of it all.</summary>
    public TrialReport Report(string client, IReadOnlyList<Scenario> selected, TimeSpan elapsed)
    {
        var table = options.Profile.Table;
        var plain = PlainSession.Of(table);
        var due = plain
            .Concat(PlainSession.Besides(table, plain))
            .SelectMany(place => PlainSession.Codes(table, place).Select(code => (State: Apart(place.State), place.Command, Code: code)))
            .Distinct()
            .ToList();
        var open = due.Where(one => !_answered.Contains((one.State, one.Command, one.Code))).ToList();
        return new TrialReport(client, options.Profile, [.. selected.Any(one => one.IsPlain) ? new[] { _plain! } : [], .. _results])
        {
            Plain = _plain!,
            Stopped = Stopped,
            Partings =
            [
                .. _partings
                    .GroupBy(one => one.Blame.Rule.Id)
                    .Select(group => new Parting(
                        group.First().Blame,
                        [.. group.Select(one => one.Scenario).Distinct().Order(StringComparer.Ordinal)]
                    )),
            ],
            Coverage = new TrialCoverage(
                due.Count - open.Count,
                due.Count,
                [.. open.Select(one => $"{one.State}: {one.Command} / {one.Code}")]
            ),
            Notes = _notes,
            ServerFaults = _serverFaults,
            Sessions = _sessions,
            Exchanges = _exchanges,
            Elapsed = elapsed,
        };
    }

    internal static IEnumerable<TrialMessage> Taken(Played played) =>
        played.Sessions.SelectMany(session => session.Messages).Where(message => message.IsTaken);

    private void Note(Played played, bool isTold)
    {
        if (Recipients < 3)
        {
            _notes.Add(
                $"the client sends to {(Recipients == 1 ? "one recipient" : "two recipients")}; with three of them more can be tried"
            );
        }

        if (played.Exit is null || options.SuccessExits.Count == 0)
        {
            _notes.Add("what the client tells its user is not judged, for there is no exit status to go by");
        }
        else if (!isTold)
        {
            _notes.Add(
                $"the client ends with exit status {played.Exit.Code} where all was accepted, so what its exit status says is not judged; "
                    + $"--success-exit says which one is success"
            );
        }
    }

    private void Count(Played played)
    {
        foreach (var session in played.Sessions)
        {
            _sessions++;
            _exchanges += session.Log.Exchanges;

            // one that was ended by a signal has not closed the channel on purpose
            _partings.AddRange(
                session
                    .Log.All.Where(blame =>
                        blame.Side is Side.Client && IsOfParting(blame) && played.Exit is not { Code: > 128 and < 160 }
                    )
                    .Select(blame => (blame, played.Scenario.Id))
            );
            _serverFaults.AddRange(
                session
                    .Log.All.Where(blame => blame.Side is Side.Server && !IsMeant(blame, played.Scenario))
                    .Select(blame => $"{played.Scenario.Id}: {blame}")
            );
        }

        _answered.UnionWith(played.Answered.Select(one => (Apart(one.State), one.Command, one.Code)));
    }

    // whether TLS and a login came before is no matter of the place
    private static State Apart(State state) => state.Of ?? state;

    // a connection that is dropped, and a code that is in no row, is what the scenario is about
    private bool IsMeant(Blame blame, Scenario scenario) =>
        blame.Rule == options.Profile.Table.Conduct.Closing
        || scenario.Answers.Any(answer => answer.What.Hangup is not Hangup.None)
        || scenario.Answers.Any(answer => answer.What.Code is { } code && blame.What.Contains($"drew {code}", StringComparison.Ordinal));

    internal static bool IsOfParting(Blame blame) => OnParting.Contains(blame.Rule);

    internal static CaseVerdict Worst(IReadOnlyList<Blame> blames) =>
        blames.Any(blame => blame.Verdict is CaseVerdict.Fail) ? CaseVerdict.Fail
        : blames.Any(blame => blame.Verdict is CaseVerdict.NonStrict) ? CaseVerdict.NonStrict
        : CaseVerdict.Info;

    private static string Ended(Played played) => played.Exit switch
    {
        null => "",
        { Code: null } => ", and did not end in time",
        { Code: { } code, Output: { Count: > 0 } output } => $", and ended with exit status {code}: {output[^1]}",
        { Code: { } code } => $", and ended with exit status {code}",
    };

    private static ScenarioResult Result(Played played, CaseVerdict verdict, string reason, IReadOnlyList<Blame> blames) =>
        new(played.Scenario, verdict, reason)
        {
            Blames =
            [
                .. blames.OrderBy(blame =>
                    blame.Verdict switch
                    {
                        CaseVerdict.Fail => 0,
                        CaseVerdict.NonStrict => 1,
                        _ => 2,
                    }
                ),
            ],
            Lines = [.. played.Sessions.SelectMany(session => session.Lines)],
            Connections = played.Sessions.Count,
            Accepted = Taken(played).Count(),
            ExitStatus = played.Exit?.Code,
            Output = played.Exit?.Output ?? [],
        };
}
