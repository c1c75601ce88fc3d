using SmtpModel.Machines;

namespace SmtpModel.Generator;

/// <summary>Writes the patterns of arguments and of parameters' values, for the compiler to make code of.</summary>
internal static class PatternEmitter
{
    public static void Write(CodeWriter code, IReadOnlyList<TransitionTable> tables)
    {
        code.Line().Line("/// <summary>How arguments and the values of parameters are written.</summary>");
        code.Open("internal static partial class ParameterPatterns");
        foreach (var value in Values(tables).Select((value, index) => (value, index)))
        {
            code.Line($"// {value.value.Syntax}");
            code.Line($"[System.Text.RegularExpressions.GeneratedRegex({Literal(value.value.WholePattern)}, System.Text.RegularExpressions.RegexOptions.CultureInvariant)]");
            code.Line($"public static partial System.Text.RegularExpressions.Regex Value{value.index}();");
        }

        code.Close();
    }

    /// <summary>The call that gives the pattern of a value; <c>null</c> where there is no value.</summary>
    public static string Of(IReadOnlyList<TransitionTable> tables, ValueSyntax? value) =>
        value is null ? "null" : $"ParameterPatterns.Value{Values(tables).ToList().FindIndex(other => other.WholePattern == value.WholePattern)}()";

    private static IEnumerable<ValueSyntax> Values(IReadOnlyList<TransitionTable> tables) =>
        tables.SelectMany(table => table.Parameters.Select(parameter => parameter.Value).Concat(table.Commands.Select(use => use.Argument.Value))).OfType<ValueSyntax>().DistinctBy(value => value.WholePattern);

    private static string Literal(string text) => $"@\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
