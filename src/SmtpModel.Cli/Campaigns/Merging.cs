using System.Globalization;

namespace SmtpModel.Cli.Campaigns;

/// <summary>Puts the results of shares together. The order of the files does not matter, nor does a file that is given twice.</summary>
internal static class Merging
{
    /// <summary>The name of the file with a share's results.</summary>
    public static string FileOf(Shard shard) =>
        $"shard-{shard.Number.ToString($"D{$"{shard.Of}".Length}", CultureInfo.InvariantCulture)}.jsonl";

    /// <summary>Merges what files have.</summary>
    /// <param name="results">Shares; at least one.</param>
    /// <param name="places">Where they were read from; null for the files themselves.</param>
    /// <exception cref="UsageException">They are not of one campaign.</exception>
    public static Merged Of(IReadOnlyList<ShardResult> results, IReadOnlyList<string>? places = null)
    {
        // whichever file comes first, one is chosen for what all have in common
        var ordered = results.OrderBy(one => one.Begin.Shard).ThenBy(one => one.Digest, StringComparer.Ordinal)
            .ThenBy(one => one.File, StringComparer.Ordinal)
            .ToList();
        var first = ordered[0];
        foreach (var other in ordered.Skip(1))
        {
            CheckAlike(first, other);
        }

        var byNumber = ordered.ToLookup(one => one.Begin.Shard);
        var shards = Enumerable.Range(1, first.Begin.Of).Select(number => ShardOf(number, [.. byNumber[number]], first)).ToList();
        var merged = new Merged(first.Begin, shards);
        return first.Begin.Command switch
        {
            Campaign.Fuzz => MergedFuzz.Of(merged, ordered),
            Campaign.Learn => MergedLearning.Of(merged, ordered, places ?? [.. ordered.Select(one => one.File).Distinct()]),
            _ => MergedScore.Of(merged, ordered),
        };
    }

    /// <summary>How a campaign differs from another, in words.</summary>
    public static string Difference(BeginLine there, Campaign here) =>
        there.Tool != Campaign.Tool ? $"which smtpmodel {Printable.Text(there.Tool)} ran, and this is {Campaign.Tool}"
        : there.Command != here.Command ? $"of {Printable.Text(there.Command)}, and this is {here.Command}"
        : Differing(there.Settings, here.Settings) is { } name
            ? $"with {Setting(there.Settings, name)}, and this has {Setting(here.Settings, name)}"
        : $"{there.Campaign}";

    private static void CheckAlike(ShardResult first, ShardResult other)
    {
        var (one, two) = (first.Begin, other.Begin);
        if (one.Campaign != two.Campaign)
        {
            var why = one.Tool != two.Tool ? $"smtpmodel {one.Tool} wrote one of them and {two.Tool} the other"
                : one.Command != two.Command ? $"one is of {one.Command}, the other of {two.Command}"
                : Differing(one.Settings, two.Settings) is { } name
                    ? $"one has {Setting(one.Settings, name)}, the other {Setting(two.Settings, name)}"
                : "their settings differ";
            throw new UsageException($"{first.File} and {other.File} are of two campaigns: {Printable.Text(why, 500)}; merge each alone");
        }

        if (one.Of != two.Of)
        {
            throw new UsageException($"{first.File} has share {one.Share} and {other.File} share {two.Share}: the work was divided in "
                + "two ways; merge each alone");
        }

        if (first.Table is { } table && other.Table is { } another && table != another)
        {
            throw new UsageException($"{first.File} is of a server held against {table.Profile.Name}, and {other.File} of one held "
                + $"against {another.Profile.Name}: "
                + "they offered different extensions; run one of them again, or all with --extensions none");
        }

        MergedLearning.CheckAlike(first, other);
    }

    private static MergedShard ShardOf(int number, IReadOnlyList<ShardResult> results, ShardResult first)
    {
        // of two complete ones either would do; of others the one that came farthest
        var best = results.OrderByDescending(one => one.End is not null)
            .ThenByDescending(one => one.Progress.Sessions + one.Mutants.Count + one.Sessions.Count)
            .ThenByDescending(one => one.Findings.Count + one.Rounds.Count)
            .ThenBy(one => one.Digest, StringComparer.Ordinal).FirstOrDefault();
        var shard = new Shard(number, first.Begin.Of);
        var file = best is { IsAmongOthers: false } ? best.File : Path.Combine(Path.GetDirectoryName(first.File) ?? "", FileOf(shard));
        return new MergedShard(number, best, best?.End is not null ? null
            : Campaign.Line(first.Begin.Command, first.Begin.Args, shard, file));
    }

    private static string? Differing(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> two) =>
        one.Keys.Union(two.Keys).Order(StringComparer.Ordinal)
            .FirstOrDefault(name => one.GetValueOrDefault(name) != two.GetValueOrDefault(name));

    private static string Setting(IReadOnlyDictionary<string, string> settings, string name)
    {
        var said = name.All(letter => char.IsAsciiLetterLower(letter) || letter == '-') ? $"--{name}" : name;
        return Printable.Text(settings.TryGetValue(name, out var value) ? $"{said} {value}" : $"no {said}");
    }
}
