using System.Globalization;

namespace SmtpModel.Diagrams;

/// <summary>Names of C# for a machine's words: begun with a capital, so that none is a keyword; none twice in one list.</summary>
internal sealed class CodeNames<T>(Func<T, string> words) where T : notnull
{
    private readonly Dictionary<T, string> _names = [];

    public CodeNames(IEnumerable<T> all, Func<T, string> words, params IEnumerable<string> reserved) : this(words)
    {
        var taken = new HashSet<string>(reserved, StringComparer.Ordinal);
        foreach (var one in all)
        {
            var name = CodeNames.Pascal(words(one));
            for (var number = 2; !taken.Add(name); number++)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{CodeNames.Pascal(words(one))}{number}");
            }

            _names[one] = name;
        }
    }

    public string this[T one] =>
        _names.TryGetValue(one, out var name) ? name : throw new InvalidOperationException($"{words(one)} has no name");
}

/// <summary>Words as names of C#.</summary>
internal static class CodeNames
{
    private static readonly HashSet<string> Keywords = new(
        (
            "abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum "
                + "event explicit extern false finally fixed float for foreach goto "
            + "if implicit in int interface internal is lock long namespace new null object operator out override params private "
            + "protected public readonly ref return sbyte sealed short sizeof stackalloc "
            + "static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while"
        ).Split(' '),
        StringComparer.Ordinal
    );

    public static bool IsIdentifier(string name) =>
        name.Length > 0
        && (char.IsAsciiLetter(name[0]) || name[0] == '_')
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
        && !Keywords.Contains(name);

    /// <summary>Words as one name, as <c>EndOfData</c>; letters that are capitals stay so.</summary>
    public static string Pascal(string words)
    {
        var parts = string.Concat(words.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var name = string.Concat(parts.Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        return name.Length > 0 && char.IsAsciiLetter(name[0]) ? name : "N" + name;
    }
}
