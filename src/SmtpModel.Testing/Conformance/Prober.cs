using System.Collections.Concurrent;
using System.Diagnostics;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Plays probes: sessions whose every answer is kept. A session that the server cuts short with 421 is played again after a
/// while; that is its policy and no fault. One that it does not begin is the <see cref="Door"/>'s affair.
/// </summary>
internal sealed class Prober(ITarget target, Oracle oracle, TestOptions options)
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, Task> _putOff = [];
    private long _exchanges;

    // a reply too many that comes in a packet of its own is taken for the next command's when that is sent at once
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);

    public Door Door { get; } = new(target, new Pace(options.Rate), options.Connections, options.Retries, options.Greeting);

    public Pace Pace => Door.Pace;

    public Coverage Coverage { get; } = new(oracle.Table);

    public ConductLog Conduct { get; } = new(oracle.Table);

    public Mutes Mutes { get; } = new(oracle.Table);

    public AnswerTree Tree { get; } = new();

    public ITarget Target => target;

    public Oracle Oracle => oracle;

    /// <summary>Whether the server takes octets as they are sent: one behind a port.</summary>
    public bool IsRaw { get; private set; }

    /// <summary>How long a greylisting server puts off what it does not know yet; zero for one that does not. Set before the cases are played.</summary>
    public TimeSpan Greylisted { get; set; }

    /// <summary>Whether it can be seen what the server does with a message.</summary>
    public bool SeesDeliveries { get; private set; }

    public long Sessions => Door.Log.Begun;

    public long Exchanges => Interlocked.Read(ref _exchanges);

    private TransitionTable Table => oracle.Table;

    private Move OpeningMove { get; } = new(oracle.Table.Commands.First(use => use.Command.Kind is InputKind.Opening).Command, MoveKind.Valid, "");

    /// <summary>Plays a session.</summary>
    /// <param name="moves">The moves.</param>
    /// <param name="patience">How long to wait at its end for what should not come.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="isOnce">Whether it is not played again when the server cuts it short.</param>
    /// <param name="isSlow">Whether it is played with a pause before each command, in which a reply too many shows itself.</param>
    /// <exception cref="TargetUnreachableException">There is no server, and there has been none in this run.</exception>
    public async ValueTask<ProbeResult> PlayAsync(IReadOnlyList<Move> moves, TimeSpan patience, CancellationToken cancellation, bool isOnce = false, bool isSlow = false)
    {
        for (var attempt = 0; ; attempt++)
        {
            var result = await OwnFault.WatchAsync(Table.Profile.Name, new TestSession([.. moves.Select(move => new Step(move))]), () => OnceAsync(moves, patience, isSlow, cancellation));
            if (attempt == 0 && IsPutOff(result))
            {
                await _putOff.GetOrAdd(result.Moves[^1].Text, _ => Task.Delay(Greylisted, cancellation)).WaitAsync(cancellation);
                continue;
            }

            if (result.Cut is null || result.IsLate || result.Greeted is null || isOnce || attempt >= options.Retries)
            {
                Tree.Add(result);
                return result;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(300 << (attempt * 2)), cancellation);
        }
    }

    // a mailbox that a greylisting server does not know is put off once, as the first one was
    private bool IsPutOff(ProbeResult result) => Greylisted > TimeSpan.Zero && result is { Cut: null, Last: { Came.Code: >= 400 and < 500 } last } && last.Move.Command.OnAccept.Any(effect => effect.Kind is not EffectKind.Clear);

    // what looks like a fault, or like an excuse for one, is looked at before it is believed
    private async ValueTask<ProbeResult> OnceAsync(IReadOnlyList<Move> moves, TimeSpan patience, bool isSlow, CancellationToken cancellation)
    {
        var result = await ConnectAsync(moves, patience, isSlow ? Pause : TimeSpan.Zero, cancellation);
        if (result.Violation is { IsUnasked: false } && result.Steps.Count > 1 && !isSlow)
        {
            // the reply may be one to the command before
            var slow = await ConnectAsync(moves, patience, Pause, cancellation);
            return slow.Violation is { IsUnasked: true } ? slow : result;
        }

        if (result.IsExcused)
        {
            // without the refusals there is no excuse: a channel that is closed then all the same is noted where that is told
            List<Move> accepted = [.. result.Steps.SkipLast(1).Where(step => !step.Came.IsRefusal()).Select(step => step.Move), result.Steps[^1].Move];
            await ConnectAsync(accepted, patience, TimeSpan.Zero, cancellation);
        }

        return result;
    }

    /// <summary>Whether a session shows a violation again. What a server does only now and then gets a few more chances, as long as that takes no time.</summary>
    public async ValueTask<bool> ShowsAgainAsync(IReadOnlyList<Move> moves, string key, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        for (var times = 0; times == 0 || (times < LiveShrinker.MostPlayed && clock.Elapsed < TimeSpan.FromSeconds(10)); times++)
        {
            var again = await PlayAsync(moves, TimeSpan.Zero, cancellation);
            if (again.Violation?.Key == key || again.Besides.Any(beside => beside.Violation.Key == key))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the server answers to a session, step by step, as far as it goes; asked only for what is not known yet.</summary>
    public async ValueTask<IReadOnlyList<ProbeStep>> AnswersAsync(IReadOnlyList<Move> moves, CancellationToken cancellation) =>
        Tree.Steps(moves) ?? (await PlayAsync(moves, TimeSpan.Zero, cancellation)).Steps;

    private async ValueTask<ProbeResult> ConnectAsync(IReadOnlyList<Move> moves, TimeSpan patience, TimeSpan pause, CancellationToken cancellation)
    {
        var transcript = new Transcript();
        await using var visit = await Door.EnterAsync(cancellation);
        if (visit.Session is not { } connection)
        {
            return new ProbeResult(moves, [], visit.Greeting, null, transcript) { Cut = visit.Refused };
        }

        IsRaw = connection is IWireSession;
        visit.Said = (transcript, new TestSession([.. moves.Select(move => new Step(move))]));
        try
        {
            return await TalkAsync(connection, moves, transcript, patience, pause, cancellation);
        }
        catch (SessionLostException lost)
        {
            return new ProbeResult(moves, [], visit.Greeting, null, transcript) { Cut = lost.Message };
        }
    }

    private async ValueTask<ProbeResult> TalkAsync(ITargetSession connection, IReadOnlyList<Move> moves, Transcript transcript, TimeSpan patience, TimeSpan pause, CancellationToken cancellation)
    {
        var coverage = new Coverage(Table);
        var play = new Play(oracle, new Conversation(connection, Table), coverage, transcript, new Dictionary<NonStrict, Remark>());
        coverage.Visit(oracle.Start);
        List<ProbeStep> steps = [];
        var buffers = new BufferModel();
        var goesOn = play.Judge(OpeningMove, connection.Greeting);
        var greeted = play.Judgement;
        Conduct.Note(connection.Greeting, transcript, moves, steps.Count);
        Move? last = null;
        var isLate = false;
        for (var at = 0; goesOn && !play.IsOver && at < moves.Count; at++)
        {
            var move = moves[at];
            play.At = at;
            if (play.States.Overlaps(oracle.ReadingData) != move.Kind is MoveKind.Data)
            {
                // a command within mail data would be mail data: the server has not asked for what the plan expects
                break;
            }

            if (play.Exceeded([move]) is { } over)
            {
                (goesOn, isLate) = (play.Late(move, over), true);
                break;
            }

            if (await connection.UnaskedAsync(pause, cancellation) is { } unasked)
            {
                goesOn = play.Unasked(unasked, move);
                Conduct.Note(unasked, transcript, moves, steps.Count);
                if (!goesOn)
                {
                    break;
                }
            }

            var before = play.States;
            var came = before.Bits == oracle.Final.Bits ? await AfterEndAsync(connection, move, cancellation)
                : await Pace.CountAsync(play.Conversation.ExchangeAsync(new Step(move), play.Due(move), () => Mutes.SendAsync(connection, move, before, cancellation), cancellation));
            var isUnanswered = play.IsUnanswered(came);
            var late = isUnanswered ? await Pace.CountAsync(Lateness.OfAsync(connection, Table, move, cancellation)) : null;
            isLate = late is not null;
            if (late is null && (isUnanswered || came.Kind is ObservationKind.Reply))
            {
                Mutes.Note(move, before, isUnanswered && came.Earlier is null);
            }

            goesOn = late is null ? play.Judge(move, came) : play.Late(move, late);
            if (!goesOn)
            {
                await play.PartingAsync(connection, move, came, cancellation);
            }

            steps.Add(new ProbeStep(move, came, before, play.Judgement));
            foreach (var one in came.Earlier ?? [])
            {
                Conduct.Note(one, transcript, moves, steps.Count);
            }

            Conduct.Note(came, transcript, moves, steps.Count);
            last = move;
            SeesDeliveries |= connection.Delivered is not null;
            if (goesOn && connection.Delivered is { } delivered && play.Edge is { } edge && buffers.Differs(delivered, move) is { } difference)
            {
                play.Misdelivered(edge, move.Command, difference);
                break;
            }

            if (came.Kind is ObservationKind.Reply)
            {
                buffers.Apply(move.Command / came.Code, move, play.Judgement!);
            }
        }

        if (goesOn && !play.IsOver && last is not null && await Pace.CountAsync(connection.UnaskedAsync(patience, cancellation)) is { } unwanted && unwanted.Kind is not ObservationKind.Closed)
        {
            _ = play.Unasked(unwanted, last);
            Conduct.Note(unwanted, transcript, moves, steps.Count);
        }

        lock (_lock)
        {
            Coverage.Merge(coverage);
        }

        var outcome = play.Result(steps.Count - 1);
        Interlocked.Add(ref _exchanges, outcome.Exchanges);
        var closing = steps.Find(step => step.Came.Code == Table.Faults.Closing) is { } closed ? $"the server said {closed.Came}"
            : connection.Greeting.Code == Table.Faults.Closing ? $"the server greeted with {connection.Greeting}" : null;
        var result = new ProbeResult(moves, steps, connection.Greeting, greeted, transcript) { Violation = play.Violation, Besides = play.Besides, Cut = closing ?? outcome.Inconclusive, IsLate = isLate, IsExcused = play.IsExcused };
        Conduct.Note(result);
        return result;
    }

    // nothing should come any more: what does comes soon, or the channel is closed
    private async ValueTask<Observation> AfterEndAsync(ITargetSession connection, Move move, CancellationToken cancellation)
    {
        var patience = TimeSpan.FromMilliseconds(Math.Max(500, options.Patience.TotalMilliseconds));
        if (await Pace.CountAsync(connection.UnaskedAsync(patience, cancellation)) is { } closed)
        {
            return closed;
        }

        return connection is IRawSession raw && await raw.WriteAsync(move.Octets, cancellation)
            ? await Pace.CountAsync(connection.UnaskedAsync(patience, cancellation)) ?? new Observation(ObservationKind.Silence)
            : await Pace.CountAsync(connection.SendAsync(move.Octets, 0, cancellation));
    }
}
