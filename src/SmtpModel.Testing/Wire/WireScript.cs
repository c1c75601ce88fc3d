namespace SmtpModel.Testing.Engine;

/// <summary>What a case about octets sends, connection by connection, for a person to send it again.</summary>
internal sealed class WireScript
{
    private readonly List<List<SentOctets>> _connections = [];
    private int _open;

    /// <summary>Whether more matters than what is sent in which order: how it is cut into packets, how a connection ends, or which one
    /// comes first.</summary>
    public bool IsMore { get; set; }

    public IReadOnlyList<IReadOnlyList<SentOctets>>? Connections => IsMore || _connections.Count == 0 ? null : _connections;

    public void Open()
    {
        IsMore |= ++_open > 1;
        _connections.Add([]);
    }

    public void Close() => _open--;

    public void Send(ReadOnlyMemory<byte> octets) => _connections[^1].Add(new SentOctets(octets, false));

    public void Await()
    {
        if (_connections[^1] is [.., var last] sent)
        {
            sent[^1] = last with { IsAwaited = true };
        }
    }

    /// <summary>Forgets what came before the connection that is open: it was a control, and shows nothing.</summary>
    public void Clear()
    {
        _connections.RemoveRange(0, _connections.Count - _open);
        IsMore = _open > 1;
    }
}
