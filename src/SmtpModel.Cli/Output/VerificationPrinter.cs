using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SmtpModel.Machines;

namespace SmtpModel.Cli.Output;

/// <summary>Prints what a verification found.</summary>
internal static class VerificationPrinter
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    public static string Text(IReadOnlyList<VerificationReport> reports)
    {
        var text = new StringBuilder();
        foreach (var report in reports)
        {
            Write(text, report);
        }

        return text.ToString();
    }

    public static string Json(IReadOnlyList<VerificationReport> reports) =>
        JsonSerializer.Serialize(
            reports.Select(report => new
            {
                profile = report.Profile.Name,
                proved = report.IsProved,
                states = report.Space?.States,
                configurations = report.Space?.Configurations,
                edges = report.Space?.Table.Edges.Count,
                moments = report.Space?.Moments.Count,
                transitions = report.Space?.Transitions,
                tolerated = report.Space?.FollowsTolerated,
                groups = report.Groups is not { } groups
                    ? null
                    : new
                    {
                        longest = groups.LongestGroup,
                        moments = groups.Moments.Count,
                        transitions = groups.Transitions,
                    },
                seconds = report.Elapsed.TotalSeconds,
                invariants = report.Invariants.Select(invariant => new
                {
                    name = invariant.Name,
                    says = invariant.Says,
                    holds = invariant.Faults.Count == 0,
                    faults = invariant.Faults.Select(fault => new { id = fault.Id, message = fault.Message }),
                }),
                properties = report.Properties.Select(result => new
                {
                    name = result.Property.Name,
                    clause = result.Property.Clause.ToString(),
                    asks = result.Property.Asks,
                    verdict = JsonNamingPolicy.CamelCase.ConvertName(result.Verdict.ToString()),
                    reason = result.Reason,
                    counterexample = result.Counterexample?.Lines.Select(line => new
                    {
                        state = line.State,
                        side = line.Side,
                        text = line.Text,
                        rule = line.Rule?.ToString(),
                    }),
                    loopsTo = result.Counterexample?.LoopsTo,
                }),
            }),
            Readable
        ) + "\n";

    private static void Write(StringBuilder text, VerificationReport report)
    {
        text.Append(CultureInfo.InvariantCulture, $"{report.Profile.Name}: {report.Profile.Title}\n");
        if (report.Space is { } space)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {Words.Count(space.States, "state")}, {Words.Count(space.Configurations, "configuration")}, "
                    + $"{Words.Count(space.Table.Edges.Count, "edge")}; "
            );
            text.Append(
                CultureInfo.InvariantCulture,
                $"explored {Words.Count(space.Moments.Count, "moment")}, {Words.Count(space.Transitions, "transition")} in "
                    + $"{report.Elapsed.TotalSeconds:0.000} s{(space.FollowsTolerated ? ", tolerated exchanges too" : "")}\n"
            );
            if (report.Groups is { } groups)
            {
                text.Append(CultureInfo.InvariantCulture, $"  with up to {groups.LongestGroup} inputs waiting: ");
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{Words.Count(groups.Moments.Count, "moment")}, {Words.Count(groups.Transitions, "transition")}\n"
                );
            }
        }

        text.Append("\n  invariants\n");
        var names = report
            .Invariants.Select(invariant => invariant.Name)
            .Concat(report.Properties.Select(result => result.Property.Name))
            .Max(name => name.Length);
        foreach (var invariant in report.Invariants)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"    {(invariant.Faults.Count == 0 ? "holds" : "VIOLATED"),-8}  {invariant.Name.PadRight(names)}  {invariant.Says}\n"
            );
        }

        text.Append(report.Properties.Count > 0 ? "\n  properties\n" : "");
        foreach (var result in report.Properties)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"    {Word(result.Verdict),-8}  {result.Property.Name.PadRight(names)}  {result.Property.Asks} "
                    + $"({result.Property.Clause}){(result.Reason is null ? "" : $" - {result.Reason}")}\n"
            );
        }

        text.Append('\n');
        foreach (var invariant in report.Invariants.Where(invariant => invariant.Faults.Count > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"VIOLATED: {report.Profile.Name}, {invariant.Name}\n{invariant.Says}\n\n");
            text.AppendJoin("", invariant.Faults.Select(fault => $"  {fault.Id}: {fault.Message}\n")).Append('\n');
        }

        foreach (var result in report.Properties.Where(result => result.Verdict is PropertyVerdict.Violated))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"VIOLATED: {report.Profile.Name}, {result.Property.Name} ({result.Property.Clause})\n{result.Property.Asks}\n\n"
            );
            Transcript(text, result.Counterexample!);
            text.Append('\n');
        }
    }

    private static string Word(PropertyVerdict verdict) => verdict switch
    {
        PropertyVerdict.Holds => "holds",
        PropertyVerdict.HoldsVacuously => "vacuous",
        PropertyVerdict.Violated => "VIOLATED",
        _ => "n/a",
    };

    private static void Transcript(StringBuilder text, Machines.Counterexample counterexample)
    {
        var lines = counterexample.Lines;
        var width = lines.Select(line => line.State.Length).DefaultIfEmpty().Max();
        for (var at = 0; at < lines.Count; at++)
        {
            var line = lines[at];
            var mark = at == lines.Count - 1 ? "X" : " ";
            text.Append(
                CultureInfo.InvariantCulture,
                $"    {mark} {line.State.PadRight(width)}  "
                    + $"{$"{line.Side} {line.Text}".Trim()}{(line.Rule is null ? "" : $"   {line.Rule}")}\n"
            );
        }

        if (lines.Count == 0)
        {
            text.Append("    X at the very start, before anything has happened\n");
        }

        if (counterexample.LoopsTo is { } loop)
        {
            text.Append(
                loop == counterexample.Moments.Count - 1
                    ? "      and there it stays for ever\n"
                    : $"      and from line {loop + 1} on the same again, for ever\n"
            );
        }

        if (lines.Any(line => line.Text.EndsWith("[marked]", StringComparison.Ordinal)))
        {
            text.Append("      [marked]: this argument is followed through the buffers\n");
        }
    }
}
