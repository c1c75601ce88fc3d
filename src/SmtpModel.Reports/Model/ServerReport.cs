using System.Text.Json.Serialization;
using SmtpModel.Testing;

namespace SmtpModel.Reports;

/// <summary>
/// What came of testing one server, as reports show it: only text and numbers, so that it can be kept in a file and read
/// where the profile is not known. Whatever is written of it, characters that are not printable ASCII are escaped.
/// </summary>
/// <param name="Target">What the server is called: its name, and where it has none its address.</param>
/// <param name="Profile">The name of the profile it was held against.</param>
/// <param name="ProfileTitle">What that profile is.</param>
/// <param name="Cases">A result for each case that was selected, in the catalogue's order.</param>
public sealed record ServerReport(string Target, string Profile, string ProfileTitle, IReadOnlyList<ReportedCase> Cases)
{
    /// <summary>Where it was tested, where that is not what it is called; null otherwise.</summary>
    public string? Address { get; init; }

    /// <summary>The server's greeting; empty when there was none.</summary>
    public string Greeting { get; init; } = "";

    /// <summary>The keywords of the reply to EHLO.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>How far the test went.</summary>
    public Depth Depth { get; init; }

    /// <summary>What the user should know about the run as a whole.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What of the machine was exercised.</summary>
    public required ReportedCoverage Coverage { get; init; }

    /// <summary>The machine it was held against.</summary>
    public required ReportedMachine Machine { get; init; }

    /// <summary>How many states the server was found to have.</summary>
    public int FoundStates { get; init; }

    /// <summary>How many inputs were tried in them.</summary>
    public int FoundInputs { get; init; }

    /// <summary>Why the sessions are not a complete suite for the machine the server was found to be; empty when they are.</summary>
    public IReadOnlyList<string> Gaps { get; init; } = [];

    /// <summary>How many sessions were played.</summary>
    public long Sessions { get; init; }

    /// <summary>How many exchanges there were.</summary>
    public long Exchanges { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>How long it took, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>The share of the time that was spent waiting for the server, 0 to 1.</summary>
    public double Waiting { get; init; }

    /// <summary>How often a wait for the server was ended by the clock, since nothing came.</summary>
    public long ClockWaits { get; init; }

    /// <summary>Whether any case was decided.</summary>
    public bool IsConclusive => Cases.Any(one => one.Verdict is CaseVerdict.Pass or CaseVerdict.Fail or CaseVerdict.NonStrict);

    /// <summary>The cases that failed and are no known deviation.</summary>
    [JsonIgnore]
    public IEnumerable<ReportedCase> Failures => Cases.Where(one => one is { Verdict: CaseVerdict.Fail, Known: null });

    /// <summary>How many results there are of a verdict, known deviations among them.</summary>
    /// <param name="verdict">The verdict.</param>
    public int Count(CaseVerdict verdict) => Cases.Count(one => one.Verdict == verdict);

    /// <summary>This report with what came of a test of the same server by itself.</summary>
    /// <param name="apart">That report.</param>
    public ServerReport With(ServerReport apart)
    {
        ArgumentNullException.ThrowIfNull(apart);
        return this with
        {
            Cases = [.. Cases, .. apart.Cases],
            Notes = [.. Notes, .. apart.Notes.Except(Notes)],
            Sessions = Sessions + apart.Sessions,
            Exchanges = Exchanges + apart.Exchanges,
            Seconds = Seconds + apart.Seconds,
            ClockWaits = ClockWaits + apart.ClockWaits,
            Waiting =
                Seconds + apart.Seconds == 0 ? 0 : ((Waiting * Seconds) + (apart.Waiting * apart.Seconds)) / (Seconds + apart.Seconds),
        };
    }

    /// <summary>The report of a test.</summary>
    /// <param name="report">What came of the test.</param>
    /// <param name="name">What the server is called, which stays while its port changes from run to run; its address when left
    /// out.</param>
    public static ServerReport Of(TestReport report, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        var table = report.Profile.Table;
        return new ServerReport(name ?? report.Target, report.Profile.Name, report.Profile.Title,
            [.. report.Results.Select(result => ReportedCase.Of(result, report))])
        {
            Address = name is null ? null : report.Target,
            Greeting = report.Greeting,
            Extensions = report.Extensions,
            Depth = report.Depth,
            Notes = report.Headline is { } headline ? [headline, .. report.Notes] : report.Notes,
            Coverage = ReportedCoverage.Of(report.Coverage),
            Machine = ReportedMachine.Of(table, report.Coverage),
            FoundStates = report.Machine.States,
            FoundInputs = report.Machine.Inputs,
            Gaps = report.Gaps,
            Sessions = report.Sessions,
            Exchanges = report.Exchanges,
            Started = report.Started,
            Seconds = Math.Round(report.Elapsed.TotalSeconds, 3),
            ClockWaits = report.ClockWaits,
            Waiting = Math.Round(report.Waiting, 4),
        }.Clean();
    }

    /// <summary>The same with every text made safe to print. What is safe already stays as it is.</summary>
    internal ServerReport Clean() => this with
    {
        Target = Safe.Text(Target),
        Address = Safe.OrNull(Address),
        Profile = Safe.Text(Profile),
        ProfileTitle = Safe.Text(ProfileTitle),
        Greeting = Safe.Text(Greeting),
        Extensions = Safe.Texts(Extensions),
        Notes = Safe.Texts(Notes),
        Gaps = Safe.Texts(Gaps),
        Cases = [.. Cases.Select(one => one.Clean())],
        Machine = Machine.Clean(),
    };
}
