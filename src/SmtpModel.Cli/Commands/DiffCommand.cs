using System.CommandLine;
using SmtpModel.Cli.Output;
using SmtpModel.Testing;
using Spectre.Console;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel diff</c>.</summary>
internal static class DiffCommand
{
    public static Command Create()
    {
        var one = Side("HOST:PORT", "The first server, or a file of learn --json.");
        var other = Side("OTHER:PORT", "The second server, or another such file.");
        var profile = Shared.Profile("rfc5321");
        var depth = Shared.Choice(
            "--depth",
            "How far to go: greeting, envelope or data (whole messages are delivered).",
            "envelope",
            "greeting",
            "envelope",
            "data"
        );
        var codes = new Option<bool>("--codes") { Description = "Show differences too that are only in the code, as 250 and 252." };
        var connections = Shared.Number("--connections", "How many connections are open at a time.", 1, 1, 256);
        var server = new ServerOptions();
        var command = new Command(
            "diff",
            "Find where two servers differ: for each clause the shortest session that they answer differently."
        )
        {
            one,
            other,
            profile,
            depth,
            codes,
            connections,
        };
        server.All.ToList().ForEach(command.Add);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                if (Learned(parsed.GetValue(one)!, parsed.GetValue(other)!) is { } learned)
                {
                    var contrasts = LearnedComparison.Compare(learned.One, learned.Other);
                    ContrastPrinter.Print(Terminal.Console, learned.One, learned.Other, contrasts, parsed.GetValue(codes));
                    // where not all is known, that nothing differs is no verdict
                    return contrasts.Any(contrast => contrast.IsOfKind) ? ExitCodes.Failure
                        : learned.One.IsWhole && learned.Other.IsWhole ? ExitCodes.Fine
                        : ExitCodes.NoVerdict;
                }

                var settings = new TestOptions
                {
                    Depth = Enum.Parse<Depth>(parsed.GetValue(depth)!, ignoreCase: true),
                    Connections = parsed.GetValue(connections),
                    Palette = server.Palette(parsed),
                };
                await using var first = server.Target(parsed, parsed.GetValue(one)!, parsed.GetPlayed(profile));
                await using var second = server.Target(parsed, parsed.GetValue(other)!, parsed.GetPlayed(profile));
                var differences = await ServerComparison.RunAsync(parsed.GetPlayed(profile), settings, first, second, cancellation);
                var aparts = await ApartComparison.RunAsync(parsed.GetPlayed(profile), settings, first, second, cancellation);
                List<Difference> all = [.. differences, .. aparts.SelectMany(apart => apart.Differences)];
                var besides = aparts.SelectMany(apart => apart.Contrasts).ToList();
                besides.ForEach(contrast => Print(Terminal.Console, first.Name, second.Name, contrast));
                Print(
                    Terminal.Console,
                    first.Name,
                    second.Name,
                    [.. all.Where(difference => difference.IsOfKind || parsed.GetValue(codes))],
                    all.Count,
                    besides.Count
                );
                aparts
                    .Where(apart => apart.Reason is not null)
                    .ToList()
                    .ForEach(apart => Terminal.Console.WriteLine($"{apart.Keyword} is not compared: {apart.Reason}"));
                return besides.Count > 0 || all.Any(difference => difference.IsOfKind) ? ExitCodes.Failure : ExitCodes.Fine;
            }
        );
        return command;
    }

    // a server, or a file that is there
    private static Argument<string> Side(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = $"{description} A port that is not given is 25." };
        argument.Validators.Add(result =>
        {
            var word = result.Tokens[0].Value;
            if (!IsFile(word) && IsNameOfFile(word))
            {
                result.AddError($"{word}: there is no such file; learn --json writes one");
            }
            else if (!IsFile(word))
            {
                Shared.CheckServers(result);
            }
        });
        return argument;
    }

    private static bool IsFile(string word) => IsNameOfFile(word) && File.Exists(word);

    // a path, but for that of a socket, and for an address with its protocol, of which more is said
    private static bool IsNameOfFile(string word) => word.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
        || (word.AsSpan().ContainsAny('/', '\\') && !word.StartsWith(TcpTarget.Unix, StringComparison.Ordinal)
            && !word.Contains("://", StringComparison.Ordinal));

    private static (LearnedAutomaton One, LearnedAutomaton Other)? Learned(string one, string other) => (IsFile(one), IsFile(other)) switch
    {
        (true, true) => (LearnedFile.Read(new FileInfo(one)), LearnedFile.Read(new FileInfo(other))),
        (false, false) => null,
        _ => throw new UsageException("a file of learn --json is compared with another one; learn the server first"),
    };

    // what a test of the server alone says of it
    private static string Said(CaseVerdict? verdict) => verdict is { } said ? $"  ({TestPrinter.Word(said)})" : "";

    private static void Print(IAnsiConsole console, string first, string second, Contrast contrast)
    {
        var width = Math.Max(first.Length, second.Length);
        console.WriteLine($"{contrast.Case.Id}: {contrast.Case.Requirement}");
        console.WriteLine($"    {first.PadRight(width)}  {TestPrinter.Word(contrast.One.Verdict)} {contrast.One.Reason}");
        console.WriteLine($"    {second.PadRight(width)}  {TestPrinter.Word(contrast.Other.Verdict)} {contrast.Other.Reason}");
        console.WriteLine("");
    }

    private static void Print(IAnsiConsole console, string first, string second, List<Difference> shown, int all, int contrasts)
    {
        foreach (var difference in shown)
        {
            console.WriteLine(
                difference.Case is { } one ? $"{one.Id}: {one.Requirement}" : $"{difference.States[0]}, {difference.Move.Command}"
            );
            if (difference.States.Count > 1)
            {
                console.WriteLine($"      also in {string.Join(", ", difference.States.Skip(1))}");
            }

            for (var at = 0; at < difference.Session.Steps.Count; at++)
            {
                console.WriteLine($"      C: {difference.Session.Steps[at].Move}");
                if (at < difference.Session.Steps.Count - 1)
                {
                    console.WriteLine($"      S: {difference.One[at]}");
                }
            }

            var width = Math.Max(first.Length, second.Length);
            console.WriteLine($"    {first.PadRight(width)}  {difference.One[^1]}{Said(difference.OneVerdict)}");
            console.WriteLine($"    {second.PadRight(width)}  {difference.Other[^1]}{Said(difference.OtherVerdict)}");
            console.WriteLine("");
        }

        var left = all - shown.Count;
        console.WriteLine(
            shown.Count + contrasts == 0
                ? $"{first} and {second} answer everything alike{(left > 0 ? $", but for {Words.Count(left, "code")} (--codes)" : "")}"
                : $"{Words.Count(shown.Count + contrasts, "difference")}{(left > 0 ? $", and {left} in codes only (--codes)" : "")}"
        );
    }
}
