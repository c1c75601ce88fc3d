using SmtpModel.Machines;

namespace SmtpModel.Spec.Tests.Verification;

/// <summary>BINARYMIME (RFC 3030 3) on top of CHUNKING: MAIL with one value more is an input of its own, and MAIL in all else.</summary>
public class BinaryTests
{
    private static readonly Profile Binary = Profiles.Composed("chunking", "binarymime");

    private static readonly Profile Whole = Profiles.Extended(Profiles.Esmtpsa, ["chunking", "binarymime", "limits"]);

    public static TheoryData<string> Own { get; } = [.. Rfc3030Binary.Part.Properties.Select(property => property.Name)];

    [Fact]
    public void It_is_sound_with_CHUNKING_without_it_and_with_all()
    {
        Assert.Empty(SoundnessCheck.Run(Binary));
        Assert.Empty(SoundnessCheck.Run(Profiles.Composed("binarymime", "starttls", "auth", "dsn", "burl")));
        Assert.Empty(SoundnessCheck.Run(Whole));
        Assert.Empty(SoundnessCheck.Run(Profiles.Extended(Profiles.Lmtp, ["chunking", "binarymime"])));
    }

    [Fact]
    public void What_is_true_of_SMTP_and_what_it_says_itself_holds()
    {
        var report = Verifier.Verify(Profiles.Composed("chunking", "binarymime", "pipelining", "starttls", "burl"), Properties.All);

        Assert.True(
            report.IsProved,
            string.Join(
                ", ",
                report.Properties.Where(result => result.Verdict is PropertyVerdict.Violated).Select(result => result.Property.Name)
            )
        );
        Assert.All(Own, name =>
            Assert.Equal(PropertyVerdict.Holds, report.Properties.Single(result => result.Property.Name == name).Verdict)
        );
    }

    [Fact]
    public void The_machine_without_it_is_in_it_as_it_was()
    {
        var (small, whole) = (Profiles.Composed("chunking").Table, Binary.Table);

        Assert.Equal(
            ["MailGivenBinary", "RecipientsGivenBinary", "ChunksGivenBinary"],
            whole.States.Except(small.States).Select(state => state.Name)
        );
        Assert.All(small.Edges, edge =>
            Assert.Equal(edge.To.Name, whole.Find(whole.States.Single(state => state.Name == edge.From.Name), edge.Exchange)?.To.Name)
        );
    }

    [Fact]
    public void Wherever_MAIL_is_answered_MAIL_BINARYMIME_is_answered_with_the_same_replies()
    {
        var (table, mail, binary) = (Whole.Table, Rfc821.MAIL, Rfc3030Binary.BINARYMAIL);

        foreach (var state in table.States)
        {
            Assert.Equal(
                table.From(state, mail).Select(edge => edge.Exchange.Code),
                table.From(state, binary).Select(edge => edge.Exchange.Code)
            );
            Assert.Equal(table.OutOfOrder(state, mail)?.Codes, table.OutOfOrder(state, binary)?.Codes);
            Assert.Equal(
                table.From(state, mail).Select(edge => edge.To.Of ?? edge.To),
                table.From(state, binary).Select(edge => edge.To.Of ?? edge.To)
            );
        }

        Assert.Equal(
            table
                .Parameters.Where(parameter => parameter.Commands.Contains(mail))
                .Select(parameter => parameter.Keyword)
                .Order(StringComparer.Ordinal),
            table
                .Parameters.Where(parameter => parameter.Commands.Contains(binary))
                .Select(parameter => parameter.Keyword)
                .Order(StringComparer.Ordinal)
        );
        Assert.All(table.CountLimits, limit => Assert.Equal(limit.Anew.Contains(mail), limit.Anew.Contains(binary)));
        Assert.Equal(table.Grouped.Contains(mail), table.Grouped.Contains(binary));
    }

    [Theory, Trait("Rule", "BM2")]
    [InlineData("MAIL FROM:<a@a.example> BODY=BINARYMIME", true)]
    [InlineData("mail from:<a@a.example> SIZE=12 body=binarymime RET=HDRS", true)]
    [InlineData("MAIL FROM:<> X=\" BODY=BINARYMIME", true)]
    [InlineData("MAIL FROM:<\"a> BODY=BINARYMIME b\"@a.example>", false)]
    [InlineData("MAIL FROM:<\"\\\"> BODY=BINARYMIME \"@a.example>", false)]
    [InlineData("MAIL FROM:<a@a.example> BODY=BINARYMIMES", false)]
    [InlineData("MAIL FROM:<a@a.example> XBODY=BINARYMIME", false)]
    [InlineData("MAIL FROM:<a@a.example> BODY=8BITMIME", false)]
    public void Its_line_is_told_from_that_of_MAIL_by_the_parameter(string line, bool isBinary) =>
        Assert.Equal(isBinary ? Rfc3030Binary.BINARYMAIL : Rfc821.MAIL, Whole.Table.Recognize(line)!.Command);

    [Fact]
    public void It_is_read_again_from_its_JSON()
    {
        var again = Assert.IsType<MachineRead>(MachineJson.Read(MachineJson.Write(Binary))).Profile;

        Assert.Equal(Rfc3030Binary.BINARYMAIL.Variant, again.Table[Rfc3030Binary.BINARYMAIL].Command.Variant);
        Assert.Equal(
            Binary.Table.Edges.Select(edge => $"{edge.From} {edge.Exchange} {edge.To}"),
            again.Table.Edges.Select(edge => $"{edge.From} {edge.Exchange} {edge.To}")
        );
    }
}
