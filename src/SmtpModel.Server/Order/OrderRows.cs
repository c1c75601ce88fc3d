using System.Text.RegularExpressions;
using SmtpModel.Protocol;

namespace SmtpModel.Server;

/// <summary>
/// A profile's order as rows, the form in which it is generated from the specification, and composed when a test runs.
/// <see cref="TableOrder"/> is made of them.
/// </summary>
internal sealed record OrderRows(string Name, Dialect Dialect, SessionState Start)
{
    public required FaultCodes Faults { get; init; }

    public required StateRow[] States { get; init; }

    public required CommandRow[] Commands { get; init; }

    public required RefusalRow[] Refusals { get; init; }

    public required ExchangeRow[] Exchanges { get; init; }

    public ParameterRow[] Parameters { get; init; } = [];

    public ExtensionRow[] Extensions { get; init; } = [];

    /// <summary>The keyword of the parameter of MAIL behind which paths may be in UTF-8; null where they may not.</summary>
    public string? Utf8Parameter { get; init; }

    /// <summary>Whether replies carry enhanced status codes.</summary>
    public bool HasEnhancedCodes { get; init; }
}

/// <summary>The replies to what goes wrong before a command's own rules apply.</summary>
internal sealed record FaultCodes(int Unrecognized, int NotAcceptable, int NotImplemented, int Closing);

/// <summary>A state, and what a session in it waits for.</summary>
internal readonly record struct StateRow(SessionState State, SessionReading Reading);

/// <summary>A command: its keyword, its argument, the reply that accepts it (the first of its row; 0 where none does), how it is
/// written.</summary>
internal sealed record CommandRow(Verb Verb, string Name, ArgumentKind Argument, int Accepting, string Syntax)
{
    /// <summary>Whether it is a command line; the others are the opening, the end of data, what is no command, and whatever
    /// comes.</summary>
    public bool IsLine { get; init; } = true;

    public bool Required { get; init; }

    /// <summary>What the argument fits where it is <see cref="ArgumentKind.Patterned"/>; null elsewhere.</summary>
    public Regex? Value { get; init; }

    /// <summary>The word its line begins with, where that is not its name: the verb is another command, and its argument tells.</summary>
    public string? Keyword { get; init; }

    /// <summary>What is found in its argument and in that of no other command of its verb; null where nothing has to be.</summary>
    public Regex? Variant { get; init; }

    /// <summary>Whether it is the command of its keyword in all but where it leads: a site is asked as for that one.</summary>
    public bool IsHeir { get; init; }

    /// <summary>What finds in its argument how many octets follow its line; null where none follow.</summary>
    public Regex? Block { get; init; }

    /// <summary>Whether a message is handed over behind it.</summary>
    public bool Delivers { get; init; }

    /// <summary>The keyword of the extension that brings it; null for a command of the base.</summary>
    public string? Extension { get; init; }

    /// <summary>What is appended to the buffer for each of whose contents it draws a reply; none where it draws one reply.</summary>
    public BufferEffects ForEach { get; init; }
}

/// <summary>Commands that are out of order in a state, and what they draw.</summary>
internal sealed record RefusalRow(SessionState State, int Code, params Verb[] Verbs);

/// <summary>Exchanges of one command that lead alike.</summary>
internal sealed record ExchangeRow(SessionState From, Verb Verb, SessionState To, BufferEffects Effects, params int[] Codes);

/// <summary>A parameter of commands; its value fits the pattern, and there is none where that is null.</summary>
internal sealed record ParameterRow(string Keyword, string Syntax, Regex? Value, int Refusal, params Verb[] Verbs)
{
    /// <summary>The parameters of one group are not given together; empty for one that stands alone.</summary>
    public string Group { get; init; } = "";

    /// <summary>Whether a value is out of the bounds that are listed, and the reply to that; null where nothing is bound.</summary>
    public BoundRow? Bound { get; init; }

    /// <summary>The value of the site that its number is at most, and the reply to more; null where there is none.</summary>
    public MostRow? Most { get; init; }
}

/// <summary>The bounds of a parameter's values.</summary>
internal sealed record BoundRow(Func<string, bool> IsOverstepped, int Refusal);

/// <summary>A value of the site as a bound.</summary>
internal sealed record MostRow(string Site, int Refusal);

/// <summary>What EHLO lists.</summary>
internal sealed record ExtensionRow(string Keyword, bool HasArgument)
{
    /// <summary>What stands behind the keyword where the site has no word in it; empty for nothing.</summary>
    public string Argument { get; init; } = "";

    /// <summary>What the site has listed behind the keyword; null where it is the same for all.</summary>
    public SiteRow? Site { get; init; }

    /// <summary>Whether it is listed inside TLS only.</summary>
    public bool IsForTls { get; init; }

    /// <summary>What is refused where the site demands what the extension brings; null where it cannot demand it.</summary>
    public DemandRow? Demand { get; init; }
}

/// <summary>A value of the site, what stands in front of it, and the largest number that can be written there.</summary>
internal sealed record SiteRow(string Name, string Before = "", int Most = int.MaxValue);

/// <summary>The refusal of every command but these where the site demands something first.</summary>
internal sealed record DemandRow(int Code, params Verb[] Served);
