using System.Text;
using SmtpModel.Server;

namespace SmtpModel.Session.Tests;

// The buffers by themselves, apart from the order that asks for their effects (RFC 821 4.1.1).
public class IncomingMessageTests
{
    [Fact]
    public void Each_effect_touches_its_own_buffer_only_RFC_821_4_1_1()
    {
        var message = Filled();
        message.Apply(BufferEffects.ClearReversePath, default);
        Assert.Equal((false, "", "<c@d>", "text\r\n"), Of(message));

        message = Filled();
        message.Apply(BufferEffects.ClearForwardPath, default);
        Assert.Equal((true, "<a@b>", "", "text\r\n"), Of(message));

        message = Filled();
        message.Apply(BufferEffects.ClearMailData, default);
        Assert.Equal((true, "<a@b>", "<c@d>", ""), Of(message));
    }

    [Fact]
    public void What_is_set_replaces_and_what_is_appended_is_added_RFC_821_4_1_1()
    {
        var message = Filled();
        message.Apply(BufferEffects.SetReversePath, "<>"u8);
        message.Apply(BufferEffects.AppendForwardPath, "<e@f>"u8);
        message.Apply(BufferEffects.AppendMailData, "more\r\n"u8);
        Assert.Equal((true, "<>", "<c@d> <e@f>", "text\r\nmore\r\n"), Of(message));
    }

    [Fact]
    public void The_memory_of_a_large_message_is_given_back()
    {
        var message = Filled();
        message.Apply(BufferEffects.AppendMailData, new byte[1_000_000]);
        message.Apply(BufferEffects.ClearMailData, default);
        Assert.InRange(message.DataBuffer.Capacity, 0, 256 * 1024);
    }

    [Fact]
    public void Forward_paths_that_are_cleared_take_no_memory_of_those_that_follow()
    {
        var message = new IncomingMessage();
        var path = new byte[256];
        Transaction();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var count = 0; count < 10_000; count++)
            Transaction();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);

        void Transaction()
        {
            message.Apply(BufferEffects.AppendForwardPath, path);
            message.Apply(BufferEffects.ClearForwardPath, default);
        }
    }

    [Fact]
    public void The_memory_of_very_many_forward_paths_is_given_back()
    {
        var message = new IncomingMessage();
        var path = new byte[256];
        // it is not seen from outside, but in what the same number of them costs again
        Fill();
        message.Apply(BufferEffects.ClearForwardPath, default);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Fill();
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before > 1_000_000);

        void Fill()
        {
            for (var count = 0; count < 8192; count++)
                message.Apply(BufferEffects.AppendForwardPath, path);
        }
    }

    private static IncomingMessage Filled()
    {
        var message = new IncomingMessage();
        message.Apply(BufferEffects.SetReversePath, "<a@b>"u8);
        message.Apply(BufferEffects.AppendForwardPath, "<c@d>"u8);
        message.Apply(BufferEffects.AppendMailData, "text\r\n"u8);
        return message;
    }

    private static (bool, string, string, string) Of(IncomingMessage message)
    {
        var stored = message.Copy();
        return (
            message.HasReversePath,
            stored.ReversePath,
            string.Join(' ', stored.ForwardPaths),
            Encoding.Latin1.GetString(stored.Data.Span)
        );
    }
}
