using SmtpModel.Cli.Commands;
using SmtpModel.Spec;

namespace SmtpModel.Cli.Replaying;

/// <summary>Reads back what can be played again.</summary>
internal static class Replays
{
    /// <summary>Reads a file, a short ID of what is kept in the current folder, or a long ID.</summary>
    /// <param name="id">The word.</param>
    /// <exception cref="UsageException">It is none of them.</exception>
    public static ReplayFile Read(string id)
    {
        var file = File.Exists(id) || Directory.Exists(id) ? id : ReplayStore.Find(id);
        try
        {
            return ReplayFile.Parse(file is null ? id : Files.Read(id, file), Profiles.Find);
        }
        catch (FormatException) when (file is null && id.Length < 20 && id.All(char.IsAsciiHexDigit))
        {
            throw new UsageException(
                $"{id}: nothing is kept under this ID in {ReplayStore.StandardFolder} of the current folder; run it in the folder in "
                    + $"which test or fuzz was run"
            );
        }
        catch (FormatException fault)
        {
            throw new UsageException($"{(id.Length > 60 ? id[..60] + "..." : id)}: {fault.Message}");
        }
    }
}
