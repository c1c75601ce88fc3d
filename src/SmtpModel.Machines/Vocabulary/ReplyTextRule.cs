using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace SmtpModel.Machines;

/// <summary>
/// What the text of replies has to look like where an extension is offered, as the enhanced status codes of RFC 2034.
/// </summary>
/// <param name="Rule">The rule.</param>
/// <param name="Pattern">
/// A regular expression for a line of the reply: its code, a space or hyphen, its text. A group named <c>same</c> has to be the
/// same on each line.
/// </param>
/// <param name="Except">The commands whose replies it says nothing of.</param>
public sealed record ReplyTextRule(Rule Rule, [StringSyntax(StringSyntaxAttribute.Regex)] string Pattern, IReadOnlyList<Command> Except)
{
    private Regex Compiled => field ??= new Regex(Pattern, RegexOptions.CultureInvariant);

    /// <summary>Whether it says anything of a reply.</summary>
    /// <param name="command">The command that drew it.</param>
    /// <param name="code">Its code; 3yz are exempt.</param>
    public bool AppliesTo(Command command, int code) => code / 100 is 2 or 4 or 5 && !Except.Contains(command);

    /// <summary>The first line of a reply that breaks it; null when none does.</summary>
    /// <param name="lines">The lines, each with its code.</param>
    public string? Broken(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        string? same = null;
        foreach (var line in lines)
        {
            var match = Compiled.Match(line);
            if (!match.Success || (same is not null && match.Groups["same"].Value != same))
            {
                return line;
            }

            same = match.Groups["same"].Value;
        }

        return null;
    }
}
