using System.Text;

namespace SmtpModel.Server.Tests.Authentication;

public class SaslPrepTests
{
    // the examples of RFC 4013 3 that need no other form of Unicode, and what RFC 3454 prohibits
    [Theory]
    [InlineData("I\u00adX", "IX")]
    [InlineData("user", "user")]
    [InlineData("USER", "USER")]
    [InlineData("a\u00a0b", "a b")]
    [InlineData("a\u3000b", "a b")]
    [InlineData("\u0007", null)]
    [InlineData("\u007f", null)]
    [InlineData("a\u0085", null)]
    [InlineData("a\ue000", null)]
    [InlineData("a\u200e", null)]
    [InlineData("a\ufffd", null)]
    [InlineData("a\ufdd0", null)]
    [InlineData("\u00ad", null)]
    [InlineData("", null)]
    public void Text_is_prepared_RFC_4013_2(string text, string? prepared) =>
        Assert.Equal(prepared, SaslPrep.Prepare(Encoding.UTF8.GetBytes(text)) is { } octets ? Encoding.UTF8.GetString(octets) : null);

    [Fact]
    public void What_is_no_UTF_8_cannot_be_prepared() => Assert.Null(SaslPrep.Prepare([0x61, 0xff]));
}
