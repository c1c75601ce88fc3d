using System.Text;
using SmtpModel.Protocol;

namespace SmtpModel.Testing.Tests.Mutants;

/// <summary>A line that was sent and what came for it; the keyword in upper case, empty for mail data.</summary>
internal readonly record struct Said(string Keyword, Observation Came, bool IsClosed, string Text);

/// <summary>A server whose answers are changed on their way: for faults that are not in the order but in the carrying of it.</summary>
/// <param name="inner">The server.</param>
/// <param name="change">Changes an answer; it is made anew for each session, so that it can remember.</param>
/// <param name="showsDeliveries">Whether what is handed over can be seen, as with a server in memory.</param>
internal sealed class FaultyTarget(ITarget inner, Func<Func<Said, Observation>> change, bool showsDeliveries = true) : ITarget
{
    public string Name => $"{inner.Name}, answers changed";

    public async ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation) =>
        new Session(await inner.ConnectAsync(greeting, cancellation), change(), showsDeliveries);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class Session(ITargetSession inner, Func<Said, Observation> change, bool showsDeliveries) : ITargetSession
    {
        private bool _isClosed;

        public Observation Greeting => inner.Greeting;

        public StoredMessage? Delivered => showsDeliveries ? inner.Delivered : null;

        public async ValueTask<Observation> SendAsync(ReadOnlyMemory<byte> octets, int script, CancellationToken cancellation)
        {
            var came = _isClosed ? new Observation(ObservationKind.Closed) : await inner.SendAsync(octets, script, cancellation);
            var text = Encoding.Latin1.GetString(octets.Span);
            var keyword = text.EndsWith("\r\n.\r\n", StringComparison.Ordinal) ? "" : text.TrimEnd().Split(' ')[0].ToUpperInvariant();
            var changed = change(new Said(keyword, came, _isClosed, text));
            _isClosed |= changed.Kind is ObservationKind.Closed;
            return changed;
        }

        public ValueTask<Observation?> UnaskedAsync(TimeSpan patience, CancellationToken cancellation) =>
            inner.UnaskedAsync(patience, cancellation);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
