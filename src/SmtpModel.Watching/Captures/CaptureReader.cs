namespace SmtpModel.Watching;

/// <summary>Reads a capture and has each of its sessions followed. Memory is bounded by the number of connections that are open at
/// once.</summary>
internal sealed class CaptureReader(BlameLog log, string name, Profile? profile, IReadOnlySet<int> ports)
{
    private const int MostStreams = 4096;
    private readonly Dictionary<(EndOf Client, EndOf Server), TcpStream> _streams = [];
    private readonly Stack<Follower> _free = new();
    private readonly Dictionary<TcpStream, Follower> _followers = [];
    private readonly FollowOptions _options = new() { MayBeginLate = true, Profile = profile };
    private long _number;

    /// <summary>Whether any packet was one of TCP.</summary>
    public bool HasTcp { get; private set; }

    /// <summary>Reads all of it; in words what is wrong with the file, or null.</summary>
    public string? Read(Stream stream, Action<long>? progress, CancellationToken cancellation)
    {
        var file = new CaptureFile(stream);
        while (file.Next())
        {
            _number++;
            if (_number % 1024 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Invoke(file.Position);
            }

            if (Segment.TryRead(file.Link, file.Packet, out var segment))
            {
                HasTcp = true;
                Take(segment, file.Time);
            }
        }

        return file.Fault ?? (file.IsCut ? $"the capture ends in the middle of packet {_number + 1}; what is before it was read" : null);
    }

    private void Take(in Segment segment, long time)
    {
        var (side, key) = Direction(segment);
        if (segment.IsSyn && side is Side.Client && _streams.TryGetValue(key, out var old) && old.HasData)
        {
            // the ports were used again
            End(key, old);
        }

        if (!_streams.TryGetValue(key, out var stream))
        {
            // what began before and is on no port of mail is somebody else's
            if (!segment.IsSyn && (segment.Payload.IsEmpty || !ports.Contains(key.Server.Port)))
            {
                return;
            }

            stream = Open(key, isMiddle: !segment.IsSyn);
        }

        var follower = _followers[stream];
        (follower.Time, follower.Place, stream.Heard) = (time, _number, _number);
        stream.Take(side, segment);
        if (stream.IsOver)
        {
            End(key, stream);
        }
    }

    private TcpStream Open((EndOf, EndOf) key, bool isMiddle)
    {
        if (_streams.Count >= MostStreams)
        {
            var (oldest, silent) = _streams.MinBy(pair => pair.Value.Heard);
            End(oldest, silent);
        }

        var follower = _free.TryPop(out var free) ? free : new Follower(log, _options);
        follower.Begin($"{name}, {key.Item1} to {key.Item2}", isMiddle);
        var stream = new TcpStream(follower);
        (_streams[key], _followers[stream]) = (stream, follower);
        return stream;
    }

    private void End((EndOf, EndOf) key, TcpStream stream)
    {
        _ = _streams.Remove(key);
        if (_followers.Remove(stream, out var follower))
        {
            _free.Push(follower);
        }
    }

    // who opened the connection is the client; where that was not seen, the server is on a port of mail
    private (Side, (EndOf Client, EndOf Server)) Direction(in Segment segment)
    {
        var (forth, back) = ((segment.From, segment.To), (segment.To, segment.From));
        return segment.IsSyn ? segment.HasAck ? (Side.Server, back) : (Side.Client, forth)
            : _streams.ContainsKey(forth) ? (Side.Client, forth)
            : _streams.ContainsKey(back) ? (Side.Server, back)
            : ports.Contains(segment.From.Port) && !ports.Contains(segment.To.Port) ? (Side.Server, back)
            : (Side.Client, forth);
    }
}
