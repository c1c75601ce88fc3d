namespace SmtpModel.Spec;

/// <summary>Rules that no case is named for, and why.</summary>
public static class RulesWithoutCase
{
    /// <summary>The reason, by the standard and the rule's id, as <c>RFC 5321 O9</c>.</summary>
    public static IReadOnlyDictionary<string, string> Reasons { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["RFC 5321 O9"] = "Its cases stand under the rules that say it of each command: E4 of RCPT, E5 of DATA, E6 and E7 of MAIL.",
            ["RFC 7504 NM1"] = "It leaves two ways to a server that greets with 521; whoever greets so is tested no further.",
            ["RFC 7504 NM2"] = "It lets a server say 556; whoever does is accused of nothing.",
            ["RFC 2645 AT3"] =
                "A session that has logged in asks for no mail; the machine with AUTH has it, and its properties are proved.",
            ["RFC 2033 LM7"] = "Its case is there where CHUNKING is, as in lmtp+chunking.",
        };
}
