namespace SmtpModel.Protocol.Tests;

public class ByteBufferTests
{
    [Fact]
    public void What_is_written_in_any_way_is_read_in_order()
    {
        var buffer = new ByteBuffer();
        buffer.Append("ab"u8);
        buffer.Append((byte)'c');
        "de"u8.CopyTo(buffer.GetSpan(2));
        buffer.Advance(2);
        buffer.GetMemory().Span[0] = (byte)'f';
        buffer.Advance(1);

        Assert.Equal("abcdef", Wire.Text(buffer.WrittenSpan));
        Assert.Equal("abcdef", Wire.Text(buffer.WrittenMemory.Span));
        Assert.Equal(6, buffer.Length);
    }

    [WireProperty]
    public void Any_octets_appended_in_any_pieces_are_kept(AnyOctets[] pieces)
    {
        var buffer = new ByteBuffer(1);
        foreach (var piece in pieces)
            buffer.Append(piece.Octets);
        Assert.Equal(pieces.SelectMany(piece => piece.Octets), buffer.WrittenSpan.ToArray());
    }

    [Fact]
    public void Clearing_keeps_the_memory_and_trimming_gives_it_back()
    {
        var buffer = new ByteBuffer();
        buffer.Append(new byte[100_000]);
        buffer.Clear();
        Assert.Equal(0, buffer.Length);
        Assert.True(buffer.Capacity >= 100_000);

        buffer.Append("kept"u8);
        buffer.Trim(1000);
        Assert.Equal(1000, buffer.Capacity);
        buffer.Trim(0);
        Assert.Equal(4, buffer.Capacity);
        Assert.Equal("kept", Wire.Text(buffer.WrittenSpan));
    }

    [Fact]
    public void A_broken_contract_throws()
    {
        var buffer = new ByteBuffer(8);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(9));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.GetSpan(-1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Trim(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ByteBuffer(-1));
    }
}
