namespace SmtpModel.Spec;

/// <summary>
/// How a standard words a requirement. Standards before RFC 2119 have no capitals, and a grammar or a table has no such word at all.
/// </summary>
public enum Wording
{
    /// <summary>MUST, SHALL or REQUIRED in capitals.</summary>
    Must,

    /// <summary>MUST NOT in capitals.</summary>
    MustNot,

    /// <summary>SHOULD or RECOMMENDED in capitals.</summary>
    Should,

    /// <summary>SHOULD NOT in capitals.</summary>
    ShouldNot,

    /// <summary>"must", "shall" or "may not" in small letters.</summary>
    SmallMust,

    /// <summary>"should" or "should not" in small letters.</summary>
    SmallShould,

    /// <summary>No such word: a grammar, a table, or a sentence that says how it is.</summary>
    Stated,
}

/// <summary>One thing that a standard asks of a receiver, in our own words, and what holds a server to it.</summary>
/// <param name="Section">The section, as <c>4.1.1.4</c>.</param>
/// <param name="Wording">How the standard words it.</param>
/// <param name="Asks">What is asked, in one sentence.</param>
public sealed record Requirement(string Section, Wording Wording, string Asks)
{
    /// <summary>The ids of the rules that hold a server to it, as <c>O3</c>; none where nothing does.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>Why no case holds a server to it, as what is not seen from outside; beside rules, what of it they do not hold; null where
    /// all of it is held.</summary>
    public string? Unseen { get; init; }

    /// <summary>How the standard words it, as it is printed: <c>MUST NOT</c>, <c>should</c>, or <c>stated</c>.</summary>
    public string Level => Wording switch
    {
        Wording.Must => "MUST",
        Wording.MustNot => "MUST NOT",
        Wording.Should => "SHOULD",
        Wording.ShouldNot => "SHOULD NOT",
        Wording.SmallMust => "must",
        Wording.SmallShould => "should",
        _ => "stated",
    };

    /// <summary>Whether a server is held to all of it.</summary>
    public bool IsHeld => Rules.Count > 0 && Unseen is null;

    /// <summary>Whether a server is held to some of it.</summary>
    public bool IsHeldInPart => Rules.Count > 0 && Unseen is not null;

    internal static Requirement Must(string section, string asks, params string[] rules) =>
        Of(section, Wording.Must, asks, rules);

    internal static Requirement MustNot(string section, string asks, params string[] rules) =>
        Of(section, Wording.MustNot, asks, rules);

    internal static Requirement Should(string section, string asks, params string[] rules) =>
        Of(section, Wording.Should, asks, rules);

    internal static Requirement ShouldNot(string section, string asks, params string[] rules) =>
        Of(section, Wording.ShouldNot, asks, rules);

    internal static Requirement SmallMust(string section, string asks, params string[] rules) =>
        Of(section, Wording.SmallMust, asks, rules);

    internal static Requirement SmallShould(string section, string asks, params string[] rules) =>
        Of(section, Wording.SmallShould, asks, rules);

    internal static Requirement Stated(string section, string asks, params string[] rules) =>
        Of(section, Wording.Stated, asks, rules);

    /// <summary>The same, with a reason why it, or what its rules leave of it, is not seen.</summary>
    internal Requirement But(string reason) => this with { Unseen = reason };

    private static Requirement Of(string section, Wording wording, string asks, string[] rules) =>
        new(section, wording, asks) { Rules = rules };
}
