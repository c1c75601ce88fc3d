using SmtpModel.Cli.Commands;

namespace SmtpModel.Cli.Campaigns;

/// <summary>Files of results, and folders with such files, as they are named on a command line.</summary>
internal static class ResultPlaces
{
    /// <summary>What is in them.</summary>
    /// <param name="places">Their names; at least one.</param>
    /// <exception cref="UsageException">One cannot be read, or there is nothing in any.</exception>
    public static List<ShardResult> Read(IReadOnlyList<string> places)
    {
        List<string> files = [];
        foreach (var place in places)
        {
            if (!Directory.Exists(place))
            {
                files.Add(place);
                continue;
            }

            string[] there = [];
            Files.OrUsage(place, place, () => there = Directory.GetFiles(place, "*.jsonl"));
            files.AddRange(there.Length > 0 ? there.Order(StringComparer.Ordinal)
                : throw new UsageException($"{place}: there is no file of results (*.jsonl) in this folder"));
        }

        // the same file, however often it is named
        var results = files.DistinctBy(Path.GetFullPath).SelectMany(ResultReader.Read).ToList();
        return results.Count > 0 ? results
            : throw new UsageException($"{files[0]}: it was cut off before it says which share it has, so there is nothing to merge; run "
                + $"the share again");
    }
}
