namespace SmtpModel.Cli.Tests.Campaigns;

/// <summary>A share of a run: each session and each mutant is in exactly one.</summary>
public sealed class ShardTests
{
    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 1)]
    [InlineData(5, 7)]
    [InlineData(2000, 20)]
    [InlineData(2000, 7)]
    [InlineData(long.MaxValue, 13)]
    public void The_shares_of_a_run_follow_each_other_and_differ_by_one_at_most(long total, int of)
    {
        var ranges = Enumerable.Range(1, of).Select(number => new Shard(number, of).Range(total)).ToList();

        Assert.Equal(0, ranges[0].From);
        Assert.Equal(total, ranges[^1].To);
        Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        var sizes = ranges.Select(range => range.To - range.From).ToList();
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Each_place_of_a_list_is_in_one_share(int of) =>
        Assert.All(Enumerable.Range(0, 50), place => Assert.Single(Enumerable.Range(1, of), number => new Shard(number, of).Has(place)));

    [Theory]
    [InlineData("0/3")]
    [InlineData("4/3")]
    [InlineData("-1/3")]
    [InlineData("1/0")]
    [InlineData("1")]
    [InlineData("1/2/3")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("1/100001")]
    [InlineData("99999999999/99999999999")]
    public void What_is_no_share_is_refused(string text) => Assert.Null(Shard.Parse(text));

    [Fact]
    public void A_share_is_read_as_it_is_written() => Assert.Equal("3/20", Shard.Parse("3/20")!.Value.ToString());
}
