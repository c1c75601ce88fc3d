namespace SmtpModel.Machines;

/// <summary>A condition on what a state or a command is there for, whichever part of a profile brings it.</summary>
public abstract record RoleCondition : Condition
{
    private protected RoleCondition() { }

    /// <summary>What the machine has no state and no command for, in words, where <see cref="In"/> says null.</summary>
    public abstract string Missing { get; }

    /// <summary>The condition with the states and commands of one machine; null where nothing in it is there for that.</summary>
    /// <param name="table">The machine.</param>
    public abstract Condition? In(TransitionTable table);
}

/// <summary>The session is in a state of which a tag is true.</summary>
/// <param name="Tag">The tag.</param>
/// <param name="Side">Before the exchange or after it.</param>
public sealed record TagCondition(Tag Tag, Side Side) : RoleCondition
{
    /// <inheritdoc/>
    public override string Missing => $"state of which {Tag} is true";

    /// <inheritdoc/>
    public override Condition? In(TransitionTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.Meaning(Tag) is { Count: > 0 } states ? new InCondition(states, Side) : null;
    }
}

/// <summary>The command has just been accepted whose reply lists the extensions.</summary>
public sealed record OfferCondition : RoleCondition
{
    /// <inheritdoc/>
    public override string Missing => "command whose reply lists the extensions";

    /// <inheritdoc/>
    public override Condition? In(TransitionTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.Listing is { } listing ? new AnsweredCondition([listing], Outcome.Accepted, []) : null;
    }
}
