using FsCheck;
using FsCheck.Fluent;

namespace SmtpModel.Testing.Engine;

/// <summary>FsCheck generators of hosts and mailboxes from the grammar both RFC 821 4.1.2 and RFC 5321 4.1.2 have.</summary>
internal static class PathGenerators
{
    private static readonly Gen<char> Letter = Gen.Elements("abcdefghijklmnopqrstuvwxyzABCXYZ".ToCharArray());
    private static readonly Gen<char> LetterOrDigit = Gen.Elements("abcdefghijklmnopqrstuvwxyz0123456789".ToCharArray());
    private static readonly Gen<char> AtomCharacter = Gen.Elements(
        "abcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~".ToCharArray()
    );
    private static readonly Gen<char> QuotedCharacter = Gen.Elements("abc xyz 019 .,:;@()<>[]".ToCharArray());

    /// <summary>A host name, as <c>a1b.c-d.example</c>.</summary>
    public static Gen<string> Host { get; } =
        from labels in Gen.Choose(1, 3).SelectMany(count => Label.ArrayOf(count))
        select string.Join('.', labels) + ".example";

    /// <summary>A local-part, dotted or quoted.</summary>
    public static Gen<string> LocalPart { get; } = Gen.Frequency((4, DotString), (1, QuotedString));

    private static Gen<string> Label =>
        from first in Letter
        from middle in Gen.Choose(0, 6).SelectMany(count => Gen.Frequency((6, LetterOrDigit), (1, Gen.Constant('-'))).ArrayOf(count))
        from last in LetterOrDigit
        select $"{first}{new string(middle)}{last}";

    private static Gen<string> DotString =>
        from atoms in Gen.Choose(1, 3).SelectMany(count => Atom.ArrayOf(count))
        select string.Join('.', atoms);

    private static Gen<string> Atom =>
        Gen.Choose(1, 8).SelectMany(count => AtomCharacter.ArrayOf(count)).Select(characters => new string(characters));

    private static Gen<string> QuotedString =>
        Gen.Choose(1, 10)
            .SelectMany(count =>
                Gen.Frequency((8, QuotedCharacter.Select(character => character.ToString())), (1, Gen.Elements("\\\"", "\\\\", "\\a")))
                    .ArrayOf(count)
            )
            .Select(parts => $"\"{string.Concat(parts)}\"");

    /// <summary>A path in angle brackets to a mailbox at the host, now and then with a source route.</summary>
    /// <param name="host">The mailbox's host.</param>
    public static Gen<string> PathAt(string host) =>
        from local in LocalPart
        from route in Gen.Frequency((5, Gen.Constant("")), (1, from one in Host from two in Host select $"@{one},@{two}:"))
        select $"<{route}{local}@{host}>";
}
