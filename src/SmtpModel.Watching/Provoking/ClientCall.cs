using System.Net;

namespace SmtpModel.Watching;

/// <summary>A client of this process: what completes has exit status 0, what throws 1, with its message as what it said.</summary>
internal sealed class ClientCall : IRunningClient
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _task;

    public ClientCall(Func<IPEndPoint, string, CancellationToken, Task> call, IPEndPoint server) =>
        _task = Task.Run(() => call(server, MessageFile.Text("\r\n"), _stop.Token));

    public async Task<int?> WaitAsync(TimeSpan limit, CancellationToken cancellation)
    {
        await Task.WhenAny(_task, Task.Delay(limit, cancellation));
        cancellation.ThrowIfCancellationRequested();
        return _task.IsCompletedSuccessfully ? 0 : _task.IsCompleted ? 1 : null;
    }

    public void End() => _stop.Cancel();

    public Task<IReadOnlyList<string>> OutputAsync(Func<string, string> hide) => Task.FromResult<IReadOnlyList<string>>(
        _task.Exception?.InnerException is { } fault ? [Printable.Text(hide($"{fault.GetType().Name}: {fault.Message}"), 160)] : []);

    public Task<string?> TextAsync() => Task.FromResult<string?>(_task.Exception?.InnerException?.Message ?? "");

    public void Dispose()
    {
        End();
        _stop.Dispose();
    }
}
