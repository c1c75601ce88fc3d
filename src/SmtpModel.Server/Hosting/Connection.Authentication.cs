using System.Security.Cryptography;

namespace SmtpModel.Server;

/// <summary>How the steps of an authentication exchange are carried between the session and the authenticator, and failures
/// slowed.</summary>
internal sealed partial class Connection
{
    private IAuthenticationExchange? _exchange;
    private int _failedLogins;

    private async ValueTask AuthenticateAsync()
    {
        // the line may hold a password
        CryptographicOperations.ZeroMemory(kit.Input.AsSpan(0, _start));
        Expect(server.Limits.Authentication, Overdue.CancelDelivery);
        var cancellation = (_cancelDelivery ??= new()).Token;
        try
        {
            var step = await StepAsync(cancellation).AsTask().WaitAsync(cancellation);
            if (step.Outcome is not AuthenticationOutcome.Challenge)
            {
                await ConcludeAsync(step.Outcome is AuthenticationOutcome.Accepted, cancellation);
            }

            _session.CompleteAuthentication(step);
            if (_failedLogins >= server.Options.MaxFailedLogins)
            {
                _session.ShutDown(server.Goodbye("Too many failed logins"));
            }

            ExpectInput(isProgress: true);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            _session.ShutDown(server.Goodbye("Authentication takes too long"));
        }
        catch (Exception e)
        {
            Fail("the authenticator failed", e);
        }
    }

    private ValueTask<AuthenticationStep> StepAsync(CancellationToken cancellation)
    {
        if (_session.Mechanism is not { } mechanism)
        {
            return _exchange!.RespondAsync(_session.Response!.Value, cancellation);
        }

        _exchange?.Dispose();
        _exchange = server.Options.Authenticator!.Begin(mechanism)
            ?? throw new InvalidOperationException($"the authenticator lists {mechanism} and does not have it");
        return _exchange.StartAsync(_session.Response, cancellation);
    }

    private async ValueTask ConcludeAsync(bool isAccepted, CancellationToken cancellation)
    {
        _exchange!.Dispose();
        _exchange = null;
        if (isAccepted)
        {
            server.Counters.AddLogin();
            return;
        }

        _failedLogins++;
        server.Counters.AddFailedLogin();
        var delay = server.Throttle.DelayAfterFailure(client?.Address);
        Expect(server.Limits.Authentication + server.Limits.InTicks(delay), Overdue.CancelDelivery);
        await Task.Delay(delay, server.Time, cancellation);
    }
}
