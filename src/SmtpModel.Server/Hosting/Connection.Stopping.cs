namespace SmtpModel.Server;

/// <summary>
/// How a connection is ended from outside while its loop waits for the client: the receive under way is not disturbed.
/// Whoever stops it takes the session over, says 421 and ends the sending side; the loop, when its receive returns,
/// finds that out and goes on to wait for the client to close.
/// </summary>
internal sealed partial class Connection
{
    private volatile StopRequest? _stop;
    private Phase _phase;
    private Deadline _deadline;
    private long _dataEnd;

    private enum Phase
    {
        // the loop has the session
        Busy,

        // the loop waits for the client; the session is free
        Waiting,

        // who stopped the connection has the session
        Stopped,
    }

    /// <summary>What is overdue.</summary>
    public Overdue Check(long now) => _deadline.Check(now);

    /// <summary>Acts on what is overdue. Stores may run code of theirs in here.</summary>
    public void Act(Overdue overdue)
    {
        try
        {
            switch (overdue)
            {
                case Overdue.SayGoodbye:
                    Stop(server.Goodbye("Timeout"));
                    break;
                case Overdue.CancelDelivery:
                    _cancelDelivery?.Cancel();
                    break;
                case Overdue.Cut:
                    Cut();
                    break;
            }
        }
        catch (Exception e)
        {
            server.Report("a connection that took too long could not be ended", e, client);
        }
    }

    /// <summary>Ends the connection in order: now when it waits for the client, else when the exchange under way is over.</summary>
    public void Stop(string goodbye)
    {
        if (Interlocked.CompareExchange(ref _stop, new StopRequest(goodbye), null) is null)
        {
            StopIfWaiting();
        }
    }

    /// <summary>Cuts the connection, and the delivery under way.</summary>
    public void Cut()
    {
        _transport.Cut();
        _cancelDelivery?.Cancel();
    }

    private void BeginWait()
    {
        // a full fence: either this side sees the request or the other side sees that the loop waits
        Interlocked.Exchange(ref _phase, Phase.Waiting);
        if (_stop is not null)
        {
            StopIfWaiting();
        }
    }

    // false when the session has been taken away meanwhile
    private bool EndWait() => Interlocked.Exchange(ref _phase, Phase.Busy) is not Phase.Stopped;

    private void StopIfWaiting()
    {
        if (Interlocked.CompareExchange(ref _phase, Phase.Stopped, Phase.Waiting) is Phase.Waiting)
        {
            _ = GoodbyeAsync(_stop!);
        }
    }

    private async Task GoodbyeAsync(StopRequest stop)
    {
        try
        {
            _session.ShutDown(stop.Goodbye);
            Expect(server.Limits.Close, Overdue.Cut);
            await _transport.SendAsync(_session.Output);
            await _transport.EndSendAsync();
        }
        catch (Exception e)
        {
            server.Report("the session could not be shut down", e, client);
            _isKitFree = false;
            _transport.Cut();
        }
        finally
        {
            stop.Done.SetResult();
        }
    }

    // After the last reply: closing at once would reset the connection when the client has sent more, and the reply could
    // be lost with it. So the sending side is ended and the client has a while to close.
    private async ValueTask<bool> CloseAsync()
    {
        Expect(server.Limits.Close, Overdue.Cut);
        // a client that closes at once may have done so by now, and then there is nobody to say it to
        var receiving = _transport.ReceiveAsync(kit.Input);
        if (!receiving.IsCompleted)
        {
            await _transport.EndSendAsync();
            return await DiscardAsync(await receiving);
        }

        var received = await receiving;
        if (received > 0)
        {
            await _transport.EndSendAsync();
        }

        return await DiscardAsync(received);
    }

    private async ValueTask<bool> DrainAsync(int received)
    {
        await _stop!.Done.Task;
        return await DiscardAsync(received);
    }

    private async ValueTask<bool> DiscardAsync(int received)
    {
        while (received > 0)
        {
            received = await _transport.ReceiveAsync(kit.Input);
        }

        return true;
    }

    private void Expect(long within, Overdue overdue) => _deadline.Set(server.Time.GetTimestamp() + within, overdue);

    // A command's time runs on until it is complete; each block of mail data is waited for anew, to a limit for all of them.
    private void ExpectInput(bool isProgress)
    {
        var now = server.Time.GetTimestamp();
        if (!_session.IsReceivingData)
        {
            _deadline.Set(now + server.Limits.Command, Overdue.SayGoodbye);
            return;
        }

        if (isProgress)
        {
            _dataEnd = now + server.Limits.Data;
        }

        _deadline.Set(Math.Min(now + server.Limits.DataBlock, _dataEnd), Overdue.SayGoodbye);
    }

    private void NoteProgress()
    {
        var answered = _session.Exchanges - _exchanges;
        if (answered > 0)
        {
            _exchanges += answered;
            server.Counters.AddCommands(answered);
            ExpectInput(isProgress: true);
        }
        else if (_session.IsReceivingData)
        {
            ExpectInput(isProgress: false);
        }
    }

    private sealed class StopRequest(string goodbye)
    {
        public string Goodbye { get; } = goodbye;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
