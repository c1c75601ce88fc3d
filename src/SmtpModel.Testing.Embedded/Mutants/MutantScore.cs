using System.Collections.Concurrent;
using System.Diagnostics;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>How mutants are looked for.</summary>
public sealed record ScoreOptions
{
    /// <summary>The strategy, one of <see cref="MutantScore.StrategyNames"/>.</summary>
    public string Strategy { get; init; } = "wp";

    /// <summary>The seed of a random strategy.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The most sessions that are played against one mutant; null for a whole suite, or 2000 sessions of a random
    /// strategy.</summary>
    public int? Budget { get; init; }

    /// <summary>
    /// Another test tool instead of a strategy: a command line for the system's shell in which <c>{host}</c>, <c>{port}</c> or
    /// <c>{target}</c>, which is HOST:PORT, stands for the server that is to be tested. It is started for each mutant, which is
    /// served on a loopback port, and has found it when its exit code is not 0, or when it does not end. Null for none.
    /// </summary>
    public string? Tool { get; init; }

    /// <summary>How long <see cref="Tool"/> may take for one mutant.</summary>
    public TimeSpan ToolTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Whether servers that break no rule, though they differ from the profile's own machine, are looked at too: who finds
    /// something wrong with one accuses it wrongly. A suite compares with one machine, so it does that by its nature.
    /// </summary>
    public bool Accusations { get; init; }

    /// <summary>So many mutants at most, drawn by the seed of all that are faulty, and as many of those that break no rule where they are
    /// looked at; null for all.</summary>
    public int? Sample { get; init; }

    /// <summary>The share of the mutants that is looked at.</summary>
    internal Shard Shard { get; init; } = Shard.Whole;

    /// <summary>Told of each mutant as soon as its fate is known; null for one that was only looked at. Called by several
    /// threads.</summary>
    internal Action<Mutant, Hunted?>? Told { get; init; }

    /// <summary>Only mutants of these kinds; all kinds when there are none.</summary>
    public IReadOnlyList<MutantKind> Kinds { get; init; } = [];
}

/// <summary>What a strategy made of the mutants of a profile.</summary>
/// <param name="Strategy">The strategy's name.</param>
/// <param name="Faulty">How it fared against each faulty mutant, in the catalogue's order. Only these count.</param>
/// <param name="Equivalent">Mutants that nobody can tell from the profile's own machine.</param>
/// <param name="Conforming">Mutants that differ only in what the profile leaves to a server.</param>
/// <param name="Elapsed">How long it took, real time.</param>
public sealed record ScoreReport(
    string Strategy,
    IReadOnlyList<Hunted> Faulty,
    IReadOnlyList<Mutant> Equivalent,
    IReadOnlyList<Mutant> Conforming,
    TimeSpan Elapsed
)
{
    /// <summary>Why <see cref="ScoreOptions.Tool"/> is of no use, so that nothing was scored: it fails a server that nothing is wrong
    /// with; null when all is well.</summary>
    public string? Unusable { get; init; }

    /// <summary>How it fared against each server that breaks no rule; none where <see cref="ScoreOptions.Accusations"/> was not asked
    /// for.</summary>
    public IReadOnlyList<Hunted> Harmless { get; init; } = [];

    /// <summary>Those of them that it accuses, wrongly.</summary>
    public IEnumerable<Hunted> Accused => Harmless.Where(hunted => hunted.IsKilled);

    /// <summary>Whether <see cref="ScoreOptions.Tool"/> was scored.</summary>
    public bool IsOfTool { get; init; }

    /// <summary>The faulty ones that were found out.</summary>
    public IEnumerable<Hunted> Killed => Faulty.Where(hunted => hunted.IsKilled);

    /// <summary>The faulty ones that were not.</summary>
    public IEnumerable<Hunted> Survivors => Faulty.Where(hunted => !hunted.IsKilled);
}

/// <summary>Runs a strategy against all mutants of a profile, in memory, or another test tool over TCP.</summary>
public static class MutantScore
{
    /// <summary>The strategies' names, each with what it is in a few words.</summary>
    public static IReadOnlyList<(string Name, string What)> StrategyNames { get; } =
    [.. Strategies.All.Select(strategy => (strategy.Name, strategy.What))];

    /// <summary>Runs a strategy.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="options">Which strategy, and how far it goes.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ArgumentException">There is no strategy of the name.</exception>
    public static async Task<ScoreReport> RunAsync(Profile profile, ScoreOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(options);
        var tool = options.Tool is { } line ? new ToolStrategy(new ToolCommand(line, options.ToolTimeout)) : null;
        var strategy = tool
            ?? Strategies.Find(options.Strategy)
            ?? throw new ArgumentException($"there is no strategy '{options.Strategy}'", nameof(options));
        var clock = Stopwatch.StartNew();
        if (tool is not null && await tool.UnusableAsync(profile, cancellation) is { } why)
        {
            return new ScoreReport(strategy.Name, [], [], [], clock.Elapsed) { Unusable = why };
        }

        var mutants = Drawn([.. MutantCatalogue.Of(profile).Of(options.Kinds)], options)
            .Where((_, place) => options.Shard.Has(place))
            .ToList();
        var hunt = strategy.Prepare(profile, options);
        var hunted = new ConcurrentDictionary<Mutant, Hunted>();
        await Parallel.ForEachAsync(mutants, cancellation, async (mutant, token) =>
        {
            if (mutant.Class is MutantClass.Faulty || options.Accusations)
            {
                hunted[mutant] = await hunt.RunAsync(mutant, token);
            }

            options.Told?.Invoke(mutant, hunted.GetValueOrDefault(mutant));
        });
        return new ScoreReport(
            strategy.Name,
            [.. mutants.Where(mutant => mutant.Class is MutantClass.Faulty).Select(mutant => hunted[mutant])],
            [.. mutants.Where(mutant => mutant.Class is MutantClass.Equivalent)],
            [.. mutants.Where(mutant => mutant.Class is MutantClass.Conforming)],
            clock.Elapsed
        )
        {
            IsOfTool = tool is not null,
            Harmless = options.Accusations
                ? [.. mutants.Where(mutant => mutant.Class is not MutantClass.Faulty).Select(mutant => hunted[mutant])]
                : [],
        };
    }

    // in the catalogue's order, whatever the draw
    private static List<Mutant> Drawn(List<Mutant> mutants, ScoreOptions options)
    {
        if (options.Sample is not { } sample)
        {
            return mutants;
        }

        // a tool that costs time is not spent on those that there is nothing to be said against, unless that is asked for
        var drawn = mutants
            .Select((mutant, number) => (Mutant: mutant, Place: SessionSource.Mix(options.Seed, number)))
            .OrderBy(pair => pair.Place)
            .Select(pair => pair.Mutant)
            .GroupBy(mutant => mutant.Class is MutantClass.Faulty)
            .Where(group => group.Key || options.Accusations)
            .SelectMany(group => group.Take(sample))
            .ToHashSet();
        return [.. mutants.Where(drawn.Contains)];
    }
}
