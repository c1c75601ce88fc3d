using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SmtpModel.Watching.Tests.Provoking;

/// <summary>The connection of a <see cref="TestClient"/>: lines that go, replies that come.</summary>
internal sealed class Wire(Habit habit, CancellationToken stop) : IDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };
    private readonly StringBuilder _come = new();

    public bool HasQuit { get; set; }

    public async Task ConnectAsync(IPEndPoint server) => await _client.ConnectAsync(server, stop);

    public Task SayAsync(string line) => RawAsync(line + "\r\n");

    public async Task RawAsync(string text)
    {
        try
        {
            await _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), stop);
        }
        catch (IOException)
        {
            throw new RefusedException("the channel is lost");
        }
    }

    public async Task<(int Code, string Text)> AskAsync(string line)
    {
        await SayAsync(line);
        return await ReplyAsync();
    }

    /// <summary>Goes on only where a reply has the first digit.</summary>
    public async Task NeedAsync(int digit, int exactly = 0)
    {
        var reply = await ReplyAsync();
        if (!IsRight(reply, digit, exactly))
        {
            throw new RefusedException("refused", reply.Code);
        }
    }

    public bool IsRight((int Code, string Text) reply, int digit, int exactly) =>
        (habit is Habit.WantsExactCodes && exactly > 0 ? reply.Code == exactly : reply.Code / 100 == digit)
        && !(habit is Habit.ReadsTextOfReplies && reply.Text.Contains("550", StringComparison.Ordinal));

    public async Task<(int Code, string Text)> ReplyAsync(bool isWhole = false)
    {
        var text = new StringBuilder();
        while (true)
        {
            var line = await LineAsync();
            text.AppendLine(line.Length > 4 ? line[4..] : "");
            if (line.Length < 4 && habit is Habit.WantsTextInReplies)
            {
                throw new RefusedException("no reply", 1);
            }

            if (line is [_, _, _, not '-', ..] or [_, _, _] || (habit is Habit.ReadsOneLineOfReplies && !isWhole))
            {
                return (int.Parse(line.AsSpan(0, 3), System.Globalization.CultureInfo.InvariantCulture), text.ToString());
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<string> LineAsync()
    {
        var block = new byte[4096];
        while (_come.ToString().IndexOf('\n', StringComparison.Ordinal) < 0)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            if (habit is Habit.WaitsTenthOfASecond)
            {
                limit.CancelAfter(100);
            }

            try
            {
                var count = await _client.GetStream().ReadAsync(block, limit.Token);
                _come.Append(count > 0 ? Encoding.Latin1.GetString(block, 0, count) : throw new RefusedException("the channel is lost"));
            }
            catch (Exception fault) when (fault is IOException || (fault is OperationCanceledException && !stop.IsCancellationRequested))
            {
                throw new RefusedException("the channel is lost");
            }
        }

        var all = _come.ToString();
        var end = all.IndexOf('\n', StringComparison.Ordinal);
        _come.Clear().Append(all, end + 1, all.Length - end - 1);
        return all[..end].TrimEnd('\r');
    }
}
