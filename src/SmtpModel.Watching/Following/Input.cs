namespace SmtpModel.Watching;

/// <summary>What a client sent and has no reply to yet.</summary>
internal struct Input
{
    /// <summary>Its place among the commands of the grounds.</summary>
    public int Column;

    /// <summary>What its line is.</summary>
    public Line Line;

    /// <summary>Whether its argument could not be read, so that it may be malformed or not.</summary>
    public bool IsMasked;

    /// <summary>Whether it uses what was not offered: then whatever refuses it is right.</summary>
    public bool IsUnoffered;

    /// <summary>Whether its line is longer than a server has to take, which it may refuse for that (RFC 5321 4.5.3.1.10).</summary>
    public bool IsOverlong;

    /// <summary>The rule by which it is refused for a parameter that is written wrong, or given twice; null where no rule says
    /// so.</summary>
    public Rule? Barred;

    /// <summary>Whether it is not certain that the server took it for this input, or for one alone.</summary>
    public bool IsDoubtful;
}

/// <summary>What the octets are that a client sends next.</summary>
internal enum Mode
{
    /// <summary>Command lines.</summary>
    Commands,

    /// <summary>That depends on a reply which has not come yet.</summary>
    Held,

    /// <summary>Mail data.</summary>
    Data,

    /// <summary>Lines that answer challenges.</summary>
    Responses,

    /// <summary>A block of octets that are counted.</summary>
    Block,

    /// <summary>A TLS handshake is due.</summary>
    Handshake,

    /// <summary>Nobody can tell: behind a gap, or at a beginning in the middle.</summary>
    Lost,

    /// <summary>Nothing that is judged: TLS, or no SMTP.</summary>
    Opaque,
}

/// <summary>What a command is in a session, as far as clients are asked for it.</summary>
internal enum Role : byte
{
    Other,

    /// <summary>One that opens a session and lists nothing.</summary>
    Hello,

    /// <summary>One that opens a session and whose reply lists what is offered.</summary>
    Listing,

    /// <summary>One that begins a transaction.</summary>
    Mail,
    Rcpt,
    Data,
    Reset,
    Ending,

    /// <summary>One that changes nothing.</summary>
    Anywhere,
}
