using SmtpModel.Machines;

namespace SmtpModel.Spec.Tests.Verification;

/// <summary>RFC 3030 on top of RFC 5321, alone and with every other extension: sound, and its properties hold and can fail.</summary>
public class ChunkingTests
{
    private static readonly Profile Chunking = Profiles.Composed("chunking");

    public static TheoryData<string> Own { get; } = [.. Rfc3030.Part.Properties.Select(property => property.Name)];

    [Fact]
    public void It_is_sound_by_itself_with_each_other_extension_and_with_all()
    {
        Assert.Empty(SoundnessCheck.Run(Chunking));
        Assert.All(Profiles.Extensions, part => Assert.Empty(SoundnessCheck.Run(Profiles.Composed("chunking", part.Extension!.Keyword))));
        Assert.Empty(SoundnessCheck.Run(Profiles.Extended(Profiles.Esmtpsa, ["chunking"])));
    }

    [Fact]
    public void What_is_true_of_SMTP_and_what_it_says_itself_holds()
    {
        var report = Verifier.Verify(Profiles.Composed("chunking", "pipelining"), Properties.All);

        Assert.True(report.IsProved);
        Assert.All(Own, name =>
            Assert.Equal(PropertyVerdict.Holds, report.Properties.Single(result => result.Property.Name == name).Verdict)
        );
    }

    [Theory, MemberData(nameof(Own))]
    public void Each_of_its_properties_fails_in_a_machine_that_breaks_it(string property)
    {
        var report = Verifier.Verify(BrokenMachine.Of(property).In(Chunking), Properties.All);

        Assert.Equal(PropertyVerdict.Violated, report.Properties.Single(result => result.Property.Name == property).Verdict);
    }

    [Fact]
    public void The_base_is_as_it_was()
    {
        var (small, whole) = (Profiles.Rfc5321.Table, Chunking.Table);

        Assert.Equal(small.States, whole.States.Except([Rfc3030.ChunksGiven]));
        Assert.Contains(Rfc3030.ChunksFailed, whole.ToleratedStates);
        Assert.All(small.Edges, edge => Assert.Equal(edge.To, whole.Find(edge.From, edge.Exchange)?.To));
        Assert.Equal([Rfc3030.BDAT, Rfc3030.BDATLAST], Moving(Chunking).Except(Moving(Profiles.Rfc5321)));
    }

    private static IEnumerable<Command> Moving(Profile profile) => profile.BuildMachine().Vocabulary.MovesWhenRefused.Keys;
}
