using SmtpModel.Machines;

namespace SmtpModel.Testing;

/// <summary>
/// What RFC 5321 asks of how arguments are read. That is no matter of the order of commands, so the specification of the
/// machine does not hold it; the grammar itself is in <see cref="Protocol"/>.
/// </summary>
internal static class ArgumentRules
{
    public static readonly Rule Literal = Of("A1", "4.1.1.1", Level.Must, "EHLO takes an address literal where the client has no name.");

    public static readonly Rule Literal6 = Of("A2", "4.1.3", Level.Should, "An address literal may be one of IPv6.");

    public static readonly Rule Null = Of("A3", "4.5.5", Level.Must, "MAIL takes the null reverse-path, with which notifications are sent.");

    public static readonly Rule Postmaster = Of("A4", "4.5.1", Level.Must, "RCPT takes Postmaster, without a domain and at a domain that takes mail.");

    public static readonly Rule Route = Of("A5", "4.1.1.3", Level.Must, "RCPT knows the syntax of source routes; whether such mail is taken is for the site to say.");

    public static readonly Rule Quoted = Of("A6", "4.1.2", Level.Should, "A local-part may be a quoted string.");

    public static readonly Rule Blank = Of("A7", "4.1.1", Level.Should, "White space at the end of a line is tolerated.");

    public static readonly Rule Ignored = Of("A8", "4.1.1.9", Level.Should, "NOOP ignores an argument.");

    public static readonly Rule NoArgument = Of("A9", "4.1.1", Level.Should, "RSET, DATA and QUIT with an argument are refused, and change nothing.");

    public static readonly Rule Parameter = Of("A10", "4.1.1.11", Level.Should, "A parameter that the server does not know draws 555.");

    public static readonly Rule MailBrackets = Of("A11", "4.1.1.2", Level.Should, "The reverse-path stands in angle brackets.");

    public static readonly Rule RcptBrackets = Of("A12", "4.1.1.3", Level.Should, "The forward-path stands in angle brackets.");

    public static readonly Rule Atoms = Of("A13", "4.1.2", Level.Should, "A local-part may have every character that an atom may have.");

    public static readonly Rule DomainCase = Of("A15", "2.4", Level.Must, "Domains mean the same in upper case and lower case.");

    /// <summary>"Spaces are not permitted on either side of the colon"; nowhere is a server told to refuse them.</summary>
    public static readonly Rule Colon = Of("A16", "3.3", Level.Should, "No space stands on either side of the colon behind FROM and TO.");

    /// <summary>The rule that a line of a shape rests on; null for a plain line, and where the standard has none.</summary>
    /// <param name="table">The profile's table.</param>
    /// <param name="use">The command, as the profile uses it.</param>
    /// <param name="shape">What is particular about the line.</param>
    public static Rule? Of(TransitionTable table, CommandUse use, LineShape shape) => table.Grammar != nameof(Protocol.Dialect.Rfc5321) ? null : shape switch
    {
        LineShape.Optional => use.Required ? Ignored : null,
        LineShape.Null => Null,
        LineShape.Route => Route,
        LineShape.Quoted => Quoted,
        LineShape.Atoms => Atoms,
        LineShape.Literal => Literal,
        _ => null,
    };

    private static Rule Of(string id, string section, Level level, string asks) => new(id, new Clause("RFC 5321", section), level, asks);
}
