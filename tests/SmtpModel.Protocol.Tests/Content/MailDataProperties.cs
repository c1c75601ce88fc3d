namespace SmtpModel.Protocol.Tests;

public class MailDataProperties
{
    [WireProperty]
    public void The_decoder_agrees_with_the_reference_however_the_input_is_cut(DataOctets data, int seed)
    {
        var expected = Decoding.OfReference(data.Octets);
        Assert.Equal(expected, Decoding.OfWhole(data.Octets));
        Assert.Equal(expected, Decoding.OfEachOctet(data.Octets));
        Assert.Equal(expected, Decoding.Of(data.Octets, Cuts(data.Octets.Length, seed)));
    }

    [WireProperty]
    public void The_decoder_keeps_its_limits_as_the_reference_does(DataOctets data, byte maxLine, byte maxSize, int seed)
    {
        int line = maxLine % 12;
        int size = maxSize % 40;
        var expected = Decoding.OfReference(data.Octets, line, size);
        Assert.Equal(expected, Decoding.OfWhole(data.Octets, line, size));
        Assert.Equal(expected, Decoding.OfEachOctet(data.Octets, line, size));
        Assert.Equal(expected, Decoding.Of(data.Octets, Cuts(data.Octets.Length, seed), line, size));
    }

    [WireProperty]
    public void What_is_encoded_is_decoded_to_the_same_at_every_split(DataOctets data)
    {
        string content = Wire.Text(data.Octets);
        string whole = content.Length == 0 || content.EndsWith("\r\n", StringComparison.Ordinal) ? content : content + "\r\n";
        var encoded = new ByteBuffer();
        MailData.Encode(data.Octets, encoded);
        byte[] sent = [.. encoded.WrittenSpan, .. "QUIT\r\n"u8];
        for (int cut = 0; cut <= sent.Length; cut++)
        {
            var decoding = Decoding.Of(sent, [cut]);
            Assert.True(decoding.Ended);
            Assert.Equal(whole, decoding.Stored);
            Assert.Equal(encoded.Length, decoding.Consumed);
        }
    }

    [Theory]
    [InlineData("", ".\r\n")]
    [InlineData("a", "a\r\n.\r\n")]
    [InlineData("a\r\n", "a\r\n.\r\n")]
    [InlineData(".", "..\r\n.\r\n")]
    [InlineData(".\r\n..\r\n", "..\r\n...\r\n.\r\n")]
    [InlineData("a\n.\n", "a\n.\n\r\n.\r\n")]
    [InlineData("a\r", "a\r\r\n.\r\n")]
    public void Dots_that_begin_a_line_are_doubled_and_the_end_is_appended_RFC_5321_4_5_2(string content, string sent)
    {
        var output = new ByteBuffer();
        MailData.Encode(Wire.Octets(content), output);
        Assert.Equal(sent, Wire.Text(output.WrittenSpan));
    }

    private static int[] Cuts(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(length + 1)).Order()];
    }
}
