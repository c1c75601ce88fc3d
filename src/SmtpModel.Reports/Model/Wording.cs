using System.Text;
using SmtpModel.Machines;
using SmtpModel.Testing;

namespace SmtpModel.Reports;

/// <summary>The words that all reports use.</summary>
internal static class Wording
{
    /// <summary>The verdicts in the order in which they are told, the one to act on first.</summary>
    public static IReadOnlyList<CaseVerdict> Verdicts { get; } =
        [CaseVerdict.Fail, CaseVerdict.NonStrict, CaseVerdict.Inconclusive, CaseVerdict.Info, CaseVerdict.Pass, CaseVerdict.NotApplicable];

    public static string Of(CaseVerdict verdict) => verdict switch
    {
        CaseVerdict.NonStrict => "not strict",
        CaseVerdict.NotApplicable => "not applicable",
        _ => verdict.ToString().ToLowerInvariant(),
    };

    public static string Of(Level level) => level.ToString().ToUpperInvariant();

    public static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    /// <summary>Why a verdict: the reason, or what was expected and what came.</summary>
    public static string Why(ReportedCase one) => one.Reason.Length > 0 ? one.Reason
        : one.Evidence is { Expected.Length: > 0 } evidence ? $"expected {evidence.Expected}; came {evidence.Came}"
        : one.Requirement;

    /// <summary>A known deviation's reason and how long it holds.</summary>
    public static string Of(KnownDeviation known) =>
        $"known deviation: {known.Reason}{(known.Expires is { } day ? $" (until {day:yyyy-MM-dd})" : "")}";

    /// <summary>All there is to one case, as lines of text.</summary>
    public static string Details(ReportedCase one)
    {
        var text = new StringBuilder();
        Line("verdict", Of(one.Verdict));
        Line("clause", $"{one.Clause}, {one.Rule}, {Of(one.Level)}: {one.Asks}");
        Line("note", one.Note ?? "");
        Line("requires", one.Requirement);
        Line("reason", one.Reason);
        if (one.Known is { } known)
        {
            Line("known", Of(known));
        }

        if (one.Evidence is { } evidence)
        {
            Line("expected", evidence.Expected);
            Line("came", evidence.Came);
            text.Append('\n').Append(Transcript(evidence.Transcript)).Append('\n');
            Line("shell", evidence.Shell ?? "");
            Line("replay", evidence.Replay is { } replay ? ReproduceWith.Replay(replay) : "");
        }

        return text.ToString();

        void Line(string head, string words)
        {
            if (words.Length > 0)
            {
                text.Append(head.PadRight(10)).Append(words).Append('\n');
            }
        }
    }

    private static string Transcript(IReadOnlyList<ReportedLine> lines)
    {
        var width = lines.Select(line => line.State.Length).DefaultIfEmpty().Max();
        return string.Concat(lines.SelectMany(line => new[]
        {
            line.Sent is null ? "" : $"  {line.State.PadRight(width)}  C: {line.Sent}\n",
            $"{(line.Verdict is Verdict.Fail ? "X " : "  ")}{(line.Sent is null ? line.State : "").PadRight(width)}  S: {line.Came}\n",
        }));
    }
}
