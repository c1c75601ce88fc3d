using SmtpModel.Machines;

namespace SmtpModel.Spec;

/// <summary>
/// What is certain of the document that will obsolete RFC 5321 (draft-ietf-emailcore-rfc5321bis): it was approved in April 2025 and is
/// not published, and its text could not be read whole, so only what its working group's minutes, its list of obsoleted documents, or
/// two who read it say alike. A note is for people: no verdict rests on it.
/// </summary>
public static class Successor
{
    private const string Name = "The successor of RFC 5321, approved and not published,";

    private static readonly Dictionary<string, string> Notes = new(StringComparer.Ordinal)
    {
        ["E2"] = $"{Name} has the greeting 521 of RFC 7504 too, for a host that never takes mail.",
        ["S2"] = $"{Name} has the reply 556 of RFC 7504 to RCPT, and null MX records, which say that a domain takes no mail.",
        ["A5"] = $"{Name} has no source routes any more, but in a historical note.",
        ["A6"] = $"{Name} wants at least one character between the quotes of a local-part, so that \"\" is none.",
    };

    /// <summary>What changes of a rule; null where nothing is certain, or the rule is none of RFC 5321.</summary>
    /// <param name="rule">The rule.</param>
    public static string? NoteOn(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return rule.Clause.Document == "RFC 5321" ? Notes.GetValueOrDefault(rule.Id) : null;
    }

    /// <summary>The ids of the rules that have a note.</summary>
    public static IReadOnlyCollection<string> Noted => Notes.Keys;
}
