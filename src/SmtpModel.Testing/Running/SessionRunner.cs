using SmtpModel.Machines;
using SmtpModel.Server;

namespace SmtpModel.Testing;

/// <summary>Plays sessions against a server in lockstep, one exchange at a time, and has the oracle judge each.</summary>
/// <param name="oracle">The oracle.</param>
/// <param name="coverage">Where what is exercised is counted; null to count nothing.</param>
public sealed class SessionRunner(Oracle oracle, Coverage? coverage = null)
{
    private readonly BufferModel _buffers = new();

    /// <summary>What was not strict: the exchange, and the rule beside it.</summary>
    public IDictionary<NonStrict, Remark> NonStrict { get; } = new Dictionary<NonStrict, Remark>();

    /// <summary>How long to wait after each reply for what comes unasked; none to take only what is there.</summary>
    public TimeSpan Patience { get; init; }

    /// <summary>The key of a violation behind which the session need not go on; null to play it to its end.</summary>
    internal string? Sought { get; init; }

    /// <summary>Where the messages are put that the server said it accepted, as the model has them; null to put them nowhere.</summary>
    internal ICollection<StoredMessage>? Accepted { get; init; }

    /// <summary>What is sent when the server asks for mail data and the session has none there.</summary>
    internal Move PlainData { get; init; } = new(oracle.Table.Commands.First(use => use.Command.Kind is InputKind.Data).Command, MoveKind.Data, "Subject: test\r\n\r\ntext\r\n");

    /// <summary>Plays one session.</summary>
    /// <param name="target">The server.</param>
    /// <param name="session">The session.</param>
    /// <param name="transcript">Where what is said is noted; null to note nothing.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TargetUnreachableException">There is no server.</exception>
    public async ValueTask<RunResult> RunAsync(ITarget target, TestSession session, Transcript? transcript = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(session);
        var connection = await target.ConnectAsync(session.Greeting, cancellation);
        try
        {
            return await PlayAsync(connection, session, transcript, cancellation);
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }

    private async ValueTask<RunResult> PlayAsync(ITargetSession connection, TestSession session, Transcript? transcript, CancellationToken cancellation)
    {
        var play = new Play(oracle, coverage, transcript, NonStrict) { Sought = Sought };
        _buffers.Clear();
        coverage?.Visit(oracle.Start);
        if (!play.Judge(OpeningMove, connection.Greeting))
        {
            return play.Result(-1);
        }

        for (var index = 0; index < session.Steps.Count; index++)
        {
            var step = session.Steps[index];
            play.At = index;

            // a reply decides what is read next: mail data is sent only after a reply that asks for it, and then nothing else is
            if (play.States.Overlaps(oracle.ReadingData) != step.Move.Kind is MoveKind.Data)
            {
                if (step.Move.Kind is MoveKind.Data)
                {
                    continue;
                }

                if (!await ExchangeAsync(connection, play, new Step(PlainData), cancellation))
                {
                    return play.Result(index);
                }
            }

            if (!await ExchangeAsync(connection, play, step, cancellation))
            {
                return play.Result(index);
            }

            if (play.IsOver)
            {
                break;
            }
        }

        return play.Result(session.Steps.Count);
    }

    private async ValueTask<bool> ExchangeAsync(ITargetSession connection, Play play, Step step, CancellationToken cancellation)
    {
        if (await connection.UnaskedAsync(Patience, cancellation) is { } unasked && !play.Unasked(unasked, step.Move))
        {
            return false;
        }

        var observation = await connection.SendAsync(step.Move.Octets, step.Script, cancellation);
        if (play.IsUnanswered(observation) && await Lateness.OfAsync(connection, oracle.Table, step.Move, cancellation) is { } late)
        {
            return play.Late(step.Move, late);
        }

        if (!play.Judge(step.Move, observation))
        {
            await play.PartingAsync(connection, step.Move, observation, cancellation);
            return false;
        }

        if (play.Edge is { } edge && connection.Delivered is { } delivered && _buffers.Differs(delivered, step.Move) is { } difference)
        {
            play.Misdelivered(edge, step.Move.Command, difference);
            return false;
        }

        if (step.Move.Kind is MoveKind.Data && observation is { Kind: ObservationKind.Reply, Code: < 400 })
        {
            Accepted?.Add(_buffers.Message(step.Move));
        }

        if (observation.Kind is ObservationKind.Reply)
        {
            _buffers.Apply(step.Move.Command / observation.Code, step.Move);
        }

        return true;
    }

    private Move OpeningMove { get; } = new(oracle.Table.Commands.First(use => use.Command.Kind is InputKind.Opening).Command, MoveKind.Valid, "");
}
