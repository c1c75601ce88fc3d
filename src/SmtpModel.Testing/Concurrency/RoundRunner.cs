using SmtpModel.Protocol;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Plays the sessions of a round by their schedule, each held against a model of its own as if it were alone, and then what was
/// handed over against what all of them together were told was accepted.
/// </summary>
/// <param name="oracle">The oracle.</param>
/// <param name="coverage">Where what is exercised is counted; null to count nothing.</param>
public sealed class RoundRunner(Oracle oracle, Coverage? coverage = null)
{
    /// <summary>What was not strict: the exchange, and the rule beside it.</summary>
    public IDictionary<NonStrict, Remark> NonStrict { get; } = new Dictionary<NonStrict, Remark>();

    /// <summary>How long to wait after each reply for what comes unasked; none to take only what is there.</summary>
    public TimeSpan Patience { get; init; }

    /// <summary>Plays one round.</summary>
    /// <param name="target">The server; what it hands over is looked at when it is an <see cref="IObservedSite"/>.</param>
    /// <param name="round">The round.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TargetUnreachableException">There is no server.</exception>
    public async ValueTask<RoundResult> RunAsync(ITarget target, Round round, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(round);
        (target as IObservedSite)?.TakeDelivered();
        var turnstile = new Turnstile(round.Sessions.Count);
        var parts = round.Sessions.Select((session, index) =>
            new Part(oracle, coverage, NonStrict, Patience, new TurnTarget(target, turnstile, index), session, index)).ToList();
        var running = parts.Select(part => part.RunAsync(cancellation)).ToList();
        List<RoundLine> lines = [];
        var failed = -1;
        try
        {
            foreach (var turn in Turns(round, running))
            {
                await turnstile.LetThroughAsync(turn, running[turn]);
                lines.AddRange(parts[turn].NewLines());
                if (running[turn].IsCompleted && (await running[turn]).Violation is not null)
                {
                    failed = turn;
                    break;
                }
            }
        }
        finally
        {
            turnstile.Close();
        }

        var results = await Task.WhenAll(running);
        var violation =
            failed >= 0 ? results[failed].Violation
            : target is IObservedSite site ? Union.Differs(oracle.Table, parts.SelectMany(part => part.Accepted), site.TakeDelivered())
            : null;
        return new RoundResult(
            violation,
            failed,
            lines,
            [.. parts.Select(part => part.Taken)],
            [.. results.Select(result => result.Inconclusive).OfType<string>()]
        )
        {
            Groups = results.Aggregate(default(GroupCount), (sum, result) => sum.Plus(result.Groups)),
        };
    }

    private static IEnumerable<int> Turns(Round round, List<Task<RunResult>> running)
    {
        foreach (var turn in round.Schedule.Where(turn => !running[turn].IsCompleted))
        {
            yield return turn;
        }

        for (var session = 0; session < running.Count; session++)
        {
            while (!running[session].IsCompleted)
            {
                yield return session;
            }
        }
    }

    // one session of the round
    private sealed class Part(Oracle oracle, Coverage? coverage, IDictionary<NonStrict, Remark> nonStrict, TimeSpan patience,
        TurnTarget target, TestSession session, int index)
    {
        private readonly Transcript _transcript = new();
        private int _shown;

        public List<StoredMessage> Accepted { get; } = [];

        public int Taken => target.Taken;

        public async Task<RunResult> RunAsync(CancellationToken cancellation)
        {
            var runner = new SessionRunner(oracle, coverage)
            {
                Patience = patience,
                Accepted = Accepted,
                PlainData = Tagging.PlainData(oracle.Table, index),
            };
            try
            {
                return await runner.RunAsync(target, session, _transcript, cancellation);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // sent home, since another session showed a violation
                return RunResult.Fine(target.Taken);
            }
            finally
            {
                foreach (var (what, rule) in runner.NonStrict)
                {
                    nonStrict.TryAdd(what, rule);
                }
            }
        }

        public IEnumerable<RoundLine> NewLines()
        {
            for (; _shown < _transcript.Lines.Count; _shown++)
            {
                yield return new RoundLine(index, _transcript.Lines[_shown]);
            }
        }
    }
}
