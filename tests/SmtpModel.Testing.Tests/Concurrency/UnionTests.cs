using System.Text;
using SmtpModel.Protocol;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Concurrency;

// What is delivered is what the sessions gave, each message once, in any order.
public class UnionTests
{
    private static readonly StoredMessage One = Message("<a@s1.example.test>", "one", "<b@s1.example.test>", "<c@s1.example.test>");
    private static readonly StoredMessage Two = Message("<a@s2.example.test>", "two", "<b@s2.example.test>");

    [Fact]
    public void The_order_of_the_deliveries_does_not_matter() => Assert.Null(Differs([One, Two, One], [Two, One, One]));

    [Fact]
    public void A_message_that_is_lost_doubled_or_changed_is_found()
    {
        Assert.Contains("missing: from <a@s2.example.test>", Differs([One, Two], [One]), StringComparison.Ordinal);
        Assert.Contains("no session gave it: from <a@s1.example.test>", Differs([One, Two], [One, Two, One]), StringComparison.Ordinal);
        Assert.NotNull(Differs([One], [One with { ReversePath = Two.ReversePath }]));
        Assert.NotNull(Differs([One], [One with { ForwardPaths = [.. One.ForwardPaths.Reverse()] }]));
        Assert.NotNull(Differs([One], [One with { Data = Two.Data }]));
    }

    private static string? Differs(StoredMessage[] accepted, StoredMessage[] delivered) =>
        Union.Differs(Profiles.Find("rfc5321")!.Table, accepted, delivered)?.Came;

    private static StoredMessage Message(string reversePath, string data, params string[] forwardPaths) =>
        new(reversePath, forwardPaths, Encoding.ASCII.GetBytes(data), DeliveryKind.Mailbox);
}
