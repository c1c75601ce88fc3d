using SmtpModel.Testing;
using SmtpModel.Watching;
using Spectre.Console;
using Side = SmtpModel.Watching.Side;

namespace SmtpModel.Cli.Output;

/// <summary>Prints what came of trying a client: each scenario when it was played, and the rest at the end.</summary>
internal sealed class ProvokePrinter(
    IAnsiConsole console,
    bool isVerbose,
    Func<IReadOnlyList<string>, (string Line, IReadOnlyList<string> Variables)> replay
)
{
    private const int MostLines = 16;

    public void Told(ScenarioResult result)
    {
        if (result.Verdict is CaseVerdict.Pass or CaseVerdict.NotApplicable && !isVerbose)
        {
            return;
        }

        Head(result.Verdict, $"{result.Scenario.Id}{(result.Reason.Length > 0 ? $": {result.Reason}" : "")}");
        if (result.Verdict is CaseVerdict.Fail || (isVerbose && result.Blames.Count > 0))
        {
            console.WriteLine($"    {result.Scenario.Title}");
            result.Blames.ToList().ForEach(Print);
            Said(result);
            var (line, variables) = replay([
                .. result.Blames.Select(blame => blame.RestsOn).Where(other => other.Length > 0).Distinct(),
                result.Scenario.Id,
            ]);
            console.WriteLine($"    replay    {line}");
            if (variables.Count > 0)
            {
                console.WriteLine($"    fill in   what is secret was left out: set {string.Join(" and ", variables)} in the environment");
            }

            console.WriteLine();
        }
    }

    public void Print(TrialReport report)
    {
        // what the client does always is told once
        Told(report.Plain);

        foreach (var (blame, scenarios) in report.Partings)
        {
            Head(
                blame.Verdict,
                $"{blame.What}, in {Words.Count(scenarios.Count, "scenario")}: "
                    + $"{string.Join(", ", scenarios.Take(4))}{(scenarios.Count > 4 ? ", ..." : "")}"
            );
            if (blame.Verdict is CaseVerdict.Fail)
            {
                Print(blame);
            }
        }

        console.WriteLine();
        report.Notes.ToList().ForEach(note => console.WriteLine($"note: {note}"));
        var unreached = report
            .Results.Where(result => result.Verdict is CaseVerdict.NotApplicable)
            .Select(result => result.Scenario.Id)
            .ToList();
        if (unreached.Count > 0)
        {
            console.WriteLine(
                $"not reached: {Words.Count(unreached.Count, "scenario")}, since the client never came there: "
                    + $"{string.Join(", ", unreached)}"
            );
        }

        console.WriteLine(
            $"covered {report.Coverage.Answered} of {report.Coverage.All} exchanges that the table has where a client comes "
                + $"by{(isVerbose && report.Coverage.Open.Count > 0 ? $"; not answered: {string.Join(", ", report.Coverage.Open)}" : "")}"
        );
        console.WriteLine(
            $"played {Words.Count(report.Sessions, "connection")}, {Words.Count(report.Exchanges, "exchange")} in "
                + $"{report.Elapsed.TotalSeconds:0.0} s"
        );
        Write(
            Summary(report),
            report.HasFailed ? "red bold"
                : report.IsConclusive && report.Stopped is null ? "green"
                : "yellow"
        );
        console.WriteLine();
    }

    public static string Summary(TrialReport report) =>
        report.Stopped is { } stopped
            ? report.HasFailed ? $"{Count(report, CaseVerdict.Fail)} failed, and nothing else was tried: {stopped}"
            : $"no verdict: {stopped}"
            : $"{Count(report, CaseVerdict.Pass)} passed, {Count(report, CaseVerdict.Fail)} failed, "
                + $"{Count(report, CaseVerdict.NonStrict)} not strict, {Count(report, CaseVerdict.Info)} for information, "
                + $"{Count(report, CaseVerdict.Inconclusive)} inconclusive, {Count(report, CaseVerdict.NotApplicable)} not reached; QUIT: "
                + $"{Parting(report)}";

    // all that was told: how the client parts counts once, and so does what it does always
    private static int Count(TrialReport report, CaseVerdict verdict) =>
        TrialReports.Results(report).Count(result => result.Verdict == verdict)
            + report.Partings.Count(parting => parting.Blame.Verdict == verdict);

    private static string Parting(TrialReport report) =>
        report.Partings.Any(parting => parting.Blame.Verdict is CaseVerdict.Fail) ? "left out at times" : "kept";

    private void Print(Blame blame)
    {
        console.WriteLine(
            $"    {blame.Rule.Clause}, {blame.Rule.Id}, {blame.Rule.Level.ToString().ToUpperInvariant()}: {blame.Rule.Asks}"
        );
        var lines = blame.Evidence.TakeLast(MostLines).ToList();
        var width = lines.Select(line => line.State.Length).DefaultIfEmpty().Max();
        foreach (var line in lines)
        {
            console.WriteLine(
                $"    {(line.IsBlamed ? "X" : " ")} {line.State.PadRight(width)}  {(line.Side is Side.Client ? "C" : "S")}: {line.Text}"
            );
        }

        if (blame.Came.Length > 0)
        {
            console.WriteLine($"    came      {blame.Came}");
        }
    }

    private void Said(ScenarioResult result)
    {
        if (result.ExitStatus is { } status)
        {
            console.WriteLine(
                $"    client    exit status "
                    + $"{status}{(result.Output.Count > 0 ? $", said {string.Join(" / ", result.Output.TakeLast(2))}" : "")}"
            );
        }
    }

    private void Head(CaseVerdict verdict, string words)
    {
        Write(
            $"{TestPrinter.Word(verdict),-12}",
            verdict switch
            {
                CaseVerdict.Fail => "red bold",
                CaseVerdict.NonStrict => "yellow",
                CaseVerdict.Pass => "green",
                _ => "default",
            }
        );
        console.WriteLine($" {words}");
    }

    private void Write(string text, string style) => console.Write(new Text(text, Style.Parse(style)) { Overflow = Overflow.Fold });
}
