using System.CommandLine;

namespace SmtpModel.Cli.Commands;

/// <summary>The option <c>--output</c> of verbs that write one text.</summary>
internal static class OutputFile
{
    public static Option<FileInfo?> Create() =>
        Shared.Place("--output", "The file to write; the standard output when left out, or -.", "FILE", text => new FileInfo(text),
            isHyphenTaken: true);

    public static async Task WriteAsync(string text, FileInfo? file, CancellationToken cancellation)
    {
        if (file is null || file.ToString() == "-")
        {
            await Console.Out.WriteAsync(text);
            return;
        }

        cancellation.ThrowIfCancellationRequested();
        Files.Write($"--output {file}: cannot write it", file.FullName, text);
    }
}
