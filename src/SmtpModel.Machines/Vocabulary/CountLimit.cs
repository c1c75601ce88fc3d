using System.Globalization;

namespace SmtpModel.Machines;

/// <summary>
/// How often a command may come, where a server says so: a word <c>NAME=NUMBER</c> behind the keyword of an extension in the reply to
/// EHLO. A client keeps to it.
/// </summary>
/// <param name="Name">The name, as <c>RCPTMAX</c>; its case counts for nothing.</param>
/// <param name="Counted">The commands that are counted, accepted or not.</param>
/// <param name="Anew">The commands that begin to count anew; none where a whole session is counted.</param>
/// <param name="Rule">The rule that a server takes as many as it says.</param>
public sealed record CountLimit(string Name, IReadOnlyList<Command> Counted, IReadOnlyList<Command> Anew, Rule Rule)
{
    /// <summary>The keyword that EHLO lists it behind; set when the part that brings it is composed.</summary>
    public string Extension { get; init; } = "";

    /// <summary>The number that an offer says; null where it says none, or none that can be read.</summary>
    /// <param name="words">What stands behind the keyword.</param>
    public int? In(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return
            words
                .Where(word => word.StartsWith($"{Name}=", StringComparison.OrdinalIgnoreCase))
                .Select(word => word[(Name.Length + 1)..])
                .FirstOrDefault()
                is { } number
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var most)
            && most > 0
            ? most
            : null;
    }
}
