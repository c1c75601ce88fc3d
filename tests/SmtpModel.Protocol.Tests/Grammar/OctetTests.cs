using static SmtpModel.Protocol.SyntaxFault;

namespace SmtpModel.Protocol.Tests;

public class OctetTests
{
    // what stands beside the letters in ASCII, in both cases
    [Theory]
    [InlineData("@")]
    [InlineData("[")]
    [InlineData("`")]
    [InlineData("{")]
    [InlineData("~")]
    public void No_keyword_begins_with_what_stands_beside_the_letters_RFC_821_4_1_2(string first) =>
        Assert.Equal(KeywordMissing, CommandLine.Split(Wire.Octets($"{first}A"), out _, out _));

    [Fact]
    public void What_is_no_fault_that_is_known_has_words_as_well() => Assert.NotEmpty(((SyntaxFault)255).Describe());
}
