using System.CommandLine;
using System.Diagnostics;
using SmtpModel.Cli.Output;
using SmtpModel.Cli.Replaying;
using SmtpModel.Reports;
using SmtpModel.Testing;
using Spectre.Console;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel test</c>.</summary>
internal static class TestCommand
{
    public static Command Create()
    {
        var options = new TestOptionsOfCommand();
        var command = new Command(
            "test",
            "Hold SMTP servers against every case of a profile, each with a verdict, its clause and its evidence."
        );
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(parsed, options, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, TestOptionsOfCommand options, CancellationToken cancellation)
    {
        var profile = parsed.GetPlayed(options.Profile);
        // what may be told to be tested: every case that some server may get
        var whole = parsed.GetValue(options.Extensions) is ExtensionsOption.None ? profile : ExtensionsOption.Whole(profile);
        var settings = options.Settings(parsed, whole);
        if (parsed.GetValue(options.Delivered.Place) is not null)
        {
            Refuse(parsed, options, profile);
        }

        if (settings is { Thorough: not null, Depth: < Depth.Data })
        {
            throw new UsageException(
                $"--thorough plays whole messages, and --depth {parsed.GetValue(options.Depth)} sends none; give --depth data"
            );
        }

        if (parsed.GetValue(options.DryRun))
        {
            await DryRunPrinter.PrintAsync(
                Terminal.Console,
                CaseCatalogue.Of(profile),
                settings,
                parsed.GetValue(options.Delivered.Place) is not null,
                cancellation
            );
            return ExitCodes.Fine;
        }

        var files = options.Reports(parsed);
        ReportOptions.Check(files);
        var coverage = parsed.GetValue(options.Coverage);
        if (coverage is not null && parsed.GetValue(options.Targets) is { Length: > 1 })
        {
            throw new UsageException("--coverage is about one server; test them one by one, or leave it out");
        }

        coverage?.Check();
        var names = options.Names(parsed);
        var store = ReplayStore.In(parsed.GetValue(options.Save));
        var known = KnownDeviations.Read(parsed.GetValue(options.Deviations), parsed.GetValue(options.UpdateDeviations));

        // where a report goes to the standard output, all that is for people goes to the standard error
        var console = files.Any(file => file.IsOutput) ? Terminal.Error : Terminal.Console;
        if (parsed.GetValue(options.Targets) is not { Length: > 0 })
        {
            options.Server.Access.RefuseAll(parsed);
        }

        await using var deliveries = await options.Delivered.OpenAsync(parsed);
        if (deliveries is not null)
        {
            console.WriteLine($"what is delivered is looked for in {deliveries.Name}");
        }

        List<TestReport> reports = [];
        List<TestReport> besides = [];
        List<ServerReport> servers = [];
        var isWhole = true;
        foreach (var text in (parsed.GetValue(options.Targets) ?? []).DefaultIfEmpty(null))
        {
            await using ITarget target = text is null
                ? await EmbeddedServer.StartAsync(profile)
                : await ReachAsync(parsed, options, text, profile, cancellation);
            var isGreeted = false;
            var offer = await parsed.ReadAsync(options.Extensions, target, profile, settings.Palette, cancellation, greeting =>
            {
                isGreeted = true;
                console.WriteLine($"{target.Name} greets with {greeting}");
            });
            console.WriteLine(
                $"testing {target.Name} as {offer.Profile.Name} ({offer.Profile.Title}), depth {parsed.GetValue(options.Depth)}"
            );
            var aparts = ApartTest.Of(target, profile, offer.Offer, settings, ExtensionsOption.Only(parsed.GetValue(options.Extensions)));
            offer.Missing.Except(aparts.Select(apart => apart.Keyword), StringComparer.OrdinalIgnoreCase).ToList()
                .ForEach(keyword => console.WriteLine($"{keyword} is not offered, so it is not tested"));
            var found = new FoundWith(
                store,
                text ?? FoundWith.Embedded,
                options.Server.Timeouts(parsed),
                ReplayAccess.Of(target),
                options.Delivered.Again(parsed)
            )
            {
                Again = one => options.Selection.Again(parsed, one),
            };
            ServerReport? server = null;
            if (aparts.Count == 0 || CaseCatalogue.Of(offer.Profile).Cases.Any(settings.Select!) || deliveries is not null)
            {
                var offered = settings with
                {
                    Palette = settings.Palette with { Offer = offer.Offer },
                    Delivered = options.Delivered.Watch(parsed, deliveries),
                    IsMute = offer.IsMute,
                };
                var report = await TestProgressView.ShowAsync(
                    console,
                    progress => new ConformanceTest(offer.Profile, offered).RunAsync(target, progress, cancellation),
                    isGreeted
                );
                server = ServerReport.Of(report, names[servers.Count]);
                reports.Add(report);
                TestPrinter.Print(console, report, parsed.GetValue(options.Verbose), known.Reasons(server), found);
                TestPrinter.PrintUndecided(console, report, parsed.GetValue(options.MinDecided));
                coverage?.Write(
                    console,
                    CoverageReport.Of(report.Coverage, new Palette(offer.Profile.Table, settings.Palette)),
                    $"test of {target.Name}, {Words.Count(report.Sessions, "session")}, {Words.Count(report.Exchanges, "exchange")}"
                );
            }

            foreach (var apart in aparts)
            {
                await using var inside = apart.Target;
                console.WriteLine(
                    $"\ntesting {apart.Title} of {target.Name} by itself, as {apart.Profile.Name}: "
                        + $"{Words.Count(apart.Cases.Count, "case")}"
                );
                TestReport own;
                try
                {
                    own = await TestProgressView.ShowAsync(console, progress => apart.RunAsync(progress, cancellation), isGreeted: true);
                }
                catch (TargetUnreachableException fault) when (server is not null)
                {
                    // what was found before is reported all the same
                    (own, isWhole) = (apart.Unplayed(fault.Message), false);
                }

                var beside = ServerReport.Of(own, names[servers.Count]);
                (server is null ? reports : besides).Add(own);
                TestPrinter.PrintApart(console, own, parsed.GetValue(options.Verbose), known.Reasons(beside), found);
                server = server?.With(beside) ?? beside;
            }

            servers.Add(server!);
        }

        store.End();
        if (store.Note is { } note)
        {
            console.WriteLine($"note: {note}");
        }

        if (reports.Count > 1)
        {
            TestPrinter.PrintAll(console, reports, [.. servers.Select(server => known.Reasons(server).Count)]);
        }

        var outcome = known.Apply(servers, ExtensionsOption.Possible(whole).Concat(DeliveryCatalogue.Of(whole)));
        outcome.Problems.ToList().ForEach(problem => console.WriteLine($"deviations: {problem.Message}"));
        await ReportOptions.WriteAsync(files, outcome.Servers, cancellation);
        var isStrict = parsed.GetValue(options.Strict);
        var least = parsed.GetValue(options.MinDecided);
        return !outcome.IsFine || (isStrict && reports.Concat(besides).Any(report => report.Count(CaseVerdict.NonStrict) > 0))
                ? ExitCodes.Failure
            : isWhole && reports.TrueForAll(report => report.IsConclusive && report.DecidedShare * 100 >= least)
                ? ExitCodes.Fine
            : ExitCodes.NoVerdict;
    }

    // what cannot be looked at is said before anything is played
    private static void Refuse(ParseResult parsed, TestOptionsOfCommand options, Profile profile)
    {
        if (parsed.GetValue(options.Targets) is not { Length: 1 } && !parsed.GetValue(options.DryRun))
        {
            throw new UsageException("--delivered is about one server that delivers; name it with HOST:PORT");
        }

        if (parsed.GetValue(options.Depth) is "greeting" or "envelope")
        {
            throw new UsageException(
                $"--delivered is about whole messages, and --depth {parsed.GetValue(options.Depth)} sends none; give --depth data"
            );
        }

        if (DeliveryCatalogue.Of(profile).Count == 0)
        {
            throw new UsageException($"--delivered goes by RFC 5321, and {profile.Name} is older; give --profile rfc5321");
        }
    }

    // a server that is being started may not listen yet
    private static async Task<TcpTarget> ReachAsync(
        ParseResult parsed,
        TestOptionsOfCommand options,
        string text,
        Profile profile,
        CancellationToken cancellation
    )
    {
        var target = options.Server.Target(parsed, text, profile);
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
}
