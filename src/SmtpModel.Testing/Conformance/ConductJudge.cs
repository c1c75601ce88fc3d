using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>The verdicts on the rules that hold whatever the command, from all that was seen.</summary>
internal sealed class ConductJudge(CaseCatalogue catalogue, Prober prober, IReadOnlyDictionary<State, Row> rows, Inputs inputs)
{
    private TransitionTable Table => catalogue.Table;

    /// <summary>The verdict; what was broken in one session only has to show again.</summary>
    public async ValueTask<CaseResult> JudgeAsync(TestCase one, CancellationToken cancellation)
    {
        if (Table.CountLimits.FirstOrDefault(limit => limit.Rule.Id == one.Rule.Id) is { } limited)
        {
            return await new OfferedNumbers(Table, prober, rows, inputs).PlayAsync(one, limited, cancellation);
        }

        var numbers = Table.ForEach.FirstOrDefault(pair => pair.Key == one.Command && pair.Value.Rule.Id == one.Rule.Id).Value is { } shape
            ? await new ReplyNumbers(Table, prober, rows, inputs).PlayAsync(one, shape, cancellation) : null;
        var result = numbers is not null && prober.Conduct.Broken(one.Rule) is null ? numbers : Judge(one);
        return
            result.Verdict is CaseVerdict.Fail
            && prober.Conduct.Broken(one.Rule) is { Violation: { } violation } broken
            && !prober.Conduct.IsBrokenAgain(one.Rule)
            && !await prober.ShowsAgainAsync(broken.Moves, violation.Key, cancellation)
            ? result with { Verdict = CaseVerdict.Inconclusive, Reason = $"seen once and not again: {result.Reason}" } : result;
    }

    private CaseResult Judge(TestCase one)
    {
        if (one.Kind is CaseKind.Offered)
        {
            return Offered(one, one.Command!);
        }

        if (one.Rule.Id == Spec.Rfc821.S2.Id)
        {
            return SiteDecides(one);
        }

        if (Table.ReplyTexts.Any(text => text.Rule.Id == one.Rule.Id))
        {
            return Text(one);
        }

        if (prober.Conduct.Broken(one.Rule) is { Violation: { } violation } broken)
        {
            return new CaseResult(one, CellJudge.Of(one.Rule), $"expected {violation.Expected}, came {violation.Came}")
            {
                Evidence = CellJudge.Evidence(broken, violation.Expected, violation.Came),
            };
        }

        return one.Rule.Id == Table.Conduct.Form.Id && prober.Conduct.OddForm is var (what, evidence, _)
            ? new CaseResult(one, prober.Conduct.IsFormBroken ? CellJudge.Of(one.Rule) : CaseVerdict.NonStrict, what)
            {
                Evidence = evidence,
            }
            : new CaseResult(
                one,
                prober.Conduct.IsAnswered ? CaseVerdict.Pass : CaseVerdict.Inconclusive,
                prober.Conduct.IsAnswered ? "" : "no command was answered"
            );
    }

    /// <summary>Whether the channel is closed when the server says that it will; asked for, since most servers never say it.</summary>
    public async ValueTask<CaseResult> ClosesAsync(TestCase one, Inputs inputs, ProbeResult greeted, CancellationToken cancellation)
    {
        var last = new CaseResult(one, CaseVerdict.NotApplicable, $"the server did not say {Table.Faults.Closing}");

        // it may greet so
        if (greeted.Greeting.Code == Table.Faults.Closing)
        {
            var behind = await prober.PlayAsync([inputs.Another(Table.Ending!)], TimeSpan.Zero, cancellation, isOnce: true);
            return behind.Violation is { } open
                ? new CaseResult(one, CellJudge.Of(one.Rule), $"expected {open.Expected}, came {open.Came}")
                {
                    Evidence = CellJudge.Evidence(behind, open.Expected, open.Came),
                }
                : new CaseResult(one, CaseVerdict.Pass) { Evidence = CellJudge.Evidence(behind, "", "") };
        }

        // it may have said so by itself
        foreach (
            var cell in rows
                .Values.SelectMany(row => row.Cells)
                .Where(cell => cell.Probe.Last?.Came.Code == Table.Faults.Closing && cell.Trial.Move.Kind is not MoveKind.Data)
                .Take(3)
        )
        {
            var played = await prober.PlayAsync(
                [.. cell.Probe.Moves, inputs.Another(Table.Ending!)],
                TimeSpan.Zero,
                cancellation,
                isOnce: true
            );
            if (
                played.Violation is { } broken
                && played.Steps.Count == played.Moves.Count
                && played.Steps[^2].Came.Code == Table.Faults.Closing
            )
            {
                return new CaseResult(one, CellJudge.Of(one.Rule), $"expected {broken.Expected}, came {broken.Came}")
                {
                    Evidence = CellJudge.Evidence(played, broken.Expected, broken.Came),
                };
            }

            last = new CaseResult(one, CaseVerdict.Pass) { Evidence = CellJudge.Evidence(played, "", "") };
        }

        foreach (var row in rows.Values.Where(row => inputs.Closing() is { } closing && Table.IsInOrder(row.State, closing.Command)))
        {
            var closing = inputs.Closing()!;
            var played = await prober.PlayAsync(
                [.. row.Access, closing, inputs.Another(closing.Command)],
                TimeSpan.Zero,
                cancellation,
                isOnce: true
            );
            if (!played.Steps.Any(step => step.Came.Code == Table.Faults.Closing))
            {
                return last;
            }

            if (played.Violation is { } violation)
            {
                return new CaseResult(one, CellJudge.Of(one.Rule), $"expected {violation.Expected}, came {violation.Came}")
                {
                    Evidence = CellJudge.Evidence(played, violation.Expected, violation.Came),
                };
            }

            last = new CaseResult(one, CaseVerdict.Pass) { Evidence = CellJudge.Evidence(played, "", "") };
        }

        return last;
    }

    private CaseResult Offered(TestCase one, Command command)
    {
        var cells = rows
            .Values.SelectMany(row => row.Cells)
            .Where(cell =>
                cell.Trial.Move.Command == command
                && cell.Trial.Case.Kind is CaseKind.InOrder
                && cell.Probe.IsWhole
                && cell.Probe.Steps[^1].Came.Kind is ObservationKind.Reply
            )
            .ToList();
        if (
            !prober.Conduct.IsServed(command)
            && cells.FirstOrDefault(cell => cell.Probe.Violation?.Rule?.Id == Table.Conduct.Minimum.Id).Probe
                is { Violation: { } violation } missing
        )
        {
            return new CaseResult(one, CellJudge.Of(one.Rule), $"expected {violation.Expected}, came {violation.Came}")
            {
                Evidence = CellJudge.Evidence(missing, violation.Expected, violation.Came),
            };
        }

        // what wants something else first may not have looked at the command
        var demanding = cells.Find(cell => Table.IsCondition(cell.Probe.Steps[^1].Came.Code)).Probe;
        cells.RemoveAll(cell => Table.IsCondition(cell.Probe.Steps[^1].Came.Code));
        if (cells.Count == 0)
        {
            return demanding is null
                ? new CaseResult(one, CaseVerdict.Inconclusive, "it was answered in no state in which it is in order")
                : new CaseResult(one, CaseVerdict.Inconclusive, $"the server wants TLS or a password first: {demanding.Steps[^1].Came}")
                {
                    Evidence = CellJudge.Evidence(demanding, "", demanding.Steps[^1].Came.ToString()),
                };
        }

        var absent = cells
            .Where(cell =>
                cell.Probe.Last?.Came.Code is { } code && (code == Table.Faults.NotImplemented || code == Table.Faults.Unrecognized)
            )
            .ToList();
        var (trial, shown) = (absent.Count > 0 ? absent : cells)[0];
        var evidence = CellJudge.Evidence(
            shown,
            Expectation.Of(Table, trial.Case.State!, command, MoveKind.Valid),
            shown.Steps[^1].Came.ToString()
        );
        return absent.Count < cells.Count ? new CaseResult(one, CaseVerdict.Pass) { Evidence = evidence }
            : Table[command].Required && (IsNeeded(command) || IsUnknown(absent))
                ? new CaseResult(
                    one,
                    CellJudge.Of(one.Rule),
                    $"it is refused in every state as a command that is not there: {absent[0].Probe.Last!.Came}"
                )
                {
                    Evidence = evidence,
                }
            : Table[command].Required
                ? new CaseResult(one, CaseVerdict.Info, $"{InName(absent)}: {absent[0].Probe.Last!.Came}")
                {
                    Evidence = evidence,
                }
            : new CaseResult(one, CaseVerdict.NotApplicable, $"not offered: {absent[0].Probe.Last!.Came}") { Evidence = evidence };
    }

    // one that nothing comes of, as VRFY, may be known and served in name only
    private bool IsNeeded(Command command) =>
        Table.Edges.Any(edge => edge.Exchange.Command == command && edge.Exchange.IsAccepted && edge.To != edge.From);

    // RFC 5321 lists 502 for it (4.3.2), and asks for 500 where a command is not known (4.2.4): one that draws what a line draws that is
    // no command may be known all the same
    private string InName(List<(Trial Trial, ProbeResult Probe)> absent) =>
        rows
            .Values.SelectMany(row => row.Cells)
            .FirstOrDefault(cell =>
                cell.Trial.Move.Command.Kind is InputKind.UnknownLine
                && absent.Exists(one => one.Probe.Last!.Came.ToString() == cell.Probe.Last?.Came.ToString())
            )
            .Trial
            is { } unknown
            ? $"it does nothing, and draws what {unknown.Move} draws, so that nothing shows that it is known"
            : "it is known and does nothing";

    // what is known says "not implemented"
    private bool IsUnknown(List<(Trial Trial, ProbeResult Probe)> absent) =>
        absent.TrueForAll(cell => cell.Probe.Last!.Came.Code == Table.Faults.Unrecognized);

    private CaseResult Text(TestCase one)
    {
        if (prober.Conduct.BrokenText(one.Rule) is not var (session, step, line))
        {
            if (inputs.Offer is { } offer && Table.Extensions.FirstOrDefault(extension =>
                    extension.Clause.Document == one.Rule.Clause.Document && !offer.Lists(extension.Keyword)) is { } missing)
            {
                return new CaseResult(one, CaseVerdict.NotApplicable, $"{missing.Keyword} is not offered");
            }

            return new CaseResult(
                one,
                prober.IsRaw ? CaseVerdict.Pass : CaseVerdict.NotApplicable,
                prober.IsRaw ? "" : "only a server behind a port shows the text of its replies"
            );
        }

        var shown = session with { Moves = [.. session.Moves.Take(step + 1)], Steps = [.. session.Steps.Take(step + 1)] };
        return new CaseResult(one, CellJudge.Of(one.Rule), $"{session.Steps[step].Move} draws {Printable.Text(line)}")
        {
            Evidence = CellJudge.Evidence(shown, one.Rule.Asks, Printable.Text(line)),
        };
    }

    private CaseResult SiteDecides(TestCase one)
    {
        var seen = rows
            .Values.SelectMany(row => row.Cells)
            .Where(cell =>
                cell.Trial.Move.Content.Length > 0
                && cell.Trial.Case.Kind is CaseKind.InOrder or CaseKind.Refused
                && cell.Probe.Last is not null
            )
            .DistinctBy(cell => cell.Trial.Move.Text)
            .ToList();
        if (seen.Count == 0)
        {
            return new CaseResult(one, CaseVerdict.NotApplicable, "no mailbox was given");
        }

        // the longest session has the most of them in it
        var shown = seen.MaxBy(cell => cell.Probe.Steps.Count).Probe;
        return new CaseResult(
            one,
            CaseVerdict.Info,
            string.Join("; ", seen.Select(cell => $"{cell.Trial.Move}: {cell.Probe.Last!.Came.Code}"))
        )
        {
            Evidence = CellJudge.Evidence(shown, "what the site has decided", shown.Last!.Came.ToString()),
        };
    }
}
