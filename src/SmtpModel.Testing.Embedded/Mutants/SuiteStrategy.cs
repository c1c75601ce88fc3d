using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Server;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// A suite that is the same whatever comes back; a mutant is killed by the first answer or delivery that is not the one of the
/// server that nothing is wrong with.
/// </summary>
internal sealed class SuiteStrategy(string name, string what, SuiteMethod method, int extraStates = 0, bool deliveries = false)
    : IMutantStrategy
{
    public string Name => name;

    public string What => what;

    public IMutantHunt Prepare(Profile profile, ScoreOptions options)
    {
        var machine = new ExchangeMachine(profile.Table);
        var suite = SuiteMaker.Make(machine.Mealy, method, extraStates);
        if (deliveries)
        {
            machine.AddDeliveries(suite);
        }

        var sessions = machine.Sessions(suite);
        var plain = InMemoryTarget.Of(profile);
        return new Hunt([
            .. sessions.Take(options.Budget ?? int.MaxValue).Select(session => new Expected(session, [.. Answers(plain, session)])),
        ]);
    }

    // all that is said in a session; in memory a reply is there when it is asked for, so nothing has to be waited for
    private static IEnumerable<Answer> Answers(InMemoryTarget target, TestSession session)
    {
        var connection = Completed(target.ConnectAsync(session.Greeting, CancellationToken.None));
        yield return Answer.Of(connection.Greeting, target, null);
        foreach (var step in session.Steps)
        {
            var came = Completed(connection.SendAsync(step.Move.Octets, step.Script, CancellationToken.None));
            yield return Answer.Of(came, target, connection.Delivered);
            while (Completed(connection.UnaskedAsync(TimeSpan.Zero, CancellationToken.None)) is { } more)
            {
                yield return Answer.Of(more, target, null);
            }
        }
    }

    private static T Completed<T>(ValueTask<T> task) => task.IsCompletedSuccessfully ? task.Result
        : throw new InvalidOperationException("a session in memory did not answer at once");

    private sealed record Expected(TestSession Session, IReadOnlyList<Answer> Answers);

    private readonly record struct Answer(ObservationKind Kind, int Code, bool IsEnded, StoredMessage? Delivered)
    {
        public static Answer Of(Observation came, InMemoryTarget target, StoredMessage? delivered) =>
            new(came.Kind, came.Code, target.Session.Status is SessionStatus.Ended, delivered);

        public bool IsLike(Answer other) =>
            (Kind, Code, IsEnded) == (other.Kind, other.Code, other.IsEnded) && IsLike(Delivered, other.Delivered);

        private static bool IsLike(StoredMessage? one, StoredMessage? other) =>
            one is null || other is null
                ? one is null == other is null
                : one.ReversePath == other.ReversePath
                    && one.ForwardPaths.SequenceEqual(other.ForwardPaths)
                    && one.Data.Span.SequenceEqual(other.Data.Span);
    }

    private sealed class Hunt(IReadOnlyList<Expected> suite) : IMutantHunt
    {
        public ValueTask<Hunted> RunAsync(Mutant mutant, CancellationToken cancellation)
        {
            var target = InMemoryTarget.Of(mutant);
            var (sessions, commands) = (0L, 0L);
            foreach (var (session, expected) in suite)
            {
                cancellation.ThrowIfCancellationRequested();
                sessions++;
                var at = 0;
                foreach (var answer in Answers(target, session))
                {
                    commands += at > 0 ? 1 : 0;
                    if (at == expected.Count || !answer.IsLike(expected[at++]))
                    {
                        return ValueTask.FromResult(new Hunted(mutant, true, sessions, commands));
                    }
                }

                if (at < expected.Count)
                {
                    return ValueTask.FromResult(new Hunted(mutant, true, sessions, commands));
                }
            }

            return ValueTask.FromResult(new Hunted(mutant, false, sessions, commands));
        }
    }
}
