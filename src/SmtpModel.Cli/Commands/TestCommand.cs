using System.CommandLine;
using System.Diagnostics;
using System.Text;
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
        var settings = options.Settings(parsed, profile);
        var console = Terminal.Console;
        if (parsed.GetValue(options.DryRun))
        {
            DryRun(console, CaseCatalogue.Of(profile), settings);
            return ExitCodes.Fine;
        }

        List<TestReport> reports = [];
        var targets = parsed.GetValue(options.Targets) ?? [];
        foreach (var text in targets.DefaultIfEmpty(null))
        {
            await using ITarget target = text is null ? await EmbeddedServer.StartAsync(profile) : await ReachAsync(parsed, options, Shared.ParseTarget(text)!.Value, cancellation);
            console.WriteLine($"testing {target.Name} as {profile.Name} ({profile.Title}), depth {parsed.GetValue(options.Depth)}");
            var report = await TestProgressView.ShowAsync(progress => new ConformanceTest(profile, settings).RunAsync(target, progress, cancellation));
            console.WriteLine($"it greets with {report.Greeting}");
            TestPrinter.Print(console, report, parsed.GetValue(options.Verbose));
            reports.Add(report);
        }

        var isStrict = parsed.GetValue(options.Strict);
        return cancellation.IsCancellationRequested ? ExitCodes.Interrupted
            : reports.Exists(report => report.Count(CaseVerdict.Fail) > 0 || (isStrict && report.Count(CaseVerdict.NonStrict) > 0)) ? ExitCodes.Failure
            : reports.TrueForAll(report => report.IsConclusive) ? ExitCodes.Fine
            : ExitCodes.NoVerdict;
    }

    // a server that is being started may not listen yet
    private static async Task<TcpTarget> ReachAsync(ParseResult parsed, TestOptionsOfCommand options, (string Host, int Port) place, CancellationToken cancellation)
    {
        var target = new TcpTarget(place.Host, place.Port, options.Server.Timeouts(parsed));
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < parsed.GetValue(options.WaitForTarget))
        {
            try
            {
                await using var session = await target.ConnectAsync(0, cancellation);
                break;
            }
            catch (TargetUnreachableException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
            }
        }

        return target;
    }

    private static void DryRun(IAnsiConsole console, CaseCatalogue catalogue, TestOptions settings)
    {
        var plan = new CasePlan(catalogue, settings);
        foreach (var one in catalogue.Cases.Where(one => settings.Select!(one)))
        {
            var sessions = one.Depth > settings.Depth ? [] : plan.Of(one);
            console.WriteLine($"{one.Id}{(one.Depth > settings.Depth ? $" (needs --depth {one.Depth.ToString().ToLowerInvariant()})" : sessions.Count == 0 ? " (decided by what the other cases play)" : "")}");
            foreach (var (planned, number) in sessions.Select((planned, number) => (planned, number)))
            {
                console.WriteLine($"  session {number + 1}: {planned.Why}");
                planned.Session.Steps.ToList().ForEach(step => console.WriteLine($"    {Printable.Text(Encoding.Latin1.GetString(step.Move.Octets.Span), int.MaxValue)}"));
            }
        }
    }
}
