using System.CommandLine;
using SmtpModel.Cli.Output;
using SmtpModel.Reports;
using SmtpModel.Watching;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel check</c>.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description =
                "Captures (pcap, pcapng), or logs of what was said, also compressed by gzip; - is the standard input. Formats of logs: "
                + string.Join("; ", Recording.Formats.Select(one => $"{one.Name} ({one.Writers})"))
                + ".",
            Arity = ArgumentArity.OneOrMore,
        };
        var format = Shared.Among(
            new Option<string?>("--format")
            {
                Description = "The format of the logs, where it is not found out rightly.",
                HelpName = "NAME",
            },
            [.. Recording.Formats.Select(one => one.Name)]
        );
        var profile = Shared.Profile("rfc5321");
        var ports = new Option<int[]>("--port")
        {
            Description =
                "A port of mail, for sessions that began before the capture; may be given several times. Without it 24, 25, 465, 587, "
                    + "2424 and 2525 are.",
            HelpName = "N",
        };
        var strict = new Option<bool>("--strict") { Description = "Not to follow a SHOULD is a failure too." };
        var reports = ReportOptions.Create();
        var json = ReportOptions.One("json", "Write a JSON report.");
        var command = new Command(
            "check",
            "Judge both sides of sessions that others recorded: who broke which rule, by clause and level, with the octets."
        )
        {
            files,
            format,
            profile,
            ports,
            strict,
            reports,
            json,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var outputs = ReportOptions.Asked(parsed, reports, json);
                ReportOptions.Check(outputs);
                var console = outputs.Any(output => output.IsOutput) ? Terminal.Error : Terminal.Console;
                var started = DateTimeOffset.UtcNow;
                List<ServerReport> sides = [];
                var (hasFailed, isConclusive) = (false, true);
                foreach (var file in parsed.GetValue(files)!)
                {
                    var log = new BlameLog();
                    var options = new RecordingOptions { Format = parsed.GetValue(format), Profile = parsed.Get(profile) };
                    var notes = Read(
                        file,
                        log,
                        parsed.GetValue(ports) is { Length: > 0 } given ? options with { Ports = given } : options,
                        cancellation
                    );
                    BlamePrinter.Print(console, file, notes, log);
                    sides.AddRange(WireReport.Of(file, parsed.Get(profile), log, notes, started));
                    hasFailed |= WireReport.HasFailed(log, parsed.GetValue(strict));
                    isConclusive &= log.Exchanges > 0;
                }

                await ReportOptions.WriteAsync(outputs, sides, cancellation);
                return hasFailed ? ExitCodes.Failure
                    : isConclusive ? ExitCodes.Fine
                    : ExitCodes.NoVerdict;
            }
        );
        return command;
    }

    private static IReadOnlyList<string> Read(string file, BlameLog log, RecordingOptions options, CancellationToken cancellation)
    {
        IReadOnlyList<string> notes = [];
        var said = file == "-" ? "the standard input" : file;
        Files.OrUsage(said, file, () =>
        {
            using var recorded = RecordedFile.Open(file);
            var progress = new ReadingProgress(said, recorded.Octets.Length);
            try
            {
                notes =
                [
                    .. Recording.Follow(recorded.Octets, said, log, options, progress.Report, cancellation),
                    .. new[] { recorded.Fault }.OfType<string>(),
                ];
            }
            catch (FormatException fault)
            {
                throw new UsageException($"{said}: {fault.Message}");
            }
        });
        return notes;
    }
}
