using System.CommandLine;
using System.Net.Sockets;
using SmtpModel.Cli.Output;
using SmtpModel.Cli.Replaying;
using SmtpModel.Watching;
using Spectre.Console;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel provoke</c>.</summary>
internal static class ProvokeCommand
{
    public static Command Create()
    {
        var options = new ProvokeOptionsOfCommand();
        var command = new Command(
            "provoke",
            "Try a client of SMTP or LMTP: answer it in each way that the standard allows, and judge what it does and what it tells."
        );
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(parsed, options, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, ProvokeOptionsOfCommand options, CancellationToken cancellation)
    {
        using var certificate = options.CertificateOf(parsed);
        var settings = options.Settings(parsed, certificate);
        var all = ScenarioCatalogue.Of(settings.Profile);
        var secrets = new ClientSecrets(settings.Command);
        settings = settings with { Select = options.Selection.Of(parsed, all), Secrets = secrets };
        if (parsed.GetValue(options.List))
        {
            var selected = all.Where(settings.Select).ToList();
            selected.ForEach(Console.WriteLine);
            Console.WriteLine(Words.Count(selected.Count, "scenario"));
            return ExitCodes.Fine;
        }

        options.Require(parsed);
        var files = options.Reports(parsed);
        ReportOptions.Check(files);
        var console = files.Any(file => file.IsOutput) ? Terminal.Error : Terminal.Console;
        string Client() => settings.Command.Count == 0 ? "whoever connects" : string.Join(' ', secrets.Words.Select(Shell.Quote));
        var printer = new ProvokePrinter(console, parsed.GetValue(options.Verbose), options.ReplayLine(parsed, secrets));
        void Head() =>
            console.WriteLine(
                $"trying {Client()}, served as {settings.Profile.Name}: {Words.Count(all.Count(settings.Select), "scenario")}"
            );

        // one that is started may give its password away first, and is then named without it
        var isStarted = settings.Command.Count > 0;
        if (!isStarted)
        {
            Head();
        }

        var started = DateTimeOffset.UtcNow;
        await Task.Yield();
        var report = await RunAsync(
            settings with
            {
                Told = printer.Told,
                Begun = isStarted ? Head : null,
            },
            settings.Command.Count == 0 ? parsed.GetValue(options.Listen)! : "",
            cancellation
        );
        printer.Print(report);
        await ReportOptions.WriteAsync(files, [TrialReports.Of(report, Client(), started)], CancellationToken.None);
        return report.HasFailed
            || (parsed.GetValue(options.Strict) && report.Results.Any(result => result.Verdict is Testing.CaseVerdict.NonStrict))
                ? ExitCodes.Failure
            : report.IsConclusive && report.Stopped is null ? ExitCodes.Fine
            : ExitCodes.NoVerdict;
    }

    private static async Task<TrialReport> RunAsync(TrialOptions settings, string listen, CancellationToken cancellation)
    {
        try
        {
            return await new ClientTrial(settings).RunAsync(
                place =>
                    Console.WriteLine(
                        $"listening on {place}{(listen.Length > 0 ? ", each connection is the next scenario; Ctrl-C ends" : "")}"
                    ),
                cancellation
            );
        }
        catch (ClientNotStartedException fault)
        {
            throw new UsageException(fault.Message);
        }
        catch (SocketException fault)
        {
            throw new UsageException($"--listen {settings.Listen}: cannot listen there: {fault.Message}; choose another port, or 0");
        }
    }
}
