namespace SmtpModel.Watching;

/// <summary>One connection of a capture: its segments in the order of their numbers, each octet once, and what is missing told.</summary>
internal sealed class TcpStream(Follower follower)
{
    private const int MostHeld = 1024 * 1024;
    private readonly Direction _client = new(Side.Client);
    private readonly Direction _server = new(Side.Server);

    /// <summary>Whether both sides have closed it, or one has cut it off.</summary>
    public bool IsOver => (_client.IsClosed && _server.IsClosed) || _isReset;

    /// <summary>The packet that was the last of it.</summary>
    public long Heard { get; set; }

    /// <summary>Whether a side has said anything.</summary>
    public bool HasData => _client.HasData || _server.HasData;

    private bool _isReset;

    /// <summary>Takes a segment.</summary>
    public void Take(Side side, in Segment segment)
    {
        var (from, to) = side is Side.Client ? (_client, _server) : (_server, _client);
        if (segment.IsSyn)
        {
            from.Next = segment.Sequence + 1;
            from.IsKnown = true;
            return;
        }

        if (segment.IsReset)
        {
            follower.Close(side, isReset: true);
            _isReset = true;
            return;
        }

        if (!from.IsKnown)
        {
            (from.Next, from.IsKnown) = (segment.Sequence, true);
        }

        if (segment.HasAck && segment.Payload.Length > 0)
        {
            Acknowledge(to, segment.Acknowledged);
        }

        follower.HasRead = segment.HasAck && to.IsKnown && (int)(segment.Acknowledged - to.Next) >= 0;
        if (segment.IsFin)
        {
            from.End = segment.Sequence + (uint)segment.Payload.Length;
        }

        Sort(from, segment.Sequence, segment.Payload);
        if (segment.IsShort)
        {
            // the rest of it is not in the capture
            follower.Gap(side);
            from.IsKnown = false;
        }

        CloseAt(from);
    }

    // what the other side has received, and is not in the capture, is missing: nothing that it says now may be read without that
    private void Acknowledge(Direction of, uint acknowledged)
    {
        if (of.IsKnown && !of.IsClosed && (int)(acknowledged - of.Next) > 0 && !(of.End == of.Next && acknowledged == of.Next + 1))
        {
            follower.Gap(of.Side);
            of.Next = acknowledged;
            Drain(of);
        }
    }

    private void Sort(Direction from, uint sequence, ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty || from.IsClosed)
        {
            return;
        }

        var ahead = (int)(sequence - from.Next);
        if (ahead > 0)
        {
            from.Held[sequence] =
                from.Held.TryGetValue(sequence, out var known) && known.Length >= payload.Length ? known : payload.ToArray();
            from.HeldOctets += payload.Length;
            if (from.HeldOctets > MostHeld)
            {
                follower.Gap(from.Side);
                from.Next = from.Held.Keys.MinBy(key => (int)(key - from.Next));
                Drain(from);
            }

            return;
        }

        Give(from, payload, -ahead);
        Drain(from);
    }

    private void Give(Direction from, ReadOnlySpan<byte> payload, int known)
    {
        if (known >= payload.Length)
        {
            return;
        }

        var fresh = payload[known..];

        // a probe that keeps the connection alive has an octet from before
        from.Next += (uint)fresh.Length;
        from.HasData = true;
        follower.Take(from.Side, fresh);
    }

    private void Drain(Direction from)
    {
        while (from.Held.Count > 0)
        {
            var first = from.Held.Keys.MinBy(key => (int)(key - from.Next));
            var ahead = (int)(first - from.Next);
            if (ahead > 0)
            {
                return;
            }

            _ = from.Held.Remove(first, out var payload);
            from.HeldOctets -= payload!.Length;
            Give(from, payload, -ahead);
        }

        from.HeldOctets = 0;
    }

    private void CloseAt(Direction from)
    {
        if (from.End is { } end && !from.IsClosed && (int)(end - from.Next) <= 0)
        {
            from.IsClosed = true;
            follower.Close(from.Side);
        }
    }

    private sealed class Direction(Side side)
    {
        public Side Side { get; } = side;

        public bool IsKnown { get; set; }

        public uint Next { get; set; }

        public uint? End { get; set; }

        public bool IsClosed { get; set; }

        public bool HasData { get; set; }

        public Dictionary<uint, byte[]> Held { get; } = [];

        public int HeldOctets { get; set; }
    }
}
