namespace SmtpModel.Machines;

/// <summary>The words conditions are made of; meant for <c>using static</c>.</summary>
public static class When
{
    /// <summary>A command has been sent, and no reply has come yet.</summary>
    /// <param name="commands">One of these; any when left out.</param>
    public static Condition Sent(params IReadOnlyList<Command> commands) => new SentCondition(commands);

    /// <summary>A reply of 2yz or 3yz has just come.</summary>
    /// <param name="commands">To one of these; to any when left out.</param>
    public static Condition Accepted(params IReadOnlyList<Command> commands) => new AnsweredCondition(commands, Outcome.Accepted, []);

    /// <summary>A reply of 4yz or 5yz has just come.</summary>
    /// <param name="commands">To one of these; to any when left out.</param>
    public static Condition Refused(params IReadOnlyList<Command> commands) => new AnsweredCondition(commands, Outcome.Refused, []);

    /// <summary>A reply has just come.</summary>
    /// <param name="commands">To one of these; to any when left out.</param>
    public static Condition Answered(params IReadOnlyList<Command> commands) => new AnsweredCondition(commands, Outcome.Any, []);

    /// <summary>A reply of one of these codes has just come.</summary>
    /// <param name="codes">The codes, 200 to 599.</param>
    public static Condition Drew(params IReadOnlyList<int> codes) => new AnsweredCondition([], Outcome.Any, codes);

    /// <summary>The session is now in one of these states or superstates.</summary>
    /// <param name="states">The states.</param>
    public static Condition In(params IReadOnlyList<State> states) => new InCondition(states, Side.After);

    /// <summary>Before the exchange the session was in one of these states or superstates.</summary>
    /// <param name="states">The states.</param>
    public static Condition WasIn(params IReadOnlyList<State> states) => new InCondition(states, Side.Before);

    /// <summary>The session is now in a state of which a tag is true.</summary>
    /// <param name="tag">The tag.</param>
    public static Condition In(Tag tag) => new TagCondition(tag, Side.After);

    /// <summary>Before the exchange the session was in a state of which a tag is true.</summary>
    /// <param name="tag">The tag.</param>
    public static Condition WasIn(Tag tag) => new TagCondition(tag, Side.Before);

    /// <summary>The command has just been accepted whose reply lists the extensions, as EHLO.</summary>
    public static Condition Offered { get; } = new OfferCondition();

    /// <summary>Something is held in a buffer now.</summary>
    /// <param name="buffer">The buffer.</param>
    public static Condition Holds(DataBuffer buffer) => new HoldsCondition(buffer, Side.After, Marked: false);

    /// <summary>Something was held in a buffer before the exchange.</summary>
    /// <param name="buffer">The buffer.</param>
    public static Condition Held(DataBuffer buffer) => new HoldsCondition(buffer, Side.Before, Marked: false);

    /// <summary>The marked argument is held in a buffer now.</summary>
    /// <param name="buffer">The buffer.</param>
    public static Condition HoldsMarked(DataBuffer buffer) => new HoldsCondition(buffer, Side.After, Marked: true);

    /// <summary>The marked argument was held in a buffer before the exchange.</summary>
    /// <param name="buffer">The buffer.</param>
    public static Condition HeldMarked(DataBuffer buffer) => new HoldsCondition(buffer, Side.Before, Marked: true);

    /// <summary>
    /// The command just accepted put the marked argument into a buffer. In each session at most one argument is marked,
    /// whichever: a machine never looks at an argument, so what is proved of the marked one holds for each.
    /// </summary>
    public static Condition PutsMarked { get; } = new MarksCondition();

    /// <summary>The command just sent, or just answered, has a parameter of an extension behind it.</summary>
    /// <param name="parameters">One of these; any when left out.</param>
    public static Condition HasParameter(params IReadOnlyList<Parameter> parameters) => new ParameterCondition(parameters);

    /// <summary>
    /// Inputs have been sent and not been answered. A property that says this or <see cref="InLockstep"/> is proved of clients that
    /// send in groups as the machine lets them; all others of clients that wait for each reply.
    /// </summary>
    public static Condition Waiting { get; } = new GroupCondition(GroupAspect.Waiting);

    /// <summary>
    /// Everything that came was read as what it was sent as, a line or data, and the session is where it would be had each input waited
    /// for the reply to the one before it.
    /// </summary>
    public static Condition InLockstep { get; } = new GroupCondition(GroupAspect.InLockstep);

    /// <summary>A command has been sent that the machine cannot accept where the session is.</summary>
    public static Condition SentUnacceptable { get; } = new UnacceptableCondition();
}
