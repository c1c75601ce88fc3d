using SmtpModel.Testing;

namespace SmtpModel.Cli.Replaying;

/// <summary>What a run was done with, and the lines that play what it found again. How long the server was waited for is kept with
/// it.</summary>
/// <param name="store">Where it is kept.</param>
/// <param name="target">HOST:PORT, <see cref="InMemory"/> or <see cref="Embedded"/>.</param>
/// <param name="timeouts">How long the server was waited for.</param>
/// <param name="access">How the server was entered; null for the plainest way.</param>
internal sealed class FoundWith(ReplayStore store, string target, TcpTimeouts timeouts, ReplayAccess? access)
{
    /// <summary>The session of this process, which <c>replay</c> starts by itself.</summary>
    public const string InMemory = "--in-memory";

    /// <summary>The server of this process, which <c>replay</c> starts by itself too.</summary>
    public const string Embedded = "--embedded";

    /// <summary>HOST:PORT, <see cref="InMemory"/> or <see cref="Embedded"/>.</summary>
    public string Target => target;

    /// <summary>How the server was entered; null for the plainest way.</summary>
    public ReplayAccess? Access => access;

    /// <summary>The line that plays it again.</summary>
    public string Line(ReplayFile file, bool isFailure) => $"smtpmodel replay {store.Keep(Of(file), isFailure)}";

    /// <summary>It with the server and the way into it.</summary>
    public ReplayFile Of(ReplayFile file) => file with { Target = target, Timeouts = timeouts, Access = access };
}
