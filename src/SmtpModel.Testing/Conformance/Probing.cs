using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// A probe while it is played: each answer is kept, an input that is known to draw none is not waited for as long as others, and it
/// ends where the server does not read what the plan expects.
/// </summary>
/// <param name="prober">Whose probe it is.</param>
/// <param name="moves">Its inputs.</param>
/// <param name="transcript">What is said.</param>
/// <param name="pause">How long to wait before each input for what comes unasked.</param>
internal sealed class Probing(Prober prober, IReadOnlyList<Move> moves, Transcript transcript, TimeSpan pause) : IDirector
{
    private readonly List<ProbeStep> _steps = [];
    private Judgement? _greeted;
    private bool _isGreeted;
    private bool _isLate;

    public TimeSpan Pause => pause;

    public Pace Pace => prober.Pace;

    /// <summary>How long to wait for what should not come.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>Whether silence is asked for with a fence where one can be sent, and not with a clock.</summary>
    public bool IsFenced { get; init; }

    /// <summary>What the fence showed; null where none was sent.</summary>
    public Fenced? Fenced { get; private set; }

    /// <summary>Whether it was seen what the server did with a message.</summary>
    public bool SeesDeliveries { get; private set; }

    // nothing but the plan is sent
    public Move PlainData => throw new InvalidOperationException("a probe ends where the server asks for mail data that it does not have");

    private Oracle Oracle => prober.Oracle;

    private Observation? Closing => _steps.Find(step => step.Came.Code == Oracle.Table.Faults.Closing)?.Came;

    // a command within mail data would be mail data: the server has not asked for what the plan expects
    public Cue CueFor(Play play, Step step) =>
        play.States.Overlaps(Oracle.ReadingData) == step.Move.Kind is MoveKind.Data ? Cue.Send : Cue.End;

    public bool Exceeds(Play play, Move move, string over)
    {
        _isLate = true;
        return play.Late(move, over);
    }

    public ValueTask<Observation> ExchangeAsync(Play play, Step step, CancellationToken cancellation)
    {
        var before = play.States;
        return before.Bits == Oracle.Final.Bits ? AfterEndAsync(play.Connection, step.Move, cancellation)
            : play.Conversation.ExchangeAsync(step, play.Due(step.Move),
                () => prober.Mutes.SendAsync(play.Connection, step.Move, before, cancellation), cancellation);
    }

    // what a server under test refuses is its own choice, whatever stands in the line
    public bool IsAsked(Step step, int code) => false;

    public void Heard(Play play, Observation came)
    {
        if (!_isGreeted)
        {
            (_isGreeted, _greeted) = (true, play.Judgement);
        }

        prober.Conduct.Note(came, transcript, moves, _steps.Count);
    }

    public void Took(Play play, in Taken exchange)
    {
        var (step, came, before, isUnanswered, isLate) = exchange;
        if (!isLate && (isUnanswered || came.Kind is ObservationKind.Reply))
        {
            prober.Mutes.Note(step.Move, before, isUnanswered && came.Earlier is null);
        }

        _isLate = isLate;
        _steps.Add(new ProbeStep(step.Move, came, before, play.Judgement));
        foreach (var one in came.Earlier ?? [])
        {
            prober.Conduct.Note(one, transcript, moves, _steps.Count);
        }

        prober.Conduct.Note(came, transcript, moves, _steps.Count);
        SeesDeliveries |= play.Connection.Delivered is not null;
    }

    /// <summary>Waits, behind the last input, for what should not come.</summary>
    /// <param name="play">The session so far.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellation">Gives up.</param>
    public async ValueTask ListenAsync(Play play, TimeSpan patience, CancellationToken cancellation)
    {
        if (_steps.Count == 0)
        {
            return;
        }

        if (IsFenced && patience > TimeSpan.Zero && play.Connection is IWireSession wire && !play.States.Overlaps(Oracle.Final)
            && Oracle.Awaits(play.States) is Reading.Commands)
        {
            var longest = patience > Patience ? patience : Patience;
            Fenced = await Pace.CountAsync(prober.Fence.RaiseAsync(wire, longest, patience, cancellation));
            return;
        }

        if (await Pace.CountAsync(play.Connection.UnaskedAsync(patience, cancellation)) is { Kind: not ObservationKind.Closed } unwanted)
        {
            _ = play.Unasked(unwanted, _steps[^1].Move);
            Heard(play, unwanted);
        }
    }

    /// <summary>The probe as it was played.</summary>
    /// <param name="play">What was made of it.</param>
    /// <param name="inconclusive">Why it could not be played to its end; null when it was.</param>
    public ProbeResult Result(Play play, string? inconclusive)
    {
        var greeting = play.Connection.Greeting;
        var closing = Closing is { } closed ? $"the server said {closed}"
            : greeting.Code == Oracle.Table.Faults.Closing ? $"the server greeted with {greeting}" : null;
        return new ProbeResult(moves, _steps, greeting, _greeted, transcript)
        {
            Violation = play.Violation,
            Besides = play.Besides,
            Cut = closing ?? inconclusive,
            IsLate = _isLate,
            IsExcused = play.IsExcused,
            Fenced = Fenced,
        };
    }

    // nothing should come any more: what does comes soon, or the channel is closed
    private async ValueTask<Observation> AfterEndAsync(ITargetSession connection, Move move, CancellationToken cancellation)
    {
        var patience = TimeSpan.FromMilliseconds(Math.Max(500, Patience.TotalMilliseconds));
        if (await connection.UnaskedAsync(patience, cancellation) is { } closed)
        {
            return closed;
        }

        return connection is IRawSession raw && await raw.WriteAsync(move.Octets, cancellation)
            ? await connection.UnaskedAsync(patience, cancellation) ?? new Observation(ObservationKind.Silence)
            : await connection.SendAsync(move.Octets, 0, cancellation);
    }
}
