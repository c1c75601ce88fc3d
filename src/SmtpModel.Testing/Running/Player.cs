using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Plays sessions, whoever wants them played: sends input after input, or several in one packet where the server offers what allows
/// it, has each reply judged, and holds what is handed over against what was accepted. One session at a time.
/// </summary>
/// <param name="oracle">The oracle.</param>
/// <param name="director">What whoever has them played decides.</param>
internal sealed class Player(Oracle oracle, IDirector director)
{
    // how long is looked for the replies behind the one that ended a session: they came with it, if they came
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);
    private readonly BufferModel _buffers = new();
    private bool _isBehindGroup;

    // what a packet handed over belongs to the one of its inputs that hands over; to none where several do
    private Move? _delivering;
    private bool _isPacket;

    private Move Opening { get; } = new(CommandOf(oracle, InputKind.Opening), MoveKind.Valid, "");

    // what ends a dialogue that the session does not go on with; null in a protocol without
    private Move? Cancelling { get; } = oracle.Cancelling is { } use
        ? new Move(use.Command, MoveKind.Valid, use.Argument.Value!.Valid[0]) : null;

    private Move NoData { get; } = new(CommandOf(oracle, InputKind.Data), MoveKind.Data, "");

    /// <summary>Plays a session from its greeting on; false when it could not go on.</summary>
    /// <param name="play">What is made of it.</param>
    /// <param name="steps">The session's inputs.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="SessionLostException">The target cannot give as many replies as are due.</exception>
    public async ValueTask<bool> PlayAsync(Play play, IReadOnlyList<Step> steps, CancellationToken cancellation)
    {
        _buffers.Clear();
        _isBehindGroup = _isPacket = false;
        var goesOn = play.Begin(Opening);
        director.Heard(play, play.Connection.Greeting);
        var count = 1;
        for (var index = 0; goesOn && index < steps.Count && !play.IsOver; index += count)
        {
            var step = steps[index];
            (play.At, count) = (index, 1);
            var cue = director.CueFor(play, step);
            if (cue is Cue.End)
            {
                break;
            }

            if (cue is Cue.Skip)
            {
                continue;
            }

            if (cue is Cue.FillIn && !await ExchangeAsync(play, new Step(Awaited(play)), cancellation))
            {
                return false;
            }

            if (step.Move.Kind is MoveKind.Data)
            {
                step = step with { Move = Data(play, step.Move) };
            }

            var group = play.IsOffered && index + 1 < steps.Count && steps[index + 1].IsJoined ? play.Connection as IGroupSession : null;
            count = group is null ? 1 : Grouping.Length(oracle.Table, steps, index);
            if (play.Exceeded(steps, index, count) is { } over)
            {
                return director.Exceeds(play, step.Move, over);
            }

            goesOn =
                count == 1
                    ? await ExchangeAsync(play, step, cancellation)
                    : await ExchangeAsync(
                        play,
                        [play.Marked(step), .. steps.Skip(index + 1).Take(count - 1).Select(play.Marked)],
                        cancellation
                    );
            _isBehindGroup = count > 1;
        }

        return goesOn;
    }

    private static Command CommandOf(Oracle oracle, InputKind kind) =>
        oracle.Table.Commands.First(use => use.Command.Kind == kind).Command;

    private Move Awaited(Play play) => oracle.Awaits(play.States) is Reading.Data ? Data(play, director.PlainData) : Cancelling!;

    // where a group asked for mail data and there is nobody to send it to, a single dot is sent (RFC 2920 3.1)
    private Move Data(Play play, Move data) => _isBehindGroup && play.IsInVain ? NoData : data;

    private ValueTask<T> Counted<T>(ValueTask<T> waiting) => director.Pace is { } pace ? pace.CountAsync(waiting) : waiting;

    private async ValueTask<bool> ExchangeAsync(Play play, Step step, CancellationToken cancellation) =>
        await IsSilentAsync(play, step, cancellation)
        && await TakeAsync(play, step, await Counted(director.ExchangeAsync(play, play.Marked(step), cancellation)), cancellation);

    private async ValueTask<bool> ExchangeAsync(Play play, IReadOnlyList<Step> packet, CancellationToken cancellation)
    {
        if (!await IsSilentAsync(play, packet[0], cancellation))
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
            var came = await Counted(conversation.RepliesAsync(play.Due(step.Move), cancellation));
            goesOn = came.IsReset && !play.States.Overlaps(oracle.Final) ? play.CutOff(step.Move, came)
                : await TakeAsync(play, step, came, cancellation);
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
    private ValueTask<bool> IsSilentAsync(Play play, Step next, CancellationToken cancellation)
    {
        var unasked = play.Connection.UnaskedAsync(director.Pause, cancellation);
        return unasked.IsCompletedSuccessfully ? new ValueTask<bool>(IsSilent(play, next, unasked.Result))
            : IsSilentAsync(unasked, play, next);
    }

    private async ValueTask<bool> IsSilentAsync(ValueTask<Observation?> unasked, Play play, Step next) =>
        IsSilent(play, next, await unasked);

    private bool IsSilent(Play play, Step next, Observation? unasked)
    {
        if (unasked is not { } came)
        {
            return true;
        }

        var goesOn = play.Unasked(came, next.Move);
        director.Heard(play, came);
        return goesOn;
    }

    // false when the session cannot go on
    private ValueTask<bool> TakeAsync(Play play, Step step, Observation came, CancellationToken cancellation)
    {
        var taken = new Taken(step, came, play.States, play.IsUnanswered(came), IsLate: false);
        return taken.IsUnanswered ? UnansweredAsync(play, taken, cancellation)
            : step.Move == NoData && came is { Kind: ObservationKind.Reply, Code: >= 200 and < 300 }
                ? new ValueTask<bool>(play.TakenForNobody(step.Move, came))
            : Judge(play, taken) ? new ValueTask<bool>(Keep(play, taken))
            : PartAsync(play, taken, cancellation);
    }

    private bool Judge(Play play, in Taken taken) =>
        play.Judge(taken.Step.Move, taken.Came, director.IsAsked(taken.Step, taken.Came.Code));

    private async ValueTask<bool> UnansweredAsync(Play play, Taken taken, CancellationToken cancellation)
    {
        if (await Counted(Lateness.OfAsync(play.Connection, oracle.Table, taken.Step.Move, cancellation)) is { } late)
        {
            var goesOn = play.Late(taken.Step.Move, late);
            director.Took(play, taken with { IsLate = true });
            return goesOn;
        }

        return Judge(play, taken) ? Keep(play, taken) : await PartAsync(play, taken, cancellation);
    }

    private async ValueTask<bool> PartAsync(Play play, Taken taken, CancellationToken cancellation)
    {
        await play.GreetingAsync(taken.Came, cancellation);
        await play.PartingAsync(taken.Step.Move, taken.Came, cancellation);
        director.Took(play, taken);
        return false;
    }

    private bool Keep(Play play, in Taken taken)
    {
        director.Took(play, taken);
        var (move, came) = (play.Mail?.Marked(taken.Step.Move) ?? taken.Step.Move, taken.Came);
        if (play.Mail is { } mail)
        {
            mail.Took(taken.Step.Move);
            Keep(play, mail, move, came);
        }

        if ((!_isPacket || move == _delivering) && play.Edge is { } edge && play.Connection.Delivered is { } delivered
            && _buffers.Differs(delivered, move) is { } difference)
        {
            play.Misdelivered(edge, move.Command, difference);
            return false;
        }

        if (play.Accepted is { } accepted && oracle.Table.Delivers(move.Command))
        {
            foreach (var message in _buffers.Messages(oracle.Table, move, came))
            {
                accepted.Add(message);
            }
        }

        if (came.Kind is ObservationKind.Reply)
        {
            _buffers.Apply(move.Command / came.Code, move, play.Judgement!);
            if (Grouping.IsOffered(oracle.Table, move, came) is { } isOffered)
            {
                (play.IsOffered, play.Listing) = (isOffered, isOffered ? came.Reply : null);
            }
        }

        return true;
    }

    private void Keep(Play play, MailSession mail, Move move, Observation came)
    {
        if (oracle.Table.Delivers(move.Command))
        {
            mail.Answered(_buffers, oracle.Table, move, came, play.Edge, play.At);
        }
        else if (move.Command.OnAccept.Any(effect => effect.Buffer == Spec.Rfc821.ForwardPath && effect.Kind is not EffectKind.Clear))
        {
            mail.Named(move);
        }
    }
}
