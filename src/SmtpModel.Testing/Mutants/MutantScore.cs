using System.Collections.Concurrent;
using System.Diagnostics;
using SmtpModel.Machines;

namespace SmtpModel.Testing;

/// <summary>How mutants are looked for.</summary>
public sealed record ScoreOptions
{
    /// <summary>The strategy, one of <see cref="MutantScore.StrategyNames"/>.</summary>
    public string Strategy { get; init; } = "wp";

    /// <summary>The seed of a random strategy.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The most sessions that are played against one mutant; null for a whole suite, or 2000 sessions of a random strategy.</summary>
    public int? Budget { get; init; }

    /// <summary>Only mutants of these kinds; all kinds when there are none.</summary>
    public IReadOnlyList<MutantKind> Kinds { get; init; } = [];
}

/// <summary>What a strategy made of the mutants of a profile.</summary>
/// <param name="Strategy">The strategy's name.</param>
/// <param name="Faulty">How it fared against each faulty mutant, in the catalogue's order. Only these count.</param>
/// <param name="Equivalent">Mutants that nobody can tell from the profile's own machine.</param>
/// <param name="Conforming">Mutants that differ only in what the profile leaves to a server.</param>
/// <param name="Elapsed">How long it took, real time.</param>
public sealed record ScoreReport(string Strategy, IReadOnlyList<Hunted> Faulty, IReadOnlyList<Mutant> Equivalent, IReadOnlyList<Mutant> Conforming, TimeSpan Elapsed)
{
    /// <summary>The faulty ones that were found out.</summary>
    public IEnumerable<Hunted> Killed => Faulty.Where(hunted => hunted.IsKilled);

    /// <summary>The faulty ones that were not.</summary>
    public IEnumerable<Hunted> Survivors => Faulty.Where(hunted => !hunted.IsKilled);
}

/// <summary>Runs a strategy against all mutants of a profile, in memory.</summary>
public static class MutantScore
{
    /// <summary>The strategies' names, each with what it is in a few words.</summary>
    public static IReadOnlyList<(string Name, string What)> StrategyNames { get; } = [.. Strategies.All.Select(strategy => (strategy.Name, strategy.What))];

    /// <summary>Runs a strategy.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="options">Which strategy, and how far it goes.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ArgumentException">There is no strategy of the name.</exception>
    public static async Task<ScoreReport> RunAsync(Profile profile, ScoreOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(options);
        var strategy = Strategies.Find(options.Strategy) ?? throw new ArgumentException($"there is no strategy '{options.Strategy}'", nameof(options));
        var clock = Stopwatch.StartNew();
        var mutants = MutantCatalogue.Of(profile).All.Where(mutant => options.Kinds.Count == 0 || options.Kinds.Contains(mutant.Kind)).ToList();
        var hunt = strategy.Prepare(profile, options);
        var hunted = new ConcurrentDictionary<Mutant, Hunted>();
        await Parallel.ForEachAsync(mutants, cancellation, async (mutant, token) =>
        {
            if (mutant.Class is MutantClass.Faulty)
            {
                hunted[mutant] = await hunt.RunAsync(mutant, token);
            }
        });
        return new ScoreReport(strategy.Name, [.. mutants.Where(hunted.ContainsKey).Select(mutant => hunted[mutant])],
            [.. mutants.Where(mutant => mutant.Class is MutantClass.Equivalent)], [.. mutants.Where(mutant => mutant.Class is MutantClass.Conforming)], clock.Elapsed);
    }
}
