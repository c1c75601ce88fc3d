using System.Buffers;
using System.Text;

namespace SmtpModel.Watching;

/// <summary>Reads a log and has each of its sessions followed. Memory is bounded: a line by its block, sessions by their number.</summary>
internal sealed class LogReader(LogFormat format, BlameLog log, string name, Profile? profile)
{
    private const int MostSessions = 1000;
    private const int LongestLine = 1024 * 1024;
    private readonly Dictionary<long, Told> _sessions = [];
    private readonly FollowOptions _options = format.Options with { Profile = profile };
    private Told? _last;
    private long _number;
    private long _begun;

    /// <summary>Reads all of it.</summary>
    public void Read(Stream stream, Action<long>? progress, CancellationToken cancellation)
    {
        var block = ArrayPool<byte>.Shared.Rent(LongestLine);
        try
        {
            var (length, isCutting, total) = (0, false, 0L);
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = stream.Read(block, length, block.Length - length);
                total += count;
                progress?.Invoke(total);
                length += count;
                var used = 0;
                while (block.AsSpan(used, length - used).IndexOf((byte)'\n') is >= 0 and var end)
                {
                    _number++;
                    if (!isCutting)
                    {
                        Line(block.AsSpan(used, end));
                    }

                    (used, isCutting) = (used + end + 1, false);
                }

                if (count == 0)
                {
                    if (length > used)
                    {
                        _number++;
                        Line(block.AsSpan(used, length - used));
                    }

                    return;
                }

                // a line that is longer than the block is none that was said
                isCutting |= used == 0 && length == block.Length;
                length = isCutting ? 0 : length - used;
                block.AsSpan(used, length).CopyTo(block);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private void Line(ReadOnlySpan<byte> line)
    {
        var read = format.Read(line is [.., (byte)'\r'] ? line[..^1] : line);
        switch (read.Kind)
        {
            case LogLineKind.Opened:
                SessionOf(read.Session).IsOpened = true;
                break;
            case LogLineKind.Said:
                _last = SessionOf(read.Session);
                Say(_last, read.Speaker, read.Text);
                break;
            case LogLineKind.More when _last is { HasBegun: true }:
                Say(_last, _last.Speaker, read.Text);
                break;
            default:
                break;
        }
    }

    private Told SessionOf(long session)
    {
        if (_last is { } last && last.Session == session)
        {
            return last;
        }

        if (!_sessions.TryGetValue(session, out var told))
        {
            if (_sessions.Count >= MostSessions)
            {
                // whoever has been silent for long is gone
                var oldest = _sessions.MinBy(pair => pair.Value.Heard).Key;
                _sessions.Remove(oldest);
            }

            _sessions[session] = told = new Told(session, new Follower(log, _options));
        }

        return told;
    }

    private void Say(Told told, int speaker, ReadOnlySpan<byte> text)
    {
        told.Heard = _number;
        var isCode =
            text.Length >= 3
            && text[0] is >= (byte)'2' and <= (byte)'5'
            && text[1] is >= (byte)'0' and <= (byte)'9'
            && text[2] is >= (byte)'0' and <= (byte)'9'
            && (text.Length == 3 || text[3] is (byte)' ' or (byte)'-');
        if (
            !told.HasBegun
            || told.IsOpened
            || (isCode && told.IsServer(speaker) && !told.IsGreeting && !told.IsStartTls && text.StartsWith("220"u8))
        )
        {
            if (!told.HasBegun || told.IsOpened)
            {
                told.Server = isCode ? speaker : 1 - speaker;
            }

            // a log that begins with the client has left out the greeting, or begins in the middle
            told.Follower.Begin(
                $"{name}, session {++_begun}",
                isMiddle: !isCode && !text.StartsWith("EHLO"u8) && !text.StartsWith("HELO"u8) && !text.StartsWith("LHLO"u8)
            );
            (told.HasBegun, told.IsOpened) = (true, false);
            told.Follower.Place = _number;
            if (!isCode)
            {
                told.Follower.WithoutGreeting();
            }
        }

        told.Speaker = speaker;
        var isServer = told.IsServer(speaker);
        told.IsGreeting = isServer && text.StartsWith("220-"u8);
        told.IsStartTls = isServer
            ? told.IsStartTls && text is [_, _, _, (byte)'-', ..]
            : text.Length >= 8 && Ascii.EqualsIgnoreCase(text[..8], "STARTTLS"u8);
        told.Follower.Place = _number;
        if (format.GivesOctets)
        {
            told.Follower.Take(isServer ? Side.Server : Side.Client, text);
        }
        else
        {
            told.Follower.TakeLine(isServer ? Side.Server : Side.Client, text);
        }

        // what a log shows behind the handshake is what was said inside
        if (told.Follower.AwaitsHandshake)
        {
            told.Follower.Secured();
        }
    }

    private sealed class Told(long session, Follower follower)
    {
        public long Session { get; } = session;

        public Follower Follower { get; } = follower;

        public bool HasBegun { get; set; }

        public bool IsOpened { get; set; }

        public bool IsGreeting { get; set; }

        public bool IsStartTls { get; set; }

        public int Server { get; set; }

        public int Speaker { get; set; }

        public long Heard { get; set; }

        public bool IsServer(int speaker) => speaker == Server;
    }
}
