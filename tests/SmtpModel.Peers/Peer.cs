using System.Globalization;
using System.Net;

namespace SmtpModel.Peers;

/// <summary>
/// A third-party SMTP server that runs on a loopback port of its own until disposed. It takes mail for any mailbox of
/// <c>example.test</c>, throws it away, and refuses <c>refused@example.test</c> and every other domain (smtp-sink takes all).
/// If the test process is killed, the server ends with it.
/// </summary>
public sealed class Peer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly LoopbackPort _port;
    private readonly ScriptProcess _script;
    private int _disposed;

    private Peer(string name, LoopbackPort port, ScriptProcess script)
    {
        Name = name;
        _port = port;
        _script = script;
    }

    /// <summary>Which server it is: one of <see cref="PeerNames"/>.</summary>
    public string Name { get; }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint => _port.EndPoint;

    /// <summary>Package and version as installed, such as <c>postfix 3.7.11-0+deb12u1</c>; empty if that cannot be told.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Why <paramref name="name"/> cannot be started on this machine, for a test's skip reason.</summary>
    /// <param name="name">One of <see cref="PeerNames"/>.</param>
    /// <returns>One sentence that names the package and how to install it; null if all that a start needs was tried and works.</returns>
    /// <exception cref="ArgumentException">There is no such peer.</exception>
    public static string? WhyUnavailable(string name)
    {
        PeerNames.Require(name);
        return PeerScripts.WhyUnavailable(name);
    }

    /// <summary>Starts a server and waits, at most 20 seconds, until it greets.</summary>
    /// <param name="name">One of <see cref="PeerNames"/>.</param>
    /// <param name="environment">Variables for its script, such as <c>POSTFIX_EXTRA</c>; the scripts say which they know.</param>
    /// <param name="cancellation">Gives up waiting, and stops the server.</param>
    /// <returns>The running server, for the caller to dispose.</returns>
    /// <exception cref="ArgumentException">There is no such peer.</exception>
    /// <exception cref="InvalidOperationException">It ended or did not greet in time; the message has what it said.</exception>
    public static async Task<Peer> Start(
        string name,
        IReadOnlyDictionary<string, string>? environment = null,
        CancellationToken cancellation = default)
    {
        PeerNames.Require(name);
        var port = new LoopbackPort();
        var number = port.EndPoint.Port.ToString(CultureInfo.InvariantCulture);
        // --until-eof: the server also ends when this process is gone, and with it the other end of its standard input
        var peer = new Peer(name, port, ScriptProcess.Start(name, ["--until-eof", number], environment));
        try
        {
            var version = PeerScripts.Run(name, ["--version"], null, StartLimit, cancellation);
            await peer.Greeted(cancellation);
            peer.Version = (await version).Output.Trim();
            return peer;
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the server: SIGTERM to its script, which takes all of it along, and SIGKILL after five seconds.</summary>
    /// <returns>Done when the script is gone.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        await _script.DisposeAsync();
        _port.Dispose();
    }

    private async Task Greeted(CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var last = "";
        var greeting = Greeting.Await(EndPoint, problem => last = problem, time.Token);
        var first = await Task.WhenAny(greeting, _script.Exited, Task.Delay(StartLimit, time.Token));
        await time.CancelAsync();
        if (first == greeting)
        {
            await greeting;
            return;
        }

        cancellation.ThrowIfCancellationRequested();
        var what = _script.Exited.IsCompleted
            ? $"ended with exit code {_script.ExitCode}"
            : $"did not greet within {StartLimit.TotalSeconds:0} s ({last})";
        throw new InvalidOperationException($"{Name} {what}. It said: {_script.Said}");
    }
}
