namespace SmtpModel.Machines;

/// <summary>How an input of the machine arrives.</summary>
public enum InputKind
{
    /// <summary>A command line with a keyword.</summary>
    Line,

    /// <summary>A line that is no known command.</summary>
    UnknownLine,

    /// <summary>The end of a block of data, with the data before it.</summary>
    Data,

    /// <summary>A line that answers a challenge: no command, whatever it looks like (RFC 4954 4).</summary>
    Response,

    /// <summary>The transmission channel has been opened; nothing has been sent yet.</summary>
    Opening,

    /// <summary>Any input at all, or none: a reply that the receiver may give whatever came.</summary>
    Any,
}

/// <summary>The argument field of a command.</summary>
/// <param name="Name">What the argument is, as <c>reverse-path</c>; also the name of its grammar.</param>
/// <param name="Syntax">How it is written behind the keyword, as <c>FROM:&lt;reverse-path&gt;</c>; empty when there is none.</param>
/// <param name="Required">Whether the command is not acceptable without it.</param>
public sealed record Argument(string Name, string Syntax, bool Required)
{
    /// <summary>
    /// How it is written, where the specification says it by a pattern; null for an argument whose grammar is known by its name.
    /// An extension brings a pattern, so that nothing else has to know its argument.
    /// </summary>
    public ValueSyntax? Value { get; init; }

    /// <summary>No argument: anything behind the keyword is not acceptable.</summary>
    public static Argument None { get; } = new("none", "", false);
}

/// <summary>
/// An input of the machine and what it does to the buffers. Where it is in order is not said here: that is the machine's.
/// Its argument and its replies belong to the profile and may differ between two of them.
/// </summary>
/// <param name="Name">The keyword, or for what is no command line a few words, as <c>end of data</c>.</param>
/// <param name="Kind">How it arrives.</param>
/// <param name="OnAccept">What it does to the buffers when the reply is 2yz or 3yz, in this order.</param>
/// <param name="OnRefuse">What it does to the buffers when the reply is 4yz or 5yz; normally nothing.</param>
public sealed record Command(string Name, InputKind Kind, IReadOnlyList<Effect> OnAccept, IReadOnlyList<Effect> OnRefuse)
{
    /// <summary>
    /// How it is told from the other inputs of its verb, where one verb is several inputs (BDAT, and BDAT with LAST); null for the one
    /// that a line of the verb is when it is none of the others.
    /// </summary>
    public CommandVariant? Variant { get; init; }

    /// <summary>What counts the octets that follow its line, as those of BDAT (RFC 3030 2); null for a command that is a line and no
    /// more.</summary>
    public CountedBlock? Block { get; init; }

    /// <summary>The word that its line begins with: its name, where its verb is no other input.</summary>
    public string Keyword => Variant?.Keyword ?? Name;

    /// <summary>Whether it is a command, or one that is that command in all but its mark (<see cref="CommandVariant.Mark"/>).</summary>
    /// <param name="other">The command.</param>
    public bool Is(Command other) => Equals(other) || (Variant is { Mark.Length: > 0 } variant && variant.Keyword == other?.Name);

    /// <summary>Two commands are equal when their names are.</summary>
    /// <param name="other">The other command.</param>
    public bool Equals(Command? other) =>
        ReferenceEquals(this, other) || (other is not null && Name == other.Name);

    /// <summary>A hash of the name.</summary>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>The exchange of this command and a reply.</summary>
    /// <param name="command">The command.</param>
    /// <param name="code">The reply's code, 200 to 599.</param>
    public static Exchange operator /(Command command, int code) => new(command, code);

    /// <summary>The exchange of this command and a reply.</summary>
    /// <param name="code">The reply's code, 200 to 599.</param>
    public Exchange Divide(int code) => new(this, code);

    /// <summary>The command's name.</summary>
    public override string ToString() => Name;
}
