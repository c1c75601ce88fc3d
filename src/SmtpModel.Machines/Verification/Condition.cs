namespace SmtpModel.Machines;

/// <summary>
/// Something that holds at a moment of a session or does not. Conditions are data, not code, so that what is proved here can
/// be written down for other tools too. They are made with <see cref="When"/> and combined with <c>&amp;</c>, <c>|</c> and <c>!</c>.
/// </summary>
public abstract record Condition
{
    private protected Condition() { }

    /// <summary>Both hold.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static Condition operator &(Condition left, Condition right) => left.BitwiseAnd(right);

    /// <summary>One of them holds, or both do.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static Condition operator |(Condition left, Condition right) => left.BitwiseOr(right);

    /// <summary>It does not hold.</summary>
    /// <param name="condition">The condition.</param>
    public static Condition operator !(Condition condition) => condition.LogicalNot();

    /// <summary>Both hold.</summary>
    /// <param name="other">The other condition.</param>
    public Condition BitwiseAnd(Condition other) => new BothCondition(this, other);

    /// <summary>One of them holds, or both do.</summary>
    /// <param name="other">The other condition.</param>
    public Condition BitwiseOr(Condition other) => new EitherCondition(this, other);

    /// <summary>It does not hold.</summary>
    public Condition LogicalNot() => new NotCondition(this);
}

/// <summary>What a reply says about the command that drew it.</summary>
public enum Outcome
{
    /// <summary>Anything.</summary>
    Any,

    /// <summary>2yz or 3yz: it was accepted.</summary>
    Accepted,

    /// <summary>4yz or 5yz: it was refused.</summary>
    Refused,
}

/// <summary>A side of the moment at which something is looked at.</summary>
public enum Side
{
    /// <summary>Before the exchange.</summary>
    Before,

    /// <summary>After it.</summary>
    After,
}

/// <summary>A command has been sent and not been answered yet.</summary>
/// <param name="Commands">The commands; all when empty.</param>
public sealed record SentCondition(IReadOnlyList<Command> Commands) : Condition;

/// <summary>A reply has just come.</summary>
/// <param name="Commands">To one of these commands; to any when empty.</param>
/// <param name="Outcome">What it says.</param>
/// <param name="Codes">Its code is one of these; any when empty.</param>
public sealed record AnsweredCondition(IReadOnlyList<Command> Commands, Outcome Outcome, IReadOnlyList<int> Codes) : Condition;

/// <summary>The session is in one of these states or superstates.</summary>
/// <param name="States">The states.</param>
/// <param name="Side">Before the exchange or after it.</param>
public sealed record InCondition(IReadOnlyList<State> States, Side Side) : Condition;

/// <summary>Something is held in a buffer.</summary>
/// <param name="Buffer">The buffer.</param>
/// <param name="Side">Before the exchange or after it.</param>
/// <param name="Marked">Whether the marked argument is meant (see <see cref="When.PutsMarked"/>), not just anything.</param>
public sealed record HoldsCondition(DataBuffer Buffer, Side Side, bool Marked) : Condition;

/// <summary>The argument of the command just accepted is the marked one.</summary>
public sealed record MarksCondition : Condition;

/// <summary>A command has been sent that no reply accepts in this state.</summary>
public sealed record UnacceptableCondition : Condition;

/// <summary>The command just sent, or just answered, has a parameter behind it.</summary>
/// <param name="Parameters">One of these; any when empty.</param>
public sealed record ParameterCondition(IReadOnlyList<Parameter> Parameters) : Condition;

/// <summary>Something about commands that were sent in a group, without waiting for each reply.</summary>
/// <param name="Of">What.</param>
public sealed record GroupCondition(GroupAspect Of) : Condition;

/// <summary>What can be said of commands that were sent in a group.</summary>
public enum GroupAspect
{
    /// <summary>Inputs have been sent and not been answered.</summary>
    Waiting,

    /// <summary>Everything was read as what it was sent as, and the session is where lockstep leads.</summary>
    InLockstep,
}

/// <summary>Both hold.</summary>
/// <param name="Left">One.</param>
/// <param name="Right">The other.</param>
public sealed record BothCondition(Condition Left, Condition Right) : Condition;

/// <summary>At least one holds.</summary>
/// <param name="Left">One.</param>
/// <param name="Right">The other.</param>
public sealed record EitherCondition(Condition Left, Condition Right) : Condition;

/// <summary>It does not hold.</summary>
/// <param name="Inner">The condition.</param>
public sealed record NotCondition(Condition Inner) : Condition;
