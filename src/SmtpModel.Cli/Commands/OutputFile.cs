using System.CommandLine;

namespace SmtpModel.Cli.Commands;

/// <summary>The option <c>--output</c> of verbs that write one text.</summary>
internal static class OutputFile
{
    public static Option<FileInfo?> Create() =>
        Shared.Place("--output", "The file to write; the standard output when left out.", "FILE", text => new FileInfo(text));

    public static async Task WriteAsync(string text, FileInfo? file, CancellationToken cancellation)
    {
        if (file is null)
        {
            await Console.Out.WriteAsync(text);
            return;
        }

        cancellation.ThrowIfCancellationRequested();
        Files.Write($"--output {file}: cannot write it", file.FullName, text);
    }
}
