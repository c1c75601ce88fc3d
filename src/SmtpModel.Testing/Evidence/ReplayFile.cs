using System.Security.Cryptography;
using System.Text;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// What showed something, in a form that can be kept and played again: as JSON in a file, or packed into one word for a command
/// line. It is a session, several at the same time, or a case about octets.
/// </summary>
/// <param name="Profile">The profile's name.</param>
/// <param name="Session">The session.</param>
public sealed record ReplayFile(string Profile, TestSession Session)
{
    /// <summary>The case that the session showed something of; null when it was no case's.</summary>
    public string? Case { get; init; }

    /// <summary>The server it was played against, as HOST:PORT; null when that is not known.</summary>
    public string? Target { get; init; }

    /// <summary>How long the server was waited for; null for as long as any is.</summary>
    public TcpTimeouts? Timeouts { get; init; }

    /// <summary>How the server was entered; null for the plainest way, in clear and without a login.</summary>
    public ReplayAccess? Access { get; init; }

    /// <summary>What was made of the case; null when it was no case's.</summary>
    public CaseVerdict? Verdict { get; init; }

    /// <summary>What the case is played with where it is about octets; null where <see cref="Session"/> is all that is played.</summary>
    public WireReplay? Wire { get; init; }

    /// <summary>Whether the last answer was one that the rules allow by itself, and wrong only for what the server answered
    /// elsewhere.</summary>
    public bool IsRelative { get; init; }

    /// <summary>Whether another finding may be why the case shows a fault, so that it was left open.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>Whether it shows only where it can be seen what was delivered.</summary>
    public bool NeedsDeliveries { get; init; }

    /// <summary>The sessions that were played at the same time, <see cref="Session"/> first, and whose turn it was when; null when it was
    /// played alone.</summary>
    public Round? Round { get; init; }

    /// <summary>What came for each step when it was played; empty when that is not known. Safe to print.</summary>
    public IReadOnlyList<string> Came { get; init; } = [];

    /// <summary>A round in a form that can be kept and played again.</summary>
    /// <param name="profile">The profile's name.</param>
    /// <param name="round">The round; it has a session.</param>
    public static ReplayFile Of(string profile, Round round)
    {
        ArgumentNullException.ThrowIfNull(round);
        return new ReplayFile(profile, round.Sessions[0]) { Round = round };
    }

    /// <summary>What is behind a result, with what came then; null when nothing was played for it.</summary>
    /// <param name="report">The report.</param>
    /// <param name="result">One of its results.</param>
    public static ReplayFile? Of(TestReport report, CaseResult result)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(result);
        return result switch
        {
            { Evidence: { Session: { } session } evidence } => new ReplayFile(report.Profile.Name, session)
            {
                Case = result.Case.Id,
                Verdict = result.Verdict,
                Target = report.Target,
                Timeouts = report.Timeouts,
                Access = report.Access,
                IsRelative = evidence.IsRelative,
                NeedsDeliveries = evidence.NeedsDeliveries,
                Came = [.. evidence.Transcript.Lines.Where(line => line.Sent is not null).Select(line => line.Came)],
            },
            { Evidence: not null, Case.Kind: CaseKind.Wire } => new ReplayFile(report.Profile.Name, new TestSession([]))
            {
                Case = result.Case.Id,
                Verdict = result.Verdict,
                Target = report.Target,
                Timeouts = report.Timeouts,
                Access = report.Access,
                IsElsewhere = result.Evidence.IsElsewhere,
                Wire = report.Wire,
            },
            _ => null,
        };
    }

    /// <summary>What was found when sessions were drawn at random.</summary>
    /// <param name="profile">The profile's name.</param>
    /// <param name="finding">The finding.</param>
    public static ReplayFile Of(string profile, Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return new ReplayFile(profile, finding.Session) { NeedsDeliveries = finding.NeedsDeliveries };
    }

    /// <summary>It as JSON.</summary>
    public string ToJson() => ReplayFormat.Write(this);

    /// <summary>It as one word of letters, digits, hyphens and underscores, which holds all there is to it.</summary>
    public string ToId() => ReplayFormat.Pack(ToJson());

    /// <summary>
    /// A short name: eight hexadecimal digits of the SHA-256 of what is played. It is the same for the same finding, whichever the
    /// server and whatever it answered.
    /// </summary>
    public string ToShortId() =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes((this with { Target = null, Timeouts = null, Access = null, Came = [], Verdict = null }).ToJson())
            )
        )[..8];

    /// <summary>Reads it back.</summary>
    /// <param name="text">JSON, or the word that <see cref="ToId"/> made.</param>
    /// <param name="find">Finds a profile by its name.</param>
    /// <exception cref="FormatException">It is neither; the message says what is wrong.</exception>
    public static ReplayFile Parse(string text, Func<string, Profile?> find)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(find);
        return ReplayFormat.Read(text, find);
    }
}

/// <summary>What a case about octets is played with, besides its name.</summary>
/// <param name="Ways">For each state, by its name, the commands that lead to it on this server.</param>
/// <param name="Palette">What the server is known to take.</param>
/// <param name="Depth">How far the test went.</param>
public sealed record WireReplay(IReadOnlyDictionary<string, IReadOnlyList<Move>> Ways, PaletteOptions Palette, Depth Depth);
