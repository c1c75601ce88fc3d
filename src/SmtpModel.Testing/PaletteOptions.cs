namespace SmtpModel.Testing;

/// <summary>What a server is known to take, for the moves to be made of.</summary>
public sealed record PaletteOptions
{
    /// <summary>The seed that a fuzzer draws the arguments with.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>A mailbox that may send, without brackets.</summary>
    public string From { get; init; } = "sender@example.test";

    /// <summary>A mailbox that takes mail, without brackets.</summary>
    public string Recipient { get; init; } = "recipient@example.test";

    /// <summary>A mailbox that does not, without brackets.</summary>
    public string BadRecipient { get; init; } = "nobody@elsewhere.invalid";

    /// <summary>The name the client gives itself.</summary>
    public string Helo { get; init; } = "client.example.test";

    /// <summary>What the server offers in its reply to EHLO; null when that was not read.</summary>
    public Protocol.ServiceOffer? Offer { get; init; }

    /// <summary>How one logs in where sessions do that by themselves; null where they do not, or where what the specification has for it
    /// will do.</summary>
    internal LoginLines? Login { get; init; }

    /// <summary>How many arguments a fuzzer draws for each command.</summary>
    public int Variety { get; init; } = 24;

    /// <summary>What draws arguments; null where none are drawn.</summary>
    internal IArgumentSource? Drawn { get; init; }
}
