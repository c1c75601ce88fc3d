using static SmtpModel.Protocol.Dialect;
using static SmtpModel.Protocol.SyntaxFault;

namespace SmtpModel.Protocol.Tests;

public class PathTables
{
    private static readonly string Local64 = new('a', 64);
    private static readonly string Domain64 = string.Join('.', Enumerable.Repeat("abcdefg", 8)) + "h";
    // 188 octets; with one more, 64 of local-part, the at sign and the brackets it makes a path of 256
    private static readonly string Domain188 = string.Join('.', Enumerable.Repeat("abcdefgh", 21));

    public static TheoryData<string, Dialect, string, string, string, bool, string> GoodReversePaths => new()
    {
        // argument, dialect, source route, local-part, domain, is address, parameters
        { "FROM:<a@b.example>", Rfc821, "", "a", "b.example", false, "" },
        { "FROM:<a@b.example>", Rfc5321, "", "a", "b.example", false, "" },
        { "from:<a@b>", Rfc5321, "", "a", "b", false, "" },
        { "FrOm:<a@b>", Rfc821, "", "a", "b", false, "" },
        { "FROM:<@x.example,@y:a@b>", Rfc821, "@x.example,@y", "a", "b", false, "" },
        { "FROM:<@x.example,@y:a@b>", Rfc5321, "@x.example,@y", "a", "b", false, "" },
        { "FROM:<@#1,@[1.2.3.4]:a@b>", Rfc821, "@#1,@[1.2.3.4]", "a", "b", false, "" },
        { "FROM:<a@#123>", Rfc821, "", "a", "#123", false, "" },
        { "FROM:<a@[10.0.3.19]>", Rfc821, "", "a", "[10.0.3.19]", true, "" },
        { "FROM:<a@[1.2.3.4].b.#5>", Rfc821, "", "a", "[1.2.3.4].b.#5", false, "" },
        { "FROM:<a@[1.2.3.4].[1.2.3.4]>", Rfc821, "", "a", "[1.2.3.4].[1.2.3.4]", false, "" },
        { "FROM:<a@[001.02.3.255]>", Rfc5321, "", "a", "[001.02.3.255]", true, "" },
        { "FROM:<a@[IPv6:2001:db8::1]>", Rfc5321, "", "a", "[IPv6:2001:db8::1]", true, "" },
        { "FROM:<a@[ipv6:::]>", Rfc5321, "", "a", "[ipv6:::]", true, "" },
        { "FROM:<a@[IPv6:1:2:3:4:5:6:7:8]>", Rfc5321, "", "a", "[IPv6:1:2:3:4:5:6:7:8]", true, "" },
        { "FROM:<a@[IPv6:1:2:3:4:5:6:1.2.3.4]>", Rfc5321, "", "a", "[IPv6:1:2:3:4:5:6:1.2.3.4]", true, "" },
        { "FROM:<a@[IPv6:1:2:3:4::1.2.3.4]>", Rfc5321, "", "a", "[IPv6:1:2:3:4::1.2.3.4]", true, "" },
        { "FROM:<a@[x-tag:~!^]>", Rfc5321, "", "a", "[x-tag:~!^]", true, "" },
        { "FROM:<Joe\\,Smith@b>", Rfc821, "", "Joe\\,Smith", "b", false, "" },
        { "FROM:<Joe\\ Smith.x@b>", Rfc821, "", "Joe\\ Smith.x", "b", false, "" },
        { "FROM:<\"Joe Smith\"@b>", Rfc821, "", "\"Joe Smith\"", "b", false, "" },
        { "FROM:<\"a\\\"b\\\\ <c>@d\"@e>", Rfc5321, "", "\"a\\\"b\\\\ <c>@d\"", "e", false, "" },
        { "FROM:<\"\"@b>", Rfc5321, "", "\"\"", "b", false, "" },
        { "FROM:<!#$%&'*+-/=?^_`{|}~.1@b>", Rfc5321, "", "!#$%&'*+-/=?^_`{|}~.1", "b", false, "" },
        { "FROM:<!#$%&'*+-/=?^_`{|}~.1@b>", Rfc821, "", "!#$%&'*+-/=?^_`{|}~.1", "b", false, "" },
        { "FROM:<a@3com.example>", Rfc5321, "", "a", "3com.example", false, "" },
        { "FROM:<a@b--c.de>", Rfc821, "", "a", "b--c.de", false, "" },
        { "FROM:<a@b> SIZE=1 BODY=7BIT", Rfc5321, "", "a", "b", false, "SIZE=1 BODY=7BIT" },
        { "FROM:<> SIZE=1", Rfc5321, "", "", "", false, "SIZE=1" },
        { "FROM:<a@b> ", Rfc5321, "", "a", "b", false, "" },
        { $"FROM:<{Local64}@b>", Rfc5321, "", Local64, "b", false, "" },
        { $"FROM:<{Local64}@b>", Rfc821, "", Local64, "b", false, "" },
        { $"FROM:<a@{Domain64}>", Rfc821, "", "a", Domain64, false, "" },
        { $"FROM:<{Local64}@{Domain188}x>", Rfc5321, "", Local64, Domain188 + "x", false, "" },
    };

    public static TheoryData<string, Dialect, SyntaxFault> BadReversePaths => new()
    {
        { "", Rfc5321, FromMissing },
        { "FRO", Rfc5321, FromMissing },
        { "TO:<a@b>", Rfc5321, FromMissing },
        { "<a@b>", Rfc821, FromMissing },
        { "FROM", Rfc5321, ColonMissing },
        { "FROM ", Rfc5321, ColonMissing },
        { "FROM <a@b>", Rfc5321, ColonMissing },
        { "FROMX:<a@b>", Rfc5321, ColonMissing },
        { "FROM: <a@b>", Rfc5321, SpaceAroundColon },
        { "FROM :<a@b>", Rfc5321, SpaceAroundColon },
        { "FROM  : <a@b>", Rfc821, SpaceAroundColon },
        { "FROM:", Rfc5321, PathNotOpened },
        { "FROM:a@b", Rfc5321, PathNotOpened },
        { "FROM:<a@b", Rfc5321, PathNotClosed },
        { "FROM:<a@[1.2.3.4]", Rfc5321, PathNotClosed },
        { "FROM:<", Rfc5321, LocalPartMissing },
        { "FROM:<@b>", Rfc5321, SourceRouteNotEnded },
        { "FROM:<@b:>", Rfc5321, LocalPartMissing },
        { "FROM:<@b:@c>", Rfc5321, LocalPartMissing },
        { "FROM:<@b,c:a@d>", Rfc5321, SourceRouteHost },
        { "FROM:<@b,", Rfc5321, SourceRouteHost },
        { "FROM:<@:a@b>", Rfc5321, DomainMissing },
        { "FROM:<@[1.2.3.4]:a@b>", Rfc5321, AddressLiteralNotAllowed },
        { "FROM:<@b,@c a@d>", Rfc821, SourceRouteNotEnded },
        { "FROM:<a>", Rfc5321, AtSignMissing },
        { "FROM:<a", Rfc5321, AtSignMissing },
        { "FROM:<Postmaster>", Rfc5321, AtSignMissing },
        { "FROM:<a@>", Rfc5321, DomainMissing },
        { "FROM:<a@", Rfc821, DomainMissing },
        { "FROM:< a@b>", Rfc5321, LocalPartCharacter },
        { "FROM:<a b@c>", Rfc5321, LocalPartCharacter },
        { "FROM:<a(b)@c>", Rfc5321, LocalPartCharacter },
        { "FROM:<a\"b@c>", Rfc821, LocalPartCharacter },
        { "FROM:<\"a\"b@c>", Rfc5321, LocalPartCharacter },
        { "FROM:<\"a\".b@c>", Rfc5321, LocalPartCharacter },
        { "FROM:<Joe\\,Smith@b>", Rfc5321, LocalPartCharacter },
        { "FROM:<.a@b>", Rfc5321, LocalPartDot },
        { "FROM:<a.@b>", Rfc821, LocalPartDot },
        { "FROM:<a..b@c>", Rfc5321, LocalPartDot },
        { "FROM:<a.(b@c>", Rfc5321, LocalPartCharacter },
        { "FROM:<\"a@b>", Rfc5321, QuoteNotClosed },
        { "FROM:<\"a@b>\\", Rfc5321, EscapeIncomplete },
        { "FROM:<a\\", Rfc821, EscapeIncomplete },
        { "FROM:<\"\"@b>", Rfc821, QuotedStringEmpty },
        { "FROM:<a@b_c>", Rfc5321, DomainCharacter },
        { "FROM:<a@b c>", Rfc5321, DomainCharacter },
        { "FROM:<a@b@c>", Rfc5321, DomainCharacter },
        { "FROM:<a@(b>", Rfc5321, DomainCharacter },
        { "FROM:<a@#1>", Rfc5321, DomainCharacter },
        { "FROM:<a@[1.2.3.4].b>", Rfc5321, DomainCharacter },
        { "FROM:<a@b.[1.2.3.4]>", Rfc5321, DomainCharacter },
        { "FROM:<a@b.>", Rfc5321, DomainDot },
        { "FROM:<a@.b>", Rfc821, DomainDot },
        { "FROM:<a@b..c>", Rfc5321, DomainDot },
        { "FROM:<a@-b>", Rfc5321, DomainNameStart },
        { "FROM:<a@b.-c>", Rfc821, DomainNameStart },
        { "FROM:<a@3com.example>", Rfc821, DomainNameStart },
        { "FROM:<a@b->", Rfc5321, DomainNameEnd },
        { "FROM:<a@b-.c>", Rfc821, DomainNameEnd },
        { "FROM:<a@#>", Rfc821, HostNumber },
        { "FROM:<a@#x>", Rfc821, HostNumber },
        { "FROM:<a@[1.2.3.4>", Rfc5321, AddressLiteralNotClosed },
        { "FROM:<a@[1.2.3.4>", Rfc821, AddressLiteralNotClosed },
        { "FROM:<a@[]>", Rfc5321, IPv4Address },
        { "FROM:<a@[1.2.3]>", Rfc5321, IPv4Address },
        { "FROM:<a@[1.2.3.4.5]>", Rfc821, IPv4Address },
        { "FROM:<a@[1.2.3.256]>", Rfc5321, IPv4Address },
        { "FROM:<a@[1.2.3.0004]>", Rfc5321, IPv4Address },
        { "FROM:<a@[1..3.4]>", Rfc821, IPv4Address },
        { "FROM:<a@[IPv6:1::2]>", Rfc821, IPv4Address },
        { "FROM:<a@[IPv6:]>", Rfc5321, IPv6Address },
        { "FROM:<a@[IPv6:1:2:3:4:5:6:7]>", Rfc5321, IPv6Address },
        { "FROM:<a@[IPv6:1:2:3:4:5:6:7:8:9]>", Rfc5321, IPv6Address },
        { "FROM:<a@[IPv6:1:2:3:4:5:6:7::]>", Rfc5321, IPv6Address },
        { "FROM:<a@[IPv6:1::2::3]>", Rfc5321, IPv6Address },
        { "FROM:<a@[IPv6:12345::]>", Rfc5321, IPv6Address },
        { "FROM:<a@[ipv6:general]>", Rfc5321, IPv6Address },
        { "FROM:<a@[IPv6::1]>", Rfc5321, IPv6Address },
        { "FROM:<a@[IPv6:1:]>", Rfc5321, IPv6Address },
        { "FROM:<a@[IPv6:::1.2.3]>", Rfc5321, IPv6Address },
        { "FROM:<a@[IPv6:1:2:3:4:5::1.2.3.4]>", Rfc5321, IPv6Address },
        { "FROM:<a@[IPv6:fe80::1%1]>", Rfc5321, IPv6Address },
        { "FROM:<a@[:x]>", Rfc5321, AddressLiteralTag },
        { "FROM:<a@[x-:y]>", Rfc5321, AddressLiteralTag },
        { "FROM:<a@[x_y:z]>", Rfc5321, AddressLiteralTag },
        { "FROM:<a@[x:]>", Rfc5321, AddressLiteralContent },
        { "FROM:<a@[x:y[]>", Rfc5321, AddressLiteralContent },
        { "FROM:<a@[x:y z]>", Rfc5321, AddressLiteralContent },
        { "FROM:<a@b>x", Rfc5321, TextAfterPath },
        { "FROM:<a@b>>", Rfc5321, TextAfterPath },
        { "FROM:<>x", Rfc5321, TextAfterPath },
        { "FROM:<a@b> SIZE=1", Rfc821, TextAfterPath },
        { $"FROM:<{Local64}a@b>", Rfc5321, LocalPartTooLong },
        { $"FROM:<\"{new string('a', 63)}\"@b>", Rfc821, LocalPartTooLong },
        { $"FROM:<a@{Domain64}i>", Rfc821, DomainTooLong },
        { $"FROM:<a@{new string('a', 256)}>", Rfc5321, DomainTooLong },
        { $"FROM:<{Local64}@{Domain188}xy>", Rfc5321, PathTooLong },
        { $"FROM:<@{Domain64},@{Domain64},@{Domain64}:{Local64}@b>", Rfc821, PathTooLong },
        { "FROM:<a\0@b>", Rfc5321, NulOctet },
        { "FROM:<a\r@b>", Rfc5321, BareCr },
        { "FROM:<\"a\n\"@b>", Rfc821, BareLf },
        { "FROM:<\"a\t\"@b>", Rfc821, ControlCharacter },
        { "FROM:<a@b\x7F>", Rfc5321, ControlCharacter },
        { "FROM:<\xE9@b>", Rfc5321, EightBitOctet },
    };

    [Theory, MemberData(nameof(GoodReversePaths))]
    public void A_good_reverse_path_is_cut_into_its_parts_RFC_821_and_5321_4_1_2(
        string argument, Dialect dialect, string route, string local, string domain, bool isAddress, string parameters)
    {
        byte[] octets = Wire.Octets(argument);

        Assert.Equal(None, PathGrammar.ParseReversePath(octets, dialect, out var path));
        Assert.Equal(
            (route, local, domain, isAddress, parameters),
            (Text(path.SourceRoute), Text(path.LocalPart), Text(path.Domain), path.IsAddressLiteral, Text(path.Parameters)));
        string inside = (route.Length == 0 ? "" : route + ":") + (local.Length == 0 ? "" : $"{local}@{domain}");
        Assert.Equal($"<{inside}>", Text(path.Path));
        Assert.Equal(inside.Length == 0, path.IsNull);

        string Text(Slice slice) => Wire.Text(slice.Of(octets));
    }

    [Theory, MemberData(nameof(BadReversePaths))]
    public void A_bad_reverse_path_is_refused_with_its_own_fault_RFC_821_and_5321_4_1_2(
        string argument, Dialect dialect, SyntaxFault expected)
    {
        Assert.Equal(expected, PathGrammar.ParseReversePath(Wire.Octets(argument), dialect, out var path));
        Assert.Equal(default, path);
    }

    [Theory]
    [InlineData("TO:<a@b>", Rfc821, "a", "b")]
    [InlineData("to:<a@b>", Rfc5321, "a", "b")]
    [InlineData("TO:<@x,@y:a@b>", Rfc821, "a", "b")]
    [InlineData("TO:<@x,@y:a@b>", Rfc5321, "a", "b")]
    [InlineData("TO:<Postmaster>", Rfc5321, "Postmaster", "")]
    [InlineData("TO:<pOSTMASTER> NOTIFY=NEVER", Rfc5321, "pOSTMASTER", "")]
    [InlineData("TO:<postmaster@[IPv6:::1]>", Rfc5321, "postmaster", "[IPv6:::1]")]
    public void A_good_forward_path_is_taken_RFC_5321_4_1_1_3(string argument, Dialect dialect, string local, string domain)
    {
        byte[] octets = Wire.Octets(argument);

        Assert.Equal(None, PathGrammar.ParseForwardPath(octets, dialect, out var path));
        Assert.Equal((local, domain), (Wire.Text(path.LocalPart.Of(octets)), Wire.Text(path.Domain.Of(octets))));
        Assert.False(path.IsNull);
    }

    [Theory]
    [InlineData("TO:<>", Rfc5321, NullForwardPath)]
    [InlineData("TO:<>", Rfc821, NullForwardPath)]
    [InlineData("TO:<Postmaster>", Rfc821, AtSignMissing)]
    [InlineData("TO:<@x:Postmaster>", Rfc5321, AtSignMissing)]
    [InlineData("TO:<\"Postmaster\">", Rfc5321, AtSignMissing)]
    [InlineData("TO:<Postmaste>", Rfc5321, AtSignMissing)]
    [InlineData("FROM:<a@b>", Rfc5321, ToMissing)]
    [InlineData("T", Rfc5321, ToMissing)]
    [InlineData("TO :<a@b>", Rfc5321, SpaceAroundColon)]
    [InlineData("TO: <a@b>", Rfc5321, SpaceAroundColon)]
    [InlineData("TO<a@b>", Rfc5321, ColonMissing)]
    public void A_bad_forward_path_is_refused_with_its_own_fault_RFC_5321_4_1_1_3(
        string argument, Dialect dialect, SyntaxFault expected)
    {
        Assert.Equal(expected, PathGrammar.ParseForwardPath(Wire.Octets(argument), dialect, out var path));
        Assert.Equal(default, path);
    }
}
