using SmtpModel.Machines;

namespace SmtpModel.Spec;

/// <summary>
/// What RFC 821 asks of octets: lines, lengths, packets, the end of the mail data, connections. The order of commands rests on it
/// and no edge carries it. The text has no words for levels: its demands are taken as MUST unless it says "should".
/// </summary>
public static class Rfc821Lines
{
    private const Level Must = Level.Must;
    private const Level Should = Level.Should;

    /// <summary>Letters of either case.</summary>
    public static readonly Rule CaseOfKeywords = Of(
        "W1",
        "4.1.2",
        Must,
        "Keywords mean the same in upper case, lower case and any mixture."
    );

    /// <summary>A line of nothing.</summary>
    public static readonly Rule EmptyLine = Of("W3", "4.2.1", Should, "An empty line is a command that is not recognized: it draws 500.");

    /// <summary>The receiver "should not close".</summary>
    public static readonly Rule UnknownCommands = Of(
        "W4",
        "4.1.1",
        Should,
        "Commands that are not understood are answered and do not end the session."
    );

    /// <inheritdoc cref="UnknownCommands"/>
    public static readonly Rule OddLines = Of(
        "W22",
        "4.1.1",
        Should,
        "Lines that cannot be a command are answered and do not end the session."
    );

    /// <summary>Every implementation must be able to receive objects of at least these sizes (4.5.3); in octets.</summary>
    public static readonly Rule CommandLine = Of("W5", "4.5.3", Must, "A command line of 512 octets, CRLF included, is taken.", 512);

    /// <inheritdoc cref="CommandLine"/>
    public static readonly Rule Path = Of("W6", "4.5.3", Must, "A path of 256 octets, brackets included, is taken.", 256);

    /// <inheritdoc cref="CommandLine"/>
    public static readonly Rule LocalPart = Of("W7", "4.5.3", Must, "A local-part of 64 octets is taken.", 64);

    /// <inheritdoc cref="CommandLine"/>
    public static readonly Rule Domain = Of("W8", "4.5.3", Must, "A domain of 64 octets is taken.", 64);

    /// <inheritdoc cref="CommandLine"/>
    public static readonly Rule TextLine = Of(
        "W9",
        "4.5.3",
        Must,
        "A text line of 1000 octets, CRLF included and a doubled dot not, is taken.",
        1000
    );

    /// <summary>What is longer may be refused, but it is one command and draws one reply.</summary>
    public static readonly Rule OverTheLimit = Of(
        "W10",
        "4.2",
        Must,
        "What is longer than a limit draws one reply, whichever, and the session goes on."
    );

    /// <summary>A number of mailboxes.</summary>
    public static readonly Rule Recipients = Of("W11", "4.5.3", Must, "A transaction may have 100 recipients.", 100);

    /// <summary>The receiver "will take no action" before it has the sequence.</summary>
    public static readonly Rule LineEnd = Of("W12", "4.1.2", Must, "Only CRLF ends a line; a CR or LF alone does not.");

    /// <inheritdoc cref="LineEnd"/>
    public static readonly Rule NothingBefore = Of("W13", "4.1.2", Must, "Nothing is done before the CRLF of a command has come.");

    /// <summary>How the octets are cut into packets is none of the protocol's business: the line is what counts.</summary>
    public static readonly Rule Pieces = Of("W14", "4.1.2", Must, "A session means the same however its octets are cut into pieces.");

    /// <summary>What is said about NUL is only that no command has one.</summary>
    public static readonly Rule Nul = Of("W15", "4.2", Must, "A line with a NUL in it is one line and draws one reply.");

    /// <summary>The sequence that ends the text.</summary>
    public static readonly Rule EndOfData = Of("W17", "4.1.1", Must, "Only CRLF, dot, CRLF ends the mail data.");

    /// <summary>What a receiver does with a leading dot decides where the mail data ends.</summary>
    public static readonly Rule Dots = Of("W18", "4.5.2", Must, "A line that begins with a dot and has more on it is text.");

    /// <summary>The receiver "should act as if RSET had been received".</summary>
    public static readonly Rule Dropped = Of("W19", "4.1.1", Should,
        "When a connection is lost its transaction is cancelled, and nothing of it is left for the next one.");

    /// <summary>QUIT draws its reply and "then close the transmission channel", which is part of what must be.</summary>
    public static readonly Rule AfterQuit = Of("W20", "4.1.1", Must, "When QUIT has been answered nothing more is.");

    /// <summary>There may be any number of transactions in a session; nothing lets a receiver treat a later one otherwise.</summary>
    public static readonly Rule Again = Of(
        "W24",
        "4.1.1",
        Must,
        "A session may hold any number of transactions, and each goes as the first did."
    );

    /// <summary>"Distinct buffers are provided"; the session that a command comes in is the only one that it speaks of.</summary>
    public static readonly Rule Apart = Of(
        "W29",
        "4.1.1",
        Must,
        "Each session has buffers of its own: what is said in one does nothing to another."
    );

    /// <summary>"May contain any of the 128 ASCII character codes", and those that are no text should be avoided.</summary>
    public static readonly Rule AnyCode = Of("W31", "4.1.1", Should, "Mail data may have any of the ASCII characters in it.");

    internal static readonly Rule[] Rules =
    [
        CaseOfKeywords, EmptyLine, UnknownCommands, OddLines, CommandLine, Path, LocalPart, Domain, TextLine, OverTheLimit, Recipients,
        LineEnd, NothingBefore, Pieces, Nul, EndOfData, Dots, Dropped, AfterQuit, Again, Apart, AnyCode,
    ];

    private static Rule Of(string id, string section, Level level, string asks, int? size = null) =>
        new(id, new Clause("RFC 821", section), level, asks) { Size = size };
}
