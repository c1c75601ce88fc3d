using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SmtpModel.Cli.Output;

/// <summary>The score of a strategy as text and as JSON.</summary>
internal static class ScorePrinter
{
    public static string Text(Profile profile, ScoreReport report)
    {
        var killed = report.Killed.ToList();
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{report.Strategy} killed {killed.Count} of {report.Faulty.Count} faulty mutants of {profile} "
                + $"({Percent(killed.Count, report.Faulty.Count)}) in {report.Elapsed.TotalSeconds:0.0} s\n"
        );
        if (report.IsOfTool)
        {
            var unasked = report.Faulty.Where(hunted => !IsAskedFor(hunted.Mutant)).ToList();
            text.Append(
                CultureInfo.InvariantCulture,
                $"{unasked.Count(hunted => hunted.IsKilled)} of the {unasked.Count} that show by replies which the server gives unasked; "
                    + $"the others need one that is asked for, as by RCPT TO:<reply-550@example.test>\n\n"
            );
        }
        else
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"not counted: {report.Conforming.Count} conforming (they differ in what is left to a server), {report.Equivalent.Count} "
                    + $"equivalent (nobody can tell)\n\n"
            );
        }

        text.Append("kind        killed      of\n");
        foreach (var kind in report.Faulty.GroupBy(hunted => hunted.Mutant.Kind).OrderBy(kind => kind.Key))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{MutantPrinter.Word(kind.Key),-10}  {kind.Count(hunted => hunted.IsKilled),6}  {kind.Count(),6}\n"
            );
        }

        if (killed.Count > 0)
        {
            text.Append("\nto kill one   median    95 %     total\n");
            Row(text, "sessions", [.. killed.Select(hunted => hunted.Sessions)]);
            Row(text, "commands", [.. killed.Select(hunted => hunted.Commands)]);
        }

        if (killed.Count(hunted => hunted.IsTimeout) is > 0 and var timeouts)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{timeouts} of them only kept it from ending in time\n");
        }

        if (report.Harmless.Count > 0)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\naccused wrongly: {report.Accused.Count()} of {report.Harmless.Count} servers that break no rule\n"
            );
        }

        foreach (var hunted in report.Accused)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\nACCUSED WRONGLY {hunted.Mutant.Id}\n  {hunted.Mutant.Does}, "
                    + $"{(hunted.Mutant.Class is MutantClass.Conforming ? "which is left to a server" : "which nobody can see")}\n"
            );
        }

        foreach (var hunted in report.Survivors)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nSURVIVOR {hunted.Mutant.Id}\n  {hunted.Mutant.Does} ({hunted.Mutant.Rule})\n");
            text.Append(
                CultureInfo.InvariantCulture,
                $"  survived {Words.Count(hunted.Sessions, "session")} of {Words.Count(hunted.Commands, "command")}; would have been "
                    + $"killed by {MutantPrinter.Line(hunted.Mutant.Killing!)}\n  where {hunted.Mutant.Shows}\n"
            );
        }

        return text.ToString();
    }

    public static string Json(Profile profile, ScoreReport report) =>
        JsonSerializer.Serialize(Content(profile, report), MutantPrinter.Readable) + "\n";

    /// <summary>What the JSON of it has.</summary>
    public static object Content(Profile profile, ScoreReport report) =>
        new
        {
            version = 1,
            profile = profile.Name,
            strategy = report.Strategy,
            seconds = Math.Round(report.Elapsed.TotalSeconds, 1),
            faulty = report.Faulty.Count,
            killed = report.Killed.Count(),
            timeouts = report.Killed.Count(hunted => hunted.IsTimeout),
            conforming = report.Conforming.Count,
            equivalent = report.Equivalent.Count,
            sessions = Figures([.. report.Killed.Select(hunted => hunted.Sessions)]),
            commands = Figures([.. report.Killed.Select(hunted => hunted.Commands)]),
            harmless = report.Harmless.Count,
            accused = report.Accused.Select(hunted => hunted.Mutant.Id),
            mutants = report.Faulty.Select(hunted => new
            {
                id = hunted.Mutant.Id,
                killed = hunted.IsKilled,
                sessions = hunted.Sessions,
                commands = hunted.Commands,
            }),
            survivors = report.Survivors.Select(hunted => MutantPrinter.Item(hunted.Mutant)),
        };

    // in a shortest session that shows it, some reply is not the one that the plain server gives unasked
    private static bool IsAskedFor(Mutant mutant)
    {
        var table = mutant.Profile.Table;
        return mutant.Killing is { } session
            && (
                session.Greeting >= 400
                || session.Steps.Any(step =>
                    step.Script != 0
                    && table.Commands.FirstOrDefault(use => use.Command == step.Move.Command)?.Replies.Accepting.FirstOrDefault()
                        != step.Script
                )
            );
    }

    private static void Row(StringBuilder text, string noun, long[] counts) =>
        text.Append(CultureInfo.InvariantCulture, $"{noun,-10}  {Quantile(counts, 50),8} {Quantile(counts, 95),7} {counts.Sum(),9}\n");

    private static object? Figures(long[] counts) =>
        counts.Length == 0
            ? null
            : new
            {
                median = Quantile(counts, 50),
                percent95 = Quantile(counts, 95),
                total = counts.Sum(),
            };

    // the least number that so many of a hundred do not exceed
    private static long Quantile(long[] counts, int percent) => counts.Order().ElementAt((((counts.Length * percent) + 99) / 100) - 1);

    // never 100 while one is left
    private static string Percent(int part, int of) =>
        of == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(part * 1000.0 / of) / 10:0.0} %");
}
