namespace SmtpModel.Testing.Engine;

/// <summary>A session that was let in, or why none was.</summary>
internal sealed class Visit(ITargetSession? session, Observation greeting, string? refused, Func<Visit, ValueTask> leave)
    : IAsyncDisposable
{
    /// <summary>The session; null when none was let in.</summary>
    public ITargetSession? Session => session;

    /// <summary>What was said at the door.</summary>
    public Observation Greeting => greeting;

    /// <summary>Why no session was let in, for people; null when one was.</summary>
    public string? Refused => refused;

    /// <summary>Why there was no connection; null where there was one.</summary>
    public TargetUnreachableException? Fault { get; init; }

    /// <summary>What was said in the session, and what was sent where that is a sequence of whole commands; told before it is
    /// left.</summary>
    public (Transcript Transcript, TestSession? Session) Said { get; set; } = (new Transcript(), null);

    public ValueTask DisposeAsync() => session is null ? ValueTask.CompletedTask : leave(this);
}
