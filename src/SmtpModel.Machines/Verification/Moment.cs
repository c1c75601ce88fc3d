namespace SmtpModel.Machines;

/// <summary>
/// A moment of a session, as the verification tells them apart: what has just happened, and state and buffers before and
/// after it. First a command is sent, then a reply comes; at the start, and where a session is over, nothing happens.
/// </summary>
/// <param name="Command">The command just sent, or just answered; null at the start and when the session is over.</param>
/// <param name="Code">The reply; 0 while none has come.</param>
/// <param name="From">The state before.</param>
/// <param name="To">The state now.</param>
/// <param name="Before">What was held before, two bits for each buffer: something, the marked argument.</param>
/// <param name="After">What is held now.</param>
/// <param name="Mark">Whether an argument has been marked.</param>
public readonly record struct Moment(Command? Command, int Code, State From, State To, Contents Before, Contents After, Mark Mark)
{
    /// <summary>The keyword of the parameter behind the command just sent, or just answered; null without one.</summary>
    public string? Parameter { get; init; }

    /// <summary>Whether the greeting in force is the one that lists the extensions.</summary>
    public bool IsExtended { get; init; }

    /// <summary>In groups: what has been sent and not been answered; empty where each input waits for the reply before it.</summary>
    public WaitingInputs Waiting { get; init; }

    /// <summary>In groups: where the session would be in lockstep, by the replies that came; null where nothing is sent in
    /// groups.</summary>
    public State? Lockstep { get; init; }

    /// <summary>Whether the session is where it would be in lockstep, and nothing was read as what it is not.</summary>
    public bool IsInLockstep => Lockstep is null || (Lockstep == To && Waiting.Unread == Waiting.Count);

    /// <summary>Whether a command waits for its reply.</summary>
    public bool IsSent => Command is not null && Code == 0;

    /// <summary>Whether a reply has just come.</summary>
    public bool IsAnswered => Code != 0;
}

/// <summary>Inputs that were sent and not answered, the oldest first.</summary>
/// <param name="Bits">A byte for each, the oldest lowest: the place of the command in <see cref="TransitionTable.Commands"/>, plus
/// one.</param>
/// <param name="Unread">How many of them the receiver has not read yet: as many as wait, unless one was taken for something else.</param>
public readonly record struct WaitingInputs(ulong Bits, int Unread)
{
    /// <summary>How many there can be.</summary>
    public const int Most = sizeof(ulong);

    /// <summary>How many there are.</summary>
    public int Count => Most - (System.Numerics.BitOperations.LeadingZeroCount(Bits) / 8);

    /// <summary>An input, as its place in <see cref="TransitionTable.Commands"/>.</summary>
    /// <param name="at">Which, the oldest being 0.</param>
    public int this[int at] => (int)(Bits >> (8 * at) & 0xFF) - 1;

    internal WaitingInputs With(int command) => new(Bits | ((ulong)(command + 1) << (8 * Count)), Unread + 1);

    // a reply is the reply to the oldest input, whatever drew it
    internal WaitingInputs Answered() => new(Bits >> 8, Unread - 1);

    internal WaitingInputs Lost() => this with { Unread = Unread - 1 };
}

/// <summary>Whether an argument has been marked (see <see cref="When.PutsMarked"/>).</summary>
public enum Mark
{
    /// <summary>Not yet.</summary>
    None,

    /// <summary>At this moment.</summary>
    Now,

    /// <summary>Before.</summary>
    Earlier,
}

/// <summary>What the buffers of a table hold, abstracted: nothing, something, and whether the marked argument is in it.</summary>
/// <param name="Bits">Two bits for each buffer, in the order of <see cref="StateSpace.Buffers"/>: 1 for arguments that are not marked, 2
/// for the marked one.</param>
public readonly record struct Contents(ulong Bits)
{
    /// <summary>What a buffer holds: 0 nothing, 1 arguments that are not marked, 2 the marked one, 3 both.</summary>
    /// <param name="buffer">The buffer's place.</param>
    public int Of(int buffer) => (int)(Bits >> (2 * buffer)) & 3;

    internal Contents With(int buffer, int now) => new((Bits & ~(3UL << (2 * buffer))) | ((ulong)now << (2 * buffer)));
}
