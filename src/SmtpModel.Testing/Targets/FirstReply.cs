namespace SmtpModel.Testing.Engine;

/// <summary>
/// The reply to the first command of a server, and whether it answers anything: where that takes its time, a command that looks nothing
/// up is sent on a second connection meanwhile, so that a server that is mute is known for one after one reply timeout.
/// </summary>
/// <param name="Came">What came.</param>
/// <param name="IsMute">Whether nothing came, and nothing for the other command either.</param>
internal readonly record struct FirstReply(Observation Came, bool IsMute)
{
    /// <summary>The share of the reply timeout behind which a reply is taken to be slow.</summary>
    public const double Soon = 1 / 20.0;

    /// <summary>Sends the first command, and looks beside it where it is not answered soon.</summary>
    /// <param name="target">The server.</param>
    /// <param name="session">A session that it began.</param>
    /// <param name="first">The command.</param>
    /// <param name="nothing">The line that a server answers without looking anything up.</param>
    /// <param name="slow">Called where it is not answered soon.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<FirstReply> AskAsync(
        ITarget target,
        ITargetSession session,
        ReadOnlyMemory<byte> first,
        ReadOnlyMemory<byte> nothing,
        Action? slow,
        CancellationToken cancellation
    )
    {
        var reply = session.SendAsync(first, 0, cancellation).AsTask();
        if (target is not TcpTarget server || await IsWithinAsync(reply, server.Timeouts.Reply * Soon, cancellation))
        {
            return new FirstReply(await reply, false);
        }

        slow?.Invoke();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(server.Timeouts.Reply * (1 + Soon));
        var beside = IsUnansweredAsync(server, nothing, limit.Token);
        var came = await reply;
        if (came is not { Kind: ObservationKind.Silence, Fault: null })
        {
            await limit.CancelAsync();
        }

        return new FirstReply(came, await beside);
    }

    /// <summary>Whether something is done within a time.</summary>
    public static async Task<bool> IsWithinAsync(Task task, TimeSpan time, CancellationToken cancellation) =>
        await Task.WhenAny(task, Task.Delay(time, cancellation)) == task;

    private static async Task<bool> IsUnansweredAsync(TcpTarget server, ReadOnlyMemory<byte> line, CancellationToken cancellation)
    {
        try
        {
            await using var session = await server.ConnectAsync(0, cancellation);
            return session.Greeting.Kind is ObservationKind.Reply
                && await session.SendAsync(line, 0, cancellation) is { Kind: ObservationKind.Silence, Fault: null };
        }
        catch (Exception fault) when (fault is OperationCanceledException or TargetUnreachableException)
        {
            // it was not let in, or is not needed any more: then nothing is known
            return false;
        }
    }
}
