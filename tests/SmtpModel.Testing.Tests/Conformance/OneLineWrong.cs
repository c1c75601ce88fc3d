using System.Text;
using SmtpModel.Protocol;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>A server that answers one line of its own accord, and all others as it should.</summary>
internal sealed class OneLineWrong(ITarget inner, string line, int code) : ITarget
{
    public string Name => $"{inner.Name}, which answers {line} with {code}";

    public async ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation) =>
        new Session(await inner.ConnectAsync(greeting, cancellation), line, code);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class Session(ITargetSession inner, string line, int code) : ITargetSession
    {
        public Observation Greeting => inner.Greeting;

        public StoredMessage? Delivered => inner.Delivered;

        public ValueTask<Observation> SendAsync(ReadOnlyMemory<byte> octets, int script, CancellationToken cancellation) =>
            Encoding.Latin1.GetString(octets.Span) == line + "\r\n"
                ? ValueTask.FromResult(new Observation(ObservationKind.Reply, code))
                : inner.SendAsync(octets, script, cancellation);

        public ValueTask<Observation?> UnaskedAsync(TimeSpan patience, CancellationToken cancellation) =>
            inner.UnaskedAsync(patience, cancellation);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
