using SmtpModel.Cli.Campaigns;
using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests.Campaigns;

/// <summary>
/// Files that are no results, or not those of the campaign, are refused with what is wrong and where; none is overwritten.
/// </summary>
public sealed class ResultFileTests
{
    private const string Machine = "\"type\":\"machine\",\"profile\":\"rfc5321\"";

    [Theory]
    [InlineData("hello\n", "line 1: this is no file of results")]
    [InlineData("hello", "line 1: this is no file of results")]
    [InlineData("\n", "line 1: this is no file of results")]
    [InlineData("[1]\n", "line 1: this is no file of results")]
    [InlineData("{\"type\":\"end\"}\n", "line 1: this is no file of results")]
    [InlineData("{\"type\":\"begin\",\"format\":\"smtpmodel-results\",\"version\":2}\n", "line 1: the results are of another version "
        + "than 1")]
    [InlineData("{\"type\":\"begin\",\"format\":\"smtpmodel-results\",\"version\":\"1\"}\n", "line 1: the results are of another version "
        + "than 1")]
    [InlineData("{\"type\":\"begin\",\"format\":\"smtpmodel-results\",\"version\":1}\n", "line 1: $: it has no")]
    public void A_file_that_is_no_results_is_refused(string text, string why) => Refuses(text, why);

    [Theory]
    [InlineData("\"shard\":1", "\"shard\":4", "line 1: there is no share 4 of 3")]
    [InlineData("\"shard\":1", "\"shard\":0", "line 1: there is no share 0 of 3")]
    [InlineData("\"of\":3", "\"of\":0", "line 1: there is no share 1 of 0")]
    [InlineData("\"command\":\"fuzz\"", "\"command\":\"watch\"", "line 1: there are no results of 'watch' that could be merged")]
    [InlineData("\"sessions\":\"160\"", "\"sessions\":\"161\"", "line 1: the name of the campaign is not that of its settings")]
    [InlineData(Machine, "\"type\":\"machine\",\"profile\":\"rfc9999\"", "line 2: there is no profile 'rfc9999'")]
    [InlineData("\"type\":\"machine\"", "\"type\":\"engine\"", "line 2: ")]
    [InlineData(Machine, "\"type\":\"machine\",\"profile\":\"rfc821\"", "the finding is for rfc5321, and the share for rfc821")]
    [InlineData("\"kind\":\"reply\"", "\"kind\":\"rumour\"", "line 3: ")]
    [InlineData("\"kind\":\"reply\"", "\"kind\":\"reply", "line 3: column ")]
    [InlineData("\"counts\":{\"states\":[", "\"counts\":{\"states\":[1,", "its coverage is of another machine")]
    [InlineData("\"notes\":{\"refused\":[", "\"notes\":{\"refused\":[null,", "one of its lists has null in it")]
    [InlineData("\"left\":[\"", "\"left\":[\"No", "it names the state 'No")]
    [InlineData("\"exchanges\":", "\"exchanges\":-", "\"exchanges\":-")]
    [InlineData("\"groups\":", "\"groups\":1e300,\"was\":", "\"groups\":1e300 is no number that is counted here")]
    [InlineData("\"session\":", "\"session\":-1,\"was\":", "line 3: \"session\":-1 is no number that is counted here")]
    [InlineData("\"counts\":{\"states\":[", "\"counts\":{\"states\":[-", "\"states\":-")]
    [InlineData("\"exitCode\":1", "\"exitCode\":77", "no share ends with exit code 77")]
    [InlineData("{\"type\":\"coverage\"", "{\"type\":\"cov", "the file was damaged")]
    public async Task A_line_in_the_middle_that_is_broken_is_named(string there, string instead, string why)
    {
        using var folder = new TemporaryFolder();
        using var played = new Played(folder.Path);
        var text = await File.ReadAllTextAsync(await played.PlayAsync(new Shard(1, 3)), TestContext.Current.CancellationToken);
        Assert.Contains(there, text, StringComparison.Ordinal);
        Assert.Single(ResultReader.Read(played.FileOf(new Shard(1, 3))));

        Refuses(text.Replace(there, instead, StringComparison.Ordinal), why);
    }

    [Fact]
    public async Task A_line_behind_the_end_and_a_line_that_is_lost_are_named()
    {
        using var folder = new TemporaryFolder();
        using var played = new Played(folder.Path);
        var lines = await File.ReadAllLinesAsync(await played.PlayAsync(new Shard(1, 3)), TestContext.Current.CancellationToken);

        Refuses(Text([.. lines, lines[2]]), $"line {lines.Length + 1}: it stands behind the end of a share");
        Refuses(Text([lines[0], .. lines[2..]]), "line 2: the line with the machine is missing before it");
        Refuses(Text([.. lines[..2], lines[2][..40], .. lines[3..]]), "line 3: column 41");
    }

    [Fact]
    public async Task Two_campaigns_and_two_divisions_are_not_merged()
    {
        using var folder = new TemporaryFolder();
        using var played = new Played(folder.Path);
        var (first, second) = (await played.PlayAsync(new Shard(1, 3)), await played.PlayAsync(new Shard(2, 4)));
        var fault = Assert.Throws<UsageException>(() => Played.Merge([first, second]));
        Assert.Contains("share 1/3", fault.Message, StringComparison.Ordinal);
        Assert.Contains("share 2/4", fault.Message, StringComparison.Ordinal);

        var other = Path.Combine(folder.Path, "other.jsonl");
        using (var run = new ShardRun(Played.Of("99"), new Shard(2, 3), other))
        {
            run.Begin(new MachineLine("rfc5321"));
        }

        fault = Assert.Throws<UsageException>(() => Played.Merge([first, other]));
        Assert.Contains("--sessions 160", fault.Message, StringComparison.Ordinal);
        Assert.Contains("--sessions 99", fault.Message, StringComparison.Ordinal);
        Assert.Contains(first, fault.Message, StringComparison.Ordinal);
        Assert.Contains(other, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Servers_that_offer_different_extensions_are_not_merged()
    {
        using var folder = new TemporaryFolder();
        using var played = new Played(folder.Path);
        var first = await played.PlayAsync(new Shard(1, 2));
        var other = Path.Combine(folder.Path, "other.jsonl");
        using (var run = new ShardRun(Played.Campaign, new Shard(2, 2), other))
        {
            run.Begin(new MachineLine("rfc5321+size"));
        }

        Assert.Contains("they offered different extensions", Assert.Throws<UsageException>(() => Played.Merge([first, other])).Message,
            StringComparison.Ordinal);
    }

    private static string Text(string[] lines) => string.Concat(lines.Select(line => line + "\n"));

    private static void Refuses(string text, string why)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "results.jsonl");
        File.WriteAllText(file, text);

        var fault = Assert.Throws<UsageException>(() => ResultReader.Read(file));

        Assert.StartsWith($"{file}, line ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(file));
    }
}
