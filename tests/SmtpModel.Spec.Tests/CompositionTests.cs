using SmtpModel.Machines;

namespace SmtpModel.Spec.Tests;

/// <summary>Any set of extensions gives one sound machine.</summary>
public class CompositionTests
{
    private static readonly string[] Keywords = [.. Profiles.Extensions.Select(part => part.Extension!.Keyword)];

    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (
            var (one, other) in from one in Keywords
                                from other in Keywords
                                where string.CompareOrdinal(one, other) <= 0
                                select (one, other)
        )
        {
            pairs.Add(one, other);
        }

        return pairs;
    }

    [Theory, MemberData(nameof(Pairs))]
    public void Each_extension_alone_and_with_each_other_is_sound_and_keeps_what_is_true_of_SMTP(string one, string other)
    {
        var profile = Profiles.Composed([one, other]);

        Assert.Empty(SoundnessCheck.Run(profile));
        Assert.All(Verifier.Verify(profile, Properties.All).Properties, property =>
            Assert.NotEqual(PropertyVerdict.Violated, property.Verdict)
        );
        Assert.Equal(
            new[] { one, other }.Distinct().Order(StringComparer.Ordinal),
            profile.Extensions.Select(extension => extension.Keyword)
        );
    }

    [Fact]
    public void All_together_are_one_machine_in_whatever_order_they_are_named()
    {
        var backwards = Profiles.Rfc5321.With("esmtpsa", Profiles.Esmtpsa.Title, Profiles.Extensions.Reverse());

        Assert.Empty(SoundnessCheck.Run(Profiles.Esmtpsa));
        Assert.Equal(MachineJson.Write(Profiles.Esmtpsa), MachineJson.Write(backwards));
    }

    [Fact]
    public void What_the_base_says_is_said_by_the_whole_machine_too()
    {
        var (small, whole) = (Profiles.Rfc5321.Table, Profiles.Esmtp.Table);

        Assert.Equal(small.States, whole.States);
        Assert.All(small.Edges, edge => Assert.Equal(edge.To, whole.Find(edge.From, edge.Exchange)?.To));
        Assert.All(small.Rules, rule => Assert.Contains(rule, whole.Rules));
    }

    [Fact]
    public void No_keyword_in_particular_gives_the_base_and_an_unknown_one_is_left_out()
    {
        Assert.Same(Profiles.Rfc5321, Profiles.Composed([]));
        Assert.Equal("rfc5321+size", Profiles.Composed(["size", "XCLIENT"]).Name);
        Assert.Same(Profiles.Esmtpsa, Profiles.Composed(Keywords));
        Assert.Same(Profiles.Esmtp, Profiles.Composed(Profiles.Esmtp.Extensions.Select(extension => extension.Keyword)));
    }

    [Fact]
    public void What_an_extension_needs_is_specified_too()
    {
        Assert.All(Profiles.Esmtp.Extensions.SelectMany(extension => extension.Needs.Keys), keyword => Assert.Contains(keyword, Keywords));
    }
}
