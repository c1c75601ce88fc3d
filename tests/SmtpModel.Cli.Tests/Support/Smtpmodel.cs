using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace SmtpModel.Cli.Tests.Support;

/// <summary>The tool as users run it: a process of its own.</summary>
internal sealed class Smtpmodel : IAsyncDisposable
{
    public const int SigInt = 2;
    public const int SigTerm = 15;

    // far longer than any run takes on a busy machine; a run that hangs is a failure, not an endless test
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    private Smtpmodel(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(_out, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public long PeakMemory { get; private set; }

    public static Smtpmodel Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "smtpmodel.dll"));
        arguments.ToList().ForEach(start.ArgumentList.Add);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new Smtpmodel(start);
    }

    public static async Task<ToolRun> RunAsync(params string[] arguments)
    {
        await using var tool = Start(arguments);
        return await tool.EndAsync();
    }

    public async Task<ToolRun> EndAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        while (!_process.HasExited && !limit.IsCancellationRequested)
        {
            _process.Refresh();
            PeakMemory = Math.Max(PeakMemory, _process.HasExited ? 0 : _process.WorkingSet64);
            await Task.WhenAny(_process.WaitForExitAsync(CancellationToken.None), Task.Delay(50, CancellationToken.None));
        }

        Assert.True(_process.HasExited, $"the tool did not end in {Limit}; so far it said\n{Said()}");
        // without a limit this one also waits until both streams are read to their ends
        await _process.WaitForExitAsync(limit.Token);
        return new ToolRun(_process.ExitCode, Text(_out), Text(_error));
    }

    /// <summary>Waits until the tool has said this on its standard output, and gives all it has said there.</summary>
    public async Task<string> SaysAsync(string part)
    {
        var clock = Stopwatch.StartNew();
        while (!Text(_out).Contains(part, StringComparison.Ordinal))
        {
            Assert.True(clock.Elapsed < Limit && !_process.HasExited, $"'{part}' did not come; the tool said\n{Said()}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        return Text(_out);
    }

    public void Signal(int signal) => Assert.Equal(0, Kill(_process.Id, signal));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    private static void Keep(StringBuilder text, string? line)
    {
        lock (text)
        {
            if (line is not null)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private string Said() => Text(_out) + Text(_error);
}
