using SmtpModel.Testing;

namespace SmtpModel.Reports;

/// <summary>What a verdict rests on, as reports show it.</summary>
/// <param name="Expected">What would have been right.</param>
/// <param name="Came">What came.</param>
/// <param name="Transcript">The shortest session that shows it.</param>
public sealed record ReportedEvidence(string Expected, string Came, IReadOnlyList<ReportedLine> Transcript)
{
    // made of the case where somebody asks: a test has hundreds of cases, and most runs show how to play a few of them again
    private Lazy<string?>? ReplayOnce { get; init; }

    private Lazy<string?>? ShellOnce { get; init; }

    /// <summary>The word that <c>smtpmodel replay</c> takes; null where the session is no sequence of whole commands.</summary>
    public string? Replay
    {
        get => ReplayOnce?.Value;
        init => ReplayOnce = new Lazy<string?>(value);
    }

    /// <summary>A shell command that says the same to the server; null where the session cannot be piped.</summary>
    public string? Shell
    {
        get => ShellOnce?.Value;
        init => ShellOnce = new Lazy<string?>(value);
    }

    private ReportedEvidence(Evidence evidence, Lazy<string?> replay, Lazy<string?> shell)
        : this(
            evidence.Expected,
            evidence.Came,
            [.. evidence.Transcript.Lines.Select(line => new ReportedLine(line.State, line.Came, line.Verdict) { Sent = line.Sent })]
        ) => (ReplayOnce, ShellOnce) = (replay, shell);

    internal static ReportedEvidence Of(Evidence evidence, Func<string?> replay, string target, ReplayAccess? access) =>
        new(evidence, new Lazy<string?>(replay), new Lazy<string?>(() => ReproduceWith.Shell(target, evidence, access)));

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
            ReplayOnce = new Lazy<string?>(() => Safe.OrNull(Replay)),
            ShellOnce = new Lazy<string?>(() => Safe.OrNull(Shell)),
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
