namespace SmtpModel.Testing;

/// <summary>A message as it was delivered, with as much of its envelope as is known where it lies.</summary>
/// <param name="Data">The octets as they lie there, with what the server put before them.</param>
public sealed record DeliveredMessage(ReadOnlyMemory<byte> Data)
{
    /// <summary>The reverse-path without its brackets, empty for the null one; null where it is not known.</summary>
    public string? ReversePath { get; init; }

    /// <summary>The forward-paths without their brackets; null where they are not known.</summary>
    public IReadOnlyList<string>? ForwardPaths { get; init; }

    /// <summary>
    /// Whether it was sent on, to a next server: then what its host makes of a mailbox's name is none of the server's business. False for
    /// a
    /// delivery, behind which the names are the site's own.
    /// </summary>
    public bool IsRelayed { get; init; }

    /// <summary>Whether lines end with LF where they lie, as the system has it, and mean CRLF.</summary>
    public bool HasLocalLineEnds { get; init; }

    /// <summary>Whether a line that begins with "From " may have got a mark in front, as in an mbox.</summary>
    public bool HasMarkedFroms { get; init; }
}
