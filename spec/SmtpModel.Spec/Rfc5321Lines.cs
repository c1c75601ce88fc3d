using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821Lines;

namespace SmtpModel.Spec;

/// <summary>
/// What RFC 5321 asks of octets and of the texts of replies: where each rule of RFC 821 stands now and how binding it is, and what is
/// new. A level is MUST only where the text says so of the receiver.
/// </summary>
public static class Rfc5321Lines
{
    /// <summary>"SHOULD reject such commands".</summary>
    public static readonly Rule EightBit = Of(
        "W16",
        "2.4",
        Level.Should,
        "A command with octets over 127 is refused where no extension allows them."
    );

    /// <summary>"MUST BE at least 64K octets".</summary>
    public static readonly Rule Message = Of(
        "W23",
        "4.5.3.1.7",
        Level.Must,
        "A message of 64K octets, its header included, is taken."
    ) with
    {
        Size = 64 * 1024,
    };

    /// <summary>MUST NOT.</summary>
    public static readonly Rule PlainHello = Of(
        "W25",
        "3.2",
        Level.Must,
        "The reply to HELO does not list extensions, as that to EHLO does."
    );

    /// <summary>The reply MUST have the mailbox, but free text is allowed where circumstances are exceptional: so no more than a
    /// SHOULD.</summary>
    public static readonly Rule Verified = Of(
        "W26",
        "3.5.2",
        Level.Should,
        "VRFY or EXPN that draws 250 or 551 names the mailbox, as local-part@domain."
    );

    /// <summary>MUST NOT return 250 "unless it has actually verified the address"; one that the server itself refuses it has
    /// not.</summary>
    public static readonly Rule Unverified = Of("W32", "3.5.3", Level.Must, "VRFY draws 250 only for an address that was verified.");

    /// <summary>The syntax of the reply; yet a client has to take any text, so that nothing stronger can be asked.</summary>
    public static readonly Rule OwnName = Of(
        "W27",
        "4.1.1.1",
        Level.Should,
        "The reply to EHLO begins with the name of the server, or its address."
    );

    /// <inheritdoc cref="OwnName"/>
    public static readonly Rule GreetingName = Of(
        "W28",
        "4.2",
        Level.Should,
        "The greeting begins with the name of the server, or its address."
    );

    /// <summary>"MUST reject that command with a 501"; it stands behind what is said of domains, so only one in a domain is held against a
    /// server.</summary>
    public static readonly Rule Controls = Of("W30", "4.1.2", Level.Must, "A command with a control character in a domain is refused.");

    internal static readonly Rule[] Rules =
    [
        // a server that wants capitals is said to be in violation
        In(CaseOfKeywords, "2.4"),

        // 500 is a SHOULD, and an empty line is not even a command: nothing stronger can be asked
        In(EmptyLine, "4.2.4"),

        // closing in answer to commands that are not understood is said to be a violation; but whether a line without a verb is a
        // command at all can be argued, and it may be taken for an attack (7.8)
        In(UnknownCommands, "3.8") with { Level = Level.Must },
        In(OddLines, "3.8"),

        // every implementation MUST be able to receive objects of at least these sizes; of domains 255 is the number, and 253 the
        // longest name that the DNS can have, so that more is not asked for
        In(CommandLine, "4.5.3.1.4"),
        In(Rfc821Lines.Path, "4.5.3.1.3"),
        In(LocalPart, "4.5.3.1.1"),
        In(Domain, "4.5.3.1.2") with { Asks = "A domain of 253 octets is taken.", Size = 253 },
        In(TextLine, "4.5.3.1.6"),
        In(OverTheLimit, "4.2"),

        // the buffer MUST hold 100, and a refusal for their number below that is said to be a violation
        In(Recipients, "4.5.3.1.8"),

        // MUST NOT recognize anything but CRLF as the end of a line. No level is given to "will take no action" before it; a server
        // that acts has recognized another end of the line
        In(LineEnd, "2.3.8"),
        In(NothingBefore, "2.4"),
        In(Pieces, "2.4"),

        // every command MUST generate exactly one reply
        In(Nul, "4.2"),
        EightBit,

        // accepting lines that end in LF alone is a MUST NOT, for the end of the mail data in particular
        In(EndOfData, "4.1.1.4"),
        In(Dots, "4.5.2"),

        // "MUST cancel any pending transaction"
        In(Dropped, "4.1.1.10") with { Level = Level.Must },
        In(AfterQuit, "4.1.1.10"),
        Message,
        In(Again, "4.1.4"),
        PlainHello, Verified, Unverified, OwnName, GreetingName,
        In(Apart, "4.1.1"),
        Controls,

        // characters that are no text "SHOULD be avoided": no level is given for a receiver
        In(AnyCode, "4.1.1.4"),
    ];

    private static Rule In(Rule rule, string section) => rule with { Clause = new Clause("RFC 5321", section) };

    private static Rule Of(string id, string section, Level level, string asks) => new(id, new Clause("RFC 5321", section), level, asks);
}
