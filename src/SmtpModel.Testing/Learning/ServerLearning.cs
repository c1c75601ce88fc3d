using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Learns the machine of a live server, and lays it over that of a profile.</summary>
public static class ServerLearning
{
    /// <summary>
    /// Learns a server. It begins with the sessions of the complete suite of the profile: a server that is what that says costs no more.
    /// </summary>
    /// <param name="profile">What it is held against; its commands are the inputs.</param>
    /// <param name="target">The server. Whole messages are delivered to it.</param>
    /// <param name="options">How far it goes.</param>
    /// <param name="log">Where sessions are kept, and what was kept before is read from; null for nowhere.</param>
    /// <param name="progress">Is told how many states, sessions and inputs there are, after each session.</param>
    /// <param name="cancellation">Ends it with what is known.</param>
    /// <exception cref="ArgumentException">An input is asked for that there is not.</exception>
    /// <exception cref="TargetUnreachableException">There is no server, or it serves nobody.</exception>
    public static async Task<LearnedServer> RunAsync(Profile profile, ITarget target, LearnOptions options, LearningLog? log = null,
        IProgress<(int Sessions, long Inputs)>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(options);
        var table = profile.Table;
        var palette = new Palette(table, options.Palette);
        var inputs = LearningAlphabet.Of(table, palette, options.Inputs);
        var system = new TargetSystem(target, table, inputs, options.IsAbstract);
        var tree = new LearningTree(system);
        log?.Begin(inputs, tree);
        List<IReadOnlyList<int>> hints = options.IsFromNothing ? [] : [.. Hints(table, palette, inputs)];
        var (sessions, sent) = (0, 0L);
        var learned = await Learner.RunAsync(system, Limits(options, hints.Count == 0), tree, hints, Suspects, session =>
        {
            log?.Keep(session);
            progress?.Report((++sessions, sent += session.Inputs.Count));
        }, cancellation);
        return new LearnedOverlay(profile, system, inputs, learned).ToServer(options.Name ?? target.Name);

        IEnumerable<IReadOnlyList<int>> Suspects(LearnedMachine machine)
        {
            var hypothesis = new Learned(machine, -1, 0, 0, TimeSpan.Zero, null) { Unsteady = [], Played = [] };
            return new LearnedOverlay(profile, system, inputs, hypothesis).Told();
        }
    }

    // where no suite tests a hypothesis, walks do
    private static LearningLimits Limits(LearnOptions options, bool isWalked) => new()
    {
        ExtraStates = options.ExtraStates,
        Middles = options.Middles,
        Walks = isWalked ? new LearningLimits().Walks : 0,
        Seed = options.Seed,
        MostInputs = options.MostInputs,
        MostTime = options.MostTime,
    };

    // the complete suite of what the server should be, with lines that it should refuse wherever they come
    private static IEnumerable<IReadOnlyList<int>> Hints(TransitionTable table, Palette palette, IReadOnlyList<LearningInput> inputs)
    {
        var resolved = ResolvedMachine.Of(table, palette);
        var places = inputs.Select(input => input.Line.Kind is MoveKind.Malformed ? -1 : Place(resolved, input.Line.Command)).ToList();
        var (states, mealy) = (resolved.Mealy.States.Count, resolved.Mealy);
        var (next, output) = (new int[states, inputs.Count], new int[states, inputs.Count]);
        for (var state = 0; state < states; state++)
        {
            for (var input = 0; input < inputs.Count; input++)
            {
                (next[state, input], output[state, input]) = places[input] >= 0
                    ? (mealy.IsDefined(state, places[input]) ? mealy.Next(state, places[input]) : -1, mealy.Output(state, places[input]))
                    : table.Reads(resolved.States[state]) is Reading.Commands ? (state, Refusal(table, inputs[input])) : (-1, -1);
            }
        }

        // with fewer inputs some states are not told apart: then there is no suite
        try
        {
            return SuiteMaker.Make(Reached(mealy.States, [.. inputs.Select(input => input.Name)], next, output)).Sessions;
        }
        catch (ArgumentException)
        {
            return [];
        }
    }

    // with fewer inputs some states are not reached
    private static Mealy Reached(IReadOnlyList<string> states, string[] inputs, int[,] next, int[,] output)
    {
        List<int> reached = [0];
        for (var at = 0; at < reached.Count; at++)
        {
            var behind = Enumerable.Range(0, inputs.Length).Select(input => next[reached[at], input]);
            reached.AddRange(behind.Where(state => state >= 0 && !reached.Contains(state)).Distinct().ToList());
        }

        var (nextOf, outputOf) = (new int[reached.Count, inputs.Length], new int[reached.Count, inputs.Length]);
        foreach (var (place, state) in reached.Index())
        {
            for (var input = 0; input < inputs.Length; input++)
            {
                nextOf[place, input] = next[state, input] < 0 ? next[state, input] : reached.IndexOf(next[state, input]);
                outputOf[place, input] = output[state, input];
            }
        }

        return new Mealy([.. reached.Select(state => states[state])], inputs, nextOf, outputOf);
    }

    private static int Refusal(TransitionTable table, LearningInput input) =>
        input.Line.Kind is MoveKind.Malformed ? table.Faults.NotAcceptable : table.Faults.Unrecognized;

    private static int Place(ResolvedMachine machine, Command command) =>
        machine.Inputs.Index().Where(input => input.Item.Command == command).Select(input => input.Index).FirstOrDefault(-1);
}
