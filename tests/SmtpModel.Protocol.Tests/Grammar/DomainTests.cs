using System.Net;
using FsCheck.Fluent;
using static SmtpModel.Protocol.Dialect;
using static SmtpModel.Protocol.SyntaxFault;

namespace SmtpModel.Protocol.Tests;

public class DomainTests
{
    [Theory]
    [InlineData("client.example", Rfc821)]
    [InlineData("client.example", Rfc5321)]
    [InlineData("a", Rfc821)]
    [InlineData("x1-2.y", Rfc821)]
    [InlineData("#123", Rfc821)]
    [InlineData("[1.2.3.4]", Rfc821)]
    [InlineData("a.#1.[1.2.3.4]", Rfc821)]
    [InlineData("1.example", Rfc5321)]
    [InlineData("[127.0.0.1]", Rfc5321)]
    [InlineData("[IPv6:fe80::1]", Rfc5321)]
    [InlineData("[tag:content]", Rfc5321)]
    public void A_client_may_name_itself_so(string text, Dialect dialect) =>
        Assert.Equal(None, DomainGrammar.Parse(Wire.Octets(text), dialect, addressLiteral: true));

    [Theory]
    [InlineData("", Rfc821, DomainMissing)]
    [InlineData("", Rfc5321, DomainMissing)]
    [InlineData(".", Rfc5321, DomainDot)]
    [InlineData("a.", Rfc5321, DomainDot)]
    [InlineData("a b", Rfc5321, DomainCharacter)]
    [InlineData("a:b", Rfc5321, DomainCharacter)]
    [InlineData("a_b", Rfc821, DomainCharacter)]
    [InlineData("[1.2.3.4]x", Rfc5321, DomainCharacter)]
    [InlineData("[1.2.3.4].", Rfc821, DomainDot)]
    [InlineData("#1x", Rfc821, DomainCharacter)]
    [InlineData("1a", Rfc821, DomainNameStart)]
    [InlineData("[", Rfc5321, AddressLiteralNotClosed)]
    [InlineData("[IPv6:1]", Rfc5321, IPv6Address)]
    [InlineData("a\0", Rfc5321, NulOctet)]
    [InlineData("\xE4.example", Rfc5321, EightBitOctet)]
    public void A_client_may_not_name_itself_so(string text, Dialect dialect, SyntaxFault expected) =>
        Assert.Equal(expected, DomainGrammar.Parse(Wire.Octets(text), dialect, addressLiteral: true));

    [Theory]
    [InlineData("[1.2.3.4]", Rfc5321)]
    [InlineData("[1.2.3.4]", Rfc821)]
    [InlineData("#1", Rfc821)]
    [InlineData("a.#1", Rfc821)]
    public void An_address_is_refused_where_only_a_name_may_stand_RFC_5321_4_1_1_1(string text, Dialect dialect) =>
        Assert.Equal(AddressLiteralNotAllowed, DomainGrammar.Parse(Wire.Octets(text), dialect, addressLiteral: false));

    [Theory]
    [InlineData(Rfc821, 64)]
    [InlineData(Rfc5321, 255)]
    public void A_domain_is_limited_RFC_821_4_5_3_and_RFC_5321_4_5_3_1_2(Dialect dialect, int longest)
    {
        string text = string.Concat(Enumerable.Repeat("abcd.", 60))[..(longest - 1)].TrimEnd('.').PadRight(longest, 'x');

        Assert.Equal(None, DomainGrammar.Parse(Wire.Octets(text), dialect, addressLiteral: true));
        Assert.Equal(DomainTooLong, DomainGrammar.Parse(Wire.Octets(text + "x"), dialect, addressLiteral: true));
    }

    [WireProperty]
    public void A_domain_is_taken_exactly_if_the_productions_give_it(PathOctets octets)
    {
        foreach (var dialect in Enum.GetValues<Dialect>())
        {
            bool isTaken = DomainGrammar.Parse(Wire.Fenced(octets.Octets, (byte)']'), dialect, addressLiteral: true) == None;
            Assert.Equal(ReferencePathGrammar.IsDomain(Wire.Text(octets.Octets), dialect), isTaken);
        }
    }

    [WireProperty]
    public FsCheck.Property What_is_taken_as_an_IPv6_address_is_one_to_the_framework_too() =>
        Prop.ForAll(IPv6LikeText(), text =>
        {
            byte[] octets = Wire.Octets($"[IPv6:{text}]");
            bool isTaken = DomainGrammar.Parse(octets, Rfc5321, addressLiteral: true) == None;
            Assert.Equal(ReferencePathGrammar.IsDomain(Wire.Text(octets), Rfc5321), isTaken);
            if (isTaken && !text.Contains('.', StringComparison.Ordinal))
                Assert.True(IPAddress.TryParse(text, out _), text);
        });

    private static FsCheck.Arbitrary<string> IPv6LikeText() =>
        Gen.Elements("1:", "ab:", "0:", "::", ":", "ffff", "1.2.3.4", "12345", "g")
            .ArrayOf()
            .Select(string.Concat)
            .ToArbitrary();
}
