using System.Net.Sockets;

namespace SmtpModel.Server;

/// <summary>Where a Unix socket can be put.</summary>
internal static class UnixPath
{
    /// <summary>Why a socket cannot be put there, and what to do; null where nothing speaks against it.</summary>
    public static string? Problem(string path)
    {
        if (!Socket.OSSupportsUnixDomainSockets)
        {
            return "this system has no Unix sockets; choose an address and a port";
        }

        if (IsTooLong(path))
        {
            return "no socket can have this path: it is empty, or too long (about 100 octets at the most)";
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        return Directory.Exists(path) ? "there is a folder of this name; choose a path in it"
            : Path.Exists(path) ? "there is something at this path; where no server uses it any more, remove it"
            : folder is not null && !Directory.Exists(folder) ? $"there is no folder {folder}; make it, or choose another path"
            : null;
    }

    private static bool IsTooLong(string path)
    {
        try
        {
            return path.Contains('\0', StringComparison.Ordinal) || new UnixDomainSocketEndPoint(path) is null;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
