namespace SmtpModel.Diagrams;

/// <summary>Which side of a machine a picture shows; each fits on a page.</summary>
public enum DiagramAspect
{
    /// <summary>All states and all exchanges that lead on.</summary>
    Whole,

    /// <summary>The states in which a buffer is held, and what begins, moves and ends a transaction.</summary>
    Transaction,

    /// <summary>What each exchange does to the buffers: set, append, clear.</summary>
    Buffers,

    /// <summary>What is refused, what is out of order, and what closes.</summary>
    Errors,

    /// <summary>
    /// How a sender goes on from each digit that a reply may begin with, one small picture for each group of commands for which
    /// that is the same (RFC 821 4.4).
    /// </summary>
    Replies,
}
