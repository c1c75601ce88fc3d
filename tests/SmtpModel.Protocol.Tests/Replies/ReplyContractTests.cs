namespace SmtpModel.Protocol.Tests;

public class ReplyContractTests
{
    [Fact]
    public void A_reply_is_not_written_without_a_text_or_without_a_place_for_it()
    {
        Assert.Throws<ArgumentNullException>("text", () => ReplyFormat.Write(new ByteBuffer(), 250, ((string?)null)!));
        Assert.Throws<ArgumentNullException>("output", () => ReplyFormat.Write(null!, 250, "x"));
    }

    [Fact]
    public void What_is_said_of_a_code_that_is_none_says_what_a_code_is() =>
        Assert.Contains(
            "2 to 5",
            Assert.Throws<ArgumentOutOfRangeException>(() => ReplyFormat.Write(new ByteBuffer(), 260, "x")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_reader_takes_one_line_at_least()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReplyReader(0));
        var reader = new ReplyReader(1);
        reader.Feed("250 OK\r\n"u8);
        Assert.Equal(new Reply(250, ["OK"]), reader.Reply);
    }

    [Fact]
    public void Replies_that_differ_have_different_hashes()
    {
        var hash = new Reply(250, ["a", "b"]).GetHashCode();
        Assert.NotEqual(hash, new Reply(251, ["a", "b"]).GetHashCode());
        Assert.NotEqual(hash, new Reply(250, ["a", "c"]).GetHashCode());
    }

    [Theory]
    [InlineData("000-a\r\n")]
    [InlineData("001-a\r\n")]
    public void A_reply_with_any_three_digits_is_begun_and_has_no_last_line(string sent)
    {
        var reader = new ReplyReader();
        reader.Feed(Wire.Octets(sent));
        Assert.True(reader.IsWithinReply);
        reader.EndInput();
        Assert.Equal("a", Assert.Single(reader.Reply!.Lines));
        Assert.Contains(reader.Faults, fault => fault.Kind is ReplyFaultKind.LastLineMissing);
    }

    [Fact]
    public void A_code_that_follows_000_is_another_code()
    {
        var reader = new ReplyReader();
        reader.Feed("000-a\r\n250 b\r\n"u8);
        Assert.Contains(reader.Faults, fault => fault.Kind is ReplyFaultKind.CodeChanged);
    }
}
