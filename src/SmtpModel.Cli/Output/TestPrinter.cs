using SmtpModel.Cli.Replaying;
using SmtpModel.Reports;
using SmtpModel.Testing;
using Spectre.Console;

namespace SmtpModel.Cli.Output;

/// <summary>Prints what came of a test. What a server said is made safe to print before it gets here.</summary>
internal static class TestPrinter
{
    public static void Print(
        IAnsiConsole console,
        TestReport report,
        bool isVerbose,
        IReadOnlyDictionary<string, string> known,
        FoundWith found
    )
    {
        PrintFindings(console, report, isVerbose, known, found);
        console.WriteLine($"covered {report.Coverage}");
        console.WriteLine(
            report.Gaps.Count == 0
                ? $"complete for the machine this server was found to be: {Words.Count(report.Machine.States, "state")}, "
                    + $"{Words.Count(report.Machine.Inputs, "input")}, each exchange verified"
                : $"not complete for the machine this server was found to be ({Words.Count(report.Machine.States, "state")}, "
                    + $"{Words.Count(report.Machine.Inputs, "input")}): "
                    + $"{report.Gaps[0]}{(report.Gaps.Count > 1 ? $", and {report.Gaps.Count - 1} more" : "")}"
        );
        console.WriteLine();
        WriteSummary(console, report, known.Count);
    }

    /// <summary>The same for the test of an extension by itself, which goes through a part of its machine.</summary>
    public static void PrintApart(
        IAnsiConsole console,
        TestReport report,
        bool isVerbose,
        IReadOnlyDictionary<string, string> known,
        FoundWith found
    )
    {
        PrintFindings(console, report, isVerbose, known, found);
        console.WriteLine();
        WriteSummary(console, report, known.Count);
    }

    private static void PrintFindings(
        IAnsiConsole console,
        TestReport report,
        bool isVerbose,
        IReadOnlyDictionary<string, string> known,
        FoundWith found
    )
    {
        // what the whole run has to be read with goes before its findings
        foreach (var note in report.Notes)
        {
            console.WriteLine($"note: {note}");
        }

        foreach (var result in report.Results.Where(result => result.Verdict is CaseVerdict.Fail))
        {
            if (known.TryGetValue(result.Case.Id, out var reason))
            {
                Write(console, $"{"KNOWN",-12}", "default");
                console.WriteLine($" {result.Case.Id}: fails, and is let be: {reason}");
                continue;
            }

            Print(console, result, isWhole: true);
            Reproduce(console, report, result, found);
        }

        if (isVerbose)
        {
            foreach (var result in report.Results.Where(result => result.Verdict is not CaseVerdict.Fail))
            {
                var isWhole = HasEvidence(result);
                Print(console, result, isWhole);
                if (isWhole)
                {
                    Reproduce(console, report, result, found);
                }
            }
        }
        else
        {
            // one habit of a server shows in many states
            foreach (
                var alike in report
                    .Results.Where(result => result.Verdict is CaseVerdict.NonStrict)
                    .GroupBy(result => (result.Rule.Clause, result.Case.Kind, result.Case.Command, result.Reason))
            )
            {
                var first = alike.First();
                var more = alike.Skip(1).Select(result => result.Case.State?.Name).ToList();
                Print(
                    console,
                    first with
                    {
                        Reason = first.Reason + (more.Count > 0 ? $" (also in {string.Join(", ", more)})" : ""),
                    },
                    isWhole: false
                );
            }
        }

        console.WriteLine();
        if (!isVerbose)
        {
            // many cases are undecided for one reason
            foreach (
                var group in report
                    .Results.Where(result => result.Verdict is CaseVerdict.Inconclusive)
                    .GroupBy(result => result.Reason)
                    .OrderByDescending(group => group.Count())
                    .Take(8)
            )
            {
                console.WriteLine($"inconclusive: {Words.Count(group.Count(), "case")}: {group.Key}");
            }

            if (report.Results.Count(HasEvidence) is > 0 and var more)
            {
                console.WriteLine(
                    $"--verbose shows what was said in {Words.Count(more, "case")} more: not strict, for information or inconclusive"
                );
            }
        }

        foreach (
            var deeper in report
                .Results.Where(result => result.Verdict is CaseVerdict.NotApplicable && result.Case.Depth > report.Depth)
                .GroupBy(result => result.Case.Depth)
                .OrderBy(group => group.Key)
        )
        {
            console.WriteLine(
                $"not decided at this depth: {Words.Count(deeper.Count(), "case")}; --depth {deeper.Key.ToString().ToLowerInvariant()} "
                    + $"decides {(deeper.Count() == 1 ? "it" : "them")}"
            );
        }

        console.WriteLine(
            $"played {Words.Count(report.Sessions, "session")}, {Words.Count(report.Exchanges, "exchange")} in "
                + $"{report.Elapsed.TotalSeconds:0.0} s, {report.Waiting:P0} of it waiting for the server"
        );
        if (isVerbose)
        {
            console.WriteLine($"{Words.Count(report.ClockWaits, "wait")} ended by the clock, since nothing came");
        }
    }

    /// <summary>Where too little was decided for a verdict: how much, why, and what to do; nothing elsewhere.</summary>
    public static void PrintUndecided(IAnsiConsole console, TestReport report, int least)
    {
        if (report.IsConclusive && report.DecidedShare * 100 >= least)
        {
            return;
        }

        var why = report.Headline
            ?? report
                .Results.Where(result => result.Verdict is CaseVerdict.Inconclusive)
                .GroupBy(result => result.Reason)
                .MaxBy(group => group.Count())
                ?.Key;
        Write(
            console,
            $"{(report.Count(CaseVerdict.Fail) > 0 ? "" : "no verdict: ")}decided {report.Decided} of "
                + $"{Words.Count(report.Applicable, "case")} that apply, and --min-decided asks for {least} "
                + $"%{(why is null ? "" : $": {why}")}{(report.Remedy is { } remedy ? $"; {remedy}" : "")}",
            "yellow"
        );
        console.WriteLine();
    }

    /// <summary>One line for each of several servers.</summary>
    public static void PrintAll(IAnsiConsole console, IReadOnlyList<TestReport> reports, IReadOnlyList<int> known)
    {
        console.WriteLine();
        var width = reports.Max(report => report.Target.Length);
        foreach (var (report, count) in reports.Zip(known))
        {
            console.Write($"{report.Target.PadRight(width)}  ");
            WriteSummary(console, report, count);
        }
    }

    private static bool HasEvidence(CaseResult result) =>
        result is { Verdict: CaseVerdict.NonStrict or CaseVerdict.Info or CaseVerdict.Inconclusive, Evidence: not null };

    private static void Reproduce(IAnsiConsole console, TestReport report, CaseResult result, FoundWith found)
    {
        if (ReplayFile.Of(report, result) is { } replay)
        {
            console.WriteLine($"    replay    {found.Line(replay, isFailure: result.Verdict is CaseVerdict.Fail)}");
        }
        else if (result.Evidence is { NeedsDeliveries: true } && found.Again is { } again)
        {
            console.WriteLine($"    again     {again(result.Case.Id)}");
        }

        if (result.Evidence is { } evidence && ReproduceWith.Shell(report.Target, evidence, report.Access) is { } shell)
        {
            console.WriteLine($"    by hand   {shell}");
        }
    }

    private static void WriteSummary(IAnsiConsole console, TestReport report, int known)
    {
        Write(
            console,
            Summary(report, known),
            report.Count(CaseVerdict.Fail) > known ? "red bold"
                : report.IsConclusive ? "green"
                : "yellow"
        );
        console.WriteLine();
    }

    public static string Summary(TestReport report, int known) =>
        $"{report.Count(CaseVerdict.Pass)} passed, {report.Count(CaseVerdict.Fail) - known} failed, "
            + $"{(known > 0 ? $"{known} known to fail, " : "")}{report.Count(CaseVerdict.NonStrict)} not strict, "
            + $"{report.Count(CaseVerdict.Info)} for information, "
        + $"{report.Count(CaseVerdict.Inconclusive)} inconclusive, {report.Count(CaseVerdict.NotApplicable)} not applicable";

    public static string Word(CaseVerdict verdict) => verdict switch
    {
        CaseVerdict.Pass => "PASS",
        CaseVerdict.Fail => "FAIL",
        CaseVerdict.NonStrict => "NON-STRICT",
        CaseVerdict.Info => "INFO",
        CaseVerdict.Inconclusive => "INCONCLUSIVE",
        _ => "N/A",
    };

    private static void Print(IAnsiConsole console, CaseResult result, bool isWhole)
    {
        if (isWhole)
        {
            console.WriteLine();
        }

        var style = result.Verdict switch
        {
            CaseVerdict.Fail => "red bold",
            CaseVerdict.NonStrict => "yellow",
            CaseVerdict.Pass => "green",
            _ => "default",
        };
        Write(console, $"{Word(result.Verdict),-12}", style);
        console.WriteLine($" {result.Case.Id}{(isWhole || result.Reason.Length == 0 ? "" : $": {result.Reason}")}");
        if (!isWhole)
        {
            return;
        }

        console.WriteLine($"    {result.Case.Requirement}");
        console.WriteLine($"    {result.Rule.Clause}, {result.Rule.Level.ToString().ToUpperInvariant()}: {result.Rule.Asks}");
        if (Spec.Successor.NoteOn(result.Rule) is { } note)
        {
            console.WriteLine($"    note: {note}");
        }

        if (result.Evidence is { } evidence)
        {
            FuzzPrinter.Print(console, evidence.Transcript);
            Line(console, "expected", evidence.Expected);
            Line(console, "came", evidence.Came);
            Line(console, "counted", evidence.Repeats ?? "");
            Line(console, "reason", result.Verdict is CaseVerdict.Fail ? "" : result.Reason);
        }
    }

    private static void Line(IAnsiConsole console, string head, string words)
    {
        if (words.Length > 0)
        {
            console.WriteLine($"    {head,-9} {words}");
        }
    }

    private static void Write(IAnsiConsole console, string text, string style) =>
        console.Write(new Text(text, Style.Parse(style)) { Overflow = Overflow.Fold });
}
