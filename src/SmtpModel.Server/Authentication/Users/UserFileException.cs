namespace SmtpModel.Server;

/// <summary>A file of users cannot be used. The message says which, at which line, why, and what to do.</summary>
public sealed class UserFileException : IOException
{
    internal UserFileException(string path, int line, string problem, Exception? cause = null)
        : base(line > 0 ? $"{path}:{line}: {problem}" : $"{path}: {problem}", cause) => (Path, Line) = (path, line);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The line, from 1; 0 when it is about the file as a whole.</summary>
    public int Line { get; }
}
