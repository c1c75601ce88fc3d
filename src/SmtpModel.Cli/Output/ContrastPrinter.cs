using Spectre.Console;

namespace SmtpModel.Cli.Output;

/// <summary>Prints where two machines that were learned differ.</summary>
internal static class ContrastPrinter
{
    public static void Print(
        IAnsiConsole console,
        LearnedAutomaton one,
        LearnedAutomaton other,
        IReadOnlyList<LearnedContrast> all,
        bool codes
    )
    {
        var shown = all.Where(contrast => contrast.IsOfKind || codes).ToList();
        console.WriteLine($"A: {one.Server}, {Words.Count(one.States.Count, "state")}");
        console.WriteLine($"B: {other.Server}, {Words.Count(other.States.Count, "state")}");
        foreach (var (at, contrast) in shown.Index())
        {
            console.WriteLine();
            console.WriteLine(
                $"{(at == 0 ? "told apart by" : "also")} {string.Join("; ", contrast.Session)}: A draws {contrast.One}, B draws "
                    + $"{contrast.Other}"
            );
            console.WriteLine($"      {contrast.Input} in {string.Join(", ", contrast.States)}");
        }

        console.WriteLine();
        Print(console, "A", "B", one.Inputs.Select(input => input.Key).Except(other.Inputs.Select(input => input.Key)));
        Print(console, "B", "A", other.Inputs.Select(input => input.Key).Except(one.Inputs.Select(input => input.Key)));
        var hidden = all.Count - shown.Count;
        console.WriteLine(
            $"{Words.Count(shown.Count, "difference")}{(hidden > 0 ? $", and {hidden} that are only in the code (--codes)" : "")}"
        );
    }

    private static void Print(IAnsiConsole console, string has, string hasNot, IEnumerable<string> inputs)
    {
        if (string.Join(", ", inputs) is { Length: > 0 } names)
        {
            console.WriteLine($"note: {has} was learned with inputs that {hasNot} was not: {names}");
        }
    }
}
