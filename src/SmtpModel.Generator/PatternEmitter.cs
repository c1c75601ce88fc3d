using SmtpModel.Machines;

namespace SmtpModel.Generator;

/// <summary>Writes the patterns of arguments and of parameters' values, for the compiler to make code of.</summary>
internal static class PatternEmitter
{
    public static void Write(CodeWriter code, IReadOnlyList<TransitionTable> tables)
    {
        code.Line().Line("/// <summary>How arguments and the values of parameters are written.</summary>");
        code.Open("internal static partial class ParameterPatterns");
        foreach (var (index, (syntax, pattern)) in Patterns(tables).Index())
        {
            code.Line($"// {syntax}");
            code.Line(
                $"[System.Text.RegularExpressions.GeneratedRegex({Literal(pattern)}, "
                    + $"System.Text.RegularExpressions.RegexOptions.CultureInvariant)]"
            );
            code.Line($"public static partial System.Text.RegularExpressions.Regex Value{index}();");
        }

        code.Close();
    }

    /// <summary>The call that gives the pattern of a value; <c>null</c> where there is no value.</summary>
    public static string Of(IReadOnlyList<TransitionTable> tables, ValueSyntax? value) =>
        value is null ? "null" : Of(tables, value.WholePattern);

    /// <summary>The call that gives a pattern.</summary>
    public static string Of(IReadOnlyList<TransitionTable> tables, string pattern) =>
        $"ParameterPatterns.Value{Patterns(tables).ToList().FindIndex(other => other.Pattern == pattern)}()";

    private static IEnumerable<(string Syntax, string Pattern)> Patterns(IReadOnlyList<TransitionTable> tables) =>
        Values(tables).Select(value => (value.Syntax, value.WholePattern)).Concat(Framings(tables)).DistinctBy(one => one.Item2);

    private static IEnumerable<ValueSyntax> Values(IReadOnlyList<TransitionTable> tables) =>
        tables
            .SelectMany(table =>
                table.Parameters.Select(parameter => parameter.Value).Concat(table.Commands.Select(use => use.Argument.Value))
            )
            .OfType<ValueSyntax>();

    private static IEnumerable<(string Syntax, string Pattern)> Framings(IReadOnlyList<TransitionTable> tables)
    {
        foreach (var command in tables.SelectMany(table => table.Commands).Select(use => use.Command))
        {
            if (command.Variant is { } variant)
            {
                yield return ($"what makes {command} of {variant.Keyword}", variant.Argument);
            }

            if (command.Block is { } block)
            {
                yield return ($"the octets that follow {command.Keyword}", block.Number);
            }
        }
    }

    private static string Literal(string text) => $"@\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
