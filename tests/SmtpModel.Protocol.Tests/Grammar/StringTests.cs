using static SmtpModel.Protocol.SyntaxFault;

namespace SmtpModel.Protocol.Tests;

public class StringTests
{
    [Theory]
    [InlineData("Smith")]
    [InlineData("<user@b.example>")]
    [InlineData("\"First Last\"")]
    [InlineData("First Last")]
    [InlineData("user@domain")]
    [InlineData("\\")]
    [InlineData("\"")]
    public void What_people_ask_VRFY_for_is_a_string_RFC_5321_3_5_1(string text)
    {
        Assert.Equal(None, StringGrammar.Parse(Wire.Octets(text), Dialect.Rfc821));
        Assert.Equal(None, StringGrammar.Parse(Wire.Octets(text), Dialect.Rfc5321));
    }

    [Theory]
    [InlineData("", StringMissing)]
    [InlineData("a\tb", ControlCharacter)]
    [InlineData("a\0", NulOctet)]
    [InlineData("\r", BareCr)]
    [InlineData("\n", BareLf)]
    [InlineData("\x7F", ControlCharacter)]
    [InlineData("J\xF6rg", EightBitOctet)]
    public void Nothing_and_what_is_not_printable_is_no_string_RFC_5321_4_1_2(string text, SyntaxFault expected)
    {
        Assert.Equal(expected, StringGrammar.Parse(Wire.Octets(text), Dialect.Rfc821));
        Assert.Equal(expected, StringGrammar.Parse(Wire.Octets(text), Dialect.Rfc5321));
    }

    [WireProperty]
    public void A_string_is_one_exactly_if_it_is_printable(AnyOctets octets) =>
        Assert.Equal(
            octets.Octets.Length > 0 && octets.Octets.All(octet => octet is >= 32 and < 127),
            StringGrammar.Parse(octets.Octets, Dialect.Rfc5321) == None);
}
