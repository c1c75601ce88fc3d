using System.CommandLine;
using SmtpModel.Cli.Commands;

namespace SmtpModel.Cli.Replaying;

/// <summary>
/// A folder with what verdicts rest on, a file for each, so that a line that plays one again is short. Without
/// <c>--save</c> it is <c>.smtpmodel</c> in the current folder, whose files are found by their names alone.
/// </summary>
internal sealed class ReplayStore
{
    public const string StandardFolder = ".smtpmodel";
    private const string Last = "last";
    private const int ShortestPrefix = 4;
    private readonly string _folder;
    private readonly bool _isStandard;
    private readonly List<string> _failures = [];
    private string? _fault;

    private ReplayStore(string folder, bool isStandard) => (_folder, _isStandard) = (folder, isStandard);

    /// <summary>Why nothing can be kept, to be said; null when it can.</summary>
    public string? Note =>
        _fault is null
            ? null
            : $"{_folder} cannot be written ({_fault}), so the lines that play something again are long; --save DIR keeps it elsewhere";

    /// <summary>The option that names the folder.</summary>
    public static Option<DirectoryInfo?> Option() =>
        Shared.Place(
            "--save",
            $"Keep what can be played again in this folder, a file for each, instead of {StandardFolder} in the current one.",
            "DIR",
            text => new DirectoryInfo(text)
        );

    /// <summary>The store of a run.</summary>
    /// <param name="folder">The folder of <c>--save</c>; null for the standard one.</param>
    /// <exception cref="UsageException">The folder that was asked for cannot be written.</exception>
    public static ReplayStore In(DirectoryInfo? folder)
    {
        if (folder is not null)
        {
            // before the run: what it found must not be lost for want of a place
            Files.MakeFolder($"--save {folder}", folder.FullName);
        }

        return new ReplayStore(folder?.ToString() ?? StandardFolder, folder is null);
    }

    /// <summary>Keeps it and gives the word with which <c>smtpmodel replay</c> finds it: a short ID or a file; the long ID where it could
    /// not be kept.</summary>
    public string Keep(ReplayFile file, bool isFailure)
    {
        var id = file.ToShortId();
        if (_fault is null && Files.Trouble(_folder, () => Write($"{id}.json", file.ToJson())) is { } trouble)
        {
            // a folder that somebody asked for has been looked at before the run
            _fault = trouble;
        }

        if (_fault is not null)
        {
            return file.ToId();
        }

        if (isFailure && !_failures.Contains(id))
        {
            _failures.Add(id);
        }

        return _isStandard ? id : Shell.Quote(Path.Combine(_folder, $"{id}.json"));
    }

    /// <summary>Ends a run: what failed in it is what <c>replay --last</c> plays.</summary>
    public void End()
    {
        if (_isStandard && _fault is null)
        {
            _fault = Files.Trouble(_folder, () => Write(Last, string.Concat(_failures.Select(id => id + "\n"))));
        }
    }

    /// <summary>The file of a short ID, or of its first digits; null where the word is none or nothing is kept under it.</summary>
    /// <exception cref="UsageException">Several begin so.</exception>
    public static string? Find(string id)
    {
        if (!IsShortId(id) || !Directory.Exists(StandardFolder))
        {
            return null;
        }

        var found = Directory.GetFiles(StandardFolder, $"{id}*.json");
        return found.Length < 2
            ? found.FirstOrDefault()
            : throw new UsageException(
                $"'{id}' is the beginning of "
                    + $"{string.Join(" and ", found.Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal))}; write more "
                    + $"of it"
            );
    }

    /// <summary>Whether a word looks like a short ID or the first digits of one.</summary>
    public static bool IsShortId(string word) => word.Length >= ShortestPrefix && word.All(char.IsAsciiHexDigitLower);

    /// <summary>What failed in the last run of the current folder.</summary>
    /// <exception cref="UsageException">There was none, or nothing failed in it.</exception>
    public static IReadOnlyList<ReplayFile> OfLastRun()
    {
        var last = Path.Combine(StandardFolder, Last);
        if (!File.Exists(last))
        {
            throw new UsageException($"--last: {last} is not there; run test or fuzz in this folder first, or give an ID");
        }

        var ids = Files.Read("--last", last).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return ids.Length == 0 ? throw new UsageException("--last: nothing failed in the last run of this folder; give an ID")
            : [.. ids.Select(id => Replays.Read(Path.Combine(StandardFolder, $"{id}.json")))];
    }

    // first under another name: of two runs at the same time none reads half of what the other writes
    private void Write(string name, string text)
    {
        if (!Directory.Exists(_folder))
        {
            Directory.CreateDirectory(_folder);
        }

        if (_isStandard && !File.Exists(Path.Combine(_folder, ".gitignore")))
        {
            File.WriteAllText(Path.Combine(_folder, ".gitignore"), "*\n");
        }

        var passing = Path.Combine(_folder, $".{name}.{Environment.ProcessId}");
        File.WriteAllText(passing, text);
        File.Move(passing, Path.Combine(_folder, name), overwrite: true);
    }
}
