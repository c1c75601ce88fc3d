namespace SmtpModel.Testing.Engine;

/// <summary>A session that is over.</summary>
/// <param name="Ended">When it ended, as a time stamp of the clock.</param>
/// <param name="Transcript">What was said in it.</param>
/// <param name="Session">What was sent; null where it is no sequence of whole commands.</param>
/// <param name="IsCut">Whether the server ended it unasked, as it does with all that are open when it dies.</param>
internal sealed record PastSession(long Ended, Transcript Transcript, TestSession? Session, bool IsCut);

/// <summary>The sessions that ended last, so that the one behind which a server is gone can be named.</summary>
internal sealed class LastSessions
{
    // more than can be open at a time
    private const int Most = 512;

    private readonly Lock _lock = new();
    private readonly Queue<PastSession> _past = [];
    private long _alive;

    /// <summary>A session was begun: the server is there.</summary>
    public void SignOfLife(long now)
    {
        lock (_lock)
        {
            _alive = Math.Max(_alive, now);
        }
    }

    public void Add(PastSession session)
    {
        lock (_lock)
        {
            _past.Enqueue(session);
            if (_past.Count > Most)
            {
                _past.Dequeue();
            }
        }
    }

    /// <summary>
    /// The session behind which no other was begun any more, and how many could be meant: of those that ended since the last sign of life
    /// the first that the server did not end itself, for it ends all that are open when it dies. It may have died of the one before, too: a
    /// server that is about to die may serve another. Null when there was none.
    /// </summary>
    public (PastSession Session, int Of)? Suspect
    {
        get
        {
            lock (_lock)
            {
                var since = _past
                    .Where(session => session.Ended >= _alive)
                    .OrderBy(session => session.IsCut)
                    .ThenBy(session => session.Ended)
                    .ToList();
                return since.Count == 0 ? null : (since[0], since.Count + (HasOneBefore() ? 1 : 0));
            }
        }
    }

    private bool HasOneBefore() => _past.Any(session => session.Ended < _alive);
}
