namespace SmtpModel.Cli.Commands;

/// <summary>Files that options name: what goes wrong with one is said as a wrong use of its option.</summary>
internal static class Files
{
    /// <summary>Does something with a file or folder.</summary>
    /// <param name="said">What stands before the reason, as <c>--save DIR</c>.</param>
    /// <param name="act">What is done.</param>
    /// <exception cref="UsageException">It cannot be done.</exception>
    public static void OrUsage(string said, Action act)
    {
        try
        {
            act();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{said}: {fault.Message}");
        }
    }

    /// <summary>Makes sure, before a run, that a file can be written; one that was not there is not there afterwards either.</summary>
    /// <param name="said">What stands before the reason.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void CheckWritable(string said, string path) => OrUsage(said, () =>
    {
        var isNew = !File.Exists(path);
        File.Open(path, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
        if (isNew)
        {
            // a run that is interrupted leaves no empty file
            File.Delete(path);
        }
    });
}
