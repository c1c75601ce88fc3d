using SmtpModel.Cli.Campaigns;
using SmtpModel.Cli.Tests.Support;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Tests.Campaigns;

/// <summary>The merged result of a campaign is that of one run, however it was divided, and whatever happened to its shares.</summary>
public sealed class MergeTests
{
    // the second counts what it should not, the third is wrong only behind a refusal, the last one breaks no rule
    [Theory]
    [InlineData(Played.Usual, true)]
    [InlineData("transfer.MailGiven.RSET-250.MailGiven", true)]
    [InlineData("rejected.RecipientsGiven.RCPT-550.Ready", true)]
    [InlineData("output.MailGiven.RCPT-250.251", false)]
    public async Task However_a_run_is_divided_its_shares_together_are_the_run(string mutant, bool isFaulty)
    {
        List<Merged> all = [];
        foreach (var of in (int[])[1, 2, 3, 7])
        {
            using var folder = new TemporaryFolder();
            using var played = new Played(folder.Path, mutant, sessions: 240);
            all.Add(Played.Merge(await played.PlayAllAsync(of)));
        }

        Assert.Equal(isFaulty, all[0].Findings.Count > 0);
        Assert.All(all, merged =>
        {
            Assert.True(merged.IsComplete);
            Assert.Equal(240, merged.Fuzz!.Sessions);
            Assert.Equal(all[0].Fuzz!.Exchanges, merged.Fuzz.Exchanges);
            Assert.Equal(Played.Causes(all[0]), Played.Causes(merged));
            Assert.Equal(Played.Covered(all[0]), Played.Covered(merged));
            Assert.Equal(all[0].Fuzz!.Inconclusive, merged.Fuzz.Inconclusive);
            Assert.Equal(all[0].ExitCode, merged.ExitCode);
        });
    }

    [Fact]
    public async Task A_fault_that_counts_is_told_in_words_wherever_the_merged_result_is_shown()
    {
        using var folder = new TemporaryFolder();
        using var played = new Played(folder.Path, "counter.RecipientsGiven.VRFY-252.3", sessions: 1000);
        var merged = Played.Merge(await played.PlayAllAsync(2));

        var counted = Assert.Single(merged.Findings.Select(one => one.Finding.Repeats).OfType<string>().Distinct());
        Assert.Contains("VRFY", counted, StringComparison.Ordinal);
        Assert.Contains(counted, MergedJson.Write(merged), StringComparison.Ordinal);
        Assert.Contains(counted, MergedPage.Write(merged), StringComparison.Ordinal);
        Assert.Contains(counted, MergedJUnit.Write(merged), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_run_of_fuzz_that_stops_at_no_finding_finds_what_the_shares_find()
    {
        using var folder = new TemporaryFolder();
        using var played = new Played(folder.Path);
        var merged = Played.Merge(await played.PlayAllAsync(5));

        await using var target = InMemoryTarget.Of(MutantCatalogue.Of(Profiles.Rfc5321).Find(Played.Usual)!);
        var options = new FuzzOptions { Sessions = 160, IsScripted = true, MaxViolations = 1000 };
        var whole = await new Fuzzer(Profiles.Rfc5321, options).RunAsync(target, cancellation: TestContext.Current.CancellationToken);

        Assert.True(whole.Findings.Count > 1);
        Assert.Equal(whole.Findings.Select(finding => finding.Violation.Key).Order(StringComparer.Ordinal),
            merged.Findings.Select(one => one.Finding.Violation.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Neither_the_order_of_the_files_nor_a_file_twice_nor_merging_twice_changes_anything()
    {
        using var folder = new TemporaryFolder();
        using var played = new Played(folder.Path);
        var files = await played.PlayAllAsync(4);
        var said = MergedJson.Write(Played.Merge(files));

        Assert.Equal(said, MergedJson.Write(Played.Merge(files)));
        Assert.Equal(said, MergedJson.Write(Played.Merge(files.AsEnumerable().Reverse())));
        Assert.Equal(said, MergedJson.Write(Played.Merge([files[2], .. files, files[0], .. files])));

        // several shares in one file, as cat puts them together
        var together = Path.Combine(folder.Path, "together.jsonl");
        File.WriteAllText(together, string.Concat(files.AsEnumerable().Reverse().Select(File.ReadAllText)));
        Assert.Equal(said, MergedJson.Write(Played.Merge([together])));
    }

    [Fact]
    public async Task With_several_connections_a_share_leaves_the_same_causes()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        using var played = new Played(folder.Path);
        using var faster = new Played(other.Path);

        Assert.Equal(Played.Causes(Played.Merge(await played.PlayAllAsync(2, connections: 1))),
            Played.Causes(Played.Merge(await faster.PlayAllAsync(3, connections: 4))));
    }

    [Fact]
    public async Task A_share_that_is_cut_off_anywhere_and_run_again_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        using var played = new Played(folder.Path);
        var files = await played.PlayAllAsync(3);
        var said = Played.Said(Played.Merge(files));
        var whole = await File.ReadAllBytesAsync(files[1], TestContext.Current.CancellationToken);
        var ends = Enumerable.Range(0, whole.Length).Where(at => whole[at] == '\n').ToList();
        Assert.True(ends.Count > 6);

        // behind each line, in the middle of each, and one octet before its end
        foreach (var cut in ends.SelectMany((end, at) => (int[])[end, end - 1, at == 0 ? end / 2 : (ends[at - 1] + end) / 2, end + 1])
            .Append(0).Where(cut => cut < whole.Length))
        {
            await File.WriteAllBytesAsync(files[1], whole[..cut], TestContext.Current.CancellationToken);
            var cutOff = Played.Merge(files);

            // its last line without the line's end has all there is to say
            if (cut < whole.Length - 1)
            {
                Assert.Equal([2], cutOff.Open.Select(shard => shard.Number));
                Assert.Contains("--shard 2/3 --results " + files[1], cutOff.Open.Single().Again, StringComparison.Ordinal);
                Assert.Equal(ExitCodes.Failure, cutOff.ExitCode);
            }

            if (cut % 7 == 0 || cut == 0)
            {
                await played.PlayAsync(new Shard(2, 3));
                Assert.Equal(said, Played.Said(Played.Merge(files)));
                Assert.Empty(Directory.GetFiles(folder.Path, "*.part"));
            }
        }
    }

    [Fact]
    public async Task Behind_a_share_that_was_cut_off_in_the_middle_of_a_line_another_one_may_be_put()
    {
        using var folder = new TemporaryFolder();
        using var played = new Played(folder.Path);
        var files = await played.PlayAllAsync(3);
        var (cutOff, together) = (files[1], Path.Combine(folder.Path, "together.jsonl"));
        var text = await File.ReadAllTextAsync(files[1], TestContext.Current.CancellationToken);
        var whole = await File.ReadAllTextAsync(files[2], TestContext.Current.CancellationToken);
        var second = text.IndexOf("\"type\":\"finding\"", StringComparison.Ordinal);

        // in the first line, also before it says what it is; in a finding; at the end of the last line, which is whole without its end
        var first = text.IndexOf('\n', StringComparison.Ordinal);
        foreach (var cut in (int[])[1, 9, 60, first - 1, second + 40, text.Length - 9, text.Length - 1])
        {
            await File.WriteAllTextAsync(cutOff, text[..cut], TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(together, text[..cut] + whole, TestContext.Current.CancellationToken);

            Assert.Equal(Played.Said(Played.Merge([files[0], cutOff, files[2]])), Played.Said(Played.Merge([files[0], together])));
        }

        // three of them on one line
        await File.WriteAllTextAsync(together, text[..60] + text[..9] + whole, TestContext.Current.CancellationToken);
        Assert.Single(ResultReader.Read(together));
    }

    [Fact]
    public async Task What_is_not_strict_is_on_the_page_too()
    {
        using var folder = new TemporaryFolder();
        using var played = new Played(folder.Path, "output.Connected.MAIL-503.354");
        var merged = Played.Merge(await played.PlayAllAsync(2));
        var page = System.Net.WebUtility.HtmlDecode(MergedPage.Write(merged));

        Assert.NotEmpty(merged.Fuzz!.NonStrict);
        Assert.Contains("<h2>Not strict</h2>", page, StringComparison.Ordinal);
        Assert.All(merged.Fuzz.NonStrict, note =>
        {
            Assert.Contains(note.Key.What, page, StringComparison.Ordinal);
            Assert.Contains(note.Value.Rule!.Asks, page, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task What_a_share_found_before_it_was_cut_off_is_not_lost()
    {
        using var folder = new TemporaryFolder();
        using var played = new Played(folder.Path);
        var file = await played.PlayAsync(new Shard(1, 2));
        var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        var cut = Array.FindIndex(lines, line => line.Contains("\"type\":\"finding\"", StringComparison.Ordinal)) + 1;
        await File.WriteAllTextAsync(file, string.Concat(lines.Take(cut).Select(line => line + "\n")),
            TestContext.Current.CancellationToken);

        var merged = Played.Merge([file]);

        Assert.Single(merged.Findings);
        Assert.Equal(["incomplete", "missing"], merged.Shards.Select(shard => shard.State));
    }

    [Fact]
    public async Task Of_two_sessions_that_show_a_cause_the_shorter_one_is_shown()
    {
        using var folder = new TemporaryFolder();
        using var played = new Played(folder.Path);
        var shown = Played.Merge(await played.PlayAllAsync(7));

        Assert.All(shown.Shards.SelectMany(shard => shard.Result!.Findings), kept =>
            Assert.InRange(shown.Findings.Single(one =>
                one.Finding.Violation.Key == kept.Finding.Violation.Key).Finding.Session.Steps.Count, 1,
                kept.Finding.Session.Steps.Count));
    }

    [Theory]
    [InlineData("tour")]
    [InlineData("uniform")]
    public async Task However_a_score_is_divided_its_shares_together_are_the_score(string strategy)
    {
        List<string> said = [];
        foreach (var of in (int[])[1, 2, 7])
        {
            using var folder = new TemporaryFolder();
            var settings = new Dictionary<string, string> { ["profile"] = "rfc821", ["strategy"] = strategy };
            var campaign = new Campaign(Campaign.Score, settings, []);
            var files = Enumerable.Range(1, of).Select(number => Path.Combine(folder.Path, Merging.FileOf(new Shard(number, of))))
                .ToList();
            foreach (var (file, number) in files.Select((file, at) => (file, at + 1)))
            {
                using var run = new ShardRun(campaign, new Shard(number, of), file);
                run.Begin();
                var options = run.Part(new ScoreOptions
                {
                    Strategy = strategy,
                    Kinds = [MutantKind.Accepted],
                    Budget = 10,
                    Accusations = true,
                });
                run.End(await MutantScore.RunAsync(Profiles.Rfc821, options, TestContext.Current.CancellationToken), ExitCodes.Fine);
            }

            var merged = Played.Merge(files.AsEnumerable().Reverse());
            Assert.True(merged.IsComplete);
            Assert.NotEmpty(merged.Score!.Faulty);
            said.Add(Played.Said(merged));
        }

        Assert.All(said, one => Assert.Equal(said[0], one));
    }
}
