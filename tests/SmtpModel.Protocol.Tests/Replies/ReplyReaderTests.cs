using static SmtpModel.Protocol.ReplyFaultKind;

namespace SmtpModel.Protocol.Tests;

public class ReplyReaderTests
{
    private static readonly string Long507 = new('x', 507);

    [Theory]
    [InlineData("250 OK\r\n", 250, "OK")]
    [InlineData("250\r\n", 250, "")]
    [InlineData("250 \r\n", 250, "")]
    [InlineData("220  two spaces\r\n", 220, " two spaces")]
    [InlineData("250-a\r\n250-\r\n250 c\r\n", 250, "a||c")]
    [InlineData("553-a\r\n553\r\n", 553, "a|")]
    [InlineData("214 a\tb\r\n", 214, "a\tb")]
    public void A_good_reply_is_read_at_every_split_RFC_5321_4_2(string sent, int code, string lines)
    {
        byte[] octets = Wire.Octets(sent);
        for (int cut = 0; cut <= octets.Length; cut++)
        {
            var reader = new ReplyReader();
            int consumed = reader.Feed(octets.AsSpan(..cut));
            Assert.Equal(cut, consumed);
            if (cut < octets.Length)
            {
                Assert.Null(reader.Reply);
                Assert.Equal(cut > 0, reader.IsWithinReply);
                Assert.Equal(octets.Length - cut, reader.Feed(octets.AsSpan(cut..)));
            }
            Assert.Equal(new Reply(code, lines.Split('|')), reader.Reply);
            Assert.Empty(reader.Faults);
        }
    }

    public static TheoryData<string, int, string, ReplyFaultKind[]> Faulty => new()
    {
        { "150 x\r\n", 150, "x", [FirstDigit] },
        { "650 x\r\n", 650, "x", [FirstDigit] },
        { "260 x\r\n", 260, "x", [SecondDigit] },
        { "099 x\r\n", 99, "x", [FirstDigit, SecondDigit] },
        { "250OK\r\n", 250, "OK", [Separator] },
        { "2500 OK\r\n", 250, "0 OK", [Separator] },
        { "250\tOK\r\n", 250, "\tOK", [Separator] },
        { "hello\r\n250 OK\r\n", 250, "OK", [CodeMissing] },
        { "\r\n250 OK\r\n", 250, "OK", [CodeMissing] },
        { "25\r\n250 OK\r\n", 250, "OK", [CodeMissing] },
        { "2x0 a\r\n250 OK\r\n", 250, "OK", [CodeMissing] },
        { "250-a\r\nstray\r\n250 b\r\n", 250, "a|b", [CodeMissing] },
        { "250-a\r\n251-b\r\n251 c\r\n", 251, "a|b|c", [CodeChanged] },
        { "250-a\r\n550 b\r\n", 550, "a|b", [CodeChanged] },
        { "250 x\n", 250, "x", [BareLf] },
        { "250-x\n250 y\r\n", 250, "x|y", [BareLf] },
        { "250 a\rb\r\n", 250, "a\rb", [BareCr] },
        { "250 a\r\r\n", 250, "a\r", [BareCr] },
        { "250 a\0\x1B\r\n", 250, "a\0\x1B", [ControlCharacter] },
        { "250 \x7F\r\n", 250, "\x7F", [ControlCharacter] },
        { "250 \xE9\r\n", 250, "\xE9", [EightBitOctet] },
        { $"250 {Long507}\r\n", 250, Long507[1..], [LineTooLong] },
        { $"250 {Long507[1..]}\n", 250, Long507[1..], [BareLf] },
        { $"250 {Long507}{Long507}{Long507}\r\n", 250, Long507[1..], [LineTooLong] },
    };

    [Theory, MemberData(nameof(Faulty))]
    public void A_fault_is_noted_and_reading_goes_on_RFC_5321_4_2(string sent, int code, string lines, ReplyFaultKind[] faults)
    {
        byte[] octets = Wire.Octets(sent + "221 next\r\n");
        foreach (int step in (int[])[octets.Length, 1, 3])
        {
            var read = Read(octets, step);
            Assert.Equal(2, read.Count);
            Assert.Equal(new Reply(code, lines.Split('|')), read[0].Reply);
            Assert.Equal(faults, read[0].Faults.Select(fault => fault.Kind));
            Assert.Equal(new Reply(221, ["next"]), read[1].Reply);
            Assert.Empty(read[1].Faults);
        }
    }

    [Theory]
    [InlineData("250 OK", 250, "OK", CrlfMissing)]
    [InlineData("250 OK\r", 250, "OK", CrlfMissing)]
    [InlineData("250-a\r\n", 250, "a", LastLineMissing)]
    [InlineData("250-a\r\n250 b", 250, "a|b", CrlfMissing)]
    public void A_reply_cut_off_by_the_end_of_input_is_completed_with_a_fault(
        string sent, int code, string lines, ReplyFaultKind fault)
    {
        var reader = new ReplyReader();
        reader.Feed(Wire.Octets(sent));
        Assert.Null(reader.Reply);
        reader.EndInput();

        Assert.Equal(new Reply(code, lines.Split('|')), reader.Reply);
        Assert.Equal(fault, Assert.Single(reader.Faults).Kind);
    }

    [Fact]
    public void Input_that_ends_between_replies_leaves_no_reply_and_no_fault()
    {
        var reader = new ReplyReader();
        reader.EndInput();
        Assert.Null(reader.Reply);
        reader.Feed("250 OK\r\n"u8);
        reader.EndInput();
        Assert.Null(reader.Reply);
        Assert.Empty(reader.Faults);
    }

    [Fact]
    public void A_reply_of_more_lines_than_allowed_is_read_to_its_end_in_bounded_memory()
    {
        var reader = new ReplyReader(maxLines: 10);
        for (int i = 0; i < 100_000; i++)
            reader.Feed("250-line\r\n"u8);
        Assert.Null(reader.Reply);
        reader.Feed("250 end\r\n"u8);

        Assert.Equal(10, reader.Reply?.Lines.Count);
        Assert.Equal(new ReplyFault(TooManyLines, 11), Assert.Single(reader.Faults));
    }

    [Fact]
    public void A_fault_says_in_which_line_it_is_and_what_it_is()
    {
        var reader = new ReplyReader();
        reader.Feed("250-a\r\n250-\x01\r\n250 b\r\n"u8);
        var fault = Assert.Single(reader.Faults);
        Assert.Equal((2, "a control character stands in the text"), (fault.Line, fault.Describe()));

        var texts = Enum.GetValues<ReplyFaultKind>().Select(kind => new ReplyFault(kind, 1).Describe()).ToArray();
        Assert.Equal(texts.Length, texts.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(new ReplyFault((ReplyFaultKind)255, 1).Describe(), texts);
    }

    [Fact]
    public void Reset_forgets_a_reply_that_had_begun()
    {
        var reader = new ReplyReader();
        reader.Feed("250-a\n250 b\r"u8);
        reader.Reset();
        Assert.False(reader.IsWithinReply);
        // the CR before the reset must not make this LF a CRLF
        reader.Feed("\n"u8);
        Assert.Contains(new ReplyFault(BareLf, 1), reader.Faults);
        reader.Reset();
        reader.Feed("550 c\r\n"u8);
        Assert.Equal(new Reply(550, ["c"]), reader.Reply);
        Assert.Empty(reader.Faults);
    }

    [WireProperty]
    public void Any_octets_are_read_the_same_in_any_pieces(ReplyOctets octets)
    {
        var whole = Read(octets.Octets, octets.Octets.Length);
        foreach (int step in (int[])[1, 2, 7])
        {
            var cut = Read(octets.Octets, step);
            Assert.Equal(whole.Select(read => read.Reply), cut.Select(read => read.Reply));
            Assert.Equal(whole.SelectMany(read => read.Faults), cut.SelectMany(read => read.Faults));
        }
    }

    [WireProperty]
    public void Any_octets_are_consumed_and_give_replies_within_bounds(AnyOctets octets, ReplyOctets more)
    {
        foreach (var (reply, faults) in Read([.. octets.Octets, .. more.Octets], 1000))
        {
            Assert.InRange(reply.Code, 0, 999);
            Assert.All(reply.Lines, line => Assert.InRange(line.Length, 0, 507));
            Assert.NotEmpty(reply.Lines);
            Assert.Equal(faults.Length, faults.Select(fault => fault.Kind).Distinct().Count());
        }
    }

    private static List<(Reply Reply, ReplyFault[] Faults)> Read(byte[] octets, int step)
    {
        var reader = new ReplyReader();
        var read = new List<(Reply, ReplyFault[])>();
        for (int start = 0; start < octets.Length; start += step)
        {
            var piece = octets.AsSpan(start, Math.Min(step, octets.Length - start));
            while (!piece.IsEmpty)
            {
                int consumed = reader.Feed(piece);
                Assert.True(consumed > 0);
                Assert.True(reader.Reply is not null || consumed == piece.Length);
                piece = piece[consumed..];
                if (reader.Reply is not null)
                    read.Add((reader.Reply, [.. reader.Faults]));
            }
        }
        return read;
    }
}
