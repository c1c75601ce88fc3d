using SmtpModel.Cli.Replaying;
using SmtpModel.Reports;
using SmtpModel.Testing;
using Spectre.Console;

namespace SmtpModel.Cli.Output;

/// <summary>Prints what came of a run. What a server said is made safe to print before it gets here.</summary>
internal static class FuzzPrinter
{
    private const int MostNotes = 20;
    private const string Alone = "; it takes the group: sent one by one the commands draw what they may";

    /// <summary>Prints a run.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="report">What came of it.</param>
    /// <param name="coverage">What was covered, and the shortest session to each gap.</param>
    /// <param name="interleaved">What sessions showed that were played at the same time.</param>
    /// <param name="found">What plays a finding again.</param>
    /// <param name="none">What is said where there was no session.</param>
    public static void Print(
        IAnsiConsole console,
        FuzzReport report,
        CoverageReport coverage,
        IReadOnlyList<InterleavedFinding> interleaved,
        FoundWith found,
        string none = "no session is reported"
    )
    {
        var speed = report.Exchanges / Math.Max(report.Elapsed.TotalSeconds, 0.001);
        Line(
            console,
            $"played {Words.Count(report.Sessions, "session")}, {Words.Count(report.Exchanges, "exchange")} in "
                + $"{report.Elapsed.TotalSeconds:0.0} s ({speed:0} a second)"
        );
        foreach (var note in report.Door)
        {
            Line(console, $"note: {Printable.Text(note)}");
        }

        if (report.NotBegun > 0)
        {
            Line(
                console,
                $"note: {report.NotBegun} of {Words.Count(report.Sessions + report.NotBegun, "session")} were not played: the server did "
                    + "not begin them"
            );
        }

        CoveragePrinter.Summary(console, coverage);
        if (report.Coverage.Table.Grouping is not null)
        {
            Line(
                console,
                report.Groups.Groups == 0
                    ? "groups: none"
                    : $"groups: {report.Groups.Groups} in one packet each, the longest of {Words.Count(report.Groups.Longest, "command")}"
            );
        }

        if (report.Delivered is var (there, of))
        {
            Line(console, $"messages: {of} taken, {there} delivered");
        }

        Notes(
            console,
            "not strict",
            FuzzRemark.Of(report.NonStrict).Select(remark => $"{remark.What} ({Of(remark.Rule)}), in "
                + $"{string.Join(", ", remark.States)}\n      {remark.States[0]}  {remark.Sent}\n      "
                + $"{new string(' ', remark.States[0].Length)}  {remark.Came}")
        );
        Notes(
            console,
            "inconclusive",
            report.Inconclusive.OrderByDescending(note => note.Value).Select(note => $"{note.Value} x {Printable.Text(note.Key)}")
        );
        foreach (var (finding, index) in report.Findings.Select((finding, index) => (finding, index)))
        {
            console.WriteLine();
            Write(console, $"VIOLATION {index + 1}", "red bold");
            Line(console, $": {finding.Violation.State}, {finding.Violation.Command}");
            Line(
                console,
                $"first seen in session {finding.Number} of {Words.Count(finding.Moves, "move")}, shown by "
                    + $"{finding.Session.Steps.Count}{(finding.NeedsGroup ? Alone : "")}:"
            );
            Print(console, finding.Transcript);
            Print(console, finding.Violation);
            if (finding.Repeats is { } repeats)
            {
                Line(console, $"counted   {repeats}");
            }

            Line(console, $"replay    {found.Line(ReplayFile.Of(report.Coverage.Table.Profile.Name, finding), isFailure: true)}");
            if (ByHand(found, finding) is { } shell)
            {
                Line(console, $"by hand   {shell}");
            }
        }

        foreach (var (finding, index) in interleaved.Select((finding, index) => (finding, index)))
        {
            Print(
                console,
                finding,
                index + 1,
                found.Line(
                    ReplayFile.Of(report.Coverage.Table.Profile.Name, finding.Round) with
                    {
                        NeedsDeliveries = finding.NeedsDeliveries,
                    },
                    isFailure: true
                )
            );
        }

        console.WriteLine();
        var violations = report.Findings.Count + interleaved.Count;
        Write(
            console,
            violations > 0 ? Words.Count(violations, "violation")
                : report.IsConclusive ? "no violation"
                : report.Sessions == 0 ? none
                : report.Unseen is { } unseen ? $"no violation in what was said, and no verdict: {Printable.Text(unseen, 1000)}"
                : report.NotBegun > report.Sessions ? "nothing is decided: fewer than half of the sessions were played"
                : "nothing could be decided",
            violations > 0 ? "red bold"
                : report.IsConclusive ? "green"
                : "yellow"
        );
        console.WriteLine();
    }

    // where what was sent is the session itself: mail data may have been left out or put in, as the server asked
    private static string? ByHand(FoundWith found, Finding finding) =>
        finding
            .Transcript.Lines.Select(line => line.Sent)
            .OfType<string>()
            .SequenceEqual(finding.Session.Steps.Select(step => step.Move.ToString()))
            ? ReproduceWith.Shell(found.Target, finding.Session, found.Access)
            : null;

    private static void Print(IAnsiConsole console, InterleavedFinding finding, int number, string replay)
    {
        var sessions = finding.Round.Sessions;
        console.WriteLine();
        Write(console, $"VIOLATION {number}", "red bold");
        Line(
            console,
            $": {finding.Violation.State}, "
                + $"{finding.Violation.Command}"
                + $"{(finding.Session < 0 ? ", in what all sessions delivered" : $", in session {finding.Session + 1}")}"
        );
        Line(
            console,
            $"first seen in round {finding.Number} of {Words.Count(finding.Sessions, "session")} and "
                + $"{Words.Count(finding.Moves, "move")}, shown by {sessions.Count} and {sessions.Sum(session => session.Steps.Count)}"
                + (finding.IsConcurrent ? "; no session alone shows it" : "; it is no matter of concurrency")
                + (finding.NeedsGroup ? Alone : "")
                + ":"
        );
        Print(console, finding.Transcript);
        Print(console, finding.Violation);
        Line(console, $"replay    {replay}");
    }

    public static void Print(IAnsiConsole console, Transcript transcript) => Print(console, transcript.ToString());

    /// <summary>A transcript, where a violation is in red.</summary>
    public static void Print(IAnsiConsole console, string transcript)
    {
        console.WriteLine();
        foreach (var line in transcript.TrimEnd('\n').Split('\n'))
        {
            Write(console, $"    {line}", line.StartsWith('X') ? "red" : "default");
            console.WriteLine();
        }

        console.WriteLine();
    }

    public static void Print(IAnsiConsole console, Violation violation)
    {
        Line(console, $"expected  {violation.Expected}");
        Line(console, $"came      {violation.Came}");
        if (violation.Rule is { } rule)
        {
            Line(console, $"rule      {rule.Id}, {rule.Clause}, {rule.Level.ToString().ToUpperInvariant()}: {rule.Asks}");
        }
    }

    private static string Of(Machines.Rule? rule) => rule is null ? "no rule" : $"{rule.Id}, {rule.Clause}";

    private static void Notes(IAnsiConsole console, string head, IEnumerable<string> notes)
    {
        var all = notes.ToList();
        if (all.Count > 0)
        {
            Line(console, $"{head}:");
            all.Take(MostNotes).ToList().ForEach(note => Line(console, $"  {note}"));
            if (all.Count > MostNotes)
            {
                Line(console, $"  and {all.Count - MostNotes} more");
            }
        }
    }

    // never wrapped by the console: a line is to be copied whole
    private static void Line(IAnsiConsole console, string text)
    {
        Write(console, text, "default");
        console.WriteLine();
    }

    private static void Write(IAnsiConsole console, string text, string style) =>
        console.Write(new Text(text, Style.Parse(style)) { Overflow = Overflow.Fold });
}
