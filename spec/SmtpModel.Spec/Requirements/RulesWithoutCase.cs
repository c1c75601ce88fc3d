namespace SmtpModel.Spec;

/// <summary>Rules that no case is named for, and why.</summary>
public static class RulesWithoutCase
{
    /// <summary>The reason, by the standard and the rule's id, as <c>RFC 5321 O9</c>.</summary>
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["RFC 5321 O9"] = "Its cases stand under the rules that say it of each command: E4 of RCPT, E5 of DATA, E6 and E7 of MAIL.",
        ["RFC 2033 LM7"] = "Its case is there where CHUNKING is, as in lmtp+chunking.",
    };
}
