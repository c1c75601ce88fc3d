using SmtpModel.Testing;

namespace SmtpModel.Reports;

/// <summary>What a verdict rests on, as reports show it.</summary>
/// <param name="Expected">What would have been right.</param>
/// <param name="Came">What came.</param>
/// <param name="Transcript">The shortest session that shows it.</param>
public sealed record ReportedEvidence(string Expected, string Came, IReadOnlyList<ReportedLine> Transcript)
{
    /// <summary>The word that <c>smtpmodel replay</c> takes; null where the session is no sequence of whole commands.</summary>
    public string? Replay { get; init; }

    /// <summary>A shell command that says the same to the server; null where the session cannot be piped.</summary>
    public string? Shell { get; init; }

    internal static ReportedEvidence Of(Evidence evidence, string? replay, string target, ReplayAccess? access) =>
        new(
            evidence.Expected,
            evidence.Came,
            [.. evidence.Transcript.Lines.Select(line => new ReportedLine(line.State, line.Came, line.Verdict) { Sent = line.Sent })]
        )
        {
            Replay = replay,
            Shell = ReproduceWith.Shell(target, evidence, access),
        };

    internal ReportedEvidence Clean() =>
        this with
        {
            Expected = Safe.Text(Expected),
            Came = Safe.Text(Came),
            Transcript =
            [
                .. Transcript.Select(line => new ReportedLine(Safe.Text(line.State), Safe.Text(line.Came), line.Verdict)
                {
                    Sent = Safe.OrNull(line.Sent),
                }),
            ],
            Replay = Safe.OrNull(Replay),
            Shell = Safe.OrNull(Shell),
        };
}

/// <summary>One line of a transcript.</summary>
/// <param name="State">The state the model was in before.</param>
/// <param name="Came">What came back.</param>
/// <param name="Verdict">What the oracle made of it.</param>
public sealed record ReportedLine(string State, string Came, Verdict Verdict)
{
    /// <summary>What was sent; null for what came unasked.</summary>
    public string? Sent { get; init; }
}
