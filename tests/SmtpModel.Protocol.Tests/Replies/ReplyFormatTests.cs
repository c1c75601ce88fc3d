namespace SmtpModel.Protocol.Tests;

public class ReplyFormatTests
{
    [Theory]
    [InlineData(250, "OK", "250 OK\r\n")]
    [InlineData(354, "", "354 \r\n")]
    [InlineData(250, "a\nb\nc", "250-a\r\n250-b\r\n250 c\r\n")]
    [InlineData(250, "a\r\nb", "250-a\r\n250 b\r\n")]
    [InlineData(250, "\n", "250-\r\n250 \r\n")]
    [InlineData(550, "a\rb\0c\x7F\xE9\t", "550 a?b?c??\t\r\n")]
    [InlineData(500, "x\r", "500 x?\r\n")]
    [InlineData(500, "x\r\r\ny", "500-x?\r\n500 y\r\n")]
    public void A_reply_is_written_line_by_line_RFC_5321_4_2(int code, string text, string expected)
    {
        Assert.Equal(expected, Written(output => ReplyFormat.Write(output, code, text)));
        Assert.Equal(expected, Written(output => ReplyFormat.Write(output, code, Wire.Octets(text))));
    }

    [Theory]
    [InlineData(506, 1)]
    [InlineData(507, 2)]
    [InlineData(1012, 2)]
    [InlineData(1013, 3)]
    public void A_reply_line_has_no_more_than_512_octets_RFC_5321_4_5_3_1_5(int length, int lines)
    {
        string text = new('x', length);
        string[] written = Written(output => ReplyFormat.Write(output, 214, text)).Split("\r\n")[..^1];

        Assert.Equal(lines, written.Length);
        Assert.All(written, line => Assert.InRange(line.Length, 4, 510));
        Assert.Equal(text, string.Concat(written.Select(line => line[4..])));
    }

    [Theory]
    [InlineData(199)]
    [InlineData(600)]
    [InlineData(260)]
    [InlineData(25)]
    [InlineData(-250)]
    public void A_code_that_is_none_breaks_the_contract_RFC_5321_4_2(int code) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ReplyFormat.Write(new ByteBuffer(), code, "x"));

    [WireProperty]
    public void What_is_written_is_read_back_without_a_fault(int number, AnyOctets text)
    {
        int code = ((int)((uint)number % 4) * 100) + 200 + ((int)((uint)number / 4 % 6) * 10) + (int)((uint)number / 24 % 10);
        var output = new ByteBuffer();
        ReplyFormat.Write(output, code, text.Octets);
        CheckReadsBack(output, code, Wire.Text(text.Octets));
    }

    [WireProperty]
    public void What_is_written_from_any_string_is_read_back_without_a_fault(string? text)
    {
        var output = new ByteBuffer();
        ReplyFormat.Write(output, 451, text ?? "");
        CheckReadsBack(output, 451, text ?? "");
    }

    private static void CheckReadsBack(ByteBuffer output, int code, string text)
    {
        var reader = new ReplyReader();
        Assert.Equal(output.Length, reader.Feed(output.WrittenSpan));
        Assert.Empty(reader.Faults);
        Assert.NotNull(reader.Reply);
        Assert.Equal(code, reader.Reply.Code);
        var expected = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n')
            .Select(line => string.Concat(line.Select(c => c is '\t' or (>= ' ' and <= '~') ? c : '?')));
        Assert.Equal(expected, reader.Reply.Lines);
    }

    private static string Written(Action<ByteBuffer> write)
    {
        var output = new ByteBuffer();
        write(output);
        return Wire.Text(output.WrittenSpan);
    }
}
