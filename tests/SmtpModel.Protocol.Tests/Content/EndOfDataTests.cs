namespace SmtpModel.Protocol.Tests;

public class EndOfDataTests
{
    [Theory]
    [InlineData(".\r\n", "")]
    [InlineData("a\r\n.\r\n", "a\r\n")]
    [InlineData("..\r\n.\r\n", ".\r\n")]
    [InlineData("...a\r\n.b\r\n.\r\n", "..a\r\nb\r\n")]
    [InlineData("\r\n\r\n.\r\n", "\r\n\r\n")]
    [InlineData("\r\r\n.\r\n", "\r\r\n")]
    [InlineData(".\r\r\n.\r\n", "\r\r\n")]
    [InlineData("\x00\xFF\r\n.\r\n", "\x00\xFF\r\n")]
    public void A_dot_alone_on_a_line_ends_the_mail_data_at_every_split_RFC_5321_4_5_2(string sent, string content)
    {
        byte[] octets = Wire.Octets(sent + "NOOP\r\n");
        for (int cut = 0; cut <= octets.Length; cut++)
        {
            var decoding = Decoding.Of(octets, [cut]);
            Assert.True(decoding.Ended);
            Assert.Equal(content, decoding.Stored);
            Assert.Equal(sent.Length, decoding.Consumed);
            Assert.Equal(content.Length, decoding.Size);
        }
    }

    // what was sent, and what is content of it: only a dot after a real CRLF is taken out
    public static TheoryData<string, string> Smuggling => new()
    {
        { "\n.\n", "\n.\n" },
        { "\n.\r\n", "\n.\r\n" },
        { "\r\n.\n", "\r\n\n" },
        { "\r.\r", "\r.\r" },
        { "\r.\r\n", "\r.\r\n" },
        { "\r\n.\r", "\r\n\r" },
        { "\r\r\n.\r\r\n", "\r\r\n\r\r\n" },
        { "\r.\n", "\r.\n" },
        { "\n.\r", "\n.\r" },
        { "\n\r.\n\r", "\n\r.\n\r" },
        { "\n\r.\r\n", "\n\r.\r\n" },
        { "\r\n\r.\r\n", "\r\n\r.\r\n" },
        { "\r\n\n.\r\n", "\r\n\n.\r\n" },
        { "\r\n.\0\r\n", "\r\n\0\r\n" },
        { "\r\n\0.\r\n", "\r\n\0.\r\n" },
        { "\r\0\n.\r\n", "\r\0\n.\r\n" },
        { "\r\n. \r\n", "\r\n \r\n" },
        { "\r\n .\r\n", "\r\n .\r\n" },
        { "\r\n.\r\0\n", "\r\n\r\0\n" },
        { "\r\n..\r\n", "\r\n.\r\n" },
        { "\r\n.\x85", "\r\n\x85" },
        { "\x8D\x8A.\x8D\x8A", "\x8D\x8A.\x8D\x8A" },
    };

    [Theory, MemberData(nameof(Smuggling))]
    public void Nothing_but_CRLF_dot_CRLF_ends_the_mail_data_RFC_5321_4_1_1_4(string variant, string content)
    {
        byte[] octets = Wire.Octets($"body{variant}MAIL FROM:<evil@b>\r\n");
        string expected = $"body{content}MAIL FROM:<evil@b>\r\n";
        for (int cut = 0; cut <= octets.Length; cut++)
        {
            for (int second = cut; second <= octets.Length; second++)
            {
                var decoding = Decoding.Of(octets, [cut, second]);
                Assert.False(decoding.Ended);
                Assert.Equal(expected, decoding.Stored);
            }
        }
        Assert.Equal(expected, Decoding.OfEachOctet(octets).Stored);
        Assert.True(Decoding.OfWhole([.. octets, .. ".\r\n"u8]).Ended);
    }

    [Theory]
    [InlineData("a\r\nb\r\n", false, false)]
    [InlineData("a\rb\r\n", true, false)]
    [InlineData("a\nb\r\n", false, true)]
    [InlineData("\n", false, true)]
    [InlineData("\r\r\n", true, false)]
    [InlineData(".\ra", true, false)]
    [InlineData(".\n", false, true)]
    [InlineData("a\r", false, false)]
    [InlineData("\n\r", false, true)]
    public void A_CR_or_LF_alone_is_noticed_RFC_5321_2_3_8(string sent, bool bareCr, bool bareLf)
    {
        var whole = Decoding.OfWhole(Wire.Octets(sent));
        Assert.Equal((bareCr, bareLf), (whole.BareCr, whole.BareLf));
        Assert.Equal(whole, Decoding.OfEachOctet(Wire.Octets(sent)));
    }

    [Fact]
    public void After_the_end_nothing_is_consumed_until_it_is_reset()
    {
        var decoder = new MailDataDecoder(1000, 1000);
        var output = new ByteBuffer();
        Assert.Equal(3, decoder.Decode(".\r\nQUIT\r\n"u8, output));
        Assert.Equal(0, decoder.Decode("QUIT\r\n"u8, output));

        decoder.Reset();
        Assert.False(decoder.Ended);
        Assert.Equal(6, decoder.Decode("a\r\n.\r\n"u8, output));
        Assert.True(decoder.Ended);
        Assert.Equal("a\r\n", Wire.Text(output.WrittenSpan));
        Assert.Equal(3, decoder.Size);
    }

    [Fact]
    public void Reset_forgets_what_was_noticed_and_keeps_the_limits()
    {
        var decoder = new MailDataDecoder(5, 10);
        var output = new ByteBuffer();
        decoder.Decode("abcdef\r\n\r \n .........................\r"u8, output);
        Assert.True(decoder.LineTooLong && decoder.TooLarge && decoder.BareCr && decoder.BareLf);

        decoder.Reset();
        output.Clear();
        Assert.False(decoder.LineTooLong || decoder.TooLarge || decoder.BareCr || decoder.BareLf);
        Assert.Equal(0, decoder.Size);
        decoder.Decode("abcdef\r\n"u8, output);
        Assert.True(decoder.LineTooLong);
        Assert.Equal("abcde", Wire.Text(output.WrittenSpan));
    }
}
