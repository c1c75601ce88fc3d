using System.Formats.Tar;

namespace SmtpModel.Cli.Commands;

/// <summary>
/// What stands under the name of a file and is none: a device must not be replaced, and whoever opens a pipe waits for its other end.
/// </summary>
internal static class FileKind
{
    public const string Pipe = "pipe";

    private const string Device = "device";

    /// <summary>Makes sure that a path leads to a file or to nothing, and opens nothing for it.</summary>
    /// <param name="said">What stands before the reason.</param>
    /// <param name="path">The path.</param>
    /// <exception cref="UsageException">It leads to a pipe or a device.</exception>
    public static void CheckFile(string said, string path)
    {
        if (Special(path) is { } kind)
        {
            throw new UsageException($"{said}: it is a {kind} and no file; give a file");
        }
    }

    /// <summary>The kind in a word; null for a file, a folder, and where nothing is or nothing can be found out.</summary>
    public static string? Special(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            // a link is what it leads to; that of a pipe which a shell has opened leads to no name
            var end = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
            return !File.Exists(end) ? Pipe
                // what has octets is a file, which need not be read for that
                : new FileInfo(end).Length > 0 ? null
                : TypeOf(end) switch
                {
                    TarEntryType.Fifo => Pipe,
                    TarEntryType.CharacterDevice or TarEntryType.BlockDevice => Device,
                    _ => null,
                };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // whoever opens it says why not
            return null;
        }
    }

    // the library tells of what kind a file is only where it packs it, and opens none for that but a file
    private static TarEntryType? TypeOf(string path)
    {
        using var packed = new MemoryStream();
        using (var writer = new TarWriter(packed, TarEntryFormat.Ustar, leaveOpen: true))
        {
            writer.WriteEntry(path, "file");
        }

        packed.Position = 0;
        using var reader = new TarReader(packed);
        return reader.GetNextEntry()?.EntryType;
    }
}
