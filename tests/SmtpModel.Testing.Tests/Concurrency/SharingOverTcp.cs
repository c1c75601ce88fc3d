using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Server;

namespace SmtpModel.Testing.Tests.Concurrency;

// the same on a socket
internal static partial class Sharing
{
    // between two exchanges the server hands the session out; a session that comes for the first time joins the others
    public static async Task<IObservedSite> OverTcpAsync(Profile profile, Shared what)
    {
        var sessions = new List<SmtpSession>();
        return new Settled(await EmbeddedSite.StartAsync(profile, (session, _) =>
        {
            lock (sessions)
            {
                if (!sessions.Contains(session))
                {
                    Join(sessions, session, what);
                }

                if (what is Shared.State)
                {
                    // those in the pool have not been opened
                    sessions
                        .FindAll(other => other.State is not (SessionState.Opening or SessionState.Closed))
                        .ForEach(other => SetState(other, session.State));
                }
            }

            return ValueTask.FromResult<ITransport?>(null);
        }, new TcpTimeouts { Reply = TimeSpan.FromMilliseconds(300) }));
    }

    // A connection that was closed ends at the server a little later, and what it shared goes with it: the next round has to wait
    // for that. Rounds begin and end with this question, when no session of theirs is open.
    private sealed class Settled(EmbeddedSite inner) : IObservedSite
    {
        public string Name => inner.Name;

        public ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation) =>
            inner.ConnectAsync(greeting, cancellation);

        public IReadOnlyList<StoredMessage> TakeDelivered()
        {
            Assert.True(SpinWait.SpinUntil(() => inner.IsIdle, TimeSpan.FromSeconds(20)), "the server holds connections that were closed");
            return inner.TakeDelivered();
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
