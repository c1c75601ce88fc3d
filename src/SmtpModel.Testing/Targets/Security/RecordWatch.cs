namespace SmtpModel.Testing.Engine;

/// <summary>
/// Passes octets on and looks at the records of TLS that a server sends in clear (RFC 8446 5.1 and B.1), so that a handshake
/// that fails can be told by what the server did.
/// </summary>
/// <param name="inner">The connection.</param>
internal sealed class RecordWatch(Stream inner) : Stream
{
    private const int HeaderLength = 5;

    // the header of a handshake message and a version behind it
    private const int Kept = 6;

    private readonly List<byte> _first = [];
    private readonly byte[] _header = new byte[HeaderLength];
    private readonly List<byte> _body = [];
    private int _headed;
    private int _left;

    /// <summary>The first octets that came, whatever they are.</summary>
    public IReadOnlyList<byte> First => _first;

    /// <summary>Whether what came first is a record of TLS; null where nothing came.</summary>
    public bool? IsTls => _first.Count == 0 ? null : _first[0] is 21 or 22 && (_first.Count < 2 || _first[1] == 3);

    /// <summary>The description of the last alert in clear; null where none came.</summary>
    public int? Alert { get; private set; }

    /// <summary>The version that the server chose, as its first message has it; 0 before that came. TLS 1.3 stands there as 1.2.</summary>
    public int Version { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        Look(buffer.AsSpan(offset, read));
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Look(buffer.Span[..read]);
        return read;
    }

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Look(ReadOnlySpan<byte> octets)
    {
        if (_first.Count < FirstWords.ShownOctets)
        {
            _first.AddRange(octets[..Math.Min(octets.Length, FirstWords.ShownOctets - _first.Count)]);
        }

        while (octets.Length > 0 && IsTls is not false)
        {
            if (_headed < HeaderLength)
            {
                _header[_headed++] = octets[0];
                octets = octets[1..];
                _left = (_header[3] << 8) | _header[4];
                _body.Clear();
                continue;
            }

            var part = octets[..Math.Min(octets.Length, _left)];
            _body.AddRange(part[..Math.Min(part.Length, Kept - _body.Count)]);
            octets = octets[part.Length..];
            _left -= part.Length;
            if (_left == 0)
            {
                EndRecord();
                _headed = 0;
            }
        }
    }

    // an alert is a level and a description; in a ServerHello the version stands behind type and length
    private void EndRecord()
    {
        if (_header[0] == 21 && _body.Count == 2)
        {
            Alert = _body[1];
        }
        else if (_header[0] == 22 && Version == 0 && _body.Count == Kept && _body[0] == 2)
        {
            Version = (_body[4] << 8) | _body[5];
        }
    }
}
