using SmtpModel.Cli.Output;
using Spectre.Console;

namespace SmtpModel.Cli.Commands;

/// <summary>Files that <c>learn --json</c> wrote.</summary>
internal static class LearnedFile
{
    /// <summary>Reads one.</summary>
    /// <exception cref="UsageException">It cannot be read, or is none.</exception>
    public static LearnedAutomaton Read(FileInfo file) => Noted(Read(file, $"{file}", LearnedJson.Read), $"{file}")!;

    /// <summary>The same, with a note to the user where not all of it is known.</summary>
    public static LearnedAutomaton? Noted(LearnedAutomaton? learned, string said)
    {
        if (learned is { IsWhole: false })
        {
            Terminal.Error.WriteLine($"note: {said} was not learned whole: what it lacks is not known, and is neither right nor wrong");
        }

        return learned;
    }

    /// <summary>Reads one that may be the file of another machine; null where it is.</summary>
    /// <exception cref="UsageException">It cannot be read, or what it says of a server cannot.</exception>
    public static LearnedAutomaton? ReadPart(FileInfo file, string said) => Read(file, said, LearnedJson.ReadPart);

    private static LearnedAutomaton? Read(FileInfo file, string said, Func<string, LearnedAutomaton?> read)
    {
        var text = Files.Read(said, file.FullName);
        try
        {
            return read(text);
        }
        catch (FormatException fault)
        {
            throw new UsageException($"{said}: {fault.Message}");
        }
    }
}
