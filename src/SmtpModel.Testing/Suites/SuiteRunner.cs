using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>A place where a server answered a suite otherwise than its own machine has it.</summary>
/// <param name="State">The state the machine is in there.</param>
/// <param name="Session">The session up to there.</param>
/// <param name="Expected">What the machine answers. Safe to print.</param>
/// <param name="Came">What came. Safe to print.</param>
public sealed record SuiteDeviation(State State, TestSession Session, string Expected, string Came);

/// <summary>What came of a suite that was played against a server.</summary>
/// <param name="Machine">The machine that the server was resolved to: its own choice for each state and command.</param>
/// <param name="Sessions">How many sessions the suite has.</param>
/// <param name="Commands">How many commands they have together.</param>
/// <param name="Probes">How many sessions settled the server's choices before.</param>
/// <param name="Deviations">Where the server answered otherwise, the first place of each session; none when it is that machine.</param>
/// <param name="Undecided">Sessions that could not be played to their end, and why.</param>
public sealed record SuiteReport(
    ResolvedMachine Machine,
    int Sessions,
    int Commands,
    long Probes,
    IReadOnlyList<SuiteDeviation> Deviations,
    IReadOnlyList<string> Undecided
);

/// <summary>
/// Plays a complete suite against a live server. Probes first settle what the standard leaves to the server, the suite is made
/// for the machine that gives, and every answer of both goes into one tree, so that nothing is asked twice.
/// </summary>
public static class SuiteRunner
{
    /// <summary>Resolves a server and plays the suite of its machine.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="target">The server. Whole messages are delivered to it.</param>
    /// <param name="options">How it is talked to; the depth is that of whole messages.</param>
    /// <param name="method">How the suite is made.</param>
    /// <param name="extraStates">How many states more than its machine the server may have.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TargetUnreachableException">There is no server, or it serves nobody.</exception>
    public static async Task<SuiteReport> RunAsync(
        Profile profile,
        ITarget target,
        TestOptions options,
        SuiteMethod method = SuiteMethod.Wp,
        int extraStates = 0,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(options);
        options = options with { Depth = Depth.Data };
        var table = profile.Table;
        var palette = new Palette(table, options.Palette);
        var catalogue = CaseCatalogue.Of(profile);
        var prober = new Prober(target, new Oracle(table), options);
        var workers = new Workers(options.Connections);
        var resolution = new Resolution(catalogue, new Inputs(catalogue, palette, options.Depth), prober, workers);
        var greeted = await prober.PlayAsync([], TimeSpan.Zero, cancellation);
        if (
            greeted.Greeted is not { After.IsSingle: true } opened
            || table.Reads(table.AllStates[opened.After.First]) is not Reading.Commands
        )
        {
            throw new TargetUnreachableException($"{target.Name} greets with {greeted.Greeting}: it serves nobody now");
        }

        await resolution.RunAsync(table.AllStates[opened.After.First], TimeSpan.Zero, cancellation);
        var probes = prober.Sessions;
        var machine = ResolvedMachine.Of(table, palette, (state, move) =>
            resolution.Rows.GetValueOrDefault(state)?[move]?.Last?.Came.Code
        );
        var suite = SuiteMaker.Make(machine.Mealy, method, extraStates);
        var sessions = suite.Sessions.ToList();
        var played = await workers.AllAsync(
            sessions.Count,
            at => PlayAsync(machine, palette, prober, sessions[at], cancellation),
            cancellation
        );
        return new SuiteReport(
            machine,
            suite.SessionCount,
            suite.InputCount,
            probes,
            [
                .. played
                    .Select(one => one.Deviation)
                    .OfType<SuiteDeviation>()
                    .DistinctBy(deviation => $"{deviation.State} {deviation.Session}"),
            ],
            [.. played.Select(one => one.Undecided).OfType<string>()]
        );
    }

    private static async ValueTask<(SuiteDeviation? Deviation, string? Undecided)> PlayAsync(
        ResolvedMachine machine,
        Palette palette,
        Prober prober,
        IReadOnlyList<int> session,
        CancellationToken cancellation
    )
    {
        var state = 0;
        List<(State State, Move Move, int Output)> plan = [];
        foreach (var input in session)
        {
            plan.Add((machine.States[state], Move(machine, palette, state, input), machine.Mealy.Output(state, input)));
            state = machine.Mealy.Next(state, input);
        }

        var moves = plan.ConvertAll(step => step.Move);
        if (prober.Tree.Steps(moves) is not { } answers)
        {
            var result = await prober.PlayAsync(moves, TimeSpan.Zero, cancellation);
            if (result.Cut is { } cut)
            {
                return (null, cut);
            }

            answers = result.Steps;
        }

        for (var at = 0; at < plan.Count; at++)
        {
            var code = plan[at].Output % ResolvedMachine.Closes;
            var came = at < answers.Count ? answers[at].Came : new Observation(ObservationKind.Silence);
            if (came.Kind is not ObservationKind.Reply || came.Code != code)
            {
                return (
                    new SuiteDeviation(
                        plan[at].State,
                        new TestSession([.. moves.Take(at + 1).Select(move => new Step(move))]),
                        $"{code}",
                        at < answers.Count
                            ? came.ToString()
                            : "(not asked for: the server reads commands where mail data was to be sent, or the other way round)"
                    ),
                    null
                );
            }
        }

        return (null, null);
    }

    // where commands are read, the end of data is a line with a dot and no command
    private static Move Move(ResolvedMachine machine, Palette palette, int state, int input)
    {
        var move = machine.Inputs[input];
        return move.Kind is not MoveKind.Data ? move
            : machine.Table.Reads(machine.States[state]) is Reading.Data ? palette.Data[0]
            : Dot(machine.Table);
    }

    private static Move Dot(TransitionTable table) =>
        Dots.GetOrAdd(table, made => new Move(
            made.Commands.First(use => use.Command.Kind is InputKind.UnknownLine).Command,
            MoveKind.Unknown,
            "."
        ));

    // one object for each table: the tree of answers knows moves by their identity
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<TransitionTable, Move> Dots = new();
}
