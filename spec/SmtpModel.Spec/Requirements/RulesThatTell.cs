namespace SmtpModel.Spec;

/// <summary>Rules whose cases tell what a server does and accuse none by them, and why: no requirement counts them.</summary>
public static class RulesThatTell
{
    /// <summary>The reason, by the standard and the rule's id, as <c>RFC 5321 S2</c>.</summary>
    public static IReadOnlyDictionary<string, string> Reasons { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["RFC 5321 S2"] = "Which mailboxes a site takes is its own to say; the sentence binds who writes them.",
            ["RFC 5321 C"] = "Its cases are the commands that a server need not have; those that it must have are M1's.",
            ["RFC 2920 PL4"] = "A 250 to an empty message for nobody does not say that something was sent.",
        };
}
