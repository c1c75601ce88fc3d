using SmtpModel.Cli.Output;
using SmtpModel.Machines;
using Spectre.Console;

namespace SmtpModel.Cli.Commands;

/// <summary>Files that <c>learn --json</c> wrote.</summary>
internal static class LearnedFile
{
    /// <summary>Reads one.</summary>
    /// <exception cref="UsageException">It cannot be read, or is none.</exception>
    public static LearnedAutomaton Read(FileInfo file)
    {
        var (said, text) = ($"{file}", Files.Read($"{file}", file.FullName));
        var learned = Read(text, said, LearnedJson.Read);
        _ = Machine(text, said);
        return Noted(learned, said)!;
    }

    /// <summary>The machine of a file.</summary>
    /// <exception cref="UsageException">There is none in it that can be read.</exception>
    public static Profile Machine(string text, string said) => MachineJson.Read(text) switch
    {
        MachineRead read => read.Profile,
        MachineNotRead not => throw new UsageException($"{said}: {not.Where}: {not.Message}"),
        var other => throw new InvalidOperationException($"MachineJson gave {other}"),
    };

    /// <summary>The same, with a note to the user where not all of it is known.</summary>
    public static LearnedAutomaton? Noted(LearnedAutomaton? learned, string said)
    {
        if (learned is { IsWhole: false })
        {
            Terminal.Error.WriteLine($"note: {said} was not learned whole: what it lacks is not known, and is neither right nor wrong");
        }

        return learned;
    }

    /// <summary>Reads the text of one that may be that of another machine; null where it is.</summary>
    /// <exception cref="UsageException">What it says of a server cannot be read.</exception>
    public static LearnedAutomaton? ReadPart(string text, string said) => Read(text, said, LearnedJson.ReadPart);

    private static LearnedAutomaton? Read(string text, string said, Func<string, LearnedAutomaton?> read)
    {
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
