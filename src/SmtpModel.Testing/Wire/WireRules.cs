using SmtpModel.Machines;

namespace SmtpModel.Testing;

/// <summary>A rule about octets: where each standard has it, and how binding it is there; null where a standard has it not.</summary>
internal sealed record WireRule(Rule? Rfc821, Rule? Rfc5321);

/// <summary>
/// The rules about what is sent octet by octet, which the order of commands depends on and the machine has no words for. A
/// level is MUST only where the text says so of the receiver; RFC 821 has no such words, and its demands are taken as MUST
/// unless it says "should".
/// </summary>
internal static class WireRules
{
    private const Level Must = Level.Must;
    private const Level Should = Level.Should;

    /// <summary>5321: a server that wants capitals is said to be in violation.</summary>
    public static readonly WireRule CaseOfKeywords = New("W1", ("4.1.2", Must), ("2.4", Must), "Keywords mean the same in upper case, lower case and any mixture.");

    /// <summary>5321: 500 is a SHOULD, and an empty line is not even a command: nothing stronger can be asked.</summary>
    public static readonly WireRule EmptyLine = New("W3", ("4.2.1", Should), ("4.2.4", Should), "An empty line is a command that is not recognized: it draws 500.");

    /// <summary>5321: closing in answer to commands that are not understood is said to be a violation. RFC 821: "should not close".</summary>
    public static readonly WireRule UnknownCommands = New("W4", ("4.1.1", Should), ("3.8", Must), "Commands that are not understood are answered and do not end the session.");

    /// <summary>As above; but whether a line without a verb is a command at all can be argued, and it may be taken for an attack (7.8).</summary>
    public static readonly WireRule OddLines = New("W22", ("4.1.1", Should), ("3.8", Should), "Lines that cannot be a command are answered and do not end the session.");

    /// <summary>5321 4.5.3.1: every implementation MUST be able to receive objects of at least these sizes; so RFC 821 4.5.3.</summary>
    public static readonly WireRule CommandLine = New("W5", ("4.5.3", Must), ("4.5.3.1.4", Must), "A command line of 512 octets, CRLF included, is taken.");

    /// <inheritdoc cref="CommandLine"/>
    public static readonly WireRule Path = New("W6", ("4.5.3", Must), ("4.5.3.1.3", Must), "A path of 256 octets, brackets included, is taken.");

    /// <inheritdoc cref="CommandLine"/>
    public static readonly WireRule LocalPart = New("W7", ("4.5.3", Must), ("4.5.3.1.1", Must), "A local-part of 64 octets is taken.");

    /// <summary>As above; 255 is the standard's number, and 253 the longest name that the DNS can have, so that more is not asked for.</summary>
    public static readonly WireRule Domain = New("W8", ("4.5.3", Must), ("4.5.3.1.2", Must), "A domain of the greatest length is taken: 64 octets for RFC 821, 253 for RFC 5321.");

    /// <inheritdoc cref="CommandLine"/>
    public static readonly WireRule TextLine = New("W9", ("4.5.3", Must), ("4.5.3.1.6", Must), "A text line of 1000 octets, CRLF included and a doubled dot not, is taken.");

    /// <summary>What is longer may be refused, but it is one command and draws one reply.</summary>
    public static readonly WireRule OverTheLimit = New("W10", ("4.2", Must), ("4.2", Must), "What is longer than a limit draws one reply, whichever, and the session goes on.");

    /// <summary>5321: the buffer MUST hold 100, and a refusal for their number below that is said to be a violation.</summary>
    public static readonly WireRule Recipients = New("W11", ("4.5.3", Must), ("4.5.3.1.8", Must), "A transaction may have 100 recipients.");

    /// <summary>5321: MUST NOT recognize anything but CRLF as the end of a line; the receiver "will take no action" before it.</summary>
    public static readonly WireRule LineEnd = New("W12", ("4.1.2", Must), ("2.3.8", Must), "Only CRLF ends a line; a CR or LF alone does not.");

    /// <summary>5321: no level is given to "will take no action"; a server that acts before has recognized another end of the line, which 2.3.8 forbids.</summary>
    public static readonly WireRule NothingBefore = New("W13", ("4.1.2", Must), ("2.4", Must), "Nothing is done before the CRLF of a command has come.");

    /// <summary>How the octets are cut into packets is none of the protocol's business: the line is what counts.</summary>
    public static readonly WireRule Pieces = New("W14", ("4.1.2", Must), ("2.4", Must), "A session means the same however its octets are cut into pieces.");

    /// <summary>5321: every command MUST generate exactly one reply. What is said about NUL is only that no command has one.</summary>
    public static readonly WireRule Nul = New("W15", ("4.2", Must), ("4.2", Must), "A line with a NUL in it is one line and draws one reply.");

    /// <summary>5321: "SHOULD reject such commands". RFC 821 has no word for the receiver.</summary>
    public static readonly WireRule EightBit = New("W16", null, ("2.4", Should), "A command with octets over 127 is refused where no extension allows them.");

    /// <summary>5321 4.1.1.4: accepting lines that end in LF alone is a MUST NOT, for the end of the mail data in particular; 2.3.8 the same for all else.</summary>
    public static readonly WireRule EndOfData = New("W17", ("4.1.1", Must), ("4.1.1.4", Must), "Only CRLF, dot, CRLF ends the mail data.");

    /// <summary>What a server does with a leading dot decides where the mail data ends.</summary>
    public static readonly WireRule Dots = New("W18", ("4.5.2", Must), ("4.5.2", Must), "A line that begins with a dot and has more on it is text.");

    /// <summary>5321: "MUST cancel any pending transaction". RFC 821: "should act as if RSET had been received".</summary>
    public static readonly WireRule Dropped = New("W19", ("4.1.1", Should), ("4.1.1.10", Must), "When a connection is lost its transaction is cancelled, and nothing of it is left for the next one.");

    /// <summary>Both: QUIT draws its reply and "then close the transmission channel", which is part of the MUST.</summary>
    public static readonly WireRule AfterQuit = New("W20", ("4.1.1", Must), ("4.1.1.10", Must), "When QUIT has been answered nothing more is.");

    /// <summary>5321: "MUST BE at least 64K octets". RFC 821 has no least size of a message.</summary>
    public static readonly WireRule Message = New("W23", null, ("4.5.3.1.7", Must), "A message of 64K octets, its header included, is taken.");

    /// <summary>Both: there may be any number of transactions in a session; nothing lets a server treat a later one otherwise.</summary>
    public static readonly WireRule Again = New("W24", ("4.1.1", Must), ("4.1.4", Must), "A session may hold any number of transactions, and each goes as the first did.");

    /// <summary>5321: MUST NOT.</summary>
    public static readonly WireRule PlainHello = New("W25", null, ("3.2", Must), "The reply to HELO does not list extensions, as that to EHLO does.");

    /// <summary>5321: the reply MUST have the mailbox, but free text is allowed where circumstances are exceptional: so no more than a SHOULD.</summary>
    public static readonly WireRule Verified = New("W26", null, ("3.5.2", Should), "VRFY or EXPN that draws 250 or 551 names the mailbox, as local-part@domain.");

    /// <summary>5321: MUST NOT return 250 "unless it has actually verified the address"; one that the server itself refuses it has not.</summary>
    public static readonly WireRule Unverified = New("W32", null, ("3.5.3", Must), "VRFY draws 250 only for an address that was verified.");

    /// <summary>5321: the syntax of the reply; yet a client has to take any text, so that nothing stronger can be asked.</summary>
    public static readonly WireRule OwnName = New("W27", null, ("4.1.1.1", Should), "The reply to EHLO begins with the name of the server, or its address.");

    /// <inheritdoc cref="OwnName"/>
    public static readonly WireRule GreetingName = New("W28", null, ("4.2", Should), "The greeting begins with the name of the server, or its address.");

    /// <summary>Both: "distinct buffers are provided"; the session that a command comes in is the only one that it speaks of.</summary>
    public static readonly WireRule Apart = New("W29", ("4.1.1", Must), ("4.1.1", Must), "Each session has buffers of its own: what is said in one does nothing to another.");

    /// <summary>5321: "MUST reject that command with a 501"; but it stands behind what is said of domains, so only one in a domain is held against a server.</summary>
    public static readonly WireRule Controls = New("W30", null, ("4.1.2", Must), "A command with a control character in a domain is refused.");

    /// <summary>Both: "may contain any of the 128 ASCII character codes", and those that are no text "SHOULD be avoided": no level is given for a receiver.</summary>
    public static readonly WireRule AnyCode = New("W31", ("4.1.1", Should), ("4.1.1.4", Should), "Mail data may have any of the ASCII characters in it.");

    /// <summary>RFC 2920 3.2 (1) and (9): MUST respond in order, MUST NOT lose input. Only for a server that offers it.</summary>
    public static readonly WireRule Pipelining = new(null, new Rule("W21", new Clause("RFC 2920", "3.2"), Must,
        "Commands that come in one packet are answered in order, and none is lost, where PIPELINING is offered."));

    /// <summary>The rules of a profile.</summary>
    /// <param name="table">The profile's table.</param>
    /// <param name="rule">The rule.</param>
    public static Rule? In(TransitionTable table, WireRule rule) => table.Grammar == nameof(Protocol.Dialect.Rfc5321) ? rule.Rfc5321 : rule.Rfc821;

    private static WireRule New(string id, (string Section, Level Level)? rfc821, (string Section, Level Level)? rfc5321, string asks)
    {
        return new WireRule(Of("RFC 821", rfc821), Of("RFC 5321", rfc5321));

        Rule? Of(string document, (string Section, Level Level)? place) =>
            place is { } at ? new Rule(id, new Clause(document, at.Section), at.Level, asks) : null;
    }
}
