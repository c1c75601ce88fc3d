using SmtpModel.Testing;

namespace SmtpModel.Reports;

/// <summary>How a verdict is shown: by a colour, a sign and a word, so that none of them is needed to tell it.</summary>
/// <param name="Name">Its name in the page's styles and filters.</param>
/// <param name="Sign">One character.</param>
/// <param name="Word">The word.</param>
/// <param name="Colour">The colour on white.</param>
internal sealed record Mark(string Name, string Sign, string Word, string Colour)
{
    private static readonly Mark Known = new("known", "K", "known", "#9a3412");

    /// <summary>All marks, the one to act on first.</summary>
    public static IReadOnlyList<Mark> All { get; } = [Of(CaseVerdict.Fail), Known, .. Wording.Verdicts.Skip(1).Select(Of)];

    public static Mark Of(ReportedCase one) => one.Known is null ? Of(one.Verdict) : Known;

    /// <summary>The mark to act on first.</summary>
    public static Mark Worst(IEnumerable<ReportedCase> cases) => cases.Select(Of).MinBy(Rank)!;

    public static int Rank(Mark mark) => All.Index().First(other => other.Item == mark).Index;

    private static Mark Of(CaseVerdict verdict) => verdict switch
    {
        CaseVerdict.Fail => new("fail", "\u2715", "fail", "#b42318"),
        CaseVerdict.NonStrict => new("nonstrict", "~", Wording.Of(verdict), "#8a5a00"),
        CaseVerdict.Inconclusive => new("inconclusive", "?", Wording.Of(verdict), "#6b4ea0"),
        CaseVerdict.Info => new("info", "i", Wording.Of(verdict), "#175cd3"),
        CaseVerdict.Pass => new("pass", "\u2713", Wording.Of(verdict), "#1a6b2f"),
        _ => new("notapplicable", "\u2013", Wording.Of(verdict), "#667085"),
    };
}
