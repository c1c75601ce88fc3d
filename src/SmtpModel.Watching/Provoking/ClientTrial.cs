using System.Diagnostics;
using System.Net;

namespace SmtpModel.Watching;

/// <summary>
/// Tries a client: plays it a server that answers in one unusual way after another, as the machine allows, and judges what it does by the
/// rules on clients. A scenario in which something is wrong is played again, and only what shows twice is held against the client.
/// </summary>
public sealed class ClientTrial
{
    private const int MostConnections = 20;
    private readonly TrialOptions _options;
    private readonly IReadOnlyList<Scenario> _scenarios;
    private readonly ClientSecrets _secrets;

    /// <summary>A trial that has not begun.</summary>
    /// <param name="options">How the client is tried.</param>
    public ClientTrial(TrialOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _scenarios) = (options, ScenarioCatalogue.Of(options.Profile, options.Late));
        _secrets = options.Secrets ?? new ClientSecrets(options.Command);
    }

    private bool IsStarted => _options.Command.Count > 0 || _options.Call is not null;

    /// <summary>Plays all scenarios that are selected, one after the other.</summary>
    /// <param name="listening">Is told where the client has to connect to, where the place is the same in all scenarios.</param>
    /// <param name="cancellation">Ends it, with what was found so far where the client comes by itself.</param>
    /// <exception cref="ClientNotStartedException">The client cannot be started.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">It cannot listen there.</exception>
    public async Task<TrialReport> RunAsync(Action<IPEndPoint>? listening = null, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        using var message = new TemporaryMessage();
        using var shared = IsStarted && _options.Listen.Port == 0 ? null : new TrialListener(_options.Listen);
        if (shared is not null)
        {
            listening?.Invoke(shared.EndPoint);
        }

        var run = new TrialRun(_options);
        var plain = await PlayAsync(_scenarios[0], 0, shared, message.Path, cancellation);
        run.Begin(plain);
        _options.Begun?.Invoke();
        var selected = _scenarios.Where(one => _options.Select?.Invoke(one) ?? true).ToList();
        foreach (var scenario in selected.Where(one => !one.IsPlain && run.Stopped is null))
        {
            if (cancellation.IsCancellationRequested && !IsStarted)
            {
                break;
            }

            var played = await PlayAsync(scenario, run.Recipients, shared, message.Path, cancellation);
            if (IsStarted && !_options.PlaysOnce && run.IsToBeConfirmed(played))
            {
                run.Add(played, await PlayAsync(scenario, run.Recipients, shared, message.Path, cancellation));
            }
            else
            {
                run.Add(played, null);
            }
        }

        return run.Report(string.Join(' ', _secrets.Words), selected, clock.Elapsed);
    }

    private async Task<Played> PlayAsync(
        Scenario scenario,
        int recipients,
        TrialListener? shared,
        string message,
        CancellationToken cancellation
    )
    {
        var played = new Played(scenario, recipients);
        using var own = shared is null ? new TrialListener(_options.Listen) : null;
        var listener = shared ?? own!;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        List<Task> sessions = [];
        if (!IsStarted)
        {
            await ServeAsync(played, listener, sessions, one: true, stop.Token);
            return played;
        }

        var accepting = ServeAsync(played, listener, sessions, one: false, stop.Token);
        using IRunningClient client = _options.Call is { } call ? new ClientCall(call, listener.EndPoint)
            : ClientProcess.Start(_options.Command, listener.EndPoint, message, _secrets);
        var code = await client.WaitAsync(_options.TimeLimit, cancellation);
        var ended = played.Now;
        if (code is not null)
        {
            // a child that was left behind, or a queue, may still be at it
            await WaitAsync(played, _options.TimeLimit - ended, cancellation);
        }

        await stop.CancelAsync();
        client.End();
        await accepting;
        _secrets.Learn(played.Sessions.SelectMany(session => session.Secrets));
        played.Exit = new ClientExit(code, ended, await client.OutputAsync(_secrets.Hide))
        {
            Text = await client.TextAsync(),
        };
        return played;
    }

    private async Task WaitAsync(Played played, TimeSpan limit, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        while (
            clock.Elapsed < (played.Sessions.Count == 0 ? _options.Linger : limit)
            && !(played.Sessions.Count > 0 && played.Sessions.All(session => session.IsOver))
        )
        {
            await Task.Delay(5, cancellation);
        }
    }

    private async Task ServeAsync(Played played, TrialListener listener, List<Task> sessions, bool one, CancellationToken stop)
    {
        while (sessions.Count < (one ? 1 : MostConnections) && await listener.AcceptAsync(stop) is { } socket)
        {
            var session = new TrialSession(played, socket, _options.Profile, _options.Certificate, isFirst: sessions.Count == 0);
            played.Add(session);
            sessions.Add(ServeAsync(session, stop));
        }

        await Task.WhenAll(sessions);
    }

    private async Task ServeAsync(TrialSession session, CancellationToken stop)
    {
        await Task.Yield();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(_options.TimeLimit);
        using (session)
        {
            await session.RunAsync(limit.Token);
        }
    }

    private sealed class TemporaryMessage : IDisposable
    {
        public TemporaryMessage() => File.WriteAllText(Path, MessageFile.Text("\r\n"));

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName() + ".eml");

        public void Dispose() => File.Delete(Path);
    }
}
