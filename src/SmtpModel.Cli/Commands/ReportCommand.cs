using System.CommandLine;
using SmtpModel.Reports;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel report</c>.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var inputs = new Argument<string[]>("REPORT")
        {
            Description = "Reports that 'smtpmodel test --report json=FILE' wrote.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<ReportFile?>[] outputs =
        [
            ReportOptions.One("html", "Write one page that holds all servers beside each other."),
            ReportOptions.One("json", "Write one JSON report of all servers."),
            ReportOptions.One("junit", "Write JUnit XML."),
            ReportOptions.One("sarif", "Write SARIF 2.1.0."),
        ];
        var command = new Command(
            "report",
            "Put reports of tests together: several servers as one page, or in another format. Whatever the verdicts are, the exit code "
                + "is 0."
        )
        {
            inputs,
        };
        foreach (var output in outputs)
        {
            command.Options.Add(output);
        }

        command.SetAction(
            async (parsed, cancellation) =>
            {
                var files = outputs.Select(parsed.GetValue).OfType<ReportFile>().ToList();
                if (files.Count == 0)
                {
                    throw new UsageException(
                        "there is nothing to write; give at least one of --html FILE, --json FILE, --junit FILE, --sarif FILE"
                    );
                }

                ReportOptions.Check(files);
                var servers = JsonReport.Merge(parsed.GetValue(inputs)!.SelectMany(Read));
                if (servers.Count == 0)
                {
                    throw new UsageException("the reports have no server in them; test one first");
                }

                await ReportOptions.WriteAsync(files, servers, cancellation);
                return ExitCodes.Fine;
            }
        );
        return command;
    }

    private static IReadOnlyList<ServerReport> Read(string path)
    {
        try
        {
            return JsonReport.Read(Files.Read(path, path));
        }
        catch (FormatException fault)
        {
            throw new UsageException($"{path}: {fault.Message}");
        }
    }
}
