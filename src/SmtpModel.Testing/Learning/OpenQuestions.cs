using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// What a learner still has to ask where some observations do not say what the server is. What it asks next depends on every answer before:
/// the first question is sure, and the others are those that follow where the server answers as the hypothesis has it; where that says
/// nothing of a state, as the state does that is most like it, and where none says anything, as the specification has it.
/// </summary>
internal static class OpenQuestions
{
    /// <summary>The most that are named.</summary>
    public const int Most = 2000;

    /// <summary>The sessions that are to be asked, in their order; none where nothing is open.</summary>
    /// <param name="task">What is learned. The server is not asked.</param>
    /// <param name="table">The profile's table.</param>
    /// <param name="known">What was observed; it is not changed.</param>
    /// <param name="hypothesis">What was made of that.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<IReadOnlyList<IReadOnlyList<int>>> OfAsync(LearningTask task, TransitionTable table,
        IReadOnlyList<PlayedSession> known, LearnedMachine hypothesis, CancellationToken cancellation)
    {
        List<IReadOnlyList<int>> open = [];
        var system = new ForeseenSystem(task.System, Tree(task, known), hypothesis,
            new SpecifiedSystem(task.System, table, task.Hints.Machine), () => open.Count < Most);
        // what comes behind a state that nobody has seen yet is guessed by nobody
        await Learner.RunAsync(system, task.Limits with { MostStates = hypothesis.Count }, Tree(task, known), [], task.Suspects,
            session => open.Add(session.Inputs), cancellation);
        return open;
    }

    private static LearningTree Tree(LearningTask task, IReadOnlyList<PlayedSession> known)
    {
        var tree = new LearningTree(task.System);
        foreach (var session in known)
        {
            tree.Add(session);
        }

        return tree;
    }

    // the same inputs draw the same, whoever asks for them and when
    private sealed class ForeseenSystem(TargetSystem server, LearningTree known, LearnedMachine hypothesis, SpecifiedSystem specified,
        Func<bool> mayAsk) : ILearnable
    {
        public int Inputs => server.Inputs;

        public int FirstMode => server.FirstMode;

        public int ModeBehind(int mode, string output) => server.ModeBehind(mode, output);

        public bool Takes(int mode, int input) => server.Takes(mode, input);

        public async ValueTask<ILearnableSession> OpenAsync(CancellationToken cancellation) => mayAsk()
            ? new Session(known.Root, hypothesis, await specified.OpenAsync(cancellation))
            : throw new LearningStoppedException($"more than {Most} questions are open");
    }

    private sealed class Session(LearningNode root, LearnedMachine hypothesis, ILearnableSession specified) : ILearnableSession
    {
        private LearningNode? _node = root;
        private int _state;

        public async ValueTask<string> SendAsync(int input, CancellationToken cancellation)
        {
            var asSpecified = await specified.SendAsync(input, cancellation);
            var asElsewhere = _state < 0 ? null : hypothesis.Output[_state, input]
                ?? (Like(_state, input, _ => true) is >= 0 and var like ? hypothesis.Output[like, input] : null);
            _state = _state < 0 || asElsewhere is null ? -1 : hypothesis.Next[_state, input] is >= 0 and var next ? next
                : Like(_state, input, other => hypothesis.Output[other, input] == asElsewhere) is >= 0 and var alike
                    ? hypothesis.Next[alike, input] : -1;
            _node = _node?.Children.GetValueOrDefault(input);
            return _node?.Output ?? asElsewhere ?? asSpecified;
        }

        public ValueTask DisposeAsync() => specified.DisposeAsync();

        // of the states that say what an input draws the one that says most of what this one says; -1 where none says it
        private int Like(int state, int input, Func<int, bool> fits)
        {
            var all = Enumerable.Range(0, hypothesis.Inputs);
            return Enumerable.Range(0, hypothesis.Count)
                .Where(other => hypothesis.Modes[other] == hypothesis.Modes[state] && hypothesis.Output[other, input] is not null
                    && fits(other))
                .OrderByDescending(other => all.Count(one => IsKnown(other, state, one) && IsSame(other, state, one)))
                .ThenBy(other => all.Count(one => IsKnown(other, state, one) && !IsSame(other, state, one)))
                .FirstOrDefault(-1);
        }

        private bool IsKnown(int one, int other, int input) =>
            hypothesis.Output[one, input] is not null && hypothesis.Output[other, input] is not null;

        private bool IsSame(int one, int other, int input) => hypothesis.Output[one, input] == hypothesis.Output[other, input];
    }
}
