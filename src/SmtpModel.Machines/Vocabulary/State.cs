namespace SmtpModel.Machines;

/// <summary>A control state, or a superstate that says what holds in several.</summary>
/// <param name="Name">The state's name; two states of one name are the same state.</param>
/// <param name="Meaning">What it means, in a few words.</param>
/// <param name="Holds">The buffers that are held whenever the session is in this state; all others are empty. Not used for
/// superstates.</param>
public sealed record State(string Name, string Meaning, params IReadOnlyList<DataBuffer> Holds)
{
    /// <summary>
    /// For a state of a flattened machine that has regions: the state of the specification that it is, apart from its <see cref="Facts"/>;
    /// null where it is the specification's own.
    /// </summary>
    public State? Of { get; init; }

    /// <summary>What holds in it beside where the session is: the state of each region, in the regions' order; empty where there are
    /// none.</summary>
    public IReadOnlyList<State> Facts { get; init; } = [];

    /// <summary>Two states are equal when their names are.</summary>
    /// <param name="other">The other state.</param>
    public bool Equals(State? other) =>
        ReferenceEquals(this, other) || (other is not null && Name == other.Name);

    /// <summary>A hash of the name.</summary>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>The state's name.</summary>
    public override string ToString() => Name;
}
