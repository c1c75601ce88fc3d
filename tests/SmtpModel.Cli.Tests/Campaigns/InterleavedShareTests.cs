using SmtpModel.Cli.Campaigns;
using SmtpModel.Cli.Tests.Support;
using SmtpModel.Spec;
using SmtpModel.Testing;
using SmtpModel.Testing.Tests.Concurrency;

namespace SmtpModel.Cli.Tests.Campaigns;

/// <summary>Sessions that are played at the same time are divided by rounds, and all shares together are the run.</summary>
public sealed class InterleavedShareTests
{
    private const string Fine = "output.MailGiven.RCPT-550.551";

    // the first is wrong in several ways, the second breaks no rule, and the others only where sessions are open at the same time
    [Theory]
    [InlineData(Played.Usual)]
    [InlineData(Fine)]
    [InlineData(nameof(Shared.ReversePath))]
    [InlineData(nameof(Shared.ForwardPaths))]
    public async Task However_rounds_are_divided_the_shares_together_are_one_run(string fault)
    {
        Func<ITarget> site = Enum.TryParse<Shared>(fault, out var shared) ? () => Sharing.InMemory(Profiles.Rfc5321, shared)
            : () => PlayedShares.InMemory(fault);
        using var single = new TemporaryFolder();
        using var one = new PlayedShares(single.Path, site);
        var whole = await one.WholeAsync();

        Assert.Equal(fault != Fine, whole.Findings.Count > 0);
        foreach (var of in (int[])[1, 3, 7])
        {
            using var folder = new TemporaryFolder();
            using var played = new PlayedShares(folder.Path, site);
            var merged = Played.Merge(await played.PlayAllAsync(of));

            Assert.True(merged.IsComplete);
            // 28 rounds: a round that is begun is played whole
            Assert.Equal(112, merged.Fuzz!.Sessions);
            Assert.Equal(PlayedShares.Causes(whole.Findings), PlayedShares.Causes(merged));
            Assert.Equal(whole.Run.Coverage.ToCounts().Edges, merged.Fuzz.Coverage.ToCounts().Edges);
            Assert.Equal(whole.Run.Inconclusive, merged.Fuzz.Inconclusive);
            Assert.Equal(fault == Fine ? ExitCodes.Fine : ExitCodes.Failure, merged.ExitCode);
        }
    }

    [Fact]
    public async Task What_a_round_showed_stands_wherever_the_merged_result_is_shown_and_plays_again()
    {
        using var folder = new TemporaryFolder();
        using var played = new PlayedShares(folder.Path, () => Sharing.InMemory(Profiles.Rfc5321, Shared.ReversePath));
        var merged = Played.Merge(await played.PlayAllAsync(2));
        var round = merged.Rounds[0];

        Assert.True(round.Finding.IsConcurrent);
        foreach (var said in (string[])[MergedJson.Write(merged), MergedPage.Write(merged), MergedJUnit.Write(merged)])
        {
            Assert.Contains(round.Plays.ToId(), said, StringComparison.Ordinal);
        }

        Assert.Contains("no session alone shows it", MergedPage.Write(merged), StringComparison.Ordinal);
        await using var again = Sharing.InMemory(Profiles.Rfc5321, Shared.ReversePath);
        Assert.Equal(ReplayVerdict.Failed, (await Replay.RunAsync(Profiles.Rfc5321, round.Plays, again,
            TestContext.Current.CancellationToken)).Verdict);
        await using var right = InMemorySite.Of(Profiles.Rfc5321);
        Assert.Equal(ReplayVerdict.Fixed, (await Replay.RunAsync(Profiles.Rfc5321, round.Plays, right,
            TestContext.Current.CancellationToken)).Verdict);
    }

    [Fact]
    public async Task A_share_of_rounds_that_is_cut_off_or_given_twice_changes_nothing_and_one_that_is_broken_is_named()
    {
        using var folder = new TemporaryFolder();
        using var played = new PlayedShares(folder.Path, () => PlayedShares.InMemory(Played.Usual));
        var files = await played.PlayAllAsync(3);
        var said = Played.Said(Played.Merge(files));
        Assert.Equal(said, Played.Said(Played.Merge([files[1], .. files.AsEnumerable().Reverse()])));

        var lines = await File.ReadAllLinesAsync(files[1], TestContext.Current.CancellationToken);
        var at = Array.FindIndex(lines, line => line.StartsWith("{\"type\":\"round\"", StringComparison.Ordinal));
        await WriteAsync([.. lines[..(at + 1)]]);
        var cut = Played.Merge(files);
        Assert.Equal([2], cut.Open.Select(shard => shard.Number));
        Assert.NotEmpty(cut.Shards[1].Result!.Rounds);
        Assert.Equal(ExitCodes.Failure, cut.ExitCode);

        await WriteAsync([.. lines[..at], lines[at].Replace("\"session\":0", "\"session\":9", StringComparison.Ordinal)
            .Replace("\"session\":-1", "\"session\":9", StringComparison.Ordinal), .. lines[(at + 1)..]]);
        var fault = Assert.Throws<UsageException>(() => Played.Merge(files));
        Assert.StartsWith($"{files[1]}, line {at + 1}: the finding is of sessions at the same time", fault.Message,
            StringComparison.Ordinal);

        await played.PlayAsync(new Shard(2, 3));
        Assert.Equal(said, Played.Said(Played.Merge(files)));

        Task WriteAsync(string[] text) =>
            File.WriteAllTextAsync(files[1], string.Concat(text.Select(line => line + "\n")), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_is_refused_where_it_is_in_order_too_is_policy_in_rounds_as_in_sessions_alone()
    {
        using var folder = new TemporaryFolder();
        using var played = new PlayedShares(folder.Path, () => new Closed(InMemorySite.Of(Profiles.Rfc5321)));
        const string Policy = "MAIL out of order in Connected draws 550, as it does in order";

        var whole = await played.WholeAsync();
        Assert.Empty(whole.Findings);
        Assert.Contains(whole.Run.Inconclusive.Keys, why => why.StartsWith(Policy, StringComparison.Ordinal));

        var merged = Played.Merge(await played.PlayAllAsync(3));
        Assert.NotEmpty(merged.Shards.SelectMany(shard => shard.Result!.Rounds));
        Assert.Empty(merged.Rounds);
        Assert.Equal(ExitCodes.Fine, merged.ExitCode);
        Assert.Equal(whole.Run.Inconclusive, merged.Fuzz!.Inconclusive);
    }

    [Fact]
    public async Task A_share_of_rounds_and_one_of_sessions_alone_are_not_merged()
    {
        using var folder = new TemporaryFolder();
        string[] work = ["fuzz", "--in-memory", "--sessions", "12"];
        foreach (var (number, options) in ((int, string[])[])[(1, ["--interleave", "3"]), (2, []), (3, ["--interleave", "4"])])
        {
            await using var tool = Smtpmodel.Start([.. work, .. options, "--shard", $"{number}/3", "--results", $"{number}.jsonl"],
                folder: folder.Path);
            (await tool.EndAsync()).EndsWith(ExitCodes.Fine).Says(number == 2 ? "4 sessions, from number 4 on"
                : $"1 round of {options[1]} sessions, from number {(number == 1 ? 0 : 2)} on");
        }

        var (one, two, three) = (Path.Combine(folder.Path, "1.jsonl"), Path.Combine(folder.Path, "2.jsonl"),
            Path.Combine(folder.Path, "3.jsonl"));
        (await InProcess.RunAsync("merge", one, two)).EndsWith(ExitCodes.Usage)
            .Says("are of two campaigns: one has --interleave 3, the other no --interleave");
        (await InProcess.RunAsync("merge", one, three)).EndsWith(ExitCodes.Usage)
            .Says("one has --interleave 3, the other --interleave 4");
    }

    // it takes mail from nobody, and says so before it is greeted, too
    private sealed class Closed(ITarget inner) : ITarget
    {
        public string Name => inner.Name;

        public async ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation) =>
            new Session(await inner.ConnectAsync(greeting, cancellation));

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private sealed class Session(ITargetSession session) : ITargetSession
        {
            private bool _isOwn;

            public Observation Greeting => session.Greeting;

            public Protocol.StoredMessage? Delivered => _isOwn ? null : session.Delivered;

            public ValueTask<Observation> SendAsync(ReadOnlyMemory<byte> octets, int script, CancellationToken cancellation)
            {
                // mail data may begin so, and are more than a line
                _isOwn = octets.Span.StartsWith("MAIL"u8) && octets.Span.IndexOf((byte)'\n') == octets.Length - 1;
                return _isOwn ? new(new Observation(ObservationKind.Reply, 550)) : session.SendAsync(octets, script, cancellation);
            }

            public ValueTask<Observation?> UnaskedAsync(TimeSpan patience, CancellationToken cancellation) =>
                session.UnaskedAsync(patience, cancellation);

            public ValueTask DisposeAsync() => session.DisposeAsync();
        }
    }
}
