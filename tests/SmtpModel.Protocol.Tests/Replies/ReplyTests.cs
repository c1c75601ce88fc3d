namespace SmtpModel.Protocol.Tests;

public class ReplyTests
{
    [Theory]
    [InlineData(250, true, false, false, false)]
    [InlineData(354, false, true, false, false)]
    [InlineData(451, false, false, true, false)]
    [InlineData(503, false, false, false, true)]
    [InlineData(199, false, false, false, false)]
    [InlineData(600, false, false, false, false)]
    public void The_first_digit_says_how_the_command_fared_RFC_5321_4_2_1(
        int code, bool isSuccess, bool isIntermediate, bool isTransient, bool isPermanent)
    {
        var reply = new Reply(code, [""]);
        Assert.Equal(
            (isSuccess, isIntermediate, isTransient, isPermanent),
            (reply.IsSuccess, reply.IsIntermediate, reply.IsTransient, reply.IsPermanent));
    }

    [Fact]
    public void Replies_are_equal_if_code_and_lines_are()
    {
        var reply = new Reply(250, ["a", "b"]);
        Assert.Equal(reply, new Reply(250, new List<string> { "a", "b" }));
        Assert.Equal(reply.GetHashCode(), new Reply(250, new List<string> { "a", "b" }).GetHashCode());
        Assert.NotEqual(reply, new Reply(250, ["a"]));
        Assert.NotEqual(reply, new Reply(251, ["a", "b"]));
        Assert.NotEqual(reply, new Reply(250, ["a", "c"]));
    }

    [Fact]
    public void A_reply_is_shown_as_it_is_sent() =>
        Assert.Equal("250-a\n250 b", new Reply(250, ["a", "b"]).ToString());
}
