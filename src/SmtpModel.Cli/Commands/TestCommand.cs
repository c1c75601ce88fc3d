using System.CommandLine;
using SmtpModel.Cli.Output;
using SmtpModel.Testing;
using Spectre.Console;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel test</c>.</summary>
internal static class TestCommand
{
    public static Command Create()
    {
        var options = new TestOptionsOfCommand();
        var command = new Command("test", "Hold an SMTP server against every case of a profile, each with a verdict, its clause and its evidence.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(parsed, options, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, TestOptionsOfCommand options, CancellationToken cancellation)
    {
        var profile = parsed.Get(options.Profile);
        var test = new ConformanceTest(profile, options.Settings(parsed, profile));
        var console = Terminal.Console;
        var text = parsed.GetValue(options.Target);
        await using ITarget target = text is null ? await EmbeddedServer.StartAsync(profile) : new TcpTarget(Shared.ParseTarget(text)!.Value.Host, Shared.ParseTarget(text)!.Value.Port, options.Server.Timeouts(parsed));
        console.WriteLine($"testing {target.Name} as {profile.Name} ({profile.Title}), depth {parsed.GetValue(options.Depth)}");
        var report = await test.RunAsync(target, null, cancellation);
        console.WriteLine($"it greets with {report.Greeting}");
        TestPrinter.Print(console, report, parsed.GetValue(options.Verbose));
        return cancellation.IsCancellationRequested ? ExitCodes.Interrupted
            : report.Count(CaseVerdict.Fail) > 0 || (parsed.GetValue(options.Strict) && report.Count(CaseVerdict.NonStrict) > 0) ? ExitCodes.Failure
            : report.IsConclusive ? ExitCodes.Fine
            : ExitCodes.NoVerdict;
    }
}
