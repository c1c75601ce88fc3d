namespace SmtpModel.Watching;

/// <summary>What a recording can tell; what it cannot is not judged. Without any changes: the octets of a live channel.</summary>
public sealed record FollowOptions
{
    /// <summary>Whether the ends of lines, and blanks before them, are as they were sent.</summary>
    public bool HasLineEnds { get; init; } = true;

    /// <summary>Whether the order in which the sides spoke is that in which their octets went, so that it shows who did not
    /// wait.</summary>
    public bool HasOrder { get; init; } = true;

    /// <summary>
    /// Whether what the server said earlier was there for the client to read when it sent what comes later. Where the recording was made
    /// at the server or between the two, a client that sends in groups may not have read it yet.
    /// </summary>
    public bool HasKnowledge { get; init; }

    /// <summary>Whether the recording may begin in the middle of a session.</summary>
    public bool MayBeginLate { get; init; }

    /// <summary>The profile that sessions begin with; extensions come on top of it as they are offered. RFC 5321 where none is
    /// given.</summary>
    public Profile? Profile { get; init; }
}
