using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace SmtpModel.Watching;

/// <summary>How a client is tried.</summary>
public sealed record TrialOptions
{
    /// <summary>
    /// The program and its arguments, in which the words {host}, {port} and {message} are replaced, and {env:NAME} by the value of a
    /// variable of the environment, which is then kept out of what is written; empty where the client comes by itself. No shell reads it.
    /// </summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>
    /// The client as a call, in place of a command, for a library under test: it is given the server and a message with CRLF, delivers
    /// it, and throws where it could not. Its exit status is 0 where it completes and 1 where it throws.
    /// </summary>
    public Func<IPEndPoint, string, CancellationToken, Task>? Call { get; init; }

    /// <summary>What is served: the profile's machine, and all of its extensions are offered.</summary>
    public Profile Profile { get; init; } = Standard;

    /// <summary>Where the client connects to; a port of 0 is another one in each scenario.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>How long a client may take for one scenario; then it is ended.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection is waited for behind the end of a client that made none.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The exit statuses that say that the message was handed over; none where the exit status says nothing, as of one that
    /// queues.</summary>
    public IReadOnlyList<int> SuccessExits { get; init; } = [0];

    /// <summary>
    /// The exit statuses that say that the message is kept in a queue and will be tried again; none of a client that has no queue. Any
    /// other one, but for <see cref="SuccessExits"/>, then says that it was returned for good.
    /// </summary>
    public IReadOnlyList<int> DeferredExits { get; init; } = [];

    /// <summary>The certificate that is shown behind STARTTLS; null where the profile has no STARTTLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Whether the client was told to demand TLS, so that it may hand nothing over without.</summary>
    public bool DemandsTls { get; init; }

    /// <summary>Which scenarios are played; all where it is null. The plain one is played always.</summary>
    public Func<Scenario, bool>? Select { get; init; }

    /// <summary>Whether what was found is believed without playing the scenario again.</summary>
    public bool PlaysOnce { get; init; }

    /// <summary>How long a late reply is waited for.</summary>
    internal TimeSpan Late { get; init; } = ScenarioCatalogue.Late;

    /// <summary>What is secret in the command; looked for anew where it is null.</summary>
    internal ClientSecrets? Secrets { get; init; }

    /// <summary>Is told when the plain scenario was played: what the client gave in a login is known by then.</summary>
    internal Action? Begun { get; init; }

    /// <summary>Is told of each scenario when it was played.</summary>
    public Action<ScenarioResult>? Told { get; init; }

    /// <summary>What is served where nothing else is asked for.</summary>
    public static Profile Standard =>
        Spec.Profiles.Composed(
            Spec.Rfc2920.Part.Extension!.Keyword,
            Spec.Rfc1870.Part.Extension!.Keyword,
            Spec.Rfc6152.Part.Extension!.Keyword
        );
}

/// <summary>The client cannot be started, and what to do about it.</summary>
/// <param name="message">That, in one sentence.</param>
public sealed class ClientNotStartedException(string message) : Exception(message);
