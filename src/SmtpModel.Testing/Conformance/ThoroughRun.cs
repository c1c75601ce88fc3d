namespace SmtpModel.Testing.Engine;

/// <summary>
/// Spends a given time on states that the profile has not: sessions that repeat what they do, and go on behind it. What is wrong in one of
/// them is a fault of the case that it is about, which a short session has passed.
/// </summary>
/// <param name="catalogue">The cases.</param>
/// <param name="options">How the server is tested.</param>
/// <param name="prober">What the cases were played with.</param>
internal sealed class ThoroughRun(CaseCatalogue catalogue, TestOptions options, Prober prober)
{
    // as many different ones are more than anybody reads before mending some
    private const int MostFindings = 20;

    private FuzzReport? _report;
    private int _failed;
    private int _notStrict;

    /// <summary>How many sessions were played.</summary>
    public long Sessions => _report?.Sessions ?? 0;

    /// <summary>How many exchanges there were.</summary>
    public long Exchanges => _report?.Exchanges ?? 0;

    /// <summary>What was done, for whoever reads the report.</summary>
    public IEnumerable<string> Notes
    {
        get
        {
            if (_report is not { } report)
            {
                yield break;
            }

            yield return $"{report.Elapsed.TotalSeconds:0.#} s were spent on states that the specification has not: "
                + $"{report.Sessions} sessions, {report.Exchanges} exchanges, "
                + (_failed, _notStrict) switch
                {
                    (0, 0) => report.Findings.Count == 0 ? "and nothing was wrong" : "and nothing was wrong that no case had shown",
                    (0, 1) => "and 1 case that had passed is not strict",
                    (0, var lax) => $"and {lax} cases that had passed are not strict",
                    (1, 0) => "and 1 case failed that had passed",
                    (var failed, 0) => $"and {failed} cases failed that had passed",
                    var (failed, lax) => $"and of the cases that had passed {failed} failed and {lax} are not strict",
                };
            foreach (var note in report.Door)
            {
                yield return $"in these sessions {note}";
            }

            foreach (var (why, times) in report.Inconclusive.Where(one => !report.ByPolicy.Contains(one.Key)).OrderBy(one => one.Key,
                StringComparer.Ordinal))
            {
                yield return $"in {times} of them: {why}";
            }
        }
    }

    /// <summary>Plays sessions until the time is over.</summary>
    /// <param name="search">What plays them.</param>
    /// <param name="told">Told what is done.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task RunAsync(SessionSearch search, Action<string> told, CancellationToken cancellation)
    {
        _report = await search.RunAsync(
            new SearchTask(catalogue.Table.Profile, prober.Target, options.Palette, prober.Door.Most, MostFindings, prober.Pace),
            progress => told($"looking for states that the specification has not, {progress.Sessions} sessions"),
            cancellation
        );
        prober.Coverage.Merge(_report.Coverage);
    }

    /// <summary>The results with what was found: a case that passed, and does not behind a longer session.</summary>
    /// <param name="results">The results of the cases.</param>
    public IReadOnlyList<CaseResult> Applied(IReadOnlyList<CaseResult> results)
    {
        // how a line is written has nothing to do with what it does
        var broken = results
            .Where(result => result.Verdict is CaseVerdict.Fail
                && result.Case.Kind is not (CaseKind.Argument or CaseKind.Wire or CaseKind.Listed))
            .Select(result => (result.Case.State, result.Case.Command))
            .ToHashSet();
        Dictionary<string, Finding> found = [];
        // one cause is one finding: what goes wrong behind what a short session shows, or behind the same repetition, is none of its own
        foreach (var finding in (_report?.Findings ?? [])
            .Where(finding => !Played(finding).Any(one => broken.Contains((one.State, one.Move.Command))))
            .OrderBy(finding => finding.Session.Steps.Count)
            .DistinctBy(finding => finding.Repeats ?? finding.Violation.Key))
        {
            if (CaseOf(finding) is { } about)
            {
                _ = found.TryAdd(about.Id, finding);
            }
        }

        var now = results.Where(result => found.ContainsKey(result.Case.Id)
            && result.Verdict is CaseVerdict.Pass or CaseVerdict.Info or CaseVerdict.NotApplicable)
            .ToDictionary(result => result, result => Failed(result.Case, found[result.Case.Id]));
        _failed = now.Values.Count(result => result.Verdict is CaseVerdict.Fail);
        _notStrict = now.Count - _failed;
        return [.. results.Select(result => now.GetValueOrDefault(result, result))];
    }

    private static CaseResult Failed(TestCase one, Finding finding)
    {
        var violation = finding.Violation;
        return new CaseResult(
            one,
            CellJudge.Of(violation.Rule ?? one.Rule),
            $"expected {violation.Expected}, came {violation.Came}{(finding.Repeats is { } repeats ? $"; {repeats}" : "")}"
        )
        {
            Rule = violation.Rule ?? one.Rule,
            Evidence = new Evidence(finding.Transcript, violation.Expected, violation.Came)
            {
                Session = finding.Session,
                Repeats = finding.Repeats,
            },
        };
    }

    // the case about the last exchange, or about one before it by whose rule that is judged, or about how the server behaves everywhere
    private TestCase? CaseOf(Finding finding)
    {
        var rule = finding.Violation.Rule?.Id;
        var exchanges = Played(finding).Reverse().ToList();
        return (finding.Violation.Kind is ViolationKind.Reply or ViolationKind.Silence ? Cases(exchanges.Take(1)).FirstOrDefault() : null)
            ?? catalogue.Conduct(finding.Violation.Rule)
            ?? Cases(exchanges).FirstOrDefault(one => one.Rule.Id == rule)
            ?? catalogue.Cases.FirstOrDefault(one => one.Rule.Id == rule && one.State is null);
    }

    private IEnumerable<TestCase> Cases(IEnumerable<PlayedExchange> exchanges) =>
        from one in exchanges
        from kind in one.Move.Kind switch
        {
            MoveKind.Malformed => (CaseKind[])[CaseKind.Malformed, CaseKind.OutOfOrder],
            MoveKind.Unknown => [CaseKind.UnknownLine],
            _ => [CaseKind.OutOfOrder, CaseKind.InOrder, CaseKind.Refused],
        }
        let found = catalogue.Find(kind, one.State, one.Move.Command)
        where found is not null
        select found;

    private IEnumerable<PlayedExchange> Played(Finding finding) =>
        PlayedExchange.Of(catalogue.Table, finding.Session, finding.Transcript);
}
