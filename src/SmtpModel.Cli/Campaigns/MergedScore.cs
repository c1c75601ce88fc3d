using SmtpModel.Spec;

namespace SmtpModel.Cli.Campaigns;

/// <summary>Puts the shares of a score together: the same as one score of all mutants.</summary>
internal static class MergedScore
{
    /// <summary>The campaign with its score.</summary>
    /// <param name="merged">Its shares.</param>
    /// <param name="all">All that was read, in an order that does not depend on the files'.</param>
    /// <exception cref="UsageException">The results name a profile or a mutant that there is not.</exception>
    public static Merged Of(Merged merged, IReadOnlyList<ShardResult> all)
    {
        var profile = merged.Begin.Settings.TryGetValue("profile", out var name) && Profiles.Find(name) is { } found ? found
            : throw new UsageException($"{all[0].File}: there is no profile '{Printable.Text(name ?? "", 60)}'");
        var catalogue = MutantCatalogue.Of(profile);
        var fates = all.SelectMany(one => one.Mutants.Values.Select(line => (Line: line, one.File)))
            .GroupBy(fate => fate.Line.Id, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => catalogue.Find(group.Key)
                ?? throw new UsageException($"{group.First().File}: there is no mutant '{Printable.Text(group.Key, 100)}' of {profile}"),
                // one that any try has found is found
                group => group.Select(fate => fate.Line).OrderByDescending(line => line.Killed).ThenBy(line => line.Sessions)
                    .ThenBy(line => line.Commands).First());
        var mutants = catalogue.All.Concat(catalogue.Counters).Where(fates.ContainsKey).ToList();
        IReadOnlyList<Mutant> Those(MutantClass which) => [.. mutants.Where(mutant => fates[mutant].Class == which)];
        IReadOnlyList<Hunted> Hunts(IEnumerable<Mutant> those) => [.. those.Where(mutant => fates[mutant].Killed is not null)
            .Select(mutant =>
            new Hunted(mutant, fates[mutant].Killed is true, fates[mutant].Sessions,
                fates[mutant].Commands) { IsTimeout = fates[mutant].Timeout })];
        var isOfTool = merged.Begin.Settings.ContainsKey("tool");
        return merged with
        {
            Profile = profile,
            Score = new ScoreReport(isOfTool ? "the tool" : Printable.Text(merged.Begin.Settings.GetValueOrDefault("strategy", "")),
                Hunts(Those(MutantClass.Faulty)), Those(MutantClass.Equivalent), Those(MutantClass.Conforming),
                TimeSpan.FromSeconds(merged.Shards.Sum(shard => shard.Seconds)))
            {
                IsOfTool = isOfTool,
                Harmless = Hunts(mutants.Where(mutant => fates[mutant].Class is not MutantClass.Faulty)),
            },
        };
    }
}
