namespace SmtpModel.Server;

/// <summary>Why a file that somebody named could not be used, in words of our own.</summary>
internal static class FileTrouble
{
    /// <summary>The reason, to stand behind the path.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cause">What came of it.</param>
    /// <param name="done">What was tried: read or written.</param>
    /// <param name="missing">What there is to say besides where there is no such file.</param>
    public static string Why(string path, Exception cause, string done = "read", string missing = "") => cause switch
    {
        _ when Directory.Exists(path) => "it is a folder",
        FileNotFoundException => $"there is no such file{missing}",
        DirectoryNotFoundException => "its folder is not there",
        UnauthorizedAccessException => $"it may not be {done} by this user",
        _ => $"it cannot be {done}",
    };
}
