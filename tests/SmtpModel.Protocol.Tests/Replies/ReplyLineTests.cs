namespace SmtpModel.Protocol.Tests;

// Where a line of a reply ends and how long it may be.
public class ReplyLineTests
{
    [Fact]
    public void A_line_of_512_octets_with_its_CRLF_is_not_too_long_RFC_5321_4_5_3_1_5()
    {
        var reader = new ReplyReader();
        reader.Feed(Wire.Octets($"250 {new string('x', 506)}\r\n"));
        Assert.Empty(reader.Faults);
    }

    [Fact]
    public void The_LF_that_did_not_come_does_not_count_RFC_5321_4_5_3_1_5()
    {
        var reader = new ReplyReader();
        reader.Feed(Wire.Octets($"250 {new string('x', 508)}"));
        reader.EndInput();
        Assert.DoesNotContain(reader.Faults, fault => fault.Kind is ReplyFaultKind.LineTooLong);
    }

    [Fact]
    public void Nothing_of_an_unfinished_line_is_left_after_a_reset()
    {
        var reader = new ReplyReader();
        reader.Feed("250 unfin"u8);
        reader.Reset();
        reader.Feed("220 OK\r\n"u8);
        Assert.Equal(new Reply(220, ["OK"]), reader.Reply);
        Assert.Empty(reader.Faults);
    }

    [Fact]
    public void A_line_without_an_end_takes_no_memory_beyond_its_first_512_octets()
    {
        var reader = new ReplyReader();
        var piece = new byte[4096];
        reader.Feed(piece);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var count = 0; count < 1000; count++)
            reader.Feed(piece);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }
}
