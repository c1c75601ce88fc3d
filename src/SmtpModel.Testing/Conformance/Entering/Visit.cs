namespace SmtpModel.Testing;

/// <summary>A session that was let in, or why none was.</summary>
internal sealed class Visit(ITargetSession? session, Observation greeting, string? refused, Func<ITargetSession, ValueTask> leave) : IAsyncDisposable
{
    /// <summary>The session; null when none was let in.</summary>
    public ITargetSession? Session => session;

    /// <summary>What was said at the door.</summary>
    public Observation Greeting => greeting;

    /// <summary>Why no session was let in, for people; null when one was.</summary>
    public string? Refused => refused;

    public ValueTask DisposeAsync() => session is null ? ValueTask.CompletedTask : leave(session);
}
