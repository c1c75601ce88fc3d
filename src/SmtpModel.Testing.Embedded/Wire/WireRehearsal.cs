using System.Text;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Finds out which octets a wire case sends, by playing it with the embedded server and listening: so what is printed is what
/// is sent, as far as the other server answers alike.
/// </summary>
public sealed class WireRehearsal : IAsyncDisposable
{
    private readonly EmbeddedServer _server;
    private readonly Profile _profile;
    private readonly TestOptions _options;
    private readonly CasePlan _plan;

    private WireRehearsal(EmbeddedServer server, Profile profile, TestOptions options)
    {
        (_server, _profile, _options) = (server, profile, options);
        _plan = new CasePlan(CaseCatalogue.Of(profile), options);
    }

    /// <summary>Starts the embedded server on a loopback port.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="options">How a server would be tested.</param>
    public static async Task<WireRehearsal> StartAsync(Profile profile, TestOptions options)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(options);
        return new WireRehearsal(
            await EmbeddedServer.StartAsync(profile),
            profile,
            options with
            {
                Patience = TimeSpan.FromMilliseconds(20),
            }
        );
    }

    /// <summary>What a case sends on each connection it makes, one character for each octet.</summary>
    /// <param name="one">A wire case of the profile.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<string>> OctetsAsync(TestCase one, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(one);
        var target = new Listener(_server);
        var examiner = new WireExaminer(
            _profile,
            new WireOptions
            {
                Access = _plan.Access,
                Palette = _options.Palette,
                Depth = _options.Depth,
                Patience = _options.Patience,
            }
        );
        _ = await examiner.RunAsync(target, one, cancellation);
        return [.. target.Heard.Select(heard => heard.ToString()).Where(octets => octets.Length > 0)];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private sealed class Listener(ITarget inner) : ITarget
    {
        public List<StringBuilder> Heard { get; } = [];

        public string Name => inner.Name;

        public async ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation)
        {
            var heard = new StringBuilder();
            Heard.Add(heard);
            return new Session((IWireSession)await inner.ConnectAsync(greeting, cancellation), heard);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Session(IWireSession inner, StringBuilder heard) : IWireSession
    {
        public ValueTask LeaveAsync(TimeSpan patience) => inner.LeaveAsync(patience);

        public Observation Greeting => inner.Greeting;

        public Protocol.StoredMessage? Delivered => inner.Delivered;

        public ValueTask<Observation> SendAsync(ReadOnlyMemory<byte> octets, int script, CancellationToken cancellation)
        {
            heard.Append(Encoding.Latin1.GetString(octets.Span));
            return inner.SendAsync(octets, script, cancellation);
        }

        public ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation)
        {
            heard.Append(Encoding.Latin1.GetString(octets.Span));
            return inner.WriteAsync(octets, cancellation);
        }

        public ValueTask<Observation> ReadAsync(TimeSpan? patience, CancellationToken cancellation) =>
            inner.ReadAsync(patience, cancellation);

        public ValueTask<Observation?> UnaskedAsync(TimeSpan patience, CancellationToken cancellation) =>
            inner.UnaskedAsync(patience, cancellation);

        public void Drop(bool reset) => inner.Drop(reset);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
