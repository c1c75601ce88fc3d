using SmtpModel.Machines;
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
    // a round of which the server would not begin a session, and the time behind it
    private const int MostTried = 3;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    /// <summary>What was not strict: the exchange, and the rule beside it.</summary>
    public IDictionary<NonStrict, Remark> NonStrict { get; } = new Dictionary<NonStrict, Remark>();

    /// <summary>What was refused where it is in order.</summary>
    internal RefusalLog Refusals { get; } = new(oracle.Table);

    /// <summary>How long to wait after each reply for what comes unasked; none to take only what is there.</summary>
    public TimeSpan Patience { get; init; }

    /// <summary>Where what is delivered is looked for; nowhere when null.</summary>
    internal DeliveryWatch? Delivered { get; init; }

    /// <summary>How long what a round delivers is waited for behind it, to be part of what came of it; not at all when null.</summary>
    internal TimeSpan? DeliveryLimit { get; init; }

    /// <summary>Plays one round.</summary>
    /// <param name="target">The server; what it hands over is looked at when it is an <see cref="IObservedSite"/>.</param>
    /// <param name="round">The round.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TargetUnreachableException">There is no server.</exception>
    public async ValueTask<RoundResult> RunAsync(ITarget target, Round round, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(round);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await PlayAsync(target, round, cancellation);
            }
            catch (TargetUnreachableException fault) when (fault.IsRefusal && attempt < MostTried)
            {
                // without one of its sessions it is another round
                await Task.Delay(Moment * attempt, cancellation);
            }
        }
    }

    private async ValueTask<RoundResult> PlayAsync(ITarget target, Round round, CancellationToken cancellation)
    {
        (target as IObservedSite)?.TakeDelivered();
        var turnstile = new Turnstile(round.Sessions.Count);
        var parts = round.Sessions.Select((session, index) =>
            new Part(this, oracle, coverage, new TurnTarget(target, turnstile, index), session, index)).ToList();
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
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        var results = await Task.WhenAll(running);
        var violation =
            failed >= 0 ? results[failed].Violation
            : target is IObservedSite site ? Union.Differs(oracle.Table, parts.SelectMany(part => part.Accepted), site.TakeDelivered())
            : null;
        var sent = results.Select(result => result.Mail?.Sent ?? []).ToList();
        ApartFromOthers(sent);
        return new RoundResult(
            violation,
            failed,
            lines,
            [.. parts.Select(part => part.Taken)],
            [.. results.Select(result => result.Inconclusive).OfType<string>()]
        )
        {
            Groups = results.Aggregate(default(GroupCount), (sum, result) => sum.Plus(result.Groups)),
            Sent = sent,
            Misdelivered = DeliveryLimit is { } limit ? await DeliveredAsync(sent, limit, cancellation) : [],
        };
    }

    // what one session gave is none of another's
    private static void ApartFromOthers(List<IReadOnlyList<SentMessage>> sent)
    {
        for (var session = 0; session < sent.Count; session++)
        {
            var others = sent.Where((_, at) => at != session).SelectMany(messages => messages).ToList();
            foreach (var message in sent[session])
            {
                message.NotTo = [.. message.NotTo.Concat(others.SelectMany(other => other.To)).Except(message.To).Distinct()];
                message.NotFrom = [.. others.Select(other => other.ReversePath).Where(path => path != message.ReversePath).Distinct()];
            }
        }
    }

    private async Task<IReadOnlyList<(Violation, int, int)>> DeliveredAsync(
        List<IReadOnlyList<SentMessage>> sent,
        TimeSpan limit,
        CancellationToken cancellation
    ) =>
        Misdelivered(
            oracle.Table,
            sent,
            await Delivered!.WaitAsync([.. sent.SelectMany(messages => messages)], limit, null, cancellation),
            limit
        );

    /// <summary>What was delivered wrongly of what each session sent: the violation, the session, and the move that ended the
    /// message.</summary>
    internal static IReadOnlyList<(Violation Violation, int Session, int At)> Misdelivered(
        TransitionTable table,
        IReadOnlyList<IReadOnlyList<SentMessage>> sent,
        ILookup<string, DeliveredMessage> found,
        TimeSpan limit
    ) =>
        [
            .. from session in Enumerable.Range(0, sent.Count)
               from wrong in DeliveryComparison.Wrong(sent[session], found, limit)
               select (DeliveryComparison.Violation(table, wrong.Message, wrong.Fault), session, wrong.Message.At),
        ];

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
    private sealed class Part(RoundRunner round, Oracle oracle, Coverage? coverage, TurnTarget target, TestSession session, int index)
    {
        private readonly Transcript _transcript = new();
        private int _shown;

        public List<StoredMessage> Accepted { get; } = [];

        public int Taken => target.Taken;

        public async Task<RunResult> RunAsync(CancellationToken cancellation)
        {
            var runner = new SessionRunner(oracle, coverage)
            {
                Patience = round.Patience,
                Delivered = round.Delivered,
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
                // those who are sent home end at the same time
                lock (round.Refusals)
                {
                    round.Refusals.Merge(runner.Refusals);
                    foreach (var (what, rule) in runner.NonStrict)
                    {
                        round.NonStrict.TryAdd(what, rule);
                    }
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
