namespace SmtpModel.Server;

/// <summary>A server's certificate cannot be used. The message says which file, why, and what to do.</summary>
public sealed class ServerCertificateException : IOException
{
    internal ServerCertificateException(string path, string problem, Exception? cause = null)
        : base($"{path}: {problem}", cause) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
