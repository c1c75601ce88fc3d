namespace SmtpModel.Testing.Engine;

/// <summary>What is delivered into an mbox: what was appended since it was first looked at.</summary>
internal sealed class MboxDeliveries : Deliveries
{
    private const int Largest = 256 << 20;
    private readonly string _file;
    private readonly Lock _lock = new();
    private readonly long _before;
    private (long Length, DateTime Written) _seen = (-1, default);
    private IReadOnlyList<DeliveredMessage> _messages = [];
    private volatile bool _isRead;

    /// <summary>An mbox; one that is not there yet is empty.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="IOException">It is a folder, or in none.</exception>
    public MboxDeliveries(string file)
    {
        (Name, _file) = ($"mbox:{file}", file);
        if (Directory.Exists(file))
        {
            throw new IOException($"{Name} is a folder; name the file, or write maildir:{file}");
        }

        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
        {
            throw new IOException($"{Name}: there is no such folder; name the file that the server delivers to");
        }

        _before = File.Exists(file) ? new FileInfo(file).Length : 0;
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<DeliveredMessage>> ReadAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var file = new FileInfo(_file);
            if (file.Exists && (file.Length, file.LastWriteTimeUtc) != _seen)
            {
                _isRead |= file.Length < Math.Max(_before, _seen.Length);
                _seen = (file.Length, file.LastWriteTimeUtc);
                // one that is shorter than before was begun anew
                _messages = [.. StoredFile.ReadMbox(Read(_seen.Length < _before ? 0 : _before))];
            }

            return ValueTask.FromResult(_messages);
        }
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    internal override string? Removed => _isRead ? $"messages are taken away from {Name} while the test looks at it" : null;

    private byte[] Read(long from)
    {
        if (new FileInfo(_file).Length - from > Largest)
        {
            throw new IOException(
                $"{Name} has grown by more than {Largest >> 20} MiB during the test; name one that only the test delivers to"
            );
        }

        try
        {
            using var stream = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            stream.Position = from;
            using var octets = new MemoryStream();
            stream.CopyTo(octets);
            return octets.ToArray();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{Name} cannot be read: {fault.Message}; let this account read it", fault);
        }
    }
}
