namespace SmtpModel.Cli.Commands;

/// <summary>Files that <c>learn --json</c> wrote.</summary>
internal static class LearnedFile
{
    /// <summary>Reads one.</summary>
    /// <exception cref="UsageException">It cannot be read, or is none.</exception>
    public static LearnedAutomaton Read(FileInfo file)
    {
        var text = Files.Read($"{file}", file.FullName);
        try
        {
            return LearnedJson.Read(text);
        }
        catch (FormatException fault)
        {
            throw new UsageException($"{file}: {fault.Message}");
        }
    }
}
