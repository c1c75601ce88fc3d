namespace SmtpModel.Protocol.Tests;

// How much memory a buffer takes, which what is written does not show.
public class ByteBufferMemoryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    public void A_buffer_has_the_capacity_that_it_was_made_with(int capacity) => Assert.Equal(capacity, new ByteBuffer(capacity).Capacity);

    [Fact]
    public void What_just_fits_does_not_make_it_grow()
    {
        var appended = new ByteBuffer(8);
        appended.Append("12345678"u8);
        Assert.Equal(8, appended.Capacity);

        var reserved = new ByteBuffer(8);
        reserved.Append("1234"u8);
        Assert.Equal(4, reserved.GetSpan(4).Length);
        Assert.Equal(8, reserved.Capacity);
    }

    [Fact]
    public void It_grows_to_256_octets_at_first_then_to_twice_its_capacity_and_more_if_more_is_needed()
    {
        var buffer = new ByteBuffer();
        buffer.Append((byte)'x');
        Assert.Equal(256, buffer.Capacity);
        buffer.Append(new byte[256]);
        Assert.Equal(512, buffer.Capacity);
        buffer.Append(new byte[1000]);
        Assert.Equal(1257, buffer.Capacity);
    }

    [Fact]
    public void As_much_memory_is_given_as_is_asked_for()
    {
        var buffer = new ByteBuffer(8);
        buffer.Append("1234"u8);
        Assert.True(buffer.GetMemory(100).Length >= 100);
        Assert.True(buffer.GetSpan(1000).Length >= 1000);
    }

    [Fact]
    public void There_is_room_for_one_octet_at_least_when_nothing_is_asked_for()
    {
        Assert.False(new ByteBuffer().GetMemory().IsEmpty);
        Assert.False(new ByteBuffer().GetSpan().IsEmpty);
    }

    [Fact]
    public void It_is_not_advanced_beyond_its_memory()
    {
        var buffer = new ByteBuffer(8);
        buffer.Append("1234"u8);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(5));
        buffer.Advance(4);
        Assert.Equal(8, buffer.Length);
    }
}
