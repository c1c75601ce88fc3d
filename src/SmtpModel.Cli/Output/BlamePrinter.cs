using SmtpModel.Testing;
using SmtpModel.Watching;
using Spectre.Console;

namespace SmtpModel.Cli.Output;

/// <summary>Prints what was found in sessions that were watched or recorded.</summary>
internal static class BlamePrinter
{
    public static void Print(IAnsiConsole console, string name, IReadOnlyList<string> notes, BlameLog log)
    {
        console.WriteLine($"{name}: {string.Join("; ", notes)}");
        foreach (var blame in log.All.OrderBy(one => one.Verdict switch { CaseVerdict.Fail => 0, CaseVerdict.NonStrict => 1, _ => 2 }))
        {
            Print(console, blame, isWhole: blame.Verdict is CaseVerdict.Fail);
        }

        if (log.Dropped > 0)
        {
            console.WriteLine($"and {Words.Count(log.Dropped, "finding")} of more kinds than are kept");
        }

        foreach (var (why, count) in log.Unjudged.OrderByDescending(pair => pair.Value))
        {
            console.WriteLine($"not judged, {Words.Count(count, "time")}: {why}");
        }

        console.WriteLine(
            $"{name}: {Words.Count(log.Sessions, "session")}, {Words.Count(log.Exchanges, "exchange")}; {Summary(log, Side.Client)}; "
                + $"{Summary(log, Side.Server)}"
        );
    }

    /// <summary>One finding with its evidence, or in one line.</summary>
    public static void Print(IAnsiConsole console, Blame blame, bool isWhole)
    {
        if (isWhole)
        {
            console.WriteLine();
        }

        var style = blame.Verdict switch
        {
            CaseVerdict.Fail => "red bold",
            CaseVerdict.NonStrict => "yellow",
            _ => "default",
        };
        console.Write(new Text($"{TestPrinter.Word(blame.Verdict),-12}", Style.Parse(style)));
        console.WriteLine(
            $" {Name(blame.Side)}: {blame.What} ({blame.Rule.Clause}, {blame.Rule.Id}, {blame.Rule.Level.ToString().ToUpperInvariant()})"
                + $"{Often(blame)}"
        );
        if (!isWhole)
        {
            return;
        }

        console.WriteLine($"    {blame.Rule.Asks}");
        var width = blame.Evidence.Select(line => line.State.Length).DefaultIfEmpty().Max();
        foreach (var line in blame.Evidence)
        {
            console.WriteLine(
                $"    {(line.IsBlamed ? "X" : " ")} {line.State.PadRight(width)}  {(line.Side is Side.Client ? "C" : "S")}: {line.Text}"
            );
        }

        console.WriteLine($"    expected  {blame.Expected}");
        console.WriteLine($"    came      {blame.Came}");
        console.WriteLine($"    seen in   {blame.Session}{(blame.Place > 0 ? $", at {blame.Place}" : "")}");
    }

    private static string Often(Blame blame) => blame.Count > 1 ? $", {blame.Count} times" : "";

    /// <summary>A side in a word.</summary>
    public static string Name(Side side) => side is Side.Client ? "client" : "server";

    private static string Summary(BlameLog log, Side side)
    {
        var all = log.All.Where(one => one.Side == side).ToList();
        return $"{Name(side)}: {all.Count(one => one.Verdict is CaseVerdict.Fail)} failed, "
            + $"{all.Count(one => one.Verdict is CaseVerdict.NonStrict)} not strict, {all.Count(one => one.Verdict is CaseVerdict.Info)} "
            + $"for information";
    }
}
