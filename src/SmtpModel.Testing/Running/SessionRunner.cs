using SmtpModel.Machines;
using SmtpModel.Server;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Plays sessions against a server and has the oracle judge each exchange. An input waits for the reply to the one before, but where
/// the session has it in one packet with that one and the server offers what allows it.
/// </summary>
/// <param name="oracle">The oracle.</param>
/// <param name="coverage">Where what is exercised is counted; null to count nothing.</param>
public sealed class SessionRunner(Oracle oracle, Coverage? coverage = null)
{
    // how long is looked for the replies behind the one that ended a session: they came with it, if they came
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);
    private readonly BufferModel _buffers = new();
    private bool _isBehindGroup;

    // what a packet handed over belongs to the one of its inputs that hands over; to none where several do
    private Move? _delivering;
    private bool _isPacket;

    /// <summary>What was not strict: the exchange, and the rule beside it.</summary>
    public IDictionary<NonStrict, Remark> NonStrict { get; } = new Dictionary<NonStrict, Remark>();

    /// <summary>How long to wait after each reply for what comes unasked; none to take only what is there.</summary>
    public TimeSpan Patience { get; init; }

    /// <summary>What was refused where it is in order.</summary>
    internal RefusalLog Refusals { get; } = new(oracle.Table);

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
        catch (SessionLostException lost)
        {
            return new RunResult(null, session.Steps.Count, 0, lost.Message);
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }

    private async ValueTask<RunResult> PlayAsync(ITargetSession connection, TestSession session, Transcript? transcript, CancellationToken cancellation)
    {
        var play = new Play(oracle, new Conversation(connection, oracle.Table), coverage, transcript, NonStrict) { Sought = Sought, Refusals = Refusals };
        _buffers.Clear();
        _isBehindGroup = _isPacket = false;
        coverage?.Visit(oracle.Start);
        if (!play.Judge(OpeningMove, connection.Greeting))
        {
            return play.Result(-1);
        }

        var count = 1;
        for (var index = 0; index < session.Steps.Count && !play.IsOver; index += count)
        {
            var step = session.Steps[index];
            (play.At, count) = (index, 1);

            // elsewhere a server on a wire may read a block as commands
            if (step.Move.Command.Block is not null && connection is IRawSession && !MayBeSent(play))
            {
                continue;
            }

            // how many replies are due to what is not written as it should be is said nowhere
            if (step.Move.Kind is MoveKind.Malformed && connection is IRawSession && play.Due(step.Move) > 1)
            {
                continue;
            }

            // a reply decides what is read next: mail data and answers to challenges are sent only after a reply that asks for them, and
            // then nothing else is
            if (oracle.Awaits(play.States) is var awaited && awaited != Oracle.Reads(step.Move))
            {
                if (step.Move.Command.Kind is InputKind.Data or InputKind.Response)
                {
                    continue;
                }

                if (!await ExchangeAsync(connection, play, new Step(awaited is Reading.Data ? Data(play, PlainData) : Cancelling!), cancellation))
                {
                    return play.Result(index);
                }
            }

            if (step.Move.Kind is MoveKind.Data)
            {
                step = step with { Move = Data(play, step.Move) };
            }

            var group = play.IsOffered && index + 1 < session.Steps.Count && session.Steps[index + 1].IsJoined ? connection as IGroupSession : null;
            count = group is null ? 1 : Grouping.Length(oracle.Table, session.Steps, index);
            if (play.Exceeded(session.Steps.Skip(index).Take(count).Select(one => one.Move)) is not null)
            {
                break;
            }

            if (!(count == 1 ? await ExchangeAsync(connection, play, step, cancellation)
                : await ExchangeAsync(group!, play, [step, .. session.Steps.Skip(index + 1).Take(count - 1)], cancellation)))
            {
                return play.Result(play.At);
            }

            _isBehindGroup = count > 1;
        }

        return play.Result(session.Steps.Count);
    }

    // a block is sent where the extension is offered, and nothing was refused that leaves open where the server is (RFC 3030 2)
    private bool MayBeSent(Play play) => play.IsOffered && play.States.Indexes().All(state => state < oracle.Table.States.Count);

    // where a group asked for mail data and there is nobody to send it to, a single dot is sent (RFC 2920 3.1)
    private Move Data(Play play, Move data) => _isBehindGroup && play.IsInVain ? NoData : data;

    private async ValueTask<bool> ExchangeAsync(ITargetSession connection, Play play, Step step, CancellationToken cancellation) =>
        await IsSilentAsync(connection, play, step, cancellation)
        && await TakeAsync(connection, play, step, await play.Conversation.ExchangeAsync(step, play.Due(step.Move), cancellation), cancellation);

    private async ValueTask<bool> ExchangeAsync(IGroupSession connection, Play play, IReadOnlyList<Step> packet, CancellationToken cancellation)
    {
        if (!await IsSilentAsync(connection, play, packet[0], cancellation))
        {
            return false;
        }

        var conversation = play.Conversation;
        play.Grouped(packet.Count);
        await conversation.SendAsync(packet, cancellation);
        _isPacket = true;
        _delivering = packet.Where(step => oracle.Table.Delivers(step.Move.Command)).ToList() is [var only] ? only.Move : null;
        var goesOn = true;
        while (goesOn && !play.IsOver && conversation.IsAwaiting)
        {
            var step = conversation.Next();
            var came = await conversation.RepliesAsync(play.Due(step.Move), cancellation);
            goesOn = came.IsReset && !play.States.Overlaps(oracle.Final) ? play.CutOff(step.Move, came) : await TakeAsync(connection, play, step, came, cancellation);
            if (goesOn && conversation.IsAwaiting)
            {
                goesOn = !play.IsCutShort(came) || play.IsOver;
                (play.At, play.IsJoined) = (play.At + 1, true);
            }
        }

        play.IsJoined = _isPacket = false;
        while (play.Violation is not null && conversation.IsAwaiting)
        {
            // what else came belongs to the evidence
            play.Unjudged(conversation.Next().Move, await conversation.GlanceAsync(Glance, cancellation));
        }

        return goesOn;
    }

    // in memory nothing is waited for and a session is played millions of times: then no state machine is made
    private ValueTask<bool> IsSilentAsync(ITargetSession connection, Play play, Step next, CancellationToken cancellation)
    {
        var unasked = connection.UnaskedAsync(Patience, cancellation);
        return unasked.IsCompletedSuccessfully ? new ValueTask<bool>(IsSilent(play, next, unasked.Result)) : IsSilentAsync(unasked, play, next);
    }

    private static async ValueTask<bool> IsSilentAsync(ValueTask<Observation?> unasked, Play play, Step next) => IsSilent(play, next, await unasked);

    private static bool IsSilent(Play play, Step next, Observation? unasked) => unasked is not { } came || play.Unasked(came, next.Move);

    // false when the session cannot go on
    private ValueTask<bool> TakeAsync(ITargetSession connection, Play play, Step step, Observation observation, CancellationToken cancellation) =>
        play.IsUnanswered(observation) ? UnansweredAsync(connection, play, step, observation, cancellation)
        : step.Move == NoData && observation is { Kind: ObservationKind.Reply, Code: >= 200 and < 300 } ? new ValueTask<bool>(play.TakenForNobody(step.Move, observation))
        : play.Judge(step.Move, observation, step.AsksFor(observation.Code)) ? new ValueTask<bool>(Keep(connection, play, step, observation))
        : PartAsync(connection, play, step, observation, cancellation);

    private async ValueTask<bool> UnansweredAsync(ITargetSession connection, Play play, Step step, Observation observation, CancellationToken cancellation) =>
        await Lateness.OfAsync(connection, oracle.Table, step.Move, cancellation) is { } late ? play.Late(step.Move, late)
        : play.Judge(step.Move, observation, step.AsksFor(observation.Code)) ? Keep(connection, play, step, observation)
        : await PartAsync(connection, play, step, observation, cancellation);

    private static async ValueTask<bool> PartAsync(ITargetSession connection, Play play, Step step, Observation observation, CancellationToken cancellation)
    {
        await play.PartingAsync(connection, step.Move, observation, cancellation);
        return false;
    }

    private bool Keep(ITargetSession connection, Play play, Step step, Observation observation)
    {
        if ((!_isPacket || step.Move == _delivering) && play.Edge is { } edge && connection.Delivered is { } delivered && _buffers.Differs(delivered, step.Move) is { } difference)
        {
            play.Misdelivered(edge, step.Move.Command, difference);
            return false;
        }

        if (oracle.Table.Delivers(step.Move.Command) && Accepted is { } accepted)
        {
            foreach (var message in _buffers.Messages(oracle.Table, step.Move, observation))
            {
                accepted.Add(message);
            }
        }

        if (observation.Kind is ObservationKind.Reply)
        {
            _buffers.Apply(step.Move.Command / observation.Code, step.Move, play.Judgement!);
            play.IsOffered = Grouping.IsOffered(oracle.Table, step.Move, observation) ?? play.IsOffered;
        }

        return true;
    }

    private Move OpeningMove { get; } = new(oracle.Table.Commands.First(use => use.Command.Kind is InputKind.Opening).Command, MoveKind.Valid, "");

    // what ends a dialogue that the session does not go on with; null in a protocol without
    private Move? Cancelling { get; } = oracle.Cancelling is { } cancelling ? new Move(cancelling.Command, MoveKind.Valid, cancelling.Argument.Value!.Valid[0]) : null;

    private Move NoData { get; } = new(oracle.Table.Commands.First(use => use.Command.Kind is InputKind.Data).Command, MoveKind.Data, "");
}
