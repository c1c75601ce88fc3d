using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>A way to look for mutants.</summary>
internal interface IMutantStrategy
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>What it is, in a few words.</summary>
    string What { get; }

    /// <summary>Makes ready for a profile, once for all its mutants.</summary>
    IMutantHunt Prepare(Profile profile, ScoreOptions options);
}

/// <summary>A strategy ready for a profile. It is used by several threads at once.</summary>
internal interface IMutantHunt
{
    /// <summary>Plays against one mutant until it is killed or there is nothing left to play.</summary>
    ValueTask<Hunted> RunAsync(Mutant mutant, CancellationToken cancellation);
}

/// <summary>How a strategy fared against one mutant.</summary>
/// <param name="Mutant">The mutant.</param>
/// <param name="IsKilled">Whether it was found out.</param>
/// <param name="Sessions">Sessions played, the one that killed it included.</param>
/// <param name="Commands">Inputs sent in them, greetings not counted.</param>
public sealed record Hunted(Mutant Mutant, bool IsKilled, long Sessions, long Commands)
{
    /// <summary>Whether it was found out only by keeping a test tool from ending in time.</summary>
    public bool IsTimeout { get; init; }
}

/// <summary>The strategies there are. A new one is one line here.</summary>
internal static class Strategies
{
    public static IReadOnlyList<IMutantStrategy> All { get; } =
    [
        new SuiteStrategy("wp", "the Wp method's suite of all exchanges", SuiteMethod.Wp),
        new SuiteStrategy("hsi", "the HSI method's", SuiteMethod.Hsi),
        new SuiteStrategy("h", "the H method's", SuiteMethod.H),
        new SuiteStrategy("tour", "a tour of all exchanges, for comparison", SuiteMethod.Tour),
        new SuiteStrategy(
            "wpd",
            "the Wp method's, and each exchange followed by a delivery, so that buffers show",
            SuiteMethod.Wp,
            deliveries: true
        ),
        new SuiteStrategy("wpd1", "the same for servers with one state more", SuiteMethod.Wp, extraStates: 1, deliveries: true),
        new TestStrategy(),
        new RandomStrategy("random", "random sessions as fuzz draws them", (table, options) => Numbered(table, options, Strategy.Mixed)),
        new RandomStrategy("uniform", "random sessions in which all commands are alike, for comparison", (table, options) =>
            Numbered(table, options, Strategy.Uniform)
        ),
        new RandomStrategy("memory", "random sessions that repeat what they do, for servers that count", (table, options) =>
            Numbered(table, options, Strategy.Memory)
        ),
        new RandomStrategy("thorough", "random sessions as test --thorough draws them", (table, options) =>
            Numbered(table, options, Strategy.Thorough)
        ),
    ];

    public static IMutantStrategy? Find(string name) => All.FirstOrDefault(strategy => strategy.Name == name);

    private static Palette Moves(TransitionTable table, ScoreOptions options) =>
        DrawnArguments.Palette(table, new PaletteOptions { Seed = options.Seed });

    private static Func<long, TestSession> Numbered(TransitionTable table, ScoreOptions options, Strategy strategy)
    {
        var source = new SessionSource(
            new SessionGenerator(table, Moves(table, options), isScripted: true, strategy: strategy),
            options.Seed
        );
        return number => source[number];
    }
}
