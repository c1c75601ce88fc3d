using System.Diagnostics;
using System.Text;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>One connection of a case, with all that is said noted.</summary>
internal sealed class WireTalk(IWireSession session, WireRun run)
{
    private string? _sent;

    // the octets that have drawn no reply yet, a character for each
    private readonly StringBuilder _open = new();

    // a reply too many may come in a packet of its own
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);

    private readonly Conversation _conversation = new(session, run.Model.Table);

    private readonly OfferedCounts? _counts =
        run.Model.Table.CountLimits.Count > 0 ? new OfferedCounts(run.Model.Table, run.Options.Palette.Offer) : null;

    // whether the connection was cut, so that it cannot be asked anything any more
    private bool _isDropped;

    // whether replies too many are looked for at the end of the session
    private bool _owes;

    // whether the last reply asks for something, so that a command would be taken for that
    private bool _isAsked;

    // whether all that was sent are plain commands, one at a time, and all that came are replies that accept them
    private bool _isPlain = true;

    // long enough for a server to see what came, and far less than it may wait for more
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(25);

    // the least that is waited where it is known how fast the server answers
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(5);

    // how long a reply is waited for that may never come, where another run waits for it as long as for any
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    // so many octets of those that come one at a time have a pause behind them, and each line end has
    private const int Slow = 8;

    /// <summary>
    /// Pauses for long enough that the server sees what came: what answers within a time has read by then, and a run that is hasty waits
    /// no longer.
    /// </summary>
    public Task PauseAsync()
    {
        var pause =
            run.IsHasty && run.Slowest > TimeSpan.Zero
                ? TimeSpan.FromTicks(Math.Clamp(4 * run.Slowest.Ticks, Least.Ticks, Between.Ticks))
                : Between;
        run.HasHurried |= pause < Between;
        return Task.Delay(pause, run.Cancellation);
    }

    /// <summary>Where the session is taken to be, for the transcript.</summary>
    public State State { get; private set; } = run.Model.Opened;

    public Observation Greeting => session.Greeting;

    /// <summary>Goes to a state; null when it is reached, otherwise why the case cannot be decided.</summary>
    public async Task<WireOutcome?> ReachAsync(State state) =>
        run.Options.Access(state) is { } moves
            ? await FollowAsync(moves)
            : WireOutcome.Undecided($"no way to {state} is known on this server");

    /// <summary>Sends moves one after the other, each of which has to be accepted; null when they were.</summary>
    public async Task<WireOutcome?> FollowAsync(IEnumerable<Move> moves)
    {
        foreach (var move in moves)
        {
            var came = await ExchangeAsync(move);
            if (!came.IsAccepted())
            {
                return WireOutcome.Undecided($"{move} drew {came}");
            }
        }

        return null;
    }

    /// <summary>Sends a move and awaits the reply.</summary>
    public async Task<Observation> ExchangeAsync(Move move)
    {
        if (run.IsSlow && await ReadAsync(Pause) is { Kind: ObservationKind.Reply } unasked)
        {
            run.Unasked ??= unasked;
        }

        var isPlain = _isPlain;
        await WriteAsync(move.Octets, move.Kind is MoveKind.Data ? move.ToString() : null);
        var came = await _conversation.RepliesAsync(_conversation.Due(move.Command), () => new ValueTask<Observation>(ReadAsync()));

        _isPlain = isPlain && came.IsAccepted() && move.Command != run.Model.Ending;
        if (isPlain && came.Kind is ObservationKind.Closed && move.Command != run.Model.Ending)
        {
            run.Lost = $"the server closes the channel on {move}";
        }

        Follow(move.Command, came);
        return came;
    }

    /// <summary>Sends a line, without its CRLF given, and awaits the reply.</summary>
    public async Task<Observation> ExchangeAsync(string line)
    {
        await WriteAsync(line + "\r\n");
        return await ReadAsync();
    }

    /// <summary>Sends octets, one for each character.</summary>
    public Task WriteAsync(string octets) => WriteAsync(Encoding.Latin1.GetBytes(octets), null);

    /// <summary>Sends octets one at a time, each in a packet of its own as far as that can be had.</summary>
    public async Task TrickleAsync(ReadOnlyMemory<byte> octets)
    {
        _isPlain = false;
        Note($"{Printable.Text(Encoding.Latin1.GetString(octets.Span))} (octet by octet)");
        _open.Append(Encoding.Latin1.GetString(octets.Span));
        run.Script.IsMore = true;
        for (var index = 0; index < octets.Length; index++)
        {
            await session.WriteAsync(octets.Slice(index, 1), run.Cancellation);
            if (index < Slow || !run.IsHasty || IsBesideLineEnd(octets.Span, index))
            {
                await Task.Delay(1, run.Cancellation);
            }
            else
            {
                run.HasHurried = true;
            }
        }
    }

    /// <summary>Sends octets, each part in a packet of its own as far as that can be had.</summary>
    public async Task PacketsAsync(params IReadOnlyList<string> parts)
    {
        for (var index = 0; index < parts.Count; index++)
        {
            if (index > 0)
            {
                await PauseAsync();
            }

            await WriteAsync(parts[index]);
        }
    }

    /// <summary>Awaits one reply, or that nothing comes.</summary>
    public async Task<Observation> ReadAsync(TimeSpan? patience = null)
    {
        run.Script.Await();
        var start = Stopwatch.GetTimestamp();
        var came = await session.ReadAsync(patience ?? run.Options.Mutes?.Patience(State, _open.ToString()), run.Cancellation);
        if (came.Kind is not ObservationKind.Silence || patience is null)
        {
            Answered(came);
        }

        run.IsPutOff |= came.IsTransient();
        _isAsked = came is { Kind: ObservationKind.Reply, Code: >= 300 and < 400 } || (_isAsked && came.Kind is ObservationKind.Silence);
        if (came.Kind is ObservationKind.Reply && Stopwatch.GetElapsedTime(start) is var took && took > run.Slowest)
        {
            run.Slowest = took;
        }

        if (_sent is not null || came.Kind is not ObservationKind.Silence)
        {
            run.Transcript.Add(new TranscriptLine(State.Name, _sent, came.Told(), Verdict.Pass));
        }

        _sent = null;
        return came;
    }

    /// <summary>
    /// Awaits a reply that may never come: for as long as any in the run that shows for certain that it does not, and for a moment in the
    /// hasty one before it, which has to leave its silence undecided, and in those behind it, which have to show the same.
    /// </summary>
    public async Task<Observation> AwaitAsync()
    {
        var isShort = run.IsHasty || run.IsCounted || run.IsSlow;
        var came = await ReadAsync(isShort ? Moment : null);
        run.HasHurried |= isShort && came.Kind is ObservationKind.Silence;
        return came;
    }

    /// <summary>Awaits what should not come, for as long as the run's patience lasts.</summary>
    public async Task<Observation> ListenAsync()
    {
        var patience = run.IsHasty && run.Slowest > TimeSpan.Zero ? Enough() : run.Options.Patience;
        var came = await ReadAsync(patience);
        run.HasHurried |= came.Kind is ObservationKind.Silence && patience < run.Options.Patience;
        return came;
    }

    /// <summary>Awaits the end of the channel, which should come next.</summary>
    public Task<Observation> EndAsync() => ReadAsync(run.Options.Patience);

    /// <summary>
    /// All that still comes until nothing does for as long as the run's patience lasts. One that is hasty waits for nothing: a reply that
    /// was not taken here is one too many at the end of the session.
    /// </summary>
    public async Task<List<Observation>> DrainAsync()
    {
        List<Observation> all = [];
        if (run.IsHasty && !_isAsked)
        {
            _owes = run.HasHurried = true;
            return all;
        }

        while (true)
        {
            var came = await ListenAsync();
            if (came.Kind is not ObservationKind.Reply || all.Count == 100)
            {
                return all;
            }

            all.Add(came);
        }
    }

    /// <summary>Whether there were as many replies as were read: asked for with the end of the session.</summary>
    /// <param name="isCounted">Whether it is asked for where nothing was put off, too.</param>
    public async Task<bool> IsBalancedAsync(bool isCounted) => !(_owes || isCounted)
        || (
            !_isDropped
            && await run.Fence.RaiseAsync(session, run.Options.Patience, run.Options.Patience, run.Cancellation) is Fenced.Clean
        );

    /// <summary>Goes into TLS behind a reply that asks for it, where more than one line was sent, so that the session does not do so by
    /// itself.</summary>
    public async Task<Upgrade> SecureAsync()
    {
        var upgrade = await ((TcpSession)session).SecureAsync(run.Cancellation);
        run.Transcript.Add(
            new TranscriptLine(
                State.Name,
                null,
                upgrade.Outcome is UpgradeOutcome.Secured ? $"(inside {upgrade.What} now)" : $"(no TLS: {upgrade.What})",
                Verdict.Pass
            )
        );
        return upgrade;
    }

    /// <summary>Cuts the connection.</summary>
    public void Drop(bool reset)
    {
        Note(reset ? "(resets the connection)" : "(drops the connection)");
        session.Drop(reset);
        _isDropped = true;
        run.Script.IsMore = true;
        run.Transcript.Add(new TranscriptLine(State.Name, _sent, "", Verdict.Pass));
        _sent = null;
    }

    // a server that is wrong about pieces is so where a line ends
    private static bool IsBesideLineEnd(ReadOnlySpan<byte> octets, int index) =>
        octets[Math.Max(0, index - 1)..Math.Min(octets.Length, index + 2)].IndexOfAny((byte)'\r', (byte)'\n') >= 0;

    // what answers everything else this fast, and does not answer this, is waiting for more
    private TimeSpan Enough() =>
        TimeSpan.FromTicks(Math.Clamp(4 * run.Slowest.Ticks, Between.Ticks, Math.Max(Between.Ticks, run.Options.Patience.Ticks)));

    private async Task WriteAsync(ReadOnlyMemory<byte> octets, string? shown)
    {
        _isPlain = false;
        KeepWithin(Encoding.Latin1.GetString(octets.Span));
        _open.Append(Encoding.Latin1.GetString(octets.Span));
        Note(shown ?? Printable.Text(Encoding.Latin1.GetString(octets.Span)));
        run.Script.Send(octets);
        await session.WriteAsync(octets, run.Cancellation);
    }

    // what the server says it takes is not gone over: what looks like a command counts as one
    private void KeepWithin(string octets)
    {
        if (_counts is not null && run.Model.Table.Reads(State) is Reading.Commands)
        {
            var commands = octets.Split("\r\n").Select(line => run.Model.Table.Recognize(line)?.Command).OfType<Command>().ToList();
            if (_counts.Exceeded(commands) is { } over)
            {
                throw new SessionLostException(over);
            }

            commands.ForEach(_counts.Note);
        }
    }

    // a reply is one to the first line; where none came in time, none is waited for
    private void Answered(Observation came)
    {
        var end =
            came.Kind is ObservationKind.Reply && run.Model.Table.Reads(State) is Reading.Commands
                ? _open.ToString().IndexOf("\r\n", StringComparison.Ordinal)
                : -1;
        _open.Remove(0, end < 0 ? _open.Length : end + 2);
    }

    private void Note(string sent)
    {
        if (_sent is not null)
        {
            run.Transcript.Add(new TranscriptLine(State.Name, _sent, "(not waited for)", Verdict.Pass));
        }

        _sent = sent;
    }

    // only for the transcript: what the server makes of it is for the cases to find out
    private void Follow(Command command, Observation came)
    {
        _conversation.Follow(command / came.Code);
        State = run.Model.Table.Find(State, command / came.Code)?.To ?? State;
    }
}

internal static class ObservationExtensions
{
    /// <summary>Whether it is a 2yz or 3yz reply.</summary>
    public static bool IsAccepted(this Observation came) => came is { Kind: ObservationKind.Reply, Code: >= 200 and < 400 };

    /// <summary>Whether it is a reply that the server's policy may be behind: any 4yz.</summary>
    public static bool IsTransient(this Observation came) => came is { Kind: ObservationKind.Reply, Code: >= 400 and < 500 };
}
