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

    // so many fences in a row that showed nothing, and no more are sent: this server does not end a session as others do
    private const int MostInVain = 3;
    private int _inVain;

    public Door Door { get; } =
        new(target, new Pace(options.Rate), options.Connections, options.Retries, options.Greeting)
        {
            WhereSlow = options.ConnectionsWhereSlow,
        };

    public Fence Fence { get; } = new(oracle.Table);

    public Pace Pace => Door.Pace;

    public Coverage Coverage { get; } = new(oracle.Table);

    public ConductLog Conduct { get; } = new(oracle.Table);

    public Mutes Mutes { get; } = new(oracle.Table);

    public AnswerTree Tree { get; } = new();

    public ITarget Target => target;

    public Oracle Oracle => oracle;

    /// <summary>Whether the server takes octets as they are sent: one behind a port.</summary>
    public bool IsRaw { get; private set; }

    /// <summary>
    /// How long a greylisting server puts off what it does not know yet; zero for one that does not. Set before the cases are
    /// played.
    /// </summary>
    public TimeSpan Greylisted { get; set; }

    /// <summary>Whether it can be seen what the server does with a message.</summary>
    public bool SeesDeliveries { get; private set; }

    public long Sessions => Door.Log.Begun;

    public long Exchanges => Interlocked.Read(ref _exchanges);

    private TransitionTable Table => oracle.Table;

    /// <summary>Plays a session.</summary>
    /// <param name="moves">The moves.</param>
    /// <param name="patience">How long to wait at its end for what should not come.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="isOnce">Whether it is not played again when the server cuts it short.</param>
    /// <param name="isSure">Whether it is made sure that no reply belongs to a command before: by a fence, or else by a pause before each
    /// command, in which a reply too many shows itself.</param>
    /// <exception cref="TargetUnreachableException">There is no server, and there has been none in this run.</exception>
    public async ValueTask<ProbeResult> PlayAsync(IReadOnlyList<Move> moves, TimeSpan patience, CancellationToken cancellation,
        bool isOnce = false, bool isSure = false)
    {
        for (var attempt = 0; ; attempt++)
        {
            var result = await OwnFault.WatchAsync(Table.Profile.Name, Session(moves),
                () => OnceAsync(moves, patience, isSure, cancellation));
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
    private bool IsPutOff(ProbeResult result) => Greylisted > TimeSpan.Zero
        && result is { Cut: null, Last: { Came.Code: >= 400 and < 500 } last }
        && last.Move.Command.OnAccept.Any(effect => effect.Kind is not EffectKind.Clear);

    private static TestSession Session(IReadOnlyList<Move> moves) => new([.. moves.Select(move => new Step(move))]);

    // what looks like a fault, or like an excuse for one, is looked at before it is believed
    private async ValueTask<ProbeResult> OnceAsync(IReadOnlyList<Move> moves, TimeSpan patience, bool isSure,
        CancellationToken cancellation)
    {
        var result = await FencedAsync(moves, patience, cancellation);
        var isDoubted = (isSure || result.Violation is { IsUnasked: false }) && result.Steps.Count > 1;
        if (isDoubted && !await IsCleanBeforeAsync(result, cancellation))
        {
            // the reply may be one to the command before
            var slow = await ConnectAsync(moves, patience, Pause, cancellation);
            return isSure || slow.Violation is { IsUnasked: true } ? slow : result;
        }

        if (result.IsExcused)
        {
            // without the refusals there is no excuse: a channel that is closed then all the same is noted where that is told
            var accepted = result.Steps.SkipLast(1).Where(step => !step.Came.IsRefusal()).Append(result.Steps[^1])
                .Select(step => step.Move);
            await ConnectAsync([.. accepted], patience, TimeSpan.Zero, cancellation);
        }

        return result;
    }

    // a fence in the place of the last command shows that each one before it drew as many replies as were read
    private async ValueTask<bool> IsCleanBeforeAsync(ProbeResult result, CancellationToken cancellation)
    {
        var before = result.Steps.SkipLast(1).Select(step => step.Move).ToList();
        return Volatile.Read(ref _inVain) < MostInVain
            && await ConnectAsync(before, Pause, TimeSpan.Zero, cancellation, isFenced: true)
                is { Violation: null, Cut: null, Fenced: Fenced.Clean } fenced
            && fenced.Steps.Count == before.Count;
    }

    // only a clock tells whether what came with the fence came for what was sent before it
    private async ValueTask<ProbeResult> FencedAsync(IReadOnlyList<Move> moves, TimeSpan patience, CancellationToken cancellation)
    {
        var result = await ConnectAsync(moves, patience, TimeSpan.Zero, cancellation, isFenced: Volatile.Read(ref _inVain) < MostInVain);
        // a server under load may be late, and what it says then would be taken for an answer to what comes next
        var whole = patience > options.Patience ? patience : options.Patience;
        var clocked = result.Fenced is Fenced.InDoubt ? await ConnectAsync(moves, whole, TimeSpan.Zero, cancellation) : result;
        if (result.Fenced is { } fenced && clocked.Violation is null)
        {
            Volatile.Write(ref _inVain, fenced is Fenced.Clean ? 0 : Volatile.Read(ref _inVain) + 1);
        }

        return clocked;
    }

    /// <summary>
    /// Whether a session shows a violation again. What a server does only now and then gets a few more chances, as long as that
    /// takes no time.
    /// </summary>
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

    private async ValueTask<ProbeResult> ConnectAsync(IReadOnlyList<Move> moves, TimeSpan patience, TimeSpan pause,
        CancellationToken cancellation, bool isFenced = false)
    {
        var transcript = new Transcript();
        await using var visit = await Door.EnterAsync(cancellation);
        if (visit.Session is not { } connection)
        {
            return new ProbeResult(moves, [], visit.Greeting, null, transcript) { Cut = visit.Refused };
        }

        IsRaw = connection is IWireSession;
        visit.Said = (transcript, Session(moves));
        try
        {
            return await TalkAsync(connection, moves, transcript, patience, pause, isFenced, cancellation);
        }
        catch (SessionLostException lost)
        {
            return new ProbeResult(moves, [], visit.Greeting, null, transcript) { Cut = lost.Message };
        }
    }

    private async ValueTask<ProbeResult> TalkAsync(ITargetSession connection, IReadOnlyList<Move> moves, Transcript transcript,
        TimeSpan patience, TimeSpan pause, bool isFenced, CancellationToken cancellation)
    {
        var coverage = new Coverage(Table);
        var mail = options.Delivered?.Begin(moves, transcript);
        var play = new Play(oracle, new Conversation(connection, Table), coverage, transcript, new Dictionary<NonStrict, Remark>())
        {
            Mail = mail,
        };
        var probing = new Probing(this, moves, transcript, pause) { Patience = options.Patience, IsFenced = isFenced };
        var goesOn = await new Player(oracle, probing).PlayAsync(play, Session(moves).Steps, cancellation);
        if (goesOn && !play.IsOver)
        {
            await probing.ListenAsync(play, patience, cancellation);
        }

        lock (_lock)
        {
            Coverage.Merge(coverage);
        }

        var outcome = play.Result();
        SeesDeliveries |= probing.SeesDeliveries;
        Interlocked.Add(ref _exchanges, outcome.Exchanges);
        var result = probing.Result(play, outcome.Inconclusive) with { Mail = mail };
        Conduct.Note(result);
        return result;
    }
}
