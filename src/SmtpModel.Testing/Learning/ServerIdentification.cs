using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>A machine of a library, and how near a server is to it.</summary>
/// <param name="Known">The machine.</param>
/// <param name="Agreeing">How many of the replies that were asked for it would have given.</param>
/// <param name="Asked">How many replies were asked for.</param>
public sealed record Resemblance(LearnedAutomaton Known, int Agreeing, int Asked);

/// <summary>Which machine of a library a server is nearest to.</summary>
/// <param name="Ranking">All of the library, the nearest first.</param>
/// <param name="Sessions">How many sessions told them apart.</param>
/// <param name="Inputs">How many inputs these had.</param>
/// <param name="Checked">How many sessions were played besides, those of the suite of the nearest.</param>
/// <param name="Differences">Where the server answers otherwise than the nearest: the session, what that would draw, and what
/// came.</param>
public sealed record Identified(IReadOnlyList<Resemblance> Ranking, int Sessions, int Inputs, int Checked,
    IReadOnlyList<(IReadOnlyList<string> Session, string Expected, string Came)> Differences);

/// <summary>Finds the machine of a library that a server is nearest to, with the few sessions that tell the library apart.</summary>
public static class ServerIdentification
{
    /// <summary>Identifies a server.</summary>
    /// <param name="profile">What has the inputs that the library was learned with.</param>
    /// <param name="target">The server. Whole messages are delivered to it.</param>
    /// <param name="palette">What it is known to take.</param>
    /// <param name="library">The machines.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TargetUnreachableException">There is no server, or it serves nobody.</exception>
    public static async Task<Identified> RunAsync(
        Profile profile,
        ITarget target,
        PaletteOptions palette,
        IReadOnlyList<LearnedAutomaton> library,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(library);
        var inputs = LearningAlphabet.Of(profile.Table, new Palette(profile.Table, palette));
        var names = inputs.Select(input => input.Name).ToList();
        var run = new Run(new TargetSystem(target, profile.Table, inputs, isAbstract: false), names, library, cancellation);
        await run.TellApartAsync();
        var (sessions, sent) = (run.Sessions, run.Inputs);
        var nearest = run.Ranking()[0].Known;
        await run.CheckAsync(nearest);
        return new Identified(run.Ranking(), sessions, sent, run.Sessions - sessions, run.Differences(nearest));
    }

    private sealed class Run
    {
        private readonly List<string> _names;
        private readonly IReadOnlyList<LearnedAutomaton> _library;
        private readonly LearningTree _tree;
        private readonly LearningPlayer _player;

        public Run(TargetSystem system, List<string> names, IReadOnlyList<LearnedAutomaton> library, CancellationToken cancellation)
        {
            (_names, _library, _tree) = (names, library, new LearningTree(system));

            // one reply that is the server's whim changes no ranking
            _player = new LearningPlayer(system, _tree, new LearningLimits(), keep: null, cancellation) { AsksAgain = false };
        }

        public int Sessions => _player.Sessions;

        public int Inputs => (int)_player.Inputs;

        // the shortest session that tells two apart that both agree with all that came
        public async Task TellApartAsync()
        {
            HashSet<(LearnedAutomaton, LearnedAutomaton)> tried = [];
            while (true)
            {
                // where the server is none of them, those that are nearest have to be told apart all the same
                var most = Ranking()[0].Agreeing;
                var nearest = _library.Where(known => Agreeing(known) == most).ToList();
                var apart = from one in nearest
                            from other in nearest
                            where nearest.IndexOf(one) < nearest.IndexOf(other) && tried.Add((one, other))
                            select LearnedComparison.Compare(one, other).FirstOrDefault(contrast => contrast.Session.All(_names.Contains));
                if (apart.OfType<LearnedContrast>().FirstOrDefault() is not { } contrast)
                {
                    return;
                }

                await PlayAsync(contrast.Session);
            }
        }

        public async Task CheckAsync(LearnedAutomaton known)
        {
            var states = known.States.ToList();
            var (next, output) = (new int[states.Count, _names.Count], new int[states.Count, _names.Count]);
            List<string> words = [];
            for (var state = 0; state < states.Count; state++)
            {
                for (var input = 0; input < _names.Count; input++)
                {
                    var step = known.Step(states[state], _names[input]);
                    next[state, input] = step?.To is { } to ? states.IndexOf(to) : -1;
                    if (step is not null && !words.Contains(step.Output))
                    {
                        words.Add(step.Output);
                    }

                    output[state, input] = step is null ? -1 : words.IndexOf(step.Output);
                }
            }

            var machine = new Mealy(states, _names, next, output);
            foreach (var session in Suite(machine))
            {
                await PlayAsync([.. session.Select(input => _names[input])]);
            }
        }

        public List<Resemblance> Ranking() =>
            [.. _library.Select(known => new Resemblance(known, Agreeing(known), _tree.Count)).OrderByDescending(one => one.Agreeing)];

        public List<(IReadOnlyList<string> Session, string Expected, string Came)> Differences(LearnedAutomaton known) =>
            [.. Walk(known).Where(step => step.Expected is { } expected && expected != step.Came)
                .DistinctBy(step => (step.Session[^1], step.Expected, step.Came)).OrderBy(step => step.Session.Count)
                .Select(step => (step.Session, step.Expected!, step.Came))];

        private static IEnumerable<IReadOnlyList<int>> Suite(Mealy machine)
        {
            try
            {
                return SuiteMaker.Make(machine).Sessions;
            }
            catch (ArgumentException)
            {
                // with fewer inputs than it was learned with, states may be alike
                return [];
            }
        }

        private int Agreeing(LearnedAutomaton known) => Walk(known).Count(step => step.Expected == step.Came);

        // all that came, beside what a machine draws; behind a difference it draws nothing any more
        private IEnumerable<(IReadOnlyList<string> Session, string? Expected, string Came)> Walk(LearnedAutomaton known)
        {
            var open = new Queue<(LearningNode Node, string? State)>([(_tree.Root, known.States[0])]);
            while (open.TryDequeue(out var at))
            {
                foreach (var (input, child) in at.Node.Children)
                {
                    var step = at.State is null ? null : known.Step(at.State, _names[input]);
                    yield return ([.. child.Path.Select(place => _names[place])], step?.Output, child.Output);
                    open.Enqueue((child, step?.Output == child.Output ? step.To : null));
                }
            }
        }

        private async Task PlayAsync(IReadOnlyList<string> session)
        {
            try
            {
                await _player.PlayAsync([.. session.Select(name => _names.IndexOf(name))]);
            }
            catch (LearningStoppedException fault)
            {
                throw new TargetUnreachableException(fault.Message, fault);
            }
        }
    }
}
