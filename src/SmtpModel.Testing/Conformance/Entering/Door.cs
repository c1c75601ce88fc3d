using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Lets sessions into a server: as many at a time as it serves, no faster than was asked for, and again after a while where
/// it would not begin one. What is said at the door of a server that serves elsewhere (a 4yz or 5yz greeting, a reset, nothing)
/// is its policy or its limit: it is counted and told, and no session is made of it.
/// </summary>
internal sealed class Door(ITarget target, Pace pace, int connections, int retries, int greeting = 0)
{
    // sessions in a row that were not let in before the server is taken to be away: then nothing is waited for any more
    private const int MostMissed = 5;

    // refusals in a row, while others are inside, before their number is taken for the reason
    private const int Enough = 4;

    // the time between them
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    // how long a server with a limit is given to see that a session has ended
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(250);

    // a server that lets clients wait for its greeting, as against those that speak first, takes longer than this for each
    private static readonly TimeSpan SlowGreeting = TimeSpan.FromMilliseconds(50);

    private readonly ConnectionLimit _limit = new(connections);
    private volatile StrongBox<Observation>? _usual;
    private int? _raised;
    private int _missed;
    private int _inside;

    // the host answers that nobody listens any more, as when the server has died; a ban mostly says nothing, or cuts off
    private volatile bool _isNobodyThere;

    public ITarget Target => target;

    public Pace Pace => pace;

    /// <summary>How many sessions are asked for where the server is slow to greet, if that is more.</summary>
    public int WhereSlow { get; init; }

    /// <summary>How many sessions at a time are asked for.</summary>
    public int Asked => _raised ?? connections;

    /// <summary>Whether what is no refusal, and no greeting either, is let in to be judged, as one who looks at greetings wants
    /// it.</summary>
    public bool LetsInOddGreetings { get; init; }

    /// <summary>What the server usually says at the door: the first greeting that opens a session, or what came instead of any as long as
    /// none has. Null before the first session.</summary>
    public Observation? Usual => _usual?.Value;

    /// <summary>Whether the server greets at all.</summary>
    public bool IsOpen => Usual?.IsAcceptance() is true;

    /// <summary>How many sessions are open at a time; fewer than asked for where the server takes fewer.</summary>
    public int Most => _limit.Most;

    /// <summary>Whether the server serves fewer sessions at a time than were asked for.</summary>
    public bool IsNarrow => _limit.IsLowered;

    /// <summary>How often sessions were begun, and what was said where none was.</summary>
    public DoorLog Log { get; } = new();

    /// <summary>The sessions that ended last.</summary>
    public LastSessions Last { get; } = new();

    /// <summary>What a user should know of it.</summary>
    public IEnumerable<string> Notes =>
        IsNarrow
            ?
            [
                $"the run kept to {Most} {(Most == 1 ? "session" : "sessions")} at a time, of {Asked} that were asked for: the "
                    + $"server would not begin more",
                .. Log.Notes,
            ]
            : Log.Notes;

    /// <summary>What would let more sessions be begun; null where all were.</summary>
    public string? Remedy =>
        Log.Refusals.Count == 0 ? null
        : IsNarrow ? "--connections 1 asks for one session at a time, --rate for fewer in a second"
        : "--rate begins fewer sessions in a second, --retries tries more often; or wait and try again";

    /// <summary>Whether so many sessions in a row were not begun, however often they were tried, that none is waited for any
    /// more.</summary>
    public bool IsAway => Volatile.Read(ref _missed) >= MostMissed;

    /// <summary>Begins a session.</summary>
    /// <exception cref="TargetUnreachableException">There is no server, and there has been none.</exception>
    public async ValueTask<Visit> EnterAsync(CancellationToken cancellation)
    {
        var amongOthers = 0;
        for (var attempt = 0; ;)
        {
            await _limit.TakeAsync(cancellation);
            Visit? visit = null;
            try
            {
                await pace.TurnAsync(cancellation);
                visit = await KnockAsync(greeting != 0 || attempt >= retries, cancellation);
                if (visit.Session is not null)
                {
                    Volatile.Write(ref _missed, 0);
                    Interlocked.Increment(ref _inside);
                    Log.Begin();
                    return visit;
                }

                // with others inside it may be for their number: refused time and again, one less is tried
                var others = Volatile.Read(ref _inside);
                if (others > 0)
                {
                    _limit.LowerTo(++amongOthers % Enough == 0 ? others : Most);
                }
                else if (IsAway || attempt++ >= retries)
                {
                    Interlocked.Increment(ref _missed);
                    return visit;
                }
            }
            finally
            {
                if (visit?.Session is null)
                {
                    _limit.GiveBack();
                }
            }

            await Task.Delay(attempt < 2 ? Moment : TimeSpan.FromMilliseconds(300 << ((attempt - 1) * 2)), cancellation);
        }
    }

    /// <summary>Begins a session beside one that has a place, which it does not wait for one; a server with a limit may refuse
    /// it.</summary>
    public async ValueTask<Visit> EnterBesideAsync(CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            await pace.TurnAsync(cancellation);
            var visit = await KnockAsync(false, cancellation);
            if (visit.Session is { } session)
            {
                Log.Begin();
                return new Visit(session, visit.Greeting, null, GoBesideAsync);
            }

            if (attempt >= Math.Max(retries, Enough) || (IsNarrow && Most == 1))
            {
                return visit;
            }

            await Task.Delay(Moment, cancellation);
        }
    }

    /// <summary>Finds out how many sessions the server serves at a time, up to the number asked for, and keeps to it; more are asked for
    /// where it is slow to greet.</summary>
    /// <param name="patience">How long a greeting may take before the server is taken to wait for a session to end.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task FindLimitAsync(TimeSpan patience, CancellationToken cancellation)
    {
        List<ITargetSession> open = [];
        try
        {
            var fastest = TimeSpan.MaxValue;
            for (var (refused, isOneByOne) = (0, false); refused < Enough && !isOneByOne;)
            {
                // twice as many each time, so that one that is slow to greet is not waited for by each
                var some = Math.Min(Math.Max(1, open.Count), Asked - open.Count);
                var visits = await Task.WhenAll(Enumerable.Range(0, some).Select(_ => TimedAsync(patience, cancellation)));
                foreach (var (visit, took) in visits)
                {
                    (fastest, isOneByOne) = (took < fastest ? took : fastest, isOneByOne || visit is null);
                    if (visit?.Session is { } session)
                    {
                        open.Add(session);
                    }
                    else
                    {
                        refused += visit is null ? 0 : 1;
                    }
                }

                if (open.Count == Asked)
                {
                    // one that is at work before it greets takes the longer the more there are, one that waits does not
                    var median = visits.Select(visit => visit.Took).Order().ElementAt(visits.Length / 2);
                    if (Asked >= WhereSlow || fastest < SlowGreeting || median > 1.5 * fastest)
                    {
                        break;
                    }

                    _raised = Math.Min(2 * Asked, WhereSlow);
                    _limit.Begin(Asked);
                }
                else if (_raised is not null && (refused > 0 || isOneByOne))
                {
                    // nobody asked for so many
                    _raised = null;
                    _limit.Begin(Asked);
                    break;
                }
                else if (refused > 0)
                {
                    await Task.Delay(Moment, cancellation);
                }
            }
        }
        finally
        {
            // how many it would have begun nobody knows when it is interrupted
            _limit.LowerTo(cancellation.IsCancellationRequested ? Most : open.Count);
            foreach (var one in open)
            {
                await LeaveAsync(one);
            }
        }
    }

    private async Task<(Visit? Visit, TimeSpan Took)> TimedAsync(TimeSpan patience, CancellationToken cancellation)
    {
        await pace.TurnAsync(cancellation);
        var start = Stopwatch.GetTimestamp();
        var visit = await TryAsync(patience, cancellation);
        return (visit, Stopwatch.GetElapsedTime(start));
    }

    // null when nothing was said for so long
    private async ValueTask<Visit?> TryAsync(TimeSpan patience, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            return await KnockAsync(false, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Whether nobody listens any more where the server was, and nobody comes back for a while.</summary>
    public async ValueTask<bool> IsGoneAsync(CancellationToken cancellation)
    {
        for (var attempt = 0; _isNobodyThere && attempt < 4; attempt++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300 * (attempt + 1)), cancellation);
            await (await KnockAsync(false, cancellation)).DisposeAsync();
        }

        return _isNobodyThere;
    }

    // once, to be let in or not
    private async ValueTask<Visit> KnockAsync(bool isLast, CancellationToken cancellation)
    {
        ITargetSession session;
        try
        {
            session = await pace.CountAsync(target.ConnectAsync(greeting, cancellation));
        }
        catch (TargetUnreachableException fault) when (Usual is not null)
        {
            _isNobodyThere = fault.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused };
            Log.Refuse(fault.Message);
            return new Visit(null, new Observation(ObservationKind.Closed), fault.Message, GoBesideAsync) { Fault = fault };
        }

        var said = session.Greeting;
        if (said.IsAcceptance() ? !IsOpen : Usual is null && (isLast || said.Kind is ObservationKind.Silence))
        {
            _usual = new StrongBox<Observation>(said);
        }

        if (Usual is not null && IsLetIn(said))
        {
            _isNobodyThere = false;
            Last.SignOfLife(Stopwatch.GetTimestamp());
            return new Visit(session, said, null, GoAsync);
        }

        Log.Refuse(said.ToString());
        await LeaveAsync(session);
        return new Visit(null, said, $"the server would not begin a session: {said}", GoBesideAsync);
    }

    // a server that serves nobody is taken as it is
    private bool IsLetIn(Observation said) => said.IsAcceptance() || !IsOpen || (LetsInOddGreetings && !TurnsAway(said));

    private static bool TurnsAway(Observation said) =>
        said is { Kind: ObservationKind.Closed } or { Kind: ObservationKind.Silence, Fault: null }
            or { Kind: ObservationKind.Reply, Code: >= 400 and < 600 };

    private async ValueTask GoAsync(Visit visit)
    {
        await GoBesideAsync(visit);
        Interlocked.Decrement(ref _inside);
        _limit.GiveBack();
    }

    private async ValueTask GoBesideAsync(Visit visit)
    {
        await LeaveAsync(visit.Session!);
        var (transcript, session) = visit.Said;
        Last.Add(
            new PastSession(
                Stopwatch.GetTimestamp(),
                transcript.Copy(),
                session,
                transcript.Lines.Count > 0 && transcript.Lines[^1].Came == new Observation(ObservationKind.Closed).ToString()
            )
        );
    }

    // where places are few, one is free only when the server has seen who had it go
    private async ValueTask LeaveAsync(ITargetSession session)
    {
        if (IsNarrow && session is IWireSession wire)
        {
            await wire.LeaveAsync(Farewell);
        }

        await session.DisposeAsync();
    }
}
