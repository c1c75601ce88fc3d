using System.Diagnostics;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Plays sessions for a learner and keeps what they draw. What is known already is not asked again. Where the same inputs draw
/// something else than before they are asked again, and what most of the sessions drew is kept.
/// </summary>
internal sealed class LearningPlayer(ILearnable system, LearningTree tree, LearningLimits limits, Action<PlayedSession>? keep,
    CancellationToken cancellation)
{
    // with the two that disagree these are five
    private const int AskedAgain = 3;
    private const int MostUnsteady = 20;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly int _known = tree.Sessions.Count == 0 ? 0 : tree.Sessions.Max(session => session.Number);

    /// <summary>Whether inputs that draw something else than before are asked again; otherwise what came first is kept.</summary>
    public bool AsksAgain { get; init; } = true;

    public int Sessions { get; private set; }

    public long Inputs { get; private set; }

    public TimeSpan Elapsed => _clock.Elapsed;

    public List<Unsteadiness> Unsteady { get; } = [];

    /// <summary>Plays inputs, and what is chosen behind them; inputs that cannot be sent where they would come end it.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="goOn">Chooses the next input by what is known behind the last one; null ends the session.</param>
    /// <returns>The last node.</returns>
    /// <exception cref="LearningStoppedException">Nothing can be played any more.</exception>
    /// <exception cref="TreeChangedException">What was known was wrong.</exception>
    public async ValueTask<LearningNode> PlayAsync(IReadOnlyList<int> inputs, Func<LearningNode, int?>? goOn = null)
    {
        var node = tree.Root;
        List<int> path = [];
        while (Next(node, inputs, path.Count, goOn) is { } input)
        {
            path.Add(input);
            if (!node.Children.TryGetValue(input, out var child))
            {
                return await PlayAsync(path, inputs, goOn);
            }

            node = child;
        }

        return node;
    }

    private int? Next(LearningNode node, IReadOnlyList<int> inputs, int at, Func<LearningNode, int?>? goOn) =>
        !node.IsOver && (at < inputs.Count ? inputs[at] : goOn?.Invoke(node)) is { } input && system.Takes(node.Mode, input)
            ? input
            : null;

    // all of the path but its last input is known
    private async ValueTask<LearningNode> PlayAsync(List<int> path, IReadOnlyList<int> inputs, Func<LearningNode, int?>? goOn)
    {
        while (true)
        {
            var run = await RunAsync(path, node => Next(node, inputs, node.Path.Count, goOn));
            if (run.Contradicted is not { } known)
            {
                Keep(run.Session);
                return run.Node;
            }

            await AskAgainAsync(run, known);
        }
    }

    private async ValueTask<Run> RunAsync(List<int> path, Func<LearningNode, int?>? goOn)
    {
        Begin();
        List<int> sent = [];
        List<string> came = [];
        var (node, number) = (tree.Root, _known + ++Sessions);
        try
        {
            await using var session = await system.OpenAsync(cancellation);
            while ((sent.Count < path.Count ? node.IsOver ? null : path[sent.Count] : goOn?.Invoke(node)) is { } input)
            {
                Begin();
                var output = await session.SendAsync(input, cancellation);
                Inputs++;
                sent.Add(input);
                came.Add(output);
                if (AsksAgain && node.Children.TryGetValue(input, out var known) && known.Output != output)
                {
                    return new Run(node, new PlayedSession(number, sent, came), known);
                }

                node = tree.Add(node, input, output, number);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or LearningStoppedException)
        {
            // what was said before stays true
            Keep(new PlayedSession(number, sent, came));
            throw;
        }

        return new Run(node, new PlayedSession(number, sent, came), null);
    }

    private void Begin()
    {
        cancellation.ThrowIfCancellationRequested();
        if (limits.MostInputs is { } most && Inputs >= most)
        {
            throw new LearningStoppedException($"{most} inputs were sent, as many as it may");
        }

        if (limits.MostTime is { } time && _clock.Elapsed >= time)
        {
            throw new LearningStoppedException($"the time is over ({time.TotalSeconds:0.#} s)");
        }
    }

    private void Keep(PlayedSession session)
    {
        if (session.Inputs.Count > 0 && tree.Add(session) is null)
        {
            keep?.Invoke(session);
        }
    }

    private async ValueTask AskAgainAsync(Run run, LearningNode known)
    {
        List<int> inputs = [.. run.Session.Inputs];
        var then = run.Session.Outputs[^1];
        List<(string Output, Run Run)> votes = [];
        for (var round = 0; round < AskedAgain; round++)
        {
            var again = await RunAsync(inputs, null);
            if (again.Session.Inputs.Count == inputs.Count)
            {
                votes.Add((again.Session.Outputs[^1], again));
            }
        }

        var first = 1 + votes.Count(vote => vote.Output == known.Output);
        var others = votes.Append((Output: then, Run: run)).Where(vote => vote.Output != known.Output)
            .GroupBy(vote => vote.Output).OrderByDescending(group => group.Count()).ToList();
        const int Most = (AskedAgain + 2 + 1) / 2;
        var kept = first >= Most ? known.Output : others.Find(group => group.Count() >= Most)?.Key;
        Unsteady.Add(new Unsteadiness(inputs, known.Output, known.Session, then, run.Session.Number, kept));
        if (kept is null || Unsteady.Count > MostUnsteady)
        {
            throw new LearningStoppedException("the same inputs draw different outputs in different sessions");
        }

        if (kept != known.Output)
        {
            tree.Forget(inputs);
            Keep(others[0].First(vote => vote.Output == kept).Run.Session);
            throw new TreeChangedException();
        }
    }

    private sealed record Run(LearningNode Node, PlayedSession Session, LearningNode? Contradicted);
}

/// <summary>What was known was wrong, and is forgotten: whoever relied on it begins anew.</summary>
#pragma warning disable CA1032, CA1064 // it never leaves this folder
internal sealed class TreeChangedException() : Exception("what was observed before was observed otherwise since");
#pragma warning restore CA1032, CA1064
