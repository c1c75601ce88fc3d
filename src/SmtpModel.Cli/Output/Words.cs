namespace SmtpModel.Cli.Output;

/// <summary>Numbers with their nouns.</summary>
internal static class Words
{
    public static string Count(long number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
