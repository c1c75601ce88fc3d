namespace SmtpModel.Cli.Replaying;

/// <summary>Words as a shell reads them.</summary>
internal static class Shell
{
    public static string Quote(string word) =>
        word.Length > 0
        && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./:@=,+%[]".Contains(letter, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
