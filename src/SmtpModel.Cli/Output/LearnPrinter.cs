using SmtpModel.Machines;
using SmtpModel.Spec;
using Spectre.Console;

namespace SmtpModel.Cli.Output;

/// <summary>Prints what was learned of a server.</summary>
internal static class LearnPrinter
{
    public static void Print(IAnsiConsole console, LearnedServer learned)
    {
        console.WriteLine();
        foreach (var state in learned.States)
        {
            var way = state.Access.Count == 0 ? "behind the greeting" : $"behind {string.Join(", ", state.Access)}";
            var extra = state.IsExtra ? $"; the specification has no such state, it is like {state.Like}" : "";
            console.WriteLine($"  {state.Name}: {way}{extra}");
        }

        foreach (var difference in learned.Differences)
        {
            Print(console, difference);
        }

        foreach (var violation in learned.Violations)
        {
            console.WriteLine();
            console.Markup("[red]FAIL[/]");
            console.WriteLine($"  {Clause(violation)}{violation.Rule?.Asks ?? $"no rule leads on from {violation.State.Like}"}");
            PrintSession(console, violation);
            console.WriteLine($"        expected: {violation.Expected}");
        }

        PrintProperties(console, learned);
        console.WriteLine();
        foreach (var note in learned.Notes)
        {
            console.WriteLine($"note: {note}");
        }

        PrintCost(console, learned);
    }

    // what is not known whole proves nothing
    private static void PrintProperties(IAnsiConsole console, LearnedServer learned)
    {
        var report = learned.Cost.IsWhole ? Verifier.Verify(learned.Machine, Properties.All) : null;
        foreach (var broken in report?.Properties.Where(result => result.Verdict is PropertyVerdict.Violated) ?? [])
        {
            console.WriteLine();
            console.WriteLine($"this server does not have {broken.Property.Name} ({broken.Property.Clause}): {broken.Property.Asks}");
            var answered = broken.Counterexample!.Moments.Where(moment => moment.IsAnswered);
            console.WriteLine($"        {string.Join("; ", answered.Select(moment => $"{moment.Command} / {moment.Code}"))}");
        }
    }

    private static void Print(IAnsiConsole console, LearnedDifference difference)
    {
        console.WriteLine();
        var (word, colour) = difference.Kind switch
        {
            LearnedKind.Missing => ("missing", "grey"),
            LearnedKind.Added => ("added", "red"),
            LearnedKind.OtherReply => ("other reply", "yellow"),
            LearnedKind.OtherTarget => ("other state", "purple"),
            _ => ("same", "green"),
        };
        console.Markup($"[{colour}]{word}[/]");
        var also = difference.AlsoIn.Count == 0 ? "" : $" (also in {string.Join(", ", difference.AlsoIn)})";
        var place = $"{difference.Input} in {difference.State.Name}{also}";
        console.WriteLine($": {place}; {Clause(difference)}{difference.Expected}; {Verdict(difference)}");
        PrintSession(console, difference);
    }

    private static void PrintSession(IAnsiConsole console, LearnedDifference one) =>
        console.WriteLine($"        {Session(one)}");

    /// <summary>The session that shows it, each input with what it drew.</summary>
    public static string Session(LearnedDifference one) =>
        string.Join("; ", one.Session.Zip(one.Outputs, (input, output) => $"{input} / {output}"));

    private static string Clause(LearnedDifference one) => one.Rule is { } rule ? $"{rule.Id}, {rule.Clause}: " : "";

    /// <summary>What the oracle says of it, as a word.</summary>
    public static string Verdict(LearnedDifference one) => one.Verdict switch
    {
        Testing.Engine.Verdict.Pass => "allowed",
        Testing.Engine.Verdict.NonStrict => "not strict",
        _ => "FAIL",
    };

    private static void PrintCost(IAnsiConsole console, LearnedServer learned)
    {
        var cost = learned.Cost;
        var spent =
            $"{Words.Count(cost.Sessions, "session")} with {Words.Count(cost.Inputs, "input")} in {cost.Elapsed.TotalSeconds:0.0} s";
        console.WriteLine(
            $"{Words.Count(learned.States.Count, "state")}, {Words.Count(learned.Inputs.Count, "input")}: {spent}, "
                + $"{Words.Count(learned.Differences.Count, "difference")}, {Words.Count(learned.Violations.Count, "violation")}"
        );
        var middles = cost.Middles > 0 ? $"; {Words.Count(cost.Middles, "session")} with a random middle agree" : "";
        console.WriteLine(cost.Stopped is { } stopped ? $"not learned whole: {stopped}"
            : $"certificate: right for every server with at most {Words.Count(cost.ExtraStates, "state")} more{middles}");
    }
}
