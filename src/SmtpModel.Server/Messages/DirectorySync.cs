using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace SmtpModel.Server;

/// <summary>Brings a directory's entries to the disk, so that a file that was renamed into it is there after a power failure.</summary>
internal static class DirectorySync
{
    private const int ReadOnly = 0;
    private const int InvalidArgument = 22;

    /// <exception cref="IOException">The system could not.</exception>
    public static void Flush(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            // has no such call; its file systems keep the order themselves
            return;
        }

        var descriptor = Open(Encoding.UTF8.GetBytes(directory + '\0'), ReadOnly);
        if (descriptor < 0)
        {
            throw Failed(directory, Marshal.GetLastPInvokeError());
        }

        var outcome = Synchronize(descriptor);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        // some file systems cannot do this for directories and need not
        if (outcome < 0 && error != InvalidArgument)
        {
            throw Failed(directory, error);
        }
    }

    private static IOException Failed(string directory, int error) =>
        new($"the directory '{directory}' could not be brought to the disk: {new Win32Exception(error).Message}", error);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Synchronize(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
