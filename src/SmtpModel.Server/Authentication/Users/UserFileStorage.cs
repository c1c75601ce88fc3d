using System.Text;

namespace SmtpModel.Server;

/// <summary>Reads and writes a file of users.</summary>
internal static class UserFileStorage
{
    // no file of users is longer, but what is named by mistake may be
    private const int MostOctets = 64 * 1024 * 1024;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static UserFile Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.CanSeek && file.Length > MostOctets)
            {
                throw new UserFileException(path, 0, "it is too large to be a file of users");
            }

            using var reader = new StreamReader(file, Strict, detectEncodingFromByteOrderMarks: false);
            return UserFileFormat.Read(path, reader.ReadToEnd().TrimStart('\ufeff'));
        }
        catch (DecoderFallbackException e)
        {
            throw new UserFileException(path, 0, "it is not a file of users: it is not text in UTF-8", e);
        }
        catch (Exception e) when (e is IOException and not UserFileException or UnauthorizedAccessException)
        {
            throw Trouble(path, e, "read");
        }
    }

    public static void Change(string path, Action<UserFile> change)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(change);
        // the file that a link leads to is the one that is replaced
        var target = File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } linked ? linked.FullName : path;
        var written = target + ".new";
        // made before the old one is read: it keeps others away too
        using (var file = Create(path, written))
        {
            try
            {
                var users = File.Exists(target) ? Load(target) : new UserFile();
                change(users);
                file.Write(Strict.GetBytes(UserFileFormat.Write(users)));
                file.Flush(flushToDisk: true);
                File.Move(written, target, overwrite: true);
            }
            catch (Exception e)
            {
                File.Delete(written);
                if (e is IOException and not UserFileException or UnauthorizedAccessException)
                {
                    throw Trouble(path, e, "written");
                }

                throw;
            }
        }

        DirectorySync.Flush(Path.GetDirectoryName(Path.GetFullPath(target))!);
    }

    private static FileStream Create(string path, string written)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Delete };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            return new FileStream(written, options);
        }
        catch (IOException e) when (File.Exists(written))
        {
            throw new UserFileException(path, 0, $"it is being changed by another; if not, remove {written}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Trouble(path, e, "written");
        }
    }

    private static UserFileException Trouble(string path, Exception cause, string done) =>
        new(path, 0, FileTrouble.Why(path, cause, done, "; 'smtpmodel users add' makes one"), cause);
}
