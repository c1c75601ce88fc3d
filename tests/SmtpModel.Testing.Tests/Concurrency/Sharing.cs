using System.Runtime.CompilerServices;
using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Server;

namespace SmtpModel.Testing.Tests.Concurrency;

/// <summary>What the sessions of a faulty server have in common.</summary>
public enum Shared
{
    ForwardPaths,
    ReversePath,
    MailData,
    State,
}

// Makes sessions share what each should have for itself. The session has no place for that, so its fields are exchanged from here.
internal static partial class Sharing
{
    public static IObservedSite InMemory(Profile profile, Shared what)
    {
        var sessions = new List<SmtpSession>();
        var site = new InMemorySite($"{profile} in memory, sessions share {what}", () =>
        {
            var target = InMemoryTarget.Of(profile);
            Join(sessions, target.Session, what);
            return target;
        });
        return what is Shared.State ? new OneState(site, sessions) : site;
    }

    /// <summary>Has a session share something with the first of those that there are.</summary>
    public static void Join(List<SmtpSession> sessions, SmtpSession session, Shared what)
    {
        sessions.Add(session);
        var (one, other) = (sessions[0].Message, session.Message);
        switch (what)
        {
            case Shared.ForwardPaths:
                ForwardPathsOf(other) = ForwardPathsOf(one);
                EndsOf(other) = EndsOf(one);
                (ParametersOf(other), ParameterEndsOf(other)) = (ParametersOf(one), ParameterEndsOf(one));
                break;
            case Shared.ReversePath:
                ReversePathOf(other) = ReversePathOf(one);
                break;
            case Shared.MailData:
                DataOf(other) = DataOf(one);
                break;
            default:
                break;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_forwardPaths")]
    private static extern ref ByteBuffer ForwardPathsOf(IncomingMessage message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_ends")]
    private static extern ref List<Slice> EndsOf(IncomingMessage message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_parameters")]
    private static extern ref ByteBuffer ParametersOf(IncomingMessage message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_parameterEnds")]
    private static extern ref List<Slice> ParameterEndsOf(IncomingMessage message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<ReversePathBuffer>k__BackingField")]
    private static extern ref ByteBuffer ReversePathOf(IncomingMessage message);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<DataBuffer>k__BackingField")]
    private static extern ref ByteBuffer DataOf(IncomingMessage message);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_State")]
    private static extern void SetState(SmtpSession session, SessionState state);

    // after each exchange the sessions all are in the state of the one that has just moved
    private sealed class OneState(InMemorySite inner, List<SmtpSession> sessions) : IObservedSite
    {
        private SessionState _state;

        public string Name => inner.Name;

        public async ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation)
        {
            var session = await inner.ConnectAsync(greeting, cancellation);
            Share();
            return new Session(this, session);
        }

        public IReadOnlyList<StoredMessage> TakeDelivered() => inner.TakeDelivered();

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private void Share()
        {
            _state = sessions.FirstOrDefault(session => session.State != _state && session.Status is not SessionStatus.Ended)?.State
                ?? _state;
            sessions.Where(session => session.Status is not SessionStatus.Ended).ToList().ForEach(session => SetState(session, _state));
        }

        private sealed class Session(OneState site, ITargetSession inner) : ITargetSession
        {
            public Observation Greeting => inner.Greeting;

            public StoredMessage? Delivered => inner.Delivered;

            public async ValueTask<Observation> SendAsync(ReadOnlyMemory<byte> octets, int script, CancellationToken cancellation)
            {
                var observation = await inner.SendAsync(octets, script, cancellation);
                site.Share();
                return observation;
            }

            public ValueTask<Observation?> UnaskedAsync(TimeSpan patience, CancellationToken cancellation) =>
                inner.UnaskedAsync(patience, cancellation);

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }
    }
}
