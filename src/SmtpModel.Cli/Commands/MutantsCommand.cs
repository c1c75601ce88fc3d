using System.CommandLine;
using SmtpModel.Cli.Campaigns;
using SmtpModel.Cli.Output;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel mutants</c>.</summary>
internal static class MutantsCommand
{
    public static Command Create() =>
        new("mutants", "Servers that are wrong in one place, each derived from the specification: to see whether a test tool finds them.")
        {
            List(),
            Score(),
        };

    /// <summary>The mutant of a name; one that there is not is a usage error.</summary>
    public static Mutant Find(Profile profile, string id)
    {
        var catalogue = MutantCatalogue.Of(profile);
        return catalogue.Find(id)
            ?? throw new UsageException(
                $"there is no mutant '{id}' of {profile}; the nearest are {string.Join(", ", catalogue.Near(id))}; 'smtpmodel mutants "
                    + $"list --profile {profile}' names all"
            );
    }

    private static Command List()
    {
        var profile = Shared.Profile("rfc5321");
        var kinds = Kinds();
        var format = Shared.Choice("--format", "text or json.", "text", "text", "json");
        var command = new Command(
            "list",
            "Name the mutants, what each does wrong, and what can be said against it: 'smtpmodel serve --mutant ID' serves one, which "
                + "gives the reply that an argument or the mail data asks for by the word reply-NNN, as RCPT TO:<reply-550@example.test>, "
                + "so that refusals are reached."
        )
        {
            profile, kinds, format,
        };
        command.SetAction(parsed =>
        {
            var of = Selected(parsed, kinds);
            var mutants = MutantCatalogue.Of(parsed.Get(profile)).Of(of).ToList();
            Console.Out.Write(
                parsed.GetValue(format) == "json"
                    ? MutantPrinter.Json(parsed.Get(profile), mutants)
                    : MutantPrinter.Text(parsed.Get(profile), mutants)
            );
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Command Score()
    {
        var profile = Shared.Profile("rfc5321");
        var strategy = Shared.Choice(
            "--strategy",
            $"How mutants are looked for: {string.Join("; ", MutantScore.StrategyNames.Select(each => $"{each.Name}, {each.What}"))}.",
            "wp",
            [.. MutantScore.StrategyNames.Select(each => each.Name)]
        );
        var seed = Shared.Number("--seed", "Draws other sessions, for a random strategy.", 1UL, 0UL, ulong.MaxValue);
        var budget = Shared.Number(
            "--budget",
            "The most sessions against one mutant; 0 for a whole suite, or 2000 sessions of a random strategy.",
            0,
            0
        );
        var kinds = Kinds();
        var tool = new Option<string?>("--tool")
        {
            Description =
                "Score a test tool of your own instead: each mutant is served on a loopback port, and this command line is run by the "
                    + "shell, with {host}, {port} or {target} (HOST:PORT) in it for the server. Its exit code is 0 when it finds nothing "
                    + "wrong; the plain server must pass.",
            HelpName = "COMMAND",
        };
        var timeout = Shared.Time(
            "--tool-timeout",
            "How long the tool may take for one mutant; one that it does not end with has been found.",
            new ScoreOptions().ToolTimeout
        );
        var sample = Shared.Number("--sample", "So many mutants that break a rule, drawn by the seed; 0 for all.", 0, 0);
        var accusations = new Option<bool>("--accusations")
        {
            Description =
                "Look at servers too that differ but break no rule, as many again with --sample: whoever finds something wrong with one "
                    + "accuses it wrongly.",
        };
        var format = Shared.Choice("--format", "text or json.", "text", "text", "json");
        var command = new Command(
            "score",
            "Run a strategy against every mutant in memory, or a test tool of your own against every mutant served: the score counts "
                + "those that break a rule. Exit code 1 when one of them survives, or a server is accused wrongly."
        )
        {
            profile, strategy, tool, timeout, sample, accusations, seed, budget, kinds, format,
        };
        var campaign = new CampaignOptions();
        campaign.All.ToList().ForEach(command.Options.Add);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var name = parsed.GetValue(strategy)!;
                var limit = parsed.GetValue(budget);
                var options = new ScoreOptions
                {
                    Strategy = name,
                    Tool = ToolOf(parsed, tool, strategy),
                    ToolTimeout = parsed.GetValue(timeout) ?? new ScoreOptions().ToolTimeout,
                    Sample = parsed.GetValue(sample) is > 0 and var number ? number : null,
                    Accusations = parsed.GetValue(accusations),
                    Seed = parsed.GetValue(seed),
                    Budget = limit > 0 ? limit : null,
                    Kinds = Selected(parsed, kinds),
                };
                using var shard = ShardRun.Of(parsed, campaign, out var ended);
                if (ended is { } before)
                {
                    return before;
                }

                shard?.Begin();
                var report = await MutantScore.RunAsync(parsed.Get(profile), shard?.Part(options) ?? options, cancellation);
                if (report.Unusable is { } why)
                {
                    throw new UsageException($"--tool: it {why}");
                }

                Console.Out.Write(
                    parsed.GetValue(format) == "json"
                        ? ScorePrinter.Json(parsed.Get(profile), report)
                        : ScorePrinter.Text(parsed.Get(profile), report)
                );
                var code =
                    report.Faulty.Count == 0 ? ExitCodes.Usage
                    : report.Survivors.Any() || report.Accused.Any() ? ExitCodes.Failure
                    : ExitCodes.Fine;
                return shard?.End(report, code) ?? code;
            }
        );
        return command;
    }

    private static string? ToolOf(ParseResult parsed, Option<string?> tool, Option<string> strategy)
    {
        var line = parsed.GetValue(tool);
        return line is null ? null
            : parsed.GetResult(strategy) is { Implicit: false }
                ? throw new UsageException("--tool is what is scored; leave out --strategy")
            : line.Contains("{port}", StringComparison.Ordinal) || line.Contains("{target}", StringComparison.Ordinal) ? line
            : throw new UsageException(
                "--tool does not say where the server goes; write {target} for HOST:PORT, or {host} and {port}, as --tool 'mytool "
                    + "{target}'"
            );
    }

    private static Option<string[]> Kinds()
    {
        string[] words = [.. Enum.GetNames<MutantKind>().Select(name => name.ToLowerInvariant())];
        return Shared.Among(
            new Option<string[]>("--kind")
            {
                Description = $"Only mutants of this kind: {string.Join(", ", words)}; may be given several times.",
                HelpName = "KIND",
            },
            words
        );
    }

    private static List<MutantKind> Selected(ParseResult parsed, Option<string[]> kinds) =>
        [.. (parsed.GetValue(kinds) ?? []).Select(word => Enum.Parse<MutantKind>(word, ignoreCase: true))];
}
