using SmtpModel.Testing;

namespace SmtpModel.Cli.Replaying;

/// <summary>What a run was done with, and the lines that play what it found again. How long the server was waited for is kept with
/// it.</summary>
/// <param name="store">Where it is kept.</param>
/// <param name="target">HOST:PORT, <see cref="InMemory"/> or <see cref="Embedded"/>.</param>
/// <param name="timeouts">How long the server was waited for.</param>
/// <param name="access">How the server was entered; null for the plainest way.</param>
/// <param name="delivered">The options that say where what was delivered was looked for; null where it was not.</param>
internal sealed class FoundWith(
    ReplayStore store,
    string target,
    TcpTimeouts timeouts,
    ReplayAccess? access,
    string? delivered = null
)
{
    /// <summary>The session of this process, which <c>replay</c> starts by itself.</summary>
    public const string InMemory = "--in-memory";

    /// <summary>The server of this process, which <c>replay</c> starts by itself too.</summary>
    public const string Embedded = "--embedded";

    /// <summary>HOST:PORT, <see cref="InMemory"/> or <see cref="Embedded"/>.</summary>
    public string Target => target;

    /// <summary>How the server was entered; null for the plainest way.</summary>
    public ReplayAccess? Access => access;

    /// <summary>The run again with one case of it, for what is no session that could be kept.</summary>
    public Func<string, string>? Again { get; init; }

    /// <summary>The line that plays it again.</summary>
    public string Line(ReplayFile file, bool isFailure) =>
        $"smtpmodel replay {store.Keep(Of(file), isFailure)}{Behind(file, delivered)}";

    /// <summary>The line that plays it again wherever it is typed, as all of it stands there.</summary>
    public string Line(ReplayFile file) => Line(file, delivered);

    /// <inheritdoc cref="Line(ReplayFile)"/>
    /// <param name="file">What is played.</param>
    /// <param name="delivered">The options that say where what is delivered is looked for.</param>
    public static string Line(ReplayFile file, string? delivered) =>
        $"smtpmodel replay {file.ToId()}{Behind(file, delivered)}";

    /// <summary>It with the server and the way into it.</summary>
    public ReplayFile Of(ReplayFile file) => file with { Target = target, Timeouts = timeouts, Access = access };

    private static string Behind(ReplayFile file, string? delivered) =>
        file.NeedsDeliveries && delivered is not null ? $" {delivered}" : "";
}
