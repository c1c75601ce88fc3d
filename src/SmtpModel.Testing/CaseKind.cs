namespace SmtpModel.Testing;

/// <summary>What a case looks at.</summary>
public enum CaseKind
{
    /// <summary>The greeting.</summary>
    Greeting,

    /// <summary>A command that is in order is accepted, and leads where it should.</summary>
    InOrder,

    /// <summary>A command that is out of order is refused, and the state stays.</summary>
    OutOfOrder,

    /// <summary>A command whose argument is malformed is refused, and the state stays.</summary>
    Malformed,

    /// <summary>A command that is in order and is refused leaves the state as it should.</summary>
    Refused,

    /// <summary>A line that is no command is refused, and the state stays.</summary>
    UnknownLine,

    /// <summary>An exchange that empties the buffers empties them.</summary>
    Cleared,

    /// <summary>Exchanges that do nothing to the buffers leave them as they are.</summary>
    Kept,

    /// <summary>The command is there.</summary>
    Offered,

    /// <summary>An argument that has to be read is read, and one that should not be taken is not.</summary>
    Argument,

    /// <summary>What the reply to EHLO lists is written as it should be, and what belongs to it is listed too.</summary>
    Listed,

    /// <summary>How the server behaves whatever the command; seen in every session.</summary>
    Conduct,

    /// <summary>What becomes of a message behind the reply that took it; seen where it is delivered.</summary>
    Delivered,

    /// <summary>What is sent octet by octet: line ends, lengths, the end of the mail data.</summary>
    Wire,
}
