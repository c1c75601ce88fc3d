using SmtpModel.Protocol;

namespace SmtpModel.Server;

/// <summary>
/// Delivers all messages into one Maildir, whoever they are to; the forward-paths are in X-Original-To lines. A message is
/// accepted when it is on the disk under new/, complete and with its directory entry. Its octets are as they were received,
/// lines with CRLF.
/// </summary>
/// <remarks>
/// Writing is done on threads of its own, at most eight at once; others wait their turn. What cannot be stored draws 452
/// when there is no space and 451 else, nothing of it is left behind, and the reason is reported.
/// </remarks>
public sealed class MaildirStore : IMessageStore, IDisposable
{
    private const int MostAtOnce = 8;
    private readonly MaildirNames _names = new();
    private readonly SemaphoreSlim _turns = new(MostAtOnce);
    private readonly string _writing;
    private readonly string _delivered;
    private readonly Action<Exception> _onFailure;

    /// <summary>A Maildir; its directories are made when they are not there.</summary>
    /// <param name="directory">The directory that holds tmp/, new/ and cur/.</param>
    /// <param name="onFailure">Is told why a message could not be stored, on any thread; by default a line on the standard error.</param>
    /// <exception cref="IOException">The directories cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">They may not be made.</exception>
    public MaildirStore(string directory, Action<Exception>? onFailure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        _onFailure = onFailure ?? (failure => Console.Error.WriteLine($"a message could not be stored: {failure.Message}"));
        (_writing, _delivered) = (Path.Combine(directory, "tmp"), Path.Combine(directory, "new"));
        Directory.CreateDirectory(_writing);
        Directory.CreateDirectory(_delivered);
        Directory.CreateDirectory(Path.Combine(directory, "cur"));
    }

    /// <summary>
    /// Whether Return-Path, X-Original-To and Received lines are put before the message (RFC 821 4.1.1 DATA, RFC 5321 4.4).
    /// </summary>
    public bool AddsTraceLines { get; init; } = true;

    /// <summary>Opens the file to be written; tests put a full disk here.</summary>
    internal Func<string, FileStreamOptions, Stream> OpenFile { get; init; } = (path, options) => new FileStream(path, options);

    /// <inheritdoc/>
    public async ValueTask<Decision> StoreAsync(IncomingMessage message, MessageTrace trace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        await _turns.WaitAsync(cancellationToken);
        try
        {
            // waiting for a disk is not for the threads that carry octets
            return await Task.Factory.StartNew(
                () => Store(message, trace, cancellationToken),
                cancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Gives back what it waits with; no store may be under way.</summary>
    public void Dispose() => _turns.Dispose();

    private Decision Store(IncomingMessage message, MessageTrace trace, CancellationToken cancellationToken)
    {
        var name = _names.Next(trace.ReceivedAt);
        var (written, delivered) = (Path.Combine(_writing, name), Path.Combine(_delivered, name));
        try
        {
            Write(written, message, trace, name);
            cancellationToken.ThrowIfCancellationRequested();
            File.Move(written, delivered);
            DirectorySync.Flush(_delivered);
            DirectorySync.Flush(_writing);
            return Decision.Accept;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _onFailure(e);
            Remove(written);
            Remove(delivered);
            return IsNoSpace(e) ? Decision.Refuse(452, "Insufficient system storage") : Decision.Refuse(451, "Local error in processing");
        }
        catch
        {
            Remove(written);
            Remove(delivered);
            throw;
        }
    }

    private void Write(string path, IncomingMessage message, MessageTrace trace, string name)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = OpenFile(path, options);
        if (AddsTraceLines)
        {
            var lines = new ByteBuffer(512);
            TraceLines.Write(lines, message, trace, name);
            file.Write(lines.WrittenSpan);
        }

        file.Write(message.Data.Span);
        if (file is FileStream onDisk)
        {
            onDisk.Flush(flushToDisk: true);
        }
    }

    private void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // with the directory gone there is no file either
            if (e is not DirectoryNotFoundException)
            {
                _onFailure(e);
            }
        }
    }

    // ENOSPC and EDQUOT on Unix, ERROR_DISK_FULL on Windows
    private static bool IsNoSpace(Exception e) => e.HResult is 28 or 122 or 69 or unchecked((int)0x80070070);
}
