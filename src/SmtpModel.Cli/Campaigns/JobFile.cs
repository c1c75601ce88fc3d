using SmtpModel.Cli.Commands;

namespace SmtpModel.Cli.Campaigns;

/// <summary>
/// The file with a job. One that is there and says something else is left as it is: its results may be in the same folder.
/// </summary>
internal static class JobFile
{
    /// <summary>Writes it, and makes its folder.</summary>
    /// <exception cref="UsageException">It cannot be written, or another one is there.</exception>
    public static void Write(string folder, string file, string text)
    {
        Files.MakeFolder($"--out {folder}: cannot make the folder", folder);
        FileKind.CheckFile($"--out {folder}: cannot write {file}", file);
        if (File.Exists(file) && Files.Read(file, file) != text)
        {
            throw new UsageException($"--out {folder}: {file} is there already, and is another job's; give another folder, or remove it");
        }

        Files.Write($"--out {folder}: cannot write {file}", file, text);
    }
}
