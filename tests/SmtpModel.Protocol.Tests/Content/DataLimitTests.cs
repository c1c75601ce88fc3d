namespace SmtpModel.Protocol.Tests;

public class DataLimitTests
{
    [Theory]
    [InlineData(998, false)]
    [InlineData(999, true)]
    public void A_text_line_may_have_1000_octets_with_its_CRLF_RFC_5321_4_5_3_1_6(int text, bool isTooLong)
    {
        byte[] octets = Wire.Octets(new string('a', text) + "\r\n.\r\n");
        Assert.Equal(isTooLong, Decoding.OfWhole(octets, maxLine: 1000).LineTooLong);
        Assert.Equal(isTooLong, Decoding.OfEachOctet(octets, maxLine: 1000).LineTooLong);
    }

    [Theory]
    [InlineData(998, false)]
    [InlineData(999, true)]
    public void The_doubled_dot_does_not_count_to_the_text_line_RFC_5321_4_5_3_1_6(int text, bool isTooLong)
    {
        byte[] octets = Wire.Octets("." + new string('.', text) + "\r\n.\r\n");
        Assert.Equal(isTooLong, Decoding.OfWhole(octets, maxLine: 1000).LineTooLong);
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(99, true)]
    public void The_content_may_have_the_size_given_and_no_more_RFC_5321_4_5_3_1_7(int maxSize, bool isTooLarge)
    {
        byte[] octets = Wire.Octets("." + new string('.', 48) + "\r\n" + new string('a', 48) + "\r\n.\r\n");
        var decoding = Decoding.OfWhole(octets, maxSize: maxSize);
        Assert.Equal(isTooLarge, decoding.TooLarge);
        Assert.Equal(maxSize, decoding.Stored.Length);
        Assert.Equal(100, decoding.Size);
        Assert.True(decoding.Ended);
    }

    [Fact]
    public void Beyond_a_limit_nothing_more_is_stored_and_the_end_is_still_found()
    {
        var decoder = new MailDataDecoder(1000, 5000);
        var output = new ByteBuffer();
        byte[] line = Wire.Octets(new string('x', 5000));
        for (int i = 0; i < 1000; i++)
            Assert.Equal(line.Length, decoder.Decode(line, output));
        Assert.Equal(6, decoder.Decode("y\r\n.\r\nQUIT"u8, output));

        Assert.True(decoder.Ended && decoder.LineTooLong && decoder.TooLarge);
        Assert.Equal(1000, output.Length);
        Assert.Equal(5_000_003, decoder.Size);
    }

    [Theory]
    [InlineData("a\r\n.\r\n", 3)]
    [InlineData(".\ra\r\n.\r\n", 4)]
    public void A_limit_of_nothing_stores_nothing(string sent, long size)
    {
        byte[] octets = Wire.Octets(sent);
        var byLine = Decoding.OfWhole(octets, maxLine: 0);
        Assert.Equal(("", true, false, size), (byLine.Stored, byLine.LineTooLong, byLine.TooLarge, byLine.Size));
        var bySize = Decoding.OfWhole(octets, maxSize: 0);
        Assert.Equal(("", false, true, size), (bySize.Stored, bySize.LineTooLong, bySize.TooLarge, bySize.Size));
    }

    [Fact]
    public void The_default_decoder_stores_nothing_and_finds_the_end()
    {
        MailDataDecoder decoder = default;
        var output = new ByteBuffer();
        Assert.Equal(6, decoder.Decode("a\r\n.\r\n"u8, output));
        Assert.Equal((true, 0), (decoder.Ended, output.Length));
    }

    [Fact]
    public void A_limit_cannot_be_negative()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MailDataDecoder(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MailDataDecoder(0, -1));
    }
}
