using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace SmtpModel.Cli.Tests.Support;

/// <summary>The tool as users run it: a process of its own, or one for many command lines where nothing else is looked at than what it
/// says and how it ends.</summary>
internal sealed class Smtpmodel : IAsyncDisposable
{
    public const int SigInt = 2;
    public const int SigTerm = 15;

    // far longer than any run takes on a busy machine; a run that hangs is a failure, not an endless test
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private const string Env = "/usr/bin/env";

    // what runs leave behind is not to lie about in the repository
    private static readonly Lazy<string> Scratch = new(() =>
    {
        var folder = new TemporaryFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        return folder.Path;
    });

    private readonly Process _process;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    private readonly Task _reading;

    private Smtpmodel(ProcessStartInfo start)
    {
        _process = Process.Start(start) ?? throw new InvalidOperationException("the tool did not start");
        _reading = Task.WhenAll(KeepAsync(_process.StandardOutput, _out), KeepAsync(_process.StandardError, _error));
    }

    public long PeakMemory { get; private set; }

    public static Smtpmodel Start(
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string? folder = null
    )
    {
        var start = Prepare(arguments, folder ?? Scratch.Value);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new Smtpmodel(start);
    }

    /// <summary>Runs a command line to its end, in a process that has run others before.</summary>
    public static Task<ToolRun> RunAsync(params string[] arguments) => RunAsync(arguments, null, null);

    /// <summary>The same with these variables, and in this folder.</summary>
    public static Task<ToolRun> RunAsync(
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string? folder = null
    ) => Worker.RunAsync(arguments, environment ?? new Dictionary<string, string>(), folder ?? Scratch.Value, Limit);

    /// <summary>Runs a command line to its end, in a process of its own.</summary>
    public static async Task<ToolRun> RunAloneAsync(params string[] arguments)
    {
        await using var tool = Start(arguments);
        return await tool.EndAsync();
    }

    /// <summary>How the tool is started with this.</summary>
    public static ProcessStartInfo Prepare(IEnumerable<string> arguments, string folder)
    {
        // the one these tests run on, by its full path: some runs have an empty PATH
        var dotnet = Path.GetFullPath(
            Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet")
        );

        // a shell that runs the tests in the background has them ignore SIGINT, and what they start would inherit that
        var heedsInterrupts = OperatingSystem.IsLinux() && File.Exists(Env);
        var start = new ProcessStartInfo(heedsInterrupts ? Env : dotnet)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = folder,
        };
        if (heedsInterrupts)
        {
            start.ArgumentList.Add("--default-signal=INT");
            start.ArgumentList.Add(dotnet);
        }

        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "smtpmodel.dll"));
        arguments.ToList().ForEach(start.ArgumentList.Add);
        return start;
    }

    public async Task<ToolRun> EndAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        while (!_process.HasExited && !limit.IsCancellationRequested)
        {
            PeakMemory = Math.Max(PeakMemory, Memory());
            await Task.WhenAny(_process.WaitForExitAsync(CancellationToken.None), Task.Delay(50, CancellationToken.None));
        }

        Assert.True(_process.HasExited, $"the tool did not end in {Limit}; so far it said\n{Said()}");
        await _reading.WaitAsync(limit.Token);
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

    private long Memory()
    {
        try
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            // it ended between the two lines: it needs none
            return 0;
        }
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

    // letter by letter as it comes, control characters and all
    private static async Task KeepAsync(StreamReader from, StringBuilder text)
    {
        var letters = new char[4096];
        while (await from.ReadAsync(letters) is var count and > 0)
        {
            lock (text)
            {
                text.Append(letters, 0, count);
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
