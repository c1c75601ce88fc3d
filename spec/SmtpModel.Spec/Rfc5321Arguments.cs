using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>
/// What RFC 5321 asks of how arguments are read, and what it says in the section of each command that does nothing. The order of
/// commands does not rest on it; the grammar itself is in src/SmtpModel.Protocol.
/// </summary>
public static class Rfc5321Arguments
{
    /// <summary>The name of a client that has none.</summary>
    public static readonly Rule Literal = Of("A1", "4.1.1.1", Level.Must, "EHLO takes an address literal where the client has no name.");

    /// <summary>The tag is IPv6 (4.1.3).</summary>
    public static readonly Rule Literal6 = Of("A2", "4.1.3", Level.Should, "An address literal may be one of IPv6.");

    /// <summary>The path of nobody.</summary>
    public static readonly Rule Null = Of("A3", "4.5.5", Level.Must,
        "MAIL takes the null reverse-path, with which notifications are sent.");

    /// <summary>The mailbox that is always there.</summary>
    public static readonly Rule Postmaster = Of("A4", "4.5.1", Level.Must,
        "RCPT takes Postmaster, without a domain and at a domain that takes mail.");

    /// <summary>Hosts before the mailbox, obsolete (appendix C).</summary>
    public static readonly Rule Route = Of("A5", "4.1.1.3", Level.Must,
        "RCPT knows the syntax of source routes; whether such mail is taken is for the site to say.");

    /// <summary>Quoted-string (4.1.2).</summary>
    public static readonly Rule Quoted = Of("A6", "4.1.2", Level.Should, "A local-part may be a quoted string.");

    /// <summary>Clients that write one are many.</summary>
    public static readonly Rule Blank = Of("A7", "4.1.1", Level.Should, "White space at the end of a line is tolerated.");

    /// <summary>What stands behind NOOP.</summary>
    public static readonly Rule Ignored = Of("A8", "4.1.1.9", Level.Should, "NOOP ignores an argument.");

    /// <summary>What stands behind a command that has no argument.</summary>
    public static readonly Rule NoArgument = Of("A9", "4.1.1", Level.Should,
        "RSET, DATA and QUIT with an argument are refused, and change nothing.");

    /// <summary>Parameters are an affair of extensions.</summary>
    public static readonly Rule Parameter = Of("A10", "4.1.1.11", Level.Should, "A parameter that the server does not know draws 555.");

    /// <summary>Reverse-path (4.1.2).</summary>
    public static readonly Rule MailBrackets = Of("A11", "4.1.1.2", Level.Should, "The reverse-path stands in angle brackets.");

    /// <summary>Forward-path (4.1.2).</summary>
    public static readonly Rule RcptBrackets = Of("A12", "4.1.1.3", Level.Should, "The forward-path stands in angle brackets.");

    /// <summary>Atext is that of RFC 5322 3.2.3.</summary>
    public static readonly Rule Atoms = Of("A13", "4.1.2", Level.Should, "A local-part may have every character that an atom may have.");

    /// <summary>Names of the DNS have no case.</summary>
    public static readonly Rule DomainCase = Of("A15", "2.4", Level.Must, "Domains mean the same in upper case and lower case.");

    /// <summary>"Spaces are not permitted on either side of the colon"; nowhere is a server told to refuse them.</summary>
    public static readonly Rule Colon = Of("A16", "3.3", Level.Should, "No space stands on either side of the colon behind FROM and TO.");

    /// <summary>The section of VRFY says it.</summary>
    public static readonly Rule VrfyKeeps = Of("K1", "4.1.1.6", Level.Must, "VRFY has no effect on the buffers.");

    /// <summary>The section of EXPN says it.</summary>
    public static readonly Rule ExpnKeeps = Of("K2", "4.1.1.7", Level.Must, "EXPN has no effect on the buffers.");

    /// <summary>The section of HELP says it.</summary>
    public static readonly Rule HelpKeeps = Of("K3", "4.1.1.8", Level.Must, "HELP has no effect on the buffers.");

    /// <summary>The section of NOOP says it.</summary>
    public static readonly Rule NoopKeeps = Of("K4", "4.1.1.9", Level.Must, "NOOP has no effect on the buffers.");

    internal static readonly Rule[] Rules =
    [
        Literal, Literal6, Null, Postmaster, Route, Quoted, Blank, Ignored, NoArgument,
        Parameter, MailBrackets, RcptBrackets, Atoms, DomainCase, Colon,
    ];

    // the machine has the same as its rule about the order; here it stands where a reader of the command looks for it
    internal static readonly (Rule Rule, Command Command)[] Keeping =
        [(VrfyKeeps, VRFY), (ExpnKeeps, EXPN), (HelpKeeps, HELP), (NoopKeeps, NOOP)];

    private static Rule Of(string id, string section, Level level, string asks) => new(id, new Clause("RFC 5321", section), level, asks);
}
