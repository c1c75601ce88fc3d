using System.CommandLine;
using SmtpModel.Cli.Campaigns;
using SmtpModel.Cli.Output;
using SmtpModel.Cli.Replaying;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel merge</c>.</summary>
internal static class MergeCommand
{
    public static Command Create()
    {
        var inputs = new Argument<string[]>("RESULTS")
        {
            Description = "Files that --results of fuzz, learn or mutants score wrote, or folders with such files (*.jsonl).",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<ReportFile?>[] outputs =
        [
            ReportOptions.One("json", "Write all of it as JSON; of learn the machine, as learn --json does."),
            ReportOptions.One("html", "Write a page with every finding."),
            ReportOptions.One("junit", "Write JUnit XML: a test case for each share and each finding."),
        ];
        var coverage = new CoverageOption();
        var save = ReplayStore.Option();
        var command = new Command("merge", "Put the results of the shares of a campaign together: each finding once, with the shortest "
            + "session, what was covered, the machine that was learned, "
            + "and the shares that are missing, each with the command that does it alone. Exit code 1 when there are findings, 4 when "
                + "there are none and shares are missing.")
        {
            inputs,
        };
        outputs.ToList().ForEach(command.Options.Add);
        command.Add(coverage);
        command.Add(save);
        command.SetAction(parsed =>
        {
            var files = outputs.Select(parsed.GetValue).OfType<ReportFile>().ToList();
            ReportOptions.Check(files);
            parsed.GetValue(coverage)?.Check();
            var store = ReplayStore.In(parsed.GetValue(save));
            var merged = Merging.Of(ResultPlaces.Read(parsed.GetValue(inputs)!), parsed.GetValue(inputs)!);
            var console = files.Any(file => file.IsOutput) ? Terminal.Error : Terminal.Console;
            MergedPrinter.Print(console, merged, store);
            Write(files, merged);
            if (parsed.GetValue(coverage) is { } covered)
            {
                covered.Write(console, merged.Coverage
                    ?? throw new UsageException("--coverage: these results have no coverage; leave it out"),
                    $"campaign {merged.Begin.Campaign}");
            }

            return merged.ExitCode;
        });
        return command;
    }

    private static void Write(IReadOnlyList<ReportFile> files, Merged merged)
    {
        foreach (var file in files)
        {
            var text = file.Format switch
            {
                "json" => merged.Learning?.Server is { } learned ? LearnedJson.Write(learned) : MergedJson.Write(merged),
                "junit" => MergedJUnit.Write(merged),
                _ => MergedPage.Write(merged),
            };
            if (file.IsOutput)
            {
                Console.Out.Write(text);
                continue;
            }

            Files.Write($"{file.Option}: cannot write {file.Path}", file.Path, text);
            Console.Error.WriteLine($"wrote {file.Path}");
        }
    }
}
