using System.Net;
using SmtpModel.Machines;
using SmtpModel.Server;

namespace SmtpModel.Testing;

/// <summary>
/// The project's own server in the same process, on a loopback port of the system's choice. It gives the replies that moves
/// ask for (<c>reply-451</c>), so that fuzzing it meets refusals too.
/// </summary>
public sealed class EmbeddedServer : ITarget, IClockedTarget
{
    private readonly SmtpServer _server;
    private readonly TcpTarget _target;

    private EmbeddedServer(string name, SmtpServer server, TcpTarget target) => (Name, _server, _target) = (name, server, target);

    /// <summary>Where it listens.</summary>
    internal string Host => _server.EndPoints[0].Address.ToString();

    /// <summary>The port it listens on.</summary>
    internal int Port => _server.EndPoints[0].Port;

    long IClockedTarget.ClockWaits => _target.ClockWaits;

    /// <summary>How many sessions have begun.</summary>
    internal long Sessions => _server.Counters.Sessions;

    /// <summary>How many commands and mail data it has answered.</summary>
    internal long Commands => _server.Counters.Commands;

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="profile">The profile it keeps.</param>
    /// <param name="mutant">The mutant of the profile to serve instead, a server that is wrong in one place; null for none.</param>
    public static async Task<EmbeddedServer> StartAsync(Profile profile, Mutant? mutant = null)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var options = new SmtpServerOptions
        {
            EndPoints = [new IPEndPoint(IPAddress.Loopback, 0)],
            Session = new SessionSettings { HostName = "mx.example.test" },
            Policy = new ProvokedPolicy(),
            Store = new ProvokedStore(null),
        }.Serving(Spec.Profiles.Served(profile));
        if (profile.Parts.Contains(Spec.Rfc6409.Part))
        {
            options = options with { Authenticator = Guest.Instance, Session = options.Session with { AuthenticatesInClear = true } };
        }

        // who wants mail behind a login gets one, in clear: nobody else is on the way
        var login = options.Session.AuthenticatesInClear ? new Login(Guest.Name, Guest.Password) { MaySendInClear = true } : null;
        var server = new SmtpServer(
            mutant is null
                ? options
                : options with
                {
                    MakeSession = (settings, policy) => SmtpSession.Create(mutant.Order, settings, policy),
                }
        );
        await server.StartAsync();
        var port = server.EndPoints[0].Port;
        return new EmbeddedServer(
            $"{(mutant is null ? "the embedded server" : $"the mutant {mutant.Id}")} (127.0.0.1:{port})",
            server,
            new TcpTarget("127.0.0.1", port) { Login = login }
        );
    }

    /// <inheritdoc/>
    public ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation) =>
        _target.ConnectAsync(greeting, cancellation);

    /// <summary>The one who may log in at a server that wants it.</summary>
    internal sealed class Guest : PasswordAuthenticator
    {
        public const string Name = "guest";
        public const string Password = "guest";

        public static Guest Instance { get; } = new();

        protected override ValueTask<AuthenticationOutcome> VerifyAsync(
            string name,
            ReadOnlyMemory<byte> password,
            CancellationToken cancellationToken
        ) => new(name == Name && password.Span.SequenceEqual("guest"u8) ? AuthenticationOutcome.Accepted : AuthenticationOutcome.Failed);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _target.DisposeAsync();
        await _server.DisposeAsync();
    }
}
