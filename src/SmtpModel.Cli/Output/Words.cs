namespace SmtpModel.Cli.Output;

/// <summary>Numbers with their nouns.</summary>
internal static class Words
{
    /// <summary>Names one after the other, as in "a, b and c".</summary>
    public static string List(IReadOnlyList<string> names) =>
        names.Count < 2 ? string.Concat(names) : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";

    public static string Count(long number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
