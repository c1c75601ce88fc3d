using System.Text;

namespace SmtpModel.Cli.Commands;

/// <summary>Files that options name: what goes wrong with one is said as a wrong use of its option, in words of our own.</summary>
internal static class Files
{
    /// <summary>Does something with a file or folder.</summary>
    /// <param name="said">What stands before the reason, as <c>--save DIR</c>.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="act">What is done.</param>
    /// <exception cref="UsageException">It cannot be done.</exception>
    public static void OrUsage(string said, string path, Action act)
    {
        if (Trouble(path, act) is { } trouble)
        {
            throw new UsageException($"{said}: {trouble}");
        }
    }

    /// <summary>Does something with a file or folder; why it could not be done, or null when it was.</summary>
    public static string? Trouble(string path, Action act)
    {
        try
        {
            act();
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Why(fault, path);
        }
    }

    /// <summary>Reads a file of text.</summary>
    /// <param name="said">What stands before the reason.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static string Read(string said, string path)
    {
        var text = "";
        OrUsage(said, path, () => text = File.ReadAllText(path, Encoding.UTF8));
        return text;
    }

    /// <summary>Writes a file of text.</summary>
    /// <param name="said">What stands before the reason.</param>
    /// <param name="path">The file.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void Write(string said, string path, string text) => OrUsage(said, path, () => File.WriteAllText(path, text));

    /// <summary>Makes sure, before a run, that a file can be written; one that was not there is not there afterwards either.</summary>
    /// <param name="said">What stands before the reason.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void CheckWritable(string said, string path) => OrUsage(said, path, () =>
    {
        if (FileKind.Special(path) is FileKind.Pipe)
        {
            // to open it and close it again would end its reader
            return;
        }

        var isNew = !File.Exists(path);
        try
        {
            File.Open(path, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
        }
        catch (FileNotFoundException fault) when (isNew)
        {
            // as in /proc, where nobody makes files
            throw new UnauthorizedAccessException(fault.Message, fault);
        }

        if (isNew)
        {
            // a run that is interrupted leaves no empty file
            File.Delete(path);
        }
    });

    /// <summary>Makes a folder, and those that it is in, where they are not there.</summary>
    /// <param name="said">What stands before the reason.</param>
    /// <param name="path">The folder.</param>
    /// <exception cref="UsageException">It cannot be made.</exception>
    public static void MakeFolder(string said, string path) => OrUsage(said, path, () =>
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            // as in /proc, where nobody makes folders
            throw new UnauthorizedAccessException(fault.Message, fault);
        }
    });

    private static string Why(Exception fault, string path) => fault switch
    {
        _ when Directory.Exists(path) && fault is UnauthorizedAccessException => "it is a folder",
        FileNotFoundException => "there is no such file",
        DirectoryNotFoundException => "its folder is not there",
        UnauthorizedAccessException => "you may not do that there",
        PathTooLongException => "its name is too long",
        // the number of Linux and macOS, and that of Windows
        IOException when (fault.HResult & 0xFFFF) is 28 or 112 => "the disk is full",
        IOException when (fault.HResult & 0xFFFF) is 17 or 80 or 183 => "a file or folder of this name is there already",
        IOException when (fault.HResult & 0xFFFF) is 20 => "a part of its name is a file and no folder",
        IOException when (fault.HResult & 0xFFFF) is 30 or 19 => "the disk can only be read",
        IOException when (fault.HResult & 0xFFFF) is 36 or 206 => "its name is too long",
        _ => "the system does not give it",
    };
}
