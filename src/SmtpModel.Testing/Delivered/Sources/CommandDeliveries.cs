using System.ComponentModel;
using System.Diagnostics;

namespace SmtpModel.Testing.Engine;

/// <summary>What a command prints: one message, or an mbox of several.</summary>
/// <param name="command">The command, for the system's shell.</param>
internal sealed class CommandDeliveries(string command) : Deliveries
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Stopwatch _clock = new();
    private IReadOnlyList<DeliveredMessage> _messages = [];

    /// <inheritdoc/>
    public override string Name => $"command:{command}";

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyList<DeliveredMessage>> ReadAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            // a mail store is not asked more often than it can bear
            if (!_clock.IsRunning || _clock.Elapsed >= Pause)
            {
                var octets = await RunAsync(cancellation);
                _messages =
                    octets.AsSpan().StartsWith("From "u8) ? [.. StoredFile.ReadMbox(octets)]
                    : octets.Length > 0 ? [StoredFile.Read(octets)]
                    : [];
                _clock.Restart();
            }

            return _messages;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<byte[]> RunAsync(CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(Limit);
        using var process = Start();
        try
        {
            process.StandardInput.Close();
            using var octets = new MemoryStream();
            var said = process.StandardError.ReadToEndAsync(time.Token);
            await process.StandardOutput.BaseStream.CopyToAsync(octets, time.Token);
            await process.WaitForExitAsync(time.Token);
            return process.ExitCode == 0
                ? octets.ToArray()
                : throw new IOException(
                    $"{Name} ends with {process.ExitCode}: {Printable.Text((await said).Trim(), 200)}; try it by hand"
                );
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new IOException($"{Name} has not ended within {Limit.TotalSeconds:0} s; try it by hand");
        }
    }

    private Process Start()
    {
        var shell = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd.exe", ["/c", command])
            : new ProcessStartInfo("/bin/sh", ["-c", command]);
        (shell.RedirectStandardInput, shell.RedirectStandardOutput, shell.RedirectStandardError) = (true, true, true);
        try
        {
            return Process.Start(shell)!;
        }
        catch (Win32Exception fault)
        {
            throw new IOException($"{Name} cannot be started: {fault.Message}", fault);
        }
    }
}
