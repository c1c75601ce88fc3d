namespace SmtpModel.Protocol;

/// <summary>A message as it was handed over.</summary>
/// <param name="ReversePath">The reverse-path with its angle brackets.</param>
/// <param name="ForwardPaths">The forward-paths with their angle brackets, in the order of the RCPT commands.</param>
/// <param name="Data">The mail data, octets.</param>
/// <param name="Kind">How it is to be delivered.</param>
public sealed record StoredMessage(string ReversePath, IReadOnlyList<string> ForwardPaths, ReadOnlyMemory<byte> Data, DeliveryKind Kind)
{
    /// <summary>The parameters behind the reverse-path, as they were sent; empty without.</summary>
    public string ReversePathParameters { get; init; } = "";

    /// <summary>The parameters behind each forward-path, in the same order; each empty without.</summary>
    public IReadOnlyList<string> ForwardPathParameters { get; init; } = [];
}

/// <summary>How a message is to be delivered: by the command that began its transaction (RFC 821 3.4).</summary>
public enum DeliveryKind
{
    /// <summary>MAIL: to the mailbox.</summary>
    Mailbox,

    /// <summary>SEND: to the terminal.</summary>
    Terminal,

    /// <summary>SOML: to the terminal if the user is active there, else to the mailbox.</summary>
    TerminalOrMailbox,

    /// <summary>SAML: to the terminal if the user is active there, and always to the mailbox.</summary>
    TerminalAndMailbox,
}
