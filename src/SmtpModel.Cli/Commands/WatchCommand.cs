using System.CommandLine;
using System.Net.Sockets;
using SmtpModel.Cli.Output;
using SmtpModel.Cli.Serving;
using SmtpModel.Watching;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel watch</c>.</summary>
internal static class WatchCommand
{
    public static Command Create()
    {
        var listen = new Option<string>("--listen")
        {
            Description = "Where clients connect to, an address and a port. Port 0 lets the system choose.",
            HelpName = "ADDRESS:PORT",
            DefaultValueFactory = _ => "127.0.0.1:2525",
        };
        var server = new Option<string?>("--to")
        {
            Description = "The server; a port that is not given is 25.",
            HelpName = "HOST:PORT",
            Required = true,
        };
        var profile = Shared.Profile("rfc5321");
        var certificate = Shared.Place(
            "--tls-cert",
            "A certificate in PEM, from an authority that the clients trust, or certificate and key in PKCS #12: with it TLS is opened "
                + "behind STARTTLS, and what is said inside is judged too. Without it TLS is carried on blind.",
            "FILE",
            text => new FileInfo(text)
        );
        var key = TlsOptions.CreateKey();
        var insecure = new Option<bool>("--insecure")
        {
            Description = "Take any certificate of the server, whoever signed it, where TLS is opened.",
        };
        var lines = Shared.Place(
            "--json-lines",
            "Write each line that is said, and each finding, as a line of JSON when it comes.",
            "FILE",
            text => new FileInfo(text)
        );
        var strict = new Option<bool>("--strict") { Description = "Not to follow a SHOULD is a failure too." };
        var reports = ReportOptions.Create();
        var json = ReportOptions.One("json", "Write a JSON report at the end.");
        var command = new Command(
            "watch",
            "Stand between clients and a server, carry the octets unchanged, and say at once which side breaks which rule, until Ctrl-C."
        )
        {
            listen,
            server,
            profile,
            certificate,
            key,
            insecure,
            lines,
            strict,
            reports,
            json,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var outputs = ReportOptions.Asked(parsed, reports, json);
                ReportOptions.Check(outputs);
                var to = ServerName.Parse(parsed.GetValue(server)!) is { Port: > 0 } found
                    ? found
                    : throw new UsageException($"--to: {ServerName.NoServer(parsed.GetValue(server)!)}");
                using var shown = TlsOptions.Load(parsed.GetValue(certificate), parsed.GetValue(key));
                var started = DateTimeOffset.UtcNow;
                var log = new BlameLog();
                var console = outputs.Any(output => output.IsOutput) ? Terminal.Error : Terminal.Console;
                using var printer = new WatchPrinter(console, parsed.GetValue(lines));
                log.Told = printer.Blamed;
                var options = new WatchOptions(SiteOptions.EndPoint(parsed.GetValue(listen)!), to.Host, to.Port)
                {
                    Profile = parsed.Get(profile),
                    Certificate = shown?.Certificate,
                    IsInsecure = parsed.GetValue(insecure),
                    Said = printer.Said,
                    Noted = printer.Noted,
                };
                await Task.Yield();
                await using (var watcher = Start(options, log))
                {
                    Console.WriteLine($"watching {watcher.EndPoint}, server {to.Host}:{to.Port}; Ctrl-C ends");
                    try
                    {
                        await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
                    }
                    catch (OperationCanceledException)
                    {
                        // Ctrl-C: the normal end
                    }
                }

                log.Told = null;
                BlamePrinter.Print(console, $"{to.Host}:{to.Port}", ["watched"], log);
                await ReportOptions.WriteAsync(
                    outputs,
                    WireReport.Of($"{to.Host}:{to.Port}", parsed.Get(profile), log, [], started),
                    CancellationToken.None
                );
                return WireReport.HasFailed(log, parsed.GetValue(strict)) ? ExitCodes.Failure
                    : log.Exchanges > 0 ? ExitCodes.Fine
                    : ExitCodes.NoVerdict;
            }
        );
        return command;
    }

    private static Watcher Start(WatchOptions options, BlameLog log)
    {
        try
        {
            return Watcher.Start(options, log);
        }
        catch (SocketException fault)
        {
            throw new UsageException($"--listen {options.Listen}: cannot listen there: {fault.Message}; choose another port, or 0");
        }
    }
}
