using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace SmtpModel.Watching;

/// <summary>A client that was started for one scenario.</summary>
internal interface IRunningClient : IDisposable
{
    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit status; null when the time is up first.</returns>
    Task<int?> WaitAsync(TimeSpan limit, CancellationToken cancellation);

    /// <summary>Ends it and what it started, where it has not ended by itself.</summary>
    void End();

    /// <summary>The last lines that it said. Safe to print.</summary>
    Task<IReadOnlyList<string>> OutputAsync(Func<string, string> hide);

    /// <summary>All that it said, as it came; null where not all of it is there. Not for printing.</summary>
    Task<string?> TextAsync();
}

/// <summary>A client that is started by a command, with what it says kept. Only the processes that were started here are ended.</summary>
internal sealed class ClientProcess : IRunningClient
{
    private const int MostOutput = 64 * 1024;
    private const int LinesShown = 4;

    // a process that left a child behind keeps its outputs open
    private static readonly TimeSpan OutputLimit = TimeSpan.FromMilliseconds(300);
    private readonly Process _process;
    private readonly Task[] _readers;
    private readonly StringBuilder _output = new();

    private ClientProcess(Process process)
    {
        _process = process;
        _readers = [ReadAsync(process.StandardOutput), ReadAsync(process.StandardError)];
    }

    /// <summary>Starts a client.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="server">Where it is to connect to.</param>
    /// <param name="message">The file that the word {message} stands for.</param>
    /// <param name="secrets">Where what {env:NAME} stands for is kept out of what is written.</param>
    /// <exception cref="ClientNotStartedException">The program is not there, or cannot be run, or a variable is not set.</exception>
    public static ClientProcess Start(IReadOnlyList<string> command, IPEndPoint server, string message, ClientSecrets secrets)
    {
        var words = command.Select(secrets.Filled).Select(word => word
            .Replace("{host}", server.Address.ToString(), StringComparison.Ordinal)
            .Replace("{port}", server.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{message}", message, StringComparison.Ordinal)).ToList();
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1,
            StandardErrorEncoding = Encoding.Latin1,
        };
        Process? process;
        try
        {
            process = Process.Start(start);
        }
        catch (Win32Exception fault)
        {
            throw new ClientNotStartedException($"the client '{words[0]}' cannot be started: {fault.NativeErrorCode switch
            {
                2 => "there is no such program; write its name or path behind --",
                8 => "it is no program; a script needs its interpreter in the first line, or in front of it",
                13 => "it may not be run by this user; is it a program?",
                var code => $"the system says {code}",
            }}");
        }

        var client = new ClientProcess(process!);
        client.Feed(MessageFile.Text("\n"));
        return client;
    }

    public async Task<int?> WaitAsync(TimeSpan limit, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(limit);
        try
        {
            await _process.WaitForExitAsync(time.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    public void End()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    public async Task<IReadOnlyList<string>> OutputAsync(Func<string, string> hide)
    {
        await Task.WhenAny(Task.WhenAll(_readers), Task.Delay(OutputLimit));
        lock (_output)
        {
            return [.. _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .TakeLast(LinesShown).Select(line => Printable.Text(hide(line), 160))];
        }
    }

    public async Task<string?> TextAsync()
    {
        await Task.WhenAny(Task.WhenAll(_readers), Task.Delay(OutputLimit));
        lock (_output)
        {
            return _output.Length < MostOutput && _readers.All(reader => reader.IsCompleted) ? _output.ToString() : null;
        }
    }

    public void Dispose()
    {
        End();
        _process.Dispose();
    }

    private void Feed(string text) => _ = Task.Run(async () =>
    {
        try
        {
            await _process.StandardInput.WriteAsync(text);
            _process.StandardInput.Close();
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // a client need not read its standard input
        }
    });

    // the end of it is what says why
    private async Task ReadAsync(StreamReader reader)
    {
        var block = new char[4096];
        try
        {
            while (await reader.ReadAsync(block) is > 0 and var count)
            {
                lock (_output)
                {
                    _output.Append(block, 0, count);
                    if (_output.Length > MostOutput)
                    {
                        _output.Remove(0, _output.Length - MostOutput);
                    }
                }
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // it was ended
        }
    }
}
