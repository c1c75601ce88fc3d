namespace SmtpModel.Server;

internal sealed partial class Connection
{
    // made at the first message; one for all deliveries of the connection, which ends when it is cancelled
    private volatile CancellationTokenSource? _cancelDelivery;

    private ValueTask<Decision> Store()
    {
        var trace = new MessageTrace(
            kit.Policy.ClientName,
            client?.Address,
            server.Options.Session.HostName,
            kit.Policy.Protocol(_session),
            server.Time.GetUtcNow()
        )
        {
            Identity = _session.Identity,
        };
        var message = _session.AwaitedRecipient < 0 ? _session.Message : Recipients.Only(_session.Message, [_session.AwaitedRecipient]);
        return server.Options.Store.StoreAsync(message, trace, (_cancelDelivery ??= new()).Token);
    }

    private void Complete(Decision outcome)
    {
        _session.CompleteDelivery(outcome);
        if (outcome.Code is >= 0 and < 400)
        {
            server.Counters.AddMessage();
        }
    }

    // false when the delivery was given up: the session's memory is the store's then, and another session says goodbye
    private async ValueTask<bool> DeliverAsync(ValueTask<Decision> storing)
    {
        Expect(server.Limits.Delivery, Overdue.CancelDelivery);
        var cancellation = _cancelDelivery!.Token;
        var delivery = storing.AsTask();
        try
        {
            Complete(await delivery.WaitAsync(cancellation));
            ExpectInput(isProgress: true);
            return true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            _isKitFree = false;
            ReportWhenFailed(delivery);
            await SayGoodbyeAsync(server.Goodbye("Delivery takes too long"));
            return false;
        }
        catch (Exception e)
        {
            Fail("the store failed", e);
            return true;
        }
    }

    private async Task SayGoodbyeAsync(string goodbye)
    {
        var other = server.Kits.Take();
        other.Session.ShutDown(goodbye);
        Expect(server.Limits.Send, Overdue.Cut);
        await _transport.SendAsync(other.Session.Output);
        server.Kits.Return(other);
    }

    // a store that fails after it was given up on is still heard
    private void ReportWhenFailed(Task delivery) =>
        delivery.ContinueWith(
            failed => server.Report("the store failed after its delivery had been given up", failed.Exception!.GetBaseException(), client),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
}
