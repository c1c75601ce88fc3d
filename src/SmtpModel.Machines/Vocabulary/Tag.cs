namespace SmtpModel.Machines;

/// <summary>
/// Something that may be true of a session, whichever part of a profile brings the states in which it is: a part says so of its own
/// states (<see cref="Vocabulary.Means"/>), and others speak of the tag and need not know them.
/// </summary>
/// <param name="Name">Its name; two tags of one name are the same.</param>
/// <param name="Meaning">What is true, in a few words.</param>
public sealed record Tag(string Name, string Meaning)
{
    /// <summary>Two tags are equal when their names are.</summary>
    /// <param name="other">The other tag.</param>
    public bool Equals(Tag? other) => other is not null && Name == other.Name;

    /// <summary>A hash of the name.</summary>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>The tag's name.</summary>
    public override string ToString() => Name;
}
