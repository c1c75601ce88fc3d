using SmtpModel.Machines;
using SmtpModel.Protocol;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Plays sessions against a server and has the oracle judge each exchange. An input waits for the reply to the one before, but where
/// the session has it in one packet with that one and the server offers what allows it.
/// </summary>
public sealed class SessionRunner
{
    private readonly Oracle _oracle;
    private readonly Coverage? _coverage;
    private readonly Director _director;
    private readonly Player _player;

    /// <summary>A runner.</summary>
    /// <param name="oracle">The oracle.</param>
    /// <param name="coverage">Where what is exercised is counted; null to count nothing.</param>
    public SessionRunner(Oracle oracle, Coverage? coverage = null)
    {
        ArgumentNullException.ThrowIfNull(oracle);
        (_oracle, _coverage, _director) = (oracle, coverage, new Director(oracle));
        _player = new Player(oracle, _director);
        Refusals = new RefusalLog(oracle.Table);
    }

    /// <summary>What was not strict: the exchange, and the rule beside it.</summary>
    public IDictionary<NonStrict, Remark> NonStrict { get; } = new Dictionary<NonStrict, Remark>();

    /// <summary>How long to wait after each reply for what comes unasked; none to take only what is there.</summary>
    public TimeSpan Patience
    {
        get => _director.Pause;
        init => _director.Pause = value;
    }

    /// <summary>What was refused where it is in order.</summary>
    internal RefusalLog Refusals { get; }

    /// <summary>The key of a violation behind which the session need not go on; null to play it to its end.</summary>
    internal string? Sought { get; init; }

    /// <summary>Where the messages are put that the server said it accepted, as the model has them; null to put them nowhere.</summary>
    internal ICollection<StoredMessage>? Accepted { get; init; }

    /// <summary>Where what is delivered is looked for; nowhere when null.</summary>
    internal DeliveryWatch? Delivered { get; init; }

    /// <summary>Whether what a session delivers is waited for behind it, and is part of what came of it.</summary>
    internal bool AwaitsDeliveries { get; init; }

    /// <summary>How long it is waited for at most; as long as others took when left out.</summary>
    internal TimeSpan? DeliveryLimit { get; init; }

    /// <summary>What is sent when the server asks for mail data and the session has none there.</summary>
    internal Move PlainData
    {
        get => _director.PlainData;
        init => _director.PlainData = value;
    }

    /// <summary>Plays one session.</summary>
    /// <param name="target">The server.</param>
    /// <param name="session">The session.</param>
    /// <param name="transcript">Where what is said is noted; null to note nothing.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TargetUnreachableException">There is no server.</exception>
    public async ValueTask<RunResult> RunAsync(ITarget target, TestSession session, Transcript? transcript = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(session);
        var result = await PlayAsync(target, session, transcript, cancellation);
        return AwaitsDeliveries && result.Mail is not null ? await DeliveredAsync(result, cancellation) : result;
    }

    // what was delivered wrongly goes behind what was answered wrongly
    private async ValueTask<RunResult> DeliveredAsync(RunResult result, CancellationToken cancellation)
    {
        var limit = DeliveryLimit ?? Delivered!.Usual;
        var found = await Delivered!.WaitAsync(result.Mail!.Sent, limit, null, cancellation);
        List<(Violation, int)> wrong =
        [
            .. DeliveryComparison
                .Wrong(result.Mail.Sent, found, limit)
                .Select(wrong => (DeliveryComparison.Violation(_oracle.Table, wrong.Message, wrong.Fault), wrong.Message.At)),
        ];
        return result with { Others = [.. result.Others, .. wrong] };
    }

    private async ValueTask<RunResult> PlayAsync(
        ITarget target,
        TestSession session,
        Transcript? transcript,
        CancellationToken cancellation
    )
    {
        var visit = target is DoorTarget door ? await door.EnterAsync(cancellation) : null;
        var connection = visit?.Session ?? await target.ConnectAsync(session.Greeting, cancellation);
        try
        {
            var play = new Play(_oracle, new Conversation(connection, _oracle.Table), _coverage, transcript, NonStrict)
            {
                Sought = Sought,
                Refusals = Refusals,
                Accepted = Accepted,
                Mail = Delivered?.Begin([], transcript),
            };
            await _player.PlayAsync(play, session.Steps, cancellation);
            return play.Mail is null ? play.Result() : play.Result() with { Mail = play.Mail };
        }
        catch (SessionLostException lost)
        {
            return new RunResult(null, session.Steps.Count, 0, lost.Message);
        }
        finally
        {
            await (visit?.DisposeAsync() ?? connection.DisposeAsync());
        }
    }

    // a session is played to its end as far as that can be: what cannot be sent where it comes is left out
    private sealed class Director(Oracle oracle) : IDirector
    {
        public TimeSpan Pause { get; set; }

        public Move PlainData { get; set; } =
            new(oracle.Table.Commands.First(use => use.Command.Kind is InputKind.Data).Command, MoveKind.Data,
                "Subject: test\r\n\r\ntext\r\n");

        public Cue CueFor(Play play, Step step)
        {
            // elsewhere a server on a wire may read a block as commands
            if (step.Move.Command.Block is not null && play.Connection is IRawSession && !MayBeSent(play))
            {
                return Cue.Skip;
            }

            // how many replies are due to what is not written as it should be is said nowhere
            if (step.Move.Kind is MoveKind.Malformed && play.Connection is IRawSession && play.Due(step.Move) > 1)
            {
                return Cue.Skip;
            }

            // a reply decides what is read next: mail data and answers to challenges are sent only after a reply that asks for them, and
            // then nothing else is
            return oracle.Awaits(play.States) == Oracle.Reads(step.Move) ? Cue.Send
                : step.Move.Command.Kind is InputKind.Data or InputKind.Response ? Cue.Skip : Cue.FillIn;
        }

        // a block is sent where the extension is offered, and nothing was refused that leaves open where the server is (RFC 3030 2)
        private bool MayBeSent(Play play) => play.IsOffered && play.States.Indexes().All(state => state < oracle.Table.States.Count);
    }
}
