using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Commands;

/// <summary>Reads sessions back that findings were printed with.</summary>
internal static class Replays
{
    /// <summary>Reads an id, or a file.</summary>
    /// <param name="id">The id or the file's name.</param>
    /// <param name="option">What it was given with, for messages; empty for an argument.</param>
    /// <exception cref="UsageException">It is neither.</exception>
    public static ReplayFile Read(string id, string option)
    {
        var said = option.Length > 0 ? option + " " : "";
        try
        {
            return ReplayFile.Parse(File.Exists(id) ? File.ReadAllText(id) : id, Profiles.Find);
        }
        catch (FormatException fault)
        {
            throw new UsageException($"{said}{(id.Length > 60 ? id[..60] + "..." : id)}: {fault.Message}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{said}{id}: cannot read the file: {fault.Message}");
        }
    }
}
