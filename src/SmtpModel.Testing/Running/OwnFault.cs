namespace SmtpModel.Testing.Engine;

/// <summary>Sees to it that a fault of ours comes with what was being played.</summary>
internal static class OwnFault
{
    /// <summary>Does something with a session.</summary>
    public static async ValueTask WatchAsync(string profile, TestSession session, Func<ValueTask> work) =>
        _ = await WatchAsync(profile, session, async () =>
        {
            await work();
            return true;
        });

    /// <inheritdoc cref="WatchAsync(string, TestSession, Func{ValueTask})"/>
    public static ValueTask<T> WatchAsync<T>(string profile, TestSession session, Func<ValueTask<T>> work) =>
        WatchAsync(
            () => new ReplayFile(profile, session),
            () => $"a session of {session.Steps.Count} step{(session.Steps.Count == 1 ? "" : "s")}",
            work
        );

    /// <summary>Does something for a case.</summary>
    public static ValueTask<T> WatchAsync<T>(TestCase one, Func<ValueTask<T>> work) => WatchAsync(() => null, () => one.Id, work);

    /// <summary>Does something with what can be played again.</summary>
    public static async ValueTask<T> WatchAsync<T>(Func<ReplayFile?> played, Func<string> during, Func<ValueTask<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception fault) when (fault is not (ToolFaultException or TargetUnreachableException or OperationCanceledException))
        {
            throw new ToolFaultException(ToolFaultException.Describe(fault), fault) { Played = played(), During = during() };
        }
    }
}
