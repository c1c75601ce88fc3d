namespace SmtpModel.Watching;

/// <summary>Which of the inputs that are one command.</summary>
internal enum Nth
{
    First,
    Middle,
    Last,
    Every,

    /// <summary>All but the first.</summary>
    Rest,
}

/// <summary>When the server does something of its own.</summary>
/// <param name="Command">The command that it answers; null for whatever comes.</param>
/// <param name="Nth">Which one of its kind, in the first transaction that is tried.</param>
/// <param name="Least">How many recipients have to be accepted by then.</param>
internal sealed record Moment(Command? Command, Nth Nth = Nth.First, int Least = 0);

/// <summary>How a connection ends at an answer.</summary>
internal enum Hangup
{
    None,

    /// <summary>In place of the reply.</summary>
    Before,

    /// <summary>As soon as the reply was said.</summary>
    Behind,

    /// <summary>Behind the first of several replies.</summary>
    Between,
}

/// <summary>How the server answers; what is not said is as usual.</summary>
internal sealed record Answer
{
    /// <summary>The code; the usual one where it is null.</summary>
    public int? Code { get; init; }

    /// <summary>The codes of single replies, where there is one for each recipient.</summary>
    public IReadOnlyList<(Nth Which, int Code)> Each { get; init; } = [];

    /// <summary>The text of the reply; none at all where it is empty.</summary>
    public string? Text { get; init; }

    /// <summary>Lines that stand before the usual ones.</summary>
    public int MoreLines { get; init; }

    /// <summary>Whether each line is as long as a line may be.</summary>
    public bool IsLong { get; init; }

    /// <summary>Whether each octet is sent by itself.</summary>
    public bool InOctets { get; init; }

    /// <summary>How long the client waits for it.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How long it waits for each reply behind the first.</summary>
    public TimeSpan DelayBetween { get; init; }

    /// <summary>Whether the connection ends there.</summary>
    public Hangup Hangup { get; init; }
}
