using System.Net.Sockets;
using System.Text;

namespace SmtpModel.Testing.Tests.Conformance.Servers;

/// <summary>How a <see cref="MiniServer"/> departs from what is right; without any of these it departs in nothing.</summary>
internal sealed record Fault
{
    /// <summary>What comes when the channel is opened.</summary>
    public Func<MiniSession, string> Greeting { get; init; } = _ => "220 mini.example.test";

    /// <summary>
    /// What is said at the door to who is not let in, by his number and by how many are inside with him; then the channel is closed. ""
    /// for
    /// nothing, null for who is let in.
    /// </summary>
    public Func<int, int, string?> Door { get; init; } = (_, _) => null;

    /// <summary>Whether the server dies when a client leaves a session that is so.</summary>
    public Func<MiniSession, bool> IsFatal { get; init; } = _ => false;

    /// <summary>Whether nobody is greeted while somebody else is inside.</summary>
    public bool IsSerial { get; init; }

    /// <summary>The reply to a command line; the last argument gives the right one, and does what belongs to it.</summary>
    public Func<MiniSession, string, Func<string>, string> Line { get; init; } = (_, _, right) => right();

    /// <summary>The reply to the end of the mail data; the last argument gives the right one.</summary>
    public Func<MiniSession, string, Func<string>, string> Data { get; init; } = (_, _, right) => right();

    /// <summary>What is said for one line of mail data; null for nothing, as it should be.</summary>
    public Func<MiniSession, string, string?> Within { get; init; } = (_, _) => null;

    /// <summary>The octets of a reply, one character each, made of its lines.</summary>
    public Func<string, string> Wire { get; init; } =
        reply => reply.Length == 0 ? "" : reply.Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n";

    /// <summary>What is made of the octets that one read brought, and whether they are mail data.</summary>
    public Func<string, bool, string> Packet { get; init; } = (octets, _) => octets;

    /// <summary>How long each reply is held back.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How long it takes from one reply to another to the same command, which is one too many.</summary>
    public TimeSpan Pause { get; init; }
}

/// <summary>A small server on a loopback port, right but for the fault it is given.</summary>
internal sealed class MiniServer : IAsyncDisposable
{
    private readonly Fault _fault;
    private readonly AcceptLoop _loop;
    private readonly SemaphoreSlim _turn = new(1);
    private int _number;
    private int _open;

    /// <summary>What a <see cref="Fault.Door"/> says when the connection is to be reset.</summary>
    public const string ResetAtTheDoor = "reset";

    public MiniServer(Fault? fault = null, TimeSpan? patience = null)
    {
        _fault = fault ?? new Fault();
        _loop = new AcceptLoop(TalkAsync);
        Target = new TcpTarget("127.0.0.1", _loop.EndPoint.Port, new TcpTimeouts { Reply = patience ?? TimeSpan.FromSeconds(1) });
    }

    public TcpTarget Target { get; }

    public async ValueTask DisposeAsync()
    {
        await _loop.DisposeAsync();
        _turn.Dispose();
    }

    private async Task TalkAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                if (_fault.IsSerial)
                {
                    await _turn.WaitAsync(_loop.Stopping);
                }

                if (_fault.Door(Interlocked.Increment(ref _number), Interlocked.Increment(ref _open)) is { } said)
                {
                    await TurnAwayAsync(socket, said);
                    return;
                }

                await ServeAsync(socket);
            }
            catch (Exception fault) when (fault is SocketException or OperationCanceledException)
            {
                // the client has gone, or the test is over
            }
            finally
            {
                Interlocked.Decrement(ref _open);
                if (_fault.IsSerial)
                {
                    _turn.Release();
                }
            }
        }
    }

    private async Task TurnAwayAsync(Socket socket, string said)
    {
        if (said == ResetAtTheDoor)
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        else if (said.Length > 0)
        {
            await SayAsync(socket, new MiniSession { IsClosing = true }, said);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        var session = new MiniSession();
        var received = new byte[4096];
        var pending = new StringBuilder();
        StringBuilder? data = null;
        try
        {
            await SayAsync(socket, session, _fault.Greeting(session));
            while (!session.IsClosing && await socket.ReceiveAsync(received, SocketFlags.None, _loop.Stopping) is > 0 and var count)
            {
                pending.Append(_fault.Packet(Encoding.Latin1.GetString(received, 0, count), session.IsReadingData));
                while (!session.IsClosing && TakeLine(pending) is { } line)
                {
                    await SayAsync(socket, session, Answer(session, line, ref data));
                }
            }
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            // the client has gone, or the test is over
        }

        if (!session.IsClosing && _fault.IsFatal(session))
        {
            _loop.Die();
        }
    }

    private string Answer(MiniSession session, string line, ref StringBuilder? data)
    {
        if (session.IsDeaf)
        {
            return "";
        }

        if (!session.IsReadingData)
        {
            session.Commands++;
            var reply = _fault.Line(session, line, () => session.Answer(line));
            session.Refusals += reply is ['4' or '5', ..] ? 1 : 0;
            data = session.IsReadingData ? new StringBuilder() : null;
            return reply;
        }

        if (line == ".")
        {
            var text = data!.ToString();
            return _fault.Data(session, text, session.EndData);
        }

        data!.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        return _fault.Within(session, line) ?? "";
    }

    private static string? TakeLine(StringBuilder pending)
    {
        var text = pending.ToString();
        var end = text.IndexOf("\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        pending.Remove(0, end + 2);
        return text[..end];
    }

    private async Task SayAsync(Socket socket, MiniSession session, string reply)
    {
        await Task.Delay(_fault.Delay + session.Held, _loop.Stopping);
        session.Held = TimeSpan.Zero;

        var replies = _fault.Pause > TimeSpan.Zero && !reply.Contains('-', StringComparison.Ordinal) ? reply.Split('\n') : [reply];
        foreach (var octets in replies.Select(_fault.Wire).Where(octets => octets.Length > 0))
        {
            await socket.SendAsync(Encoding.Latin1.GetBytes(octets), SocketFlags.None, _loop.Stopping);
            await Task.Delay(replies.Length > 1 ? _fault.Pause : TimeSpan.Zero, _loop.Stopping);
        }

        if (session.IsClosing)
        {
            socket.Shutdown(SocketShutdown.Send);
        }
    }
}
