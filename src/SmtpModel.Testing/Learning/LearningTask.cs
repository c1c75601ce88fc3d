using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>What is learned: a server, the profile that it is held against, and the inputs.</summary>
/// <param name="profile">The profile.</param>
/// <param name="system">The server.</param>
/// <param name="inputs">The inputs.</param>
/// <param name="palette">The lines that they were taken from.</param>
/// <param name="options">How far it goes.</param>
internal sealed class LearningTask(Profile profile, TargetSystem system, IReadOnlyList<LearningInput> inputs, Palette palette,
    LearnOptions options)
{
    private LearningHints? _hints;

    /// <summary>What the server is called.</summary>
    public string Name => options.Name ?? "";

    /// <summary>The server.</summary>
    public TargetSystem System => system;

    /// <summary>The inputs.</summary>
    public IReadOnlyList<LearningInput> Inputs => inputs;

    /// <summary>What the server should be.</summary>
    public LearningHints Hints => _hints ??= LearningHints.Of(profile.Table, palette, inputs);

    /// <summary>What it should be where it has only what is required.</summary>
    public LearningHints Sparse => LearningHints.Of(profile.Table, palette, inputs, isSparse: true);

    /// <summary>How far it goes; where no suite tests a hypothesis, walks do.</summary>
    public LearningLimits Limits => new()
    {
        ExtraStates = options.ExtraStates,
        Middles = options.Middles,
        Walks = options.IsFromNothing || Hints.Sessions.Count == 0 ? new LearningLimits().Walks : 0,
        Seed = options.Seed,
        MostInputs = options.MostInputs,
        MostTime = options.MostTime,
    };

    /// <summary>That of a live server.</summary>
    /// <exception cref="ArgumentException">An input is asked for that there is not.</exception>
    public static LearningTask Of(Profile profile, ITarget target, LearnOptions options)
    {
        var palette = new Palette(profile.Table, options.Palette);
        var inputs = LearningAlphabet.Of(profile.Table, palette, options.Inputs);
        return new LearningTask(profile, new TargetSystem(target, profile.Table, inputs, options.IsAbstract), inputs, palette,
            options with { Name = options.Name ?? target.Name });
    }

    /// <summary>That of a server of which there is nothing but what was observed.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="inputs">The inputs that it was observed with.</param>
    /// <param name="options">How far it goes.</param>
    public static LearningTask Of(Profile profile, IReadOnlyList<LearningInput> inputs, LearnOptions options) =>
        new(profile, new TargetSystem(NoTarget.Instance, profile.Table, inputs, options.IsAbstract), inputs,
            new Palette(profile.Table, options.Palette), options);

    /// <summary>Learns it.</summary>
    /// <param name="asked">Who answers: the server, or what is known of it.</param>
    /// <param name="tree">What was observed before; it is added to.</param>
    /// <param name="hints">Sessions that are played first.</param>
    /// <param name="keep">Is told each session.</param>
    /// <param name="cancellation">Ends it with what is known.</param>
    public async Task<LearnedServer> LearnAsync(ILearnable asked, LearningTree tree, IReadOnlyList<IReadOnlyList<int>> hints,
        Action<PlayedSession>? keep, CancellationToken cancellation) =>
        Told(await Learner.RunAsync(asked, Limits, tree, hints, Suspects, keep, cancellation), tree);

    /// <summary>What is told of what was learned.</summary>
    /// <param name="learned">The machine.</param>
    /// <param name="tree">What was observed.</param>
    public LearnedServer Told(Learned learned, LearningTree tree)
    {
        var server = new LearnedOverlay(profile, system, inputs, learned).ToServer(Name);
        return learned.Stopped is null ? server : Observed(server, tree);
    }

    /// <summary>Sessions of a hypothesis that are going to be told.</summary>
    /// <param name="machine">The hypothesis.</param>
    public IEnumerable<IReadOnlyList<int>> Suspects(LearnedMachine machine)
    {
        var hypothesis = new Learned(machine, -1, 0, 0, TimeSpan.Zero, null) { Unsteady = [], Played = [] };
        return new LearnedOverlay(profile, system, inputs, hypothesis).Told();
    }

    // what ended too soon may take two states for one: of what that would make wrong, only what was seen is told
    private LearnedServer Observed(LearnedServer server, LearningTree tree)
    {
        var places = inputs.Index().ToDictionary(input => input.Item.Name, input => input.Index);
        bool IsSeen(LearnedDifference one)
        {
            var node = tree.Root;
            foreach (var (input, output) in one.Session.Zip(one.Outputs))
            {
                if (node.Children.GetValueOrDefault(places[input]) is not { } child || child.Output != output)
                {
                    return false;
                }

                node = child;
            }

            return true;
        }

        return server with
        {
            Differences = [.. server.Differences.Where(IsSeen)],
            Violations = [.. server.Violations.Where(IsSeen)],
        };
    }
}
