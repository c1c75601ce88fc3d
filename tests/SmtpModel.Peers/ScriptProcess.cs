using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SmtpModel.Peers;

/// <summary>A script of <c>tests/peers</c> that runs until it is stopped.</summary>
internal sealed class ScriptProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private const int LinesKept = 40;
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly Queue<string> _said = new();

    private ScriptProcess(ProcessStartInfo command)
    {
        _process = new Process { StartInfo = command };
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        Exited = _process.WaitForExitAsync();
    }

    internal Task Exited { get; }

    internal int ExitCode => _process.ExitCode;

    /// <summary>The last lines that it wrote to standard error and output.</summary>
    internal string Said
    {
        get
        {
            lock (_said)
                return _said.Count == 0 ? "nothing" : string.Join('\n', _said);
        }
    }

    internal static ScriptProcess Start(string name, string[] arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var command = PeerScripts.Command(name, arguments);
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
            command.Environment[key] = value;
        return new ScriptProcess(command);
    }

    /// <summary>Asks it to end, and kills it if it does not within five seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _ = SendSignal(_process.Id, SigTerm);
        if (await Task.WhenAny(Exited, Task.Delay(StopLimit)) != Exited)
        {
            // this process only: the server's death signal does the rest
            _process.Kill();
            await Exited.WaitAsync(StopLimit);
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_said)
        {
            _said.Enqueue(line);
            if (_said.Count > LinesKept)
                _said.Dequeue();
        }
    }

    // .NET can only kill; the script cleans up when it is asked to.
    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int process, int signal);
}
