using System.Text.RegularExpressions;
using static SmtpModel.Protocol.SyntaxFault;

namespace SmtpModel.Protocol.Tests;

public class ParameterTests
{
    [Theory]
    [InlineData("SIZE=1000")]
    [InlineData("SMTPUTF8")]
    [InlineData("BODY=8BITMIME SIZE=0 X-y")]
    [InlineData("1=<a@b>")]
    [InlineData("AUTH=<>")]
    public void Parameters_are_keywords_with_or_without_a_value_RFC_5321_4_1_2(string text) =>
        Assert.Equal(None, ParameterGrammar.Parse(Wire.Octets(text)));

    [Theory]
    [InlineData("", ParameterMissing)]
    [InlineData(" ", ParameterMissing)]
    [InlineData(" A", ParameterMissing)]
    [InlineData("A ", ParameterMissing)]
    [InlineData("A  B", ParameterMissing)]
    [InlineData("=1", ParameterKeyword)]
    [InlineData("-A", ParameterKeyword)]
    [InlineData("A_B=1", ParameterKeyword)]
    [InlineData("A B<", ParameterKeyword)]
    [InlineData("SIZE=", ParameterValue)]
    [InlineData("SIZE=1=2", ParameterValue)]
    [InlineData("A==", ParameterValue)]
    [InlineData("A=\t", ControlCharacter)]
    [InlineData("A=\xE9", EightBitOctet)]
    public void Malformed_parameters_are_refused_RFC_5321_4_1_2(string text, SyntaxFault expected) =>
        Assert.Equal(expected, ParameterGrammar.Parse(Wire.Octets(text)));

    [WireProperty]
    public void Parameters_are_taken_exactly_if_the_production_gives_them(PathOctets octets)
    {
        // letters for hyphens, or hardly any would be good
        string text = Wire.Text(octets.Octets).Replace('@', '=').Replace('<', ' ').Trim();
        const string one = "[A-Za-z0-9][A-Za-z0-9-]*(?:=[!-<>-~]+)?";
        bool isGood = Regex.IsMatch(text, $@"\A{one}(?: {one})*\z");

        Assert.Equal(isGood, ParameterGrammar.Parse(Wire.Fenced(Wire.Octets(text), (byte)'=')) == None);
    }
}
