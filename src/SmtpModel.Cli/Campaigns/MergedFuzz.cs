using SmtpModel.Testing;

namespace SmtpModel.Cli.Campaigns;

/// <summary>Puts the shares of a run of random sessions together: the same as one run that plays them all.</summary>
internal static class MergedFuzz
{
    /// <summary>The campaign with what its sessions showed.</summary>
    /// <param name="merged">Its shares.</param>
    /// <param name="all">All that was read, in an order that does not depend on the files'.</param>
    public static Merged Of(Merged merged, IReadOnlyList<ShardResult> all)
    {
        if (all.Select(one => one.Table).FirstOrDefault(table => table is not null) is not { } table)
        {
            return merged;
        }

        // what a share counts is counted once, whatever was found in any try of it is not lost
        var counted = merged.Shards.Select(shard => shard.Result).OfType<ShardResult>().ToList();
        var (refusals, coverage) = (new RefusalLog(table), new Coverage(table));
        foreach (var one in all.Select(one => one.Refusals).OfType<RefusalNotes>())
        {
            refusals.Add(one);
        }

        counted.Select(one => one.Coverage).OfType<Coverage>().ToList().ForEach(coverage.Merge);
        var findings = Findings([.. all.SelectMany(one => one.Findings)]);
        var byPolicy = findings.ToLookup(finding => ServerPolicy.Is(finding.Finding, refusals));
        var rounds = MergedRound.Of(all.SelectMany(one => one.Rounds)).ToLookup(round => ServerPolicy.Is(round.Finding, refusals));
        var open = counted.SelectMany(one => one.Open)
            .Concat(byPolicy[true].Select(finding => finding.Finding.Violation).Concat(rounds[true].Select(one => one.Finding.Violation))
                .Select(violation => KeyValuePair.Create(ServerPolicy.Said(violation), 1)))
            .GroupBy(note => note.Key).ToDictionary(group => group.Key, group => group.Sum(note => note.Value));
        var remarks = all.SelectMany(one => one.Remarks).GroupBy(remark => remark.Key).ToDictionary(group => group.Key,
            group => group.Select(remark => remark.Value)
                .MinBy(remark => $"{remark.Rule?.Id}\0{remark.Sent}\0{remark.Came}", StringComparer.Ordinal)!);
        var groups = counted.Select(one => one.End).OfType<EndLine>().ToList();
        return merged with
        {
            Profile = table.Profile,
            Findings = [.. byPolicy[false]],
            Rounds = [.. rounds[false]],
            Fuzz = new FuzzReport([.. byPolicy[false].Select(finding => finding.Finding)], coverage,
                counted.Sum(one => one.End?.Sessions ?? one.Progress.Sessions),
                    counted.Sum(one => one.End?.Exchanges ?? one.Progress.Exchanges),
                remarks, open, TimeSpan.FromSeconds(merged.Shards.Sum(shard => shard.Seconds)))
            {
                Groups = new GroupCount(groups.Sum(end => end.Groups), groups.Select(end => end.LongestGroup).DefaultIfEmpty().Max()),
            },
        };
    }

    // One run makes of each thing that it sees what the first session with it shows, and nothing of the later ones. A share has the first
    // of its own sessions, so the first of all is among them: what that one shows is a cause, and the shortest session of a cause its
    // evidence.
    private static List<MergedFinding> Findings(IReadOnlyList<KeptFinding> all)
    {
        var causes = all.GroupBy(one => one.Seen)
            .Select(group => group.OrderBy(one => one.Finding.Number).ThenBy(Length).ThenBy(one => one.Text, StringComparer.Ordinal)
            .First())
            .GroupBy(one => one.Finding.Violation.Key).Select(group => group.MinBy(one => (one.Finding.Number, one.Seen))!);
        var shown = all.ToLookup(one => one.Finding.Violation.Key);
        return [.. causes.OrderBy(cause => cause.Finding.Number).ThenBy(cause => cause.Finding.Violation.Key, StringComparer.Ordinal)
            .Select(cause =>
        {
            var shortest = shown[cause.Finding.Violation.Key].OrderBy(Length).ThenBy(one => one.Finding.Number)
                .ThenBy(one => one.Text, StringComparer.Ordinal).First();
            return new MergedFinding(shortest.Finding with { Number = cause.Finding.Number, Moves = cause.Finding.Moves }, shortest.Plays);
        })];
    }

    private static int Length(KeptFinding one) => one.Finding.Session.Steps.Count;
}
