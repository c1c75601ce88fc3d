using SmtpModel.Machines;

namespace SmtpModel.Testing;

/// <summary>What came of one case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Verdict">What is made of it.</param>
/// <param name="Reason">Why, in one sentence; empty for a plain pass. Safe to print.</param>
public sealed record CaseResult(TestCase Case, CaseVerdict Verdict, string Reason = "")
{
    /// <summary>The rule that is broken, or that would be: the case's, or another one that what was seen breaks and that binds
    /// more.</summary>
    public Rule Rule { get => field ?? Case.Rule; init; }

    /// <summary>What was said, for every verdict that was reached by playing a session.</summary>
    public Evidence? Evidence { get; init; }

    /// <summary>The result as a person reads it: the case, its clause, the reason, and what was said.</summary>
    public override string ToString() =>
        $"{Verdict} {Case.Id} ({Case.Rule.Clause}, {Case.Rule.Level.ToString().ToUpperInvariant()}): {Case.Requirement}"
        + $"{(Reason.Length > 0 ? $" {Reason}" : "")}{(Evidence is { } evidence ? $"\n{evidence.Transcript}" : "")}";
}

/// <summary>What a verdict rests on.</summary>
/// <param name="Transcript">The shortest session that shows it.</param>
/// <param name="Expected">What would have been right.</param>
/// <param name="Came">What came.</param>
public sealed record Evidence(Transcript Transcript, string Expected, string Came)
{
    /// <summary>The session, to be played again; null where it is no sequence of whole commands.</summary>
    public TestSession? Session { get; init; }

    /// <summary>
    /// Where it is no sequence of whole commands: what was sent on each connection, one connection after the other; null where
    /// that is not all there is to it, as when packets or the way a connection ended matter.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<SentOctets>>? Connections { get; init; }

    /// <summary>What the session repeats, where the repetition is what shows it: the server counts. Null where nothing is
    /// repeated.</summary>
    public string? Repeats { get; init; }

    /// <summary>Whether the last answer is one that the rules allow by itself, and wrong only for what the server answers
    /// elsewhere.</summary>
    public bool IsRelative { get; init; }

    /// <summary>Whether its session goes into TLS or logs in by itself, so that nobody can say it by hand.</summary>
    public bool IsInside { get; init; }

    /// <summary>Whether it shows only where it can be seen what was delivered.</summary>
    public bool NeedsDeliveries { get; init; }

    /// <summary>Whether another finding may be why it shows what it shows, so that it decides nothing by itself.</summary>
    public bool IsElsewhere { get; init; }
}
