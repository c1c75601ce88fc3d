using SmtpModel.Machines;

namespace SmtpModel.Testing;

/// <summary>What came of testing one server.</summary>
/// <param name="Target">The server as it was named.</param>
/// <param name="Profile">The profile it was held against.</param>
/// <param name="Results">A result for each case that was selected, in the catalogue's order.</param>
public sealed record TestReport(string Target, Profile Profile, IReadOnlyList<CaseResult> Results)
{
    /// <summary>The server's greeting as it came; empty when there was none. Safe to print.</summary>
    public string Greeting { get; init; } = "";

    /// <summary>What the server is like where it does not take a plain message, as that it is mute; null where it does. Safe to
    /// print.</summary>
    public string? Headline { get; init; }

    /// <summary>What would let more be decided, as an option of the command line; null where nothing can be told. Safe to print.</summary>
    public string? Remedy { get; init; }

    /// <summary>The headline with its remedy; null where there is none. Safe to print.</summary>
    public string? Told() => Told(Headline, Remedy);

    internal static string? Told(string? headline, string? remedy) =>
        headline is null || remedy is null ? headline : $"{headline}; {remedy}";

    /// <summary>The keywords of the reply to EHLO, as they came; empty when there were none. Safe to print.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>How far the test went.</summary>
    public Depth Depth { get; init; }

    /// <summary>What the user should know about the run as a whole, as that no recipient was accepted.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What of the machine was exercised.</summary>
    public required Coverage Coverage { get; init; }

    /// <summary>The states and inputs of the machine that the server was found to be: the states reached, the commands tried.</summary>
    public (int States, int Inputs) Machine { get; init; }

    /// <summary>
    /// Why the sessions played are not a complete suite for that machine (Wp; Fujiwara and others 1991); empty when they are:
    /// then every server that differs from it and has no more states would have been told from it.
    /// </summary>
    public IReadOnlyList<string> Gaps { get; init; } = [];

    /// <summary>What its cases about octets were played with.</summary>
    internal WireReplay? Wire { get; init; }

    /// <summary>How long the server was waited for; null for one that is not behind a port.</summary>
    internal TcpTimeouts? Timeouts { get; init; }

    /// <summary>How the server was entered; null for the plainest way.</summary>
    public ReplayAccess? Access { get; init; }

    /// <summary>How many sessions were played.</summary>
    public long Sessions { get; init; }

    /// <summary>How many exchanges there were.</summary>
    public long Exchanges { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The share of the time that was spent waiting for the server, 0 to 1.</summary>
    public double Waiting { get; init; }

    /// <summary>
    /// How often a wait for the server was ended by the clock, since nothing came: where the input is not answered, or where nothing can
    /// be
    /// sent whose reply would show that nothing more comes.
    /// </summary>
    public long ClockWaits { get; init; }

    /// <summary>How many results there are of a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    public int Count(CaseVerdict verdict) => Results.Count(result => result.Verdict == verdict);

    /// <summary>The results that are failures, each of which says what was played and what came when it is printed.</summary>
    public IEnumerable<CaseResult> Failures => Results.Where(result => result.Verdict is CaseVerdict.Fail);

    /// <summary>How many results there are of cases that apply.</summary>
    public int Applicable => Results.Count - Count(CaseVerdict.NotApplicable);

    /// <summary>How many of these were decided.</summary>
    public int Decided => Applicable - Count(CaseVerdict.Inconclusive);

    /// <summary>The share of the cases that apply that was decided, 0 to 1; 0 where none applies.</summary>
    public double DecidedShare => Applicable == 0 ? 0 : (double)Decided / Applicable;

    /// <summary>Whether any case was decided.</summary>
    public bool IsConclusive => Results.Any(result => result.Verdict is CaseVerdict.Pass or CaseVerdict.Fail or CaseVerdict.NonStrict);
}
