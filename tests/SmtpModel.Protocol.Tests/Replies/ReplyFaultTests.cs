namespace SmtpModel.Protocol.Tests;

public class ReplyFaultTests
{
    [Fact]
    public void Every_fault_of_a_reply_has_a_description_of_its_own_on_one_line()
    {
        var texts = Enum.GetValues<ReplyFaultKind>()
            .Append((ReplyFaultKind)255)
            .Select(kind => new ReplyFault(kind, 1).Describe())
            .ToArray();

        Assert.Equal(texts.Length, texts.Distinct(StringComparer.Ordinal).Count());
        Assert.All(texts, text => Assert.Matches("^[ -~]{1,80}$", text));
    }
}
