using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>From what was found in each state to a result for each case.</summary>
internal sealed class TestRun(
    CaseCatalogue catalogue,
    TestOptions options,
    Inputs inputs,
    Prober prober,
    Workers workers,
    Resolution resolution
)
{
    private IReadOnlyList<string> _changing = [];

    private IReadOnlyDictionary<State, Row> Rows => resolution.Rows;

    private TransitionTable Table => catalogue.Table;

    /// <summary>What was made of each line that was tried in a state.</summary>
    public IReadOnlyList<TriedLine> Tried { get; private set; } = [];

    /// <summary>What the reply to the newest greeting command lists.</summary>
    public IReadOnlyList<string> Extensions => Listing()?.Last?.Came.Reply is not { } reply ? []
        : [.. Protocol.ServiceOffer.Read(reply).Services.Select(service => Printable.Text(service.ToString()))];

    /// <summary>The states that were not reached though the depth has them, and why.</summary>
    public IReadOnlyList<string> Missing =>
        [
            .. Table
                .States.Where(state =>
                    !Rows.ContainsKey(state)
                    && inputs.Visits(state)
                    && Table.Reads(state) is Reading.Commands
                    && Paths.Shortest(Table)[state].All(edge => edge.Exchange.IsAccepted)
                    && CaseDepth.Of(Table, state, null) <= options.Depth
                )
                .Select(state => $"{state} was not reached: {resolution.Unreached(state)}"),
        ];

    /// <summary>What came where a mailbox was named that is refused, and is not: what is asked of refusals then rests on less.</summary>
    public IEnumerable<string> Taken =>
        Rows
            .Values.SelectMany(row => row.Cells)
            .Where(cell =>
                cell.Trial.Case.Kind is CaseKind.Refused
                && cell.Probe.Last?.Came.IsAcceptance() is true
                && cell.Trial.Move.Text.EndsWith($":<{options.Palette.BadRecipient}>", StringComparison.Ordinal)
            )
            .Take(1)
            .Select(cell =>
                $"{cell.Trial.Move} draws {cell.Probe.Last!.Came}: refused recipients were not tried; name a mailbox that is refused with "
                    + $"--bad-rcpt"
            );

    /// <summary>What is listed in some replies to EHLO and not in others, of what is tested.</summary>
    public IEnumerable<string> Changing =>
        _changing.Count == 0
            ? []
            :
            [
                $"the offer changes: {string.Join(", ", _changing)} {(_changing.Count == 1 ? "is" : "are")} listed in some replies to "
                    + $"{Table.Listing} and not in others",
            ];

    public async Task<IReadOnlyList<CaseResult>> ResultsAsync(ProbeResult greeted, Reception reception, CancellationToken cancellation)
    {
        if (greeted.Greeting.Kind is not ObservationKind.Reply || reception.IsMute)
        {
            return
            [
                .. catalogue
                    .Cases.Where(IsSelected)
                    .Select(one =>
                        one.Kind is CaseKind.Greeting ? Greeting(one, greeted)
                        : one.Depth > options.Depth ? TooDeep(one)
                        : new CaseResult(
                            one,
                            CaseVerdict.Inconclusive,
                            reception.IsMute ? "the server answers nothing" : "the server does not greet"
                        )
                    ),
            ];
        }

        var verification = new Verification(prober.Oracle, Rows, prober, inputs, options.Depth);
        var steadiness = new Steadiness(Table, inputs, options.Palette, prober);
        var judge = new CellJudge(Table, prober.Conduct, options);
        var cells = Rows
            .Values.SelectMany(row => row.Cells.Select(cell => (Row: row, cell.Trial, cell.Probe)))
            .Where(cell => IsSelected(cell.Trial.Case))
            .ToList();
        var checks = await workers.AllAsync(
            cells.Count,
            at =>
                OwnFault.WatchAsync(Table.Profile.Name, cells[at].Probe.Session, async () =>
                    NeedsCheck(cells[at].Probe)
                        ? await verification.CheckAsync(cells[at].Row, cells[at].Trial, cells[at].Probe, cancellation)
                        : null
                ),
            cancellation
        );
        checks =
        [
            .. cells.Zip(checks, (cell, check) =>
                check is { Whereabouts: Whereabouts.Differs }
                && cells
                    .Zip(checks)
                    .Any(other =>
                        other.Second is { Whereabouts: Whereabouts.Differs } like
                        && like.Reason == check.Reason
                        && IsPlainOf(cell, other.First)
                    )
                    ? check with
                    {
                        Whereabouts = Whereabouts.Undecided,
                        Reason = $"the plain {cell.Trial.Move.Command} does the same: {check.Reason}",
                    }
                    : check
            ),
        ];
        var lost = Lost(cells.Zip(checks, (cell, check) => (cell.Probe.Moves, check)));
        var confirmed = await workers.AllAsync(
            cells.Count,
            at =>
                OwnFault.WatchAsync(Table.Profile.Name, cells[at].Probe.Session, async () =>
                    lost.Find(way => cells[at].Row.IsBehind(way.Way)) is { Way: not null } way
                        ? new CaseResult(
                            cells[at].Trial.Case,
                            CaseVerdict.Inconclusive,
                            $"{cells[at].Row.State} was not reached: {way.Reason}"
                        )
                        : await ConfirmAsync(
                            await steadiness.LookAsync(
                                judge.Judge(cells[at].Trial, cells[at].Probe, Controls(cells[at].Row, cells[at].Trial), checks[at]),
                                cells[at].Row,
                                cells[at].Trial,
                                cells[at].Probe,
                                cancellation
                            ),
                            cells[at].Probe,
                            cancellation
                        )
                ),
            cancellation
        );
        Tried = [.. cells.Zip(confirmed, (cell, result) => new TriedLine(cell.Row, cell.Trial, result))];
        var byCase = confirmed.GroupBy(result => result.Case.Id).ToDictionary(group => group.Key, Worst);
        var buffers = new BufferTrials(catalogue, Rows, verification, inputs, prober, options.Depth);
        var conduct = new ConductJudge(catalogue, prober, Rows, inputs);
        var selected = catalogue.Cases.Where(IsSelected).ToList();

        var examiner = new WireExaminer(catalogue.Table.Profile, new WireOptions
        {
            Access = state => Rows.GetValueOrDefault(state)?.Access,
            Palette = options.Palette,
            Depth = options.Depth,
            Patience = options.Patience,
            Retries = options.Retries,
            Door = prober.Door,
            Fence = prober.Fence,
            Greylisted = prober.Greylisted,
            Mutes = prober.Mutes,
        });

        // a line beyond the limit is taken in slowly and looked at several times: begun last, the others' end would wait for it
        List<TestCase> turns = [.. selected.OrderBy(one => one.Rule.Id == Rfc821Lines.OverTheLimit.Id ? 0 : 1)];

        // what is seen in all sessions is judged last
        var byTurn = await workers.AllAsync(turns.Count, at => OwnFault.WatchAsync(turns[at], async () => turns[at] switch
                    {
                        { Depth: var depth } one when depth > options.Depth => TooDeep(one),
                        { Kind: CaseKind.Cleared or CaseKind.Kept } one => await buffers.PlayAsync(one, cancellation),
                        { Kind: CaseKind.Wire } one => await WireAsync(examiner, one, cancellation),
                        { Kind: CaseKind.Greeting } one => Greeting(one, greeted),
                        { Kind: CaseKind.Listed } one => OfferJudge.Judge(one, Listing(), prober.Target is TcpTarget { Login: not null }),
                        { Kind: CaseKind.Conduct } one when one.Rule.Id == Spec.Rfc821.R2.Id => await conduct.ClosesAsync(
                            one,
                            inputs,
                            greeted,
                            cancellation
                        ),
                        { Kind: CaseKind.Conduct or CaseKind.Offered } => null,
                        var one => byCase.GetValueOrDefault(one.Id) ?? Unreached(one),
                    }), cancellation);
        var played = turns.Zip(byTurn).ToDictionary(pair => pair.First.Id, pair => pair.Second);
        examiner.IsAlone = true;
        List<CaseResult> all = [];
        foreach (var one in selected)
        {
            var result = examiner.IsCrowded(one) ? await WireAsync(examiner, one, cancellation) : played[one.Id];
            all.Add(Octets(result ?? await OwnFault.WatchAsync(one, () => conduct.JudgeAsync(one, cancellation))));
        }

        // a long session says nothing new where a short one has failed
        var failed = all.Find(result =>
            result.Verdict is CaseVerdict.Fail && result.Case.Kind is not (CaseKind.Wire or CaseKind.Offered or CaseKind.Argument)
        );
        // where a session itself changes what is offered, as by STARTTLS, the test is of that alone
        _changing = options.Scope is not null ? []
            : ChangingOffer.Among(Table, Rows.Values.SelectMany(row => row.Cells).Select(cell => cell.Probe));
        all = all.ConvertAll(Settled);
        return failed is null
            ? all
            : all.ConvertAll(result =>
                result.Verdict is CaseVerdict.Fail && result.Case.Kind is CaseKind.Wire && result.Case.Rule.Id == Rfc821Lines.Again.Id
                    ? Elsewhere(result, $"{failed.Case} has failed, which may be why")
                    : result
            );
    }

    private Controls Controls(Row row, Trial trial) =>
        new(row[inputs.Control(trial.Move.Command) ?? trial.Move], row.Drawn(trial.Case.Sample?.SameAs?.Invoke(options.Palette)));

    // the plain session that ends with the list of extensions
    private ProbeResult? Listing() =>
        Rows
            .Values.OrderBy(row => row.Access.Count)
            .SelectMany(row => row.Cells)
            .Where(cell => cell.Trial.Move.Command == Table.Listing && cell.Probe.Last?.Came.IsAcceptance() == true)
            .Select(cell => cell.Probe)
            .FirstOrDefault();

    // octets need a server behind a port
    private async ValueTask<CaseResult> WireAsync(WireExaminer examiner, TestCase one, CancellationToken cancellation)
    {
        if (!prober.IsRaw)
        {
            return new CaseResult(one, CaseVerdict.NotApplicable, "only a server behind a port takes octets");
        }

        return await prober.Pace.CountAsync(new ValueTask<CaseResult>(examiner.RunAsync(prober.Target, one, cancellation)));
    }

    // what plain sessions show is not said again of octets. The wire cases send a command that does nothing to see whether the
    // server is still in step: one that does not answer it as it should always seems out of step
    private CaseResult Octets(CaseResult result) =>
        result.Case.Kind is not CaseKind.Wire || result.Verdict is not (CaseVerdict.Fail or CaseVerdict.NonStrict) ? result
        : !result.Case.IsToldByItself && prober.Conduct.Breaks(new WireModel(Table.Profile).Nothing) is { } rule
            ? Elsewhere(result, $"the plainest command breaks {rule}, and the case needs it to tell")
        : result.Verdict is CaseVerdict.Fail && ClosesOtherwise(result)
            ? Elsewhere(result, $"the server closes the channel in plain sessions too, against {Table.Conduct.Closing}")
        : result;

    // sessions that look at what was done to a parameter may not have been offered it either
    private CaseResult Settled(CaseResult result) =>
        result is { Verdict: CaseVerdict.Fail or CaseVerdict.NonStrict, Case.Kind: not CaseKind.Listed }
        && ChangingOffer.About(Table, result, _changing) is { } changing
            ? Open(result, $"the offer changes: {changing} is not listed in every session")
            : result;

    private static CaseResult Open(CaseResult result, string why) =>
        result with
        {
            Verdict = CaseVerdict.Inconclusive,
            Reason = $"{why}: {result.Reason}",
        };

    // left open by another finding, and no more than that when it is played again
    private static CaseResult Elsewhere(CaseResult result, string why) =>
        Open(result, why) with
        {
            Evidence = result.Evidence is { } evidence ? evidence with { IsElsewhere = true } : null,
        };

    private bool ClosesOtherwise(CaseResult result) =>
        result.Evidence?.Came == new Observation(ObservationKind.Closed).ToString()
        && result.Case.Rule.Clause != Table.Conduct.Closing.Clause
        && prober.Conduct.Broken(Table.Conduct.Closing) is not null;

    // ways to a state that turned out to lead nowhere: what was tried behind them says nothing about that state
    private List<(IReadOnlyList<Move> Way, string Reason)> Lost(IEnumerable<(IReadOnlyList<Move> Moves, StateCheck? Check)> checks) =>
        [
            .. checks
                .Where(cell =>
                    cell.Check is { Whereabouts: Whereabouts.Differs } && Rows.Values.Any(row => row.Access.SequenceEqual(cell.Moves))
                )
                .Select(cell => (cell.Moves, cell.Check!.Reason)),
        ];

    /// <summary>What is made of a server that is gone behind a session.</summary>
    public static CaseResult Gone(TestCase one, PastSession last, int of)
    {
        last.Transcript.Add(
            new TranscriptLine(
                last.Transcript.Lines.Count > 0 ? last.Transcript.Lines[^1].State : "",
                null,
                "(the connection ends, and nobody listens any more)",
                Verdict.Fail
            )
        );
        return new CaseResult(
            one,
            CellJudge.Of(one.Rule),
            $"behind this session{Others(of)} the server is gone"
        )
        {
            Evidence = new Evidence(last.Transcript, "a server that goes on, however one session ends", "(nobody listens any more)")
            {
                Session = last.Session,
            },
        };
    }

    private static string Others(int of) => of switch
    {
        1 => "",
        2 => ", or the one that ended before or with it,",
        _ => $", or one of the {of - 1} that ended before or with it,",
    };

    /// <summary>A case that is not played at this depth.</summary>
    public static CaseResult TooDeep(TestCase one) =>
        new(one, CaseVerdict.NotApplicable, $"not decided at this depth: --depth {one.Depth.ToString().ToLowerInvariant()} decides it");

    private bool IsSelected(TestCase one) => options.Select?.Invoke(one) ?? true;

    // one cause is one finding: what a line does like the plain line of its command has nothing to do with how it is written
    private bool IsPlainOf((Row Row, Trial Trial, ProbeResult Probe) cell, (Row Row, Trial Trial, ProbeResult Probe) plain) =>
        plain.Row == cell.Row && cell.Trial.Case.Kind is CaseKind.Malformed && plain.Trial.Move == inputs.Plain(cell.Trial.Move.Command);

    private static bool NeedsCheck(ProbeResult probe) => probe.Violation is null && probe.Cut is null && probe.Last is not null;

    // several lines were tried for one case: the worst counts, and of several that say nothing one that does; a malformed line
    // that was taken is told though others were refused
    private static CaseResult Worst(IEnumerable<CaseResult> results) => results.MinBy(result => result.Verdict switch
    {
        CaseVerdict.Fail => 0,
        CaseVerdict.NonStrict => 1,
        CaseVerdict.Inconclusive => 2,
        CaseVerdict.Info when result.Case.Kind is CaseKind.Malformed => 3,
        CaseVerdict.Pass => 4,
        CaseVerdict.Info => 5,
        _ => 6,
    })!;

    // what is going to be reported has to show again
    private async ValueTask<CaseResult> ConfirmAsync(CaseResult result, ProbeResult probe, CancellationToken cancellation)
    {
        var shown = probe.Violation ?? CellJudge.Miscoded(probe);
        if (result.Verdict is not CaseVerdict.Fail || (shown is null && result.Case.Kind is not CaseKind.Argument))
        {
            return result;
        }

        if (shown is not { } violation)
        {
            var again = await prober.PlayAsync(probe.Moves, TimeSpan.Zero, cancellation);
            return again.Last?.Came.Code == probe.Last?.Came.Code ? result : Open(result, "seen once and not again");
        }

        return !await prober.ShowsAgainAsync(probe.Moves, violation.Key, cancellation) ? Open(result, "seen once and not again")
            : await ClosesAnywhereAsync(probe.Moves, violation, cancellation)
                ? Open(result, $"the server closes the channel now and then, which is for {Table.Conduct.Closing.Clause} to tell")
            : result;
    }

    // one that closes the channel now and then, whatever comes, does so behind its ending too, and hardly three times in a row
    private async ValueTask<bool> ClosesAnywhereAsync(IReadOnlyList<Move> moves, Violation violation, CancellationToken cancellation)
    {
        if (
            violation.Kind is not ViolationKind.Closed
            || violation.Rule == Table.Conduct.Closing
            || prober.Conduct.Broken(Table.Conduct.Closing) is null
        )
        {
            return false;
        }

        for (var times = 0; times < 3; times++)
        {
            if ((await prober.PlayAsync(moves, TimeSpan.Zero, cancellation)).Violation?.Key != violation.Key)
            {
                return true;
            }
        }

        return false;
    }

    private CaseResult Greeting(TestCase one, ProbeResult greeted)
    {
        var evidence = CellJudge.Evidence(
            greeted,
            Expectation.Of(Table, Table.Start, one.Command!, MoveKind.Valid),
            greeted.Greeting.ToString()
        );
        return greeted.Violation is { } violation
                ? new CaseResult(one, CellJudge.Of(violation.Rule ?? one.Rule), $"expected {violation.Expected}, came {violation.Came}")
                {
                    Evidence = evidence,
                }
            : greeted.Cut is { } cut ? new CaseResult(one, CaseVerdict.Inconclusive, cut) { Evidence = evidence }
            : new CaseResult(one, greeted.Greeted?.Verdict is Verdict.NonStrict ? CaseVerdict.NonStrict : CaseVerdict.Pass)
            {
                Evidence = evidence,
            };
    }

    private CaseResult Unreached(TestCase one)
    {
        var state = one.State!;
        if (Rows.ContainsKey(state))
        {
            return new CaseResult(one, CaseVerdict.NotApplicable, "there is nothing to try it with");
        }

        if (options.Scope is not null && resolution.IsBarred && state.Holds.Count > 0)
        {
            return new CaseResult(
                one,
                CaseVerdict.NotApplicable,
                $"the server lets nobody into a transaction there: {resolution.Unreached(state)}"
            );
        }

        // states that only a choice of the server leads to
        return Paths.Shortest(Table)[state].All(edge => edge.Exchange.IsAccepted)
            ? new CaseResult(one, CaseVerdict.Inconclusive, $"{state} was not reached: {resolution.Unreached(state)}")
            : new CaseResult(one, CaseVerdict.NotApplicable, $"{state}: this server does not go there");
    }
}

/// <summary>A line that was tried in a state, and what was made of it.</summary>
internal sealed record TriedLine(Row Row, Trial Trial, CaseResult Result);
