using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec.Tests;

/// <summary>What RFC 2033 changes in RFC 821, and that each of its properties is seen to fail where a line of it is another.</summary>
public class LmtpTests
{
    private static TransitionTable Table => Profiles.Lmtp.Table;

    [Fact]
    public void RFC_2033_4_1_LHLO_stands_where_HELO_stood_and_HELO_and_EHLO_draw_500_wherever_commands_are_read()
    {
        var old = Profiles.Rfc821.Table;
        foreach (var state in Table.States.Where(state => Table.Reads(state) is Reading.Commands))
        {
            Assert.Equal(old.Find(state, HELO / 250)?.To, Table.Find(state, Rfc2033.LHLO / 250)?.To);
            Assert.All([HELO, Rfc5321.EHLO], command =>
                Assert.Equal((500, "LM1"), (Table.OutOfOrder(state, command)!.Codes[0], Table.OutOfOrder(state, command)!.Rule.Id))
            );
        }

        Assert.Equal([Rfc2033.LHLO], Table.Greeting);
        Assert.Equal(Rfc2033.LHLO, Table.Listing);
    }

    [Fact]
    public void RFC_2033_4_2_the_end_of_data_is_answered_for_each_forward_path()
    {
        var shape = Assert.Single(Table.ForEach);

        Assert.Equal((EndOfData, ForwardPath, "LM3"), (shape.Key, shape.Value.Buffer, shape.Value.Rule.Id));
        Assert.Equal(2, new[] { MAIL / 250, RCPT / 250, RCPT / 550, RCPT / 251 }.Aggregate(0, shape.Value.After));
        Assert.Equal(1, new[] { MAIL / 250, RCPT / 250, RSET / 250, MAIL / 250, RCPT / 250 }.Aggregate(0, shape.Value.After));
    }

    [Fact]
    public void RFC_2033_5_the_extensions_it_asks_for_are_in_the_profile() =>
        Assert.Equal(
            Table.DemandedOffers.Select(offer => offer.Keyword).Order(StringComparer.Ordinal),
            Table.Extensions.Select(extension => extension.Keyword)
        );

    [Fact]
    public void Its_properties_hold() =>
        Assert.All(Verifier.Verify(Profiles.Lmtp, Rfc2033.Part.Properties).Properties, result =>
            Assert.Equal(PropertyVerdict.Holds, result.Verdict)
        );

    [Theory]
    [InlineData(
        "other-greetings-refused",
        "\"edges\": [",
        "\"edges\": [{\"from\":\"Connected\",\"command\":\"HELO\",\"codes\":[250],\"to\":\"Ready\",\"rule\":\"O1\"},"
    )]
    [InlineData(
        "data-for-nobody-503",
        "{\"in\":\"Session\",\"command\":\"DATA\",\"codes\":[503]",
        "{\"in\":\"Session\",\"command\":\"DATA\",\"codes\":[554]"
    )]
    [InlineData(
        "data-ends-for-somebody",
        "\"edges\": [",
        "\"edges\": [{\"from\":\"MailGiven\",\"command\":\"DATA\",\"codes\":[354],\"to\":\"ReceivingData\",\"rule\":\"O5\"},"
    )]
    public void A_property_fails_where_a_line_is_another(string property, string line, string other)
    {
        var text = MachineJson.Write(Profiles.Lmtp);
        Assert.Contains(line, text, StringComparison.Ordinal);
        var broken = Assert.IsType<MachineRead>(MachineJson.Read(text.Replace(line, other, StringComparison.Ordinal))).Profile;

        var result = Verifier.Verify(broken, Rfc2033.Part.Properties).Properties.Single(result => result.Property.Name == property);

        Assert.Equal(PropertyVerdict.Violated, result.Verdict);
    }

    [Fact]
    public void Extensions_go_on_top_of_it_as_on_top_of_RFC_5321()
    {
        var sized = Profiles.Find("lmtp+size")!;

        Assert.Contains(sized.Table.Extensions, extension => extension.Keyword == "SIZE");
        Assert.Same(Profiles.Lmtp, Profiles.BaseOf(sized));
        Assert.Same(Profiles.Rfc5321, Profiles.BaseOf(Profiles.Esmtpsa));
        Assert.Same(Profiles.Lmtp, Profiles.Find("lmtp+pipelining"));
        Assert.Empty(SoundnessCheck.Run(sized));
    }
}
