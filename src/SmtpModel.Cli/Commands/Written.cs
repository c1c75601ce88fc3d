namespace SmtpModel.Cli.Commands;

/// <summary>What a verb makes, written to a file or to the standard output.</summary>
internal static class Written
{
    /// <summary>Writes a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">The file; null for the standard output.</param>
    /// <param name="cancellation">Ends the writing.</param>
    public static async Task WriteAsync(string text, FileInfo? file, CancellationToken cancellation)
    {
        if (file is null)
        {
            await Console.Out.WriteAsync(text);
            return;
        }

        try
        {
            await File.WriteAllTextAsync(file.FullName, text, cancellation);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--output {file}: {fault.Message}");
        }
    }
}
