using FsCheck;
using FsCheck.Fluent;

namespace SmtpModel.Protocol.Tests;

// Octets of one kind; the kinds differ only in how they are generated.
public sealed record AnyOctets(byte[] Octets)
{
    public override string ToString() => Wire.Show(Octets);
}

public sealed record DataOctets(byte[] Octets)
{
    public override string ToString() => Wire.Show(Octets);
}

public sealed record PathOctets(byte[] Octets)
{
    public override string ToString() => Wire.Show(Octets);
}

public sealed record ReplyOctets(byte[] Octets)
{
    public override string ToString() => Wire.Show(Octets);
}

public static class WireGenerators
{
    private static readonly string[] DataPieces =
        ["\r", "\n", ".", "\r\n", "\r\n", "\r\n.", "\n.", "\r.", "\r\n..", "a", "text", "\0", "\x80"];

    private static readonly string[] PathPieces =
    [
        "<", ">", "@", ",", ":", ".", "\"", "\\", "[", "]", "#", " ", "-", "a", "b1", "example", "Postmaster", "a@b.cc", "joe",
        "[1.2.3.4]", "[256.1.1.1]", "[IPv6:::1]", "[IPv6:1:2:3:4:5:6:7:8]", "[IPv6:1::1.2.3.4]", "[x-y:z]", "#12", "\"a b\"", "\"\\\"\"",
        "\\,", "@a.example", "@a,@b:", "_", "1", "(", "\"\"", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", " SIZE=1",
    ];

    private static readonly string[] LocalParts = ["a", "joe.x", "\"a b\"", "\"\\\"@>\"", "\"\"", "a\\,b", "\\<", "!#$%", "Postmaster"];

    private static readonly string[] Domains =
    [
        "a", "b.example", "x-y.z1", "[1.2.3.4]", "#1", "a.[1.1.1.1].b", "[IPv6:1:2::3]", "[IPv6:::1.2.3.4]", "[x:y]", "[IPv6:1]",
        "[1.2.3]", "1a", "a-", "-a", "a..b", "a_b", "[x:]",
    ];

    private static readonly string[] ReplyPieces =
    [
        "\r\n",
        "\r\n",
        "\n",
        "\r",
        "250 ",
        "250-",
        "250",
        "550 ",
        "354 ",
        "199 ",
        "260 ",
        "2",
        "5",
        " ",
        "-",
        "OK",
        "text",
        "\t",
        "\0",
        "\xE9",
        new string('x', 300),
    ];

    public static Arbitrary<AnyOctets> Any() =>
        Shrinking(ArbMap.Default.ArbFor<byte>().Generator.ArrayOf(), octets => new AnyOctets(octets), value => value.Octets);

    // pieces that end or nearly end mail data, and the end itself now and then
    public static Arbitrary<DataOctets> Data() =>
        Shrinking(
            Pieces(DataPieces, (1, Gen.Constant("\r\n.\r\n"))), octets => new DataOctets(octets), value => value.Octets);

    // most of them are built as a mailbox is, or hardly any would be good
    public static Arbitrary<PathOctets> Path()
    {
        var likely =
            from route in Gen.Frequency((3, Gen.Constant("")), (1, Gen.Elements("@a:", "@b.example,@c:", "@#1:", "@:", "@a")))
            from local in Gen.Frequency((2, Gen.Elements(LocalParts)), (1, Gen.Elements(PathPieces)))
            from more in Gen.Frequency((3, Gen.Constant("")), (1, Gen.Elements(".x", "\"", "+tag", ".")))
            from domain in Gen.Elements(Domains)
            select Wire.Octets($"<{route}{local}{more}@{domain}>");
        return Shrinking(
            Gen.Frequency((3, likely), (1, Pieces(PathPieces))), octets => new PathOctets(octets), value => value.Octets);
    }

    public static Arbitrary<ReplyOctets> Reply() =>
        Shrinking(Pieces(ReplyPieces), octets => new ReplyOctets(octets), value => value.Octets);

    private static Arbitrary<T> Shrinking<T>(Gen<byte[]> octets, Func<byte[], T> wrap, Func<T, byte[]> unwrap) =>
        Arb.From(octets.Select(wrap), value => Smaller(unwrap(value)).Select(wrap));

    private static Gen<byte[]> Pieces(string[] pieces, params (int, Gen<string>)[] rare)
    {
        (int, Gen<string>)[] choices = [(20, Gen.Elements(pieces)), .. rare];
        return Gen.Frequency(choices).ArrayOf().Select(chosen => Wire.Octets(string.Concat(chosen)));
    }

    private static IEnumerable<byte[]> Smaller(byte[] octets)
    {
        for (int length = octets.Length / 2; length > 0; length /= 2)
        {
            for (int start = 0; start + length <= octets.Length; start += length)
                yield return [.. octets[..start], .. octets[(start + length)..]];
        }
    }
}
