using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace SmtpModel.Cli.Tests.Support;

/// <summary>
/// A process of the tool that runs one command line after the other (<see cref="StartupHook"/>): to load and compile it anew for each
/// takes more processor time than most of them run.
/// </summary>
internal sealed class Worker : IDisposable
{
    // as many as tests run at a time
    private static readonly SemaphoreSlim Free = new(4);
    private static readonly ConcurrentBag<Worker> Idle = [];

    private readonly Process _process;
    private readonly Socket _socket;

    private Worker(Process process, Socket socket) => (_process, _socket) = (process, socket);

    /// <summary>Runs a command line in a worker that has nothing else to do, to its end.</summary>
    public static async Task<ToolRun> RunAsync(
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string> environment,
        string folder,
        TimeSpan longest
    )
    {
        await Free.WaitAsync(TestContext.Current.CancellationToken);
        Worker? worker = null;
        try
        {
            worker = Idle.TryTake(out var idle) ? idle : await StartAsync();
            var run = await worker.RunAsync(arguments, environment, folder).WaitAsync(longest, TestContext.Current.CancellationToken);
            if (!worker._process.HasExited)
            {
                Idle.Add(worker);
                worker = null;
            }

            return run;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"'smtpmodel {string.Join(' ', arguments)}' did not end in {longest}");
        }
        finally
        {
            worker?.Dispose();
            Free.Release();
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        _socket.Dispose();
    }

    // it ends by itself when this process does, and its end of the socket with it
    private static async Task<Worker> StartAsync()
    {
        using var folder = new TemporaryFolder();
        var place = Path.Combine(folder.Path, "orders");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(place));
        listener.Listen(1);
        var start = Smtpmodel.Prepare([], Path.GetTempPath());
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        start.Environment[StartupHook.Place] = place;
        var process = Process.Start(start) ?? throw new InvalidOperationException("the tool did not start");
        return new Worker(process, await listener.AcceptAsync());
    }

    private async Task<ToolRun> RunAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string folder)
    {
        // nothing the tool says has this in it
        var mark = Guid.NewGuid().ToString();
        var order = new StartupHook.Order([.. arguments], folder, environment, mark);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(order) + "\n"));
        var said = await Task.WhenAll(ToMarkAsync(_process.StandardOutput, mark), ToMarkAsync(_process.StandardError, mark));
        var code = new byte[sizeof(int)];
        if (await _socket.ReceiveAsync(code) == code.Length)
        {
            return new ToolRun(BitConverter.ToInt32(code), said[0], said[1]);
        }

        // it did not come to an end in the way it should, as a plain process would not
        await _process.WaitForExitAsync();
        return new ToolRun(_process.ExitCode, said[0], said[1]);
    }

    // all that is said before the mark, or before it says no more
    private static async Task<string> ToMarkAsync(StreamReader from, string mark)
    {
        var text = new StringBuilder();
        var letters = new char[4096];
        while (await from.ReadAsync(letters) is var count and > 0)
        {
            text.Append(letters, 0, count);
            if (text.Length >= mark.Length && text.ToString(text.Length - mark.Length, mark.Length) == mark)
            {
                return text.ToString(0, text.Length - mark.Length);
            }
        }

        return text.ToString();
    }
}
