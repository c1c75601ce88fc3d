using SmtpModel.Cli.Output;
using SmtpModel.Spec;
using Spectre.Console;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel identify</c>.</summary>
internal static class IdentifyCommand
{
    public static Command Create()
    {
        var target = Shared.Server("HOST:PORT", "The server. Mail is delivered: use a test server.");
        var library = Shared.Place("--library", "Machines that learn --json wrote, instead of those that come with this program.",
            "DIR", text => new DirectoryInfo(text));
        var server = new ServerOptions();
        var command = new Command(
            "identify",
            "Find which of some learned machines (Postfix, Exim, ...) a server is nearest to, and where it differs from that."
        )
        {
            target,
            library,
        };
        server.All.ToList().ForEach(command.Add);
        command.SetAction(async (parsed, cancellation) =>
        {
            var known = parsed.GetValue(library) is { } folder ? FromFolder(folder) : Own();
            await using var at = server.Target(parsed, parsed.GetValue(target)!, Profiles.Esmtp);
            var found = await ServerIdentification.RunAsync(Profiles.Esmtp, at, server.Palette(parsed), known, cancellation);
            Print(Terminal.Console, at.Name, found);
            return ExitCodes.Fine;
        });
        return command;
    }

    private static List<LearnedAutomaton> Own()
    {
        var assembly = typeof(IdentifyCommand).Assembly;
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith("learned/", StringComparison.Ordinal));
        return [.. names.Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return LearnedJson.Read(reader.ReadToEnd());
        })];
    }

    private static List<LearnedAutomaton> FromFolder(DirectoryInfo folder)
    {
        FileInfo[] files = [];
        Files.OrUsage($"--library {folder}", folder.FullName, () => files = folder.GetFiles("*.json"));
        List<LearnedAutomaton> known = [.. files.OrderBy(file => file.Name, StringComparer.Ordinal).Select(LearnedFile.Read)];
        return known.Count > 0 ? known : throw new UsageException($"--library {folder}: there is no file of learn --json in it");
    }

    private static void Print(IAnsiConsole console, string name, Identified found)
    {
        var best = found.Ranking[0];
        console.WriteLine($"{name} is nearest to {best.Known.Server}: {best.Agreeing} of {best.Asked} replies are the same");
        foreach (var other in found.Ranking.Skip(1))
        {
            console.WriteLine($"      {other.Known.Server}: {other.Agreeing}");
        }

        console.WriteLine(
            $"told apart by {Words.Count(found.Sessions, "session")} with {Words.Count(found.Inputs, "input")}; "
                + $"{Words.Count(found.Checked, "session")} more, those of its complete suite, show "
                + $"{Words.Count(found.Differences.Count, "difference")} from it"
        );
        foreach (var (session, expected, came) in found.Differences)
        {
            console.WriteLine($"      {string.Join("; ", session)}: {expected} there, {came} here");
        }
    }
}
