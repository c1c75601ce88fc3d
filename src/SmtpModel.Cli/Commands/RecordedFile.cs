using System.IO.Compression;

namespace SmtpModel.Cli.Commands;

/// <summary>A recording that was named on the command line, as a stream that can be sought in: what comes through a pipe, or is
/// compressed (gzip, RFC 1952), is written to a temporary file first, since it cannot be looked at twice.</summary>
internal sealed class RecordedFile : IDisposable
{
    private RecordedFile(Stream octets, string? fault) => (Octets, Fault) = (octets, fault);

    /// <summary>What was recorded, from its first octet on.</summary>
    public Stream Octets { get; }

    /// <summary>What the user should know of a file whose compressed data are damaged; else null. One that is cut is not told from a
    /// whole one by the library; a capture in it is.</summary>
    public string? Fault { get; }

    /// <summary>Opens a file, or the standard input for <c>-</c>.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UsageException">Nothing of it can be unpacked.</exception>
    public static RecordedFile Open(string file)
    {
        Stream stream = file == "-" ? Console.OpenStandardInput()
            : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 20, FileOptions.SequentialScan);
        if (!stream.CanSeek)
        {
            using var pipe = stream;
            stream = Kept(pipe, out _);
        }

        var isCompressed = (stream.ReadByte(), stream.ReadByte()) == (0x1F, 0x8B);
        stream.Position = 0;
        if (!isCompressed)
        {
            return new RecordedFile(stream, null);
        }

        using var packed = new GZipStream(stream, CompressionMode.Decompress);
        var octets = Kept(packed, out var isWhole);
        if (octets.Length == 0)
        {
            octets.Dispose();
            throw new UsageException(
                $"{file}: it is compressed, and there is nothing in it, or nothing that can be unpacked since it is cut or damaged"
            );
        }

        return new RecordedFile(octets, isWhole ? null : $"it is compressed, and damaged behind {octets.Length} octets; they were read");
    }

    /// <inheritdoc/>
    public void Dispose() => Octets.Dispose();

    private static FileStream Kept(Stream input, out bool isWhole)
    {
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            1 << 20,
            FileOptions.DeleteOnClose
        );
        isWhole = true;
        try
        {
            // of the block in which the damage is nothing comes, so blocks are small
            var block = new byte[4096];
            while (input.Read(block) is > 0 and var count)
            {
                file.Write(block, 0, count);
            }
        }
        catch (InvalidDataException)
        {
            isWhole = false;
        }

        file.Position = 0;
        return file;
    }
}
