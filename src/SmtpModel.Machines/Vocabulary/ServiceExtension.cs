namespace SmtpModel.Machines;

/// <summary>What a server lists in its reply to EHLO when it has an extension (RFC 5321 2.2.2 and 4.1.1.1).</summary>
/// <param name="Keyword">The EHLO keyword, as <c>SIZE</c>.</param>
/// <param name="Title">What it is, in a few words.</param>
/// <param name="Clause">Where the standard registers it.</param>
public sealed record ServiceExtension(string Keyword, string Title, Clause Clause)
{
    /// <summary>How what stands behind the keyword is written; null where nothing may.</summary>
    public ValueSyntax? Argument { get; init; }

    /// <summary>
    /// What a server of ours lists behind the keyword, where that is its site's to say; null where it is the same for all sites, the first
    /// valid example of <see cref="Argument"/>.
    /// </summary>
    public SiteValue? FromSite { get; init; }

    /// <summary>The rule on what stands behind the keyword; null where the standard says nothing binding.</summary>
    public Rule? Form { get; init; }

    /// <summary>Keywords that have to be offered with it, each with the rule that says so.</summary>
    public IReadOnlyDictionary<string, Rule> Needs { get; init; } = new Dictionary<string, Rule>();

    /// <summary>Whether it is meant for sessions inside TLS, and is neither offered nor used in others.</summary>
    public bool IsForTls { get; init; }

    /// <summary>
    /// The commands that are served where the site demands what the extension brings before it serves anything else, as TLS or a password;
    /// every other one is refused there with a code of <see cref="TransitionTable.Conditions"/>. What lists the extensions and what
    /// secures
    /// the channel need not be named. Empty where nothing can be demanded.
    /// </summary>
    public IReadOnlyList<Command> ServedFirst { get; init; } = [];

    /// <summary>The keyword.</summary>
    public override string ToString() => Keyword;
}
