using SmtpModel.Cli.Campaigns;
using SmtpModel.Cli.Tests.Support;
using SmtpModel.Peers;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Tests.Campaigns;

/// <summary>What shares of learning know together is the machine that one run learns, whatever happened to them.</summary>
public sealed class LearnShareTests
{
    // it takes MAIL and forgets it; it takes MAIL before EHLO, so that it has fewer states
    private const string Forgets = "transfer.Ready.MAIL-250.Connected";
    private const string Early = "accepted.Connected.MAIL.MailGiven";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, true)]
    [InlineData(Forgets, false)]
    [InlineData(Early, false)]
    public async Task However_learning_is_divided_its_shares_together_are_one_run(string? mutant, bool isWhole)
    {
        List<List<string>> seen = [];
        foreach (var of in (int[])[1, 3, 7])
        {
            using var folder = new TemporaryFolder();
            var asked = new Asked(folder.Path, _ => Asked.InMemory(mutant));
            var plain = Asked.Said(await asked.LearnAsync());
            var files = await asked.AskAllAsync(of);

            var merged = Asked.Merge(files);

            seen.Add(Asked.Seen(files));
            Assert.True(merged.IsComplete);
            Assert.Equal(isWhole, merged.Learning!.Server.Cost.IsWhole);
            Assert.Equal(isWhole, merged.Learning.Unknown.Count == 0);
            if (isWhole)
            {
                Assert.Equal(plain, Asked.Said(merged.Learning.Server));
            }

            // what the shares could not know is asked, and nothing that they knew
            var whole = await asked.GoOnAsync(files);
            Assert.Equal(plain, Asked.Said(whole));
            Assert.Equal(isWhole, whole.Cost.Sessions == 0);
            // the next question is sure, and where the server answers as was foreseen so are those behind it
            var sure = mutant == Early ? 1 : Named(merged).Count;
            Assert.Equal(asked.Went.Take(sure), Named(merged).Take(sure));
        }

        Assert.All(seen, one => Assert.Equal(seen[0], one));
    }

    [Fact]
    public async Task What_goes_deeper_is_divided_too()
    {
        using var folder = new TemporaryFolder();
        var asked = new Asked(folder.Path, _ => Asked.InMemory(null))
        {
            Options = new() { Name = "the server", Middles = 100, ExtraStates = 1 },
        };
        var plain = await asked.LearnAsync();
        var files = await asked.AskAllAsync(3);
        var merged = Asked.Merge(files);

        var whole = await asked.GoOnAsync(files);

        Assert.Equal(Asked.Said(plain), Asked.Said(whole));
        // the server answers as was foreseen, so what was named is what is asked
        Assert.Equal(asked.Went, Named(merged));
        var page = MergedPage.Write(merged);
        Assert.NotEmpty(asked.Went);
        Assert.All(asked.Went, session => Assert.Contains($"<code>{session}</code>", page, StringComparison.Ordinal));
        Assert.Equal(1, whole.Cost.ExtraStates);
        Assert.InRange(whole.Cost.Sessions, 0, plain.Cost.Sessions / 50);
    }

    [Fact]
    public async Task A_share_whose_server_is_gone_does_not_stop_the_others_and_is_asked_again()
    {
        using var folder = new TemporaryFolder();
        var isGone = true;
        var asked = new Asked(folder.Path, shard => shard.Number == 2 && isGone ? new Dying(Asked.InMemory(null), 9)
            : Asked.InMemory(null));
        var files = await asked.AskAllAsync(3);

        Assert.Equal(ExitCodes.NoVerdict, await asked.AskAsync(new Shard(2, 3), Cancellation));
        var merged = Asked.Merge(files);
        Assert.Equal(["complete", "incomplete", "complete"], merged.Shards.Select(shard => shard.State));
        Assert.Equal(ExitCodes.Incomplete, merged.ExitCode);
        Assert.Equal("share 2 of 3 is not complete", merged.Learning!.Server.Cost.Stopped);
        Assert.Equal($"smtpmodel learn --in-memory --shard 2/3 --results {files[1]}", merged.Open.Single().Again);

        isGone = false;
        Assert.Equal(ExitCodes.Fine, await asked.AskAsync(new Shard(2, 3), Cancellation));
        Assert.Equal(Asked.Said(await asked.LearnAsync()), Asked.Said(Asked.Merge(files).Learning!.Server));
    }

    [Fact]
    public async Task A_share_that_is_cut_off_anywhere_and_asked_again_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        var asked = new Asked(folder.Path, _ => Asked.InMemory(null));
        var files = await asked.AskAllAsync(3);
        var said = Asked.Said(Asked.Merge(files).Learning!.Server);
        var whole = await File.ReadAllBytesAsync(files[1], Cancellation);

        foreach (var cut in Enumerable.Range(0, 8).Select(part => part * (whole.Length - 2) / 7))
        {
            await File.WriteAllBytesAsync(files[1], whole[..cut], Cancellation);
            Assert.Equal([2], Asked.Merge(files).Open.Select(shard => shard.Number));
        }

        Assert.Equal(said, Asked.Said(await asked.GoOnAsync(files)));
        await asked.AskAsync(new Shard(2, 3), Cancellation);
        Assert.Equal(said, Asked.Said(Asked.Merge(files.AsEnumerable().Reverse()).Learning!.Server));
        Assert.Equal(said, Asked.Said(Asked.Merge([.. files, files[1]]).Learning!.Server));
        Assert.Equal(3, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public async Task Two_answers_to_the_same_inputs_are_named_and_neither_is_used()
    {
        using var folder = new TemporaryFolder();
        var asked = new Asked(folder.Path, _ => Asked.InMemory(null));
        var files = await asked.AskAllAsync(2);
        var plain = await asked.LearnAsync();
        var ehlo = plain.Inputs.ToList().FindIndex(input => input.Key == "EHLO");

        // of many sessions that begin so, one of the second share
        var lines = await File.ReadAllLinesAsync(files[1], Cancellation);
        var at = Array.FindLastIndex(lines, line => line.Contains($"\"inputs\":[{ehlo},", StringComparison.Ordinal));
        lines[at] = lines[at].Replace("\"outputs\":[\"250\"", "\"outputs\":[\"251\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(files[1], string.Concat(lines.Select(line => line + "\n")), Cancellation);

        var merged = Asked.Merge(files);

        Assert.Equal(ExitCodes.Incomplete, merged.ExitCode);
        Assert.NotEmpty(merged.Learning!.Unknown);
        var note = Assert.Single(merged.Learning.Server.Notes);
        Assert.StartsWith("the same inputs drew 250 in session ", note, StringComparison.Ordinal);
        Assert.Contains($"shard-1.jsonl and 251 in session ", note, StringComparison.Ordinal);
        Assert.EndsWith("shard-2.jsonl: EHLO; neither is used", note, StringComparison.Ordinal);
        Assert.Equal([note], Asked.Merge(files.AsEnumerable().Reverse()).Learning!.Server.Notes);
        Assert.Equal(Asked.Said(plain), Asked.Said(await asked.GoOnAsync(files)));
    }

    [Fact]
    public async Task A_server_that_never_answers_the_same_is_named_by_its_share()
    {
        using var folder = new TemporaryFolder();
        var asked = new Asked(folder.Path, _ => new Moody(Asked.InMemory(null)));

        Assert.Equal(ExitCodes.NoVerdict, await asked.AskAsync(new Shard(1, 1), Cancellation));

        var merged = Asked.Merge([asked.FileOf(Shard.Whole)]);
        Assert.Equal(ExitCodes.Incomplete, merged.ExitCode);
        Assert.Contains(merged.Learning!.Server.Notes, note => note.EndsWith("asked again, no reply was drawn by most sessions",
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shares_of_a_real_server_over_TCP_are_what_is_learned_of_it()
    {
        Assert.SkipWhen(Peer.WhyUnavailable(PeerNames.Aiosmtpd) is not null, Peer.WhyUnavailable(PeerNames.Aiosmtpd) ?? "");
        await using var peer = await Peer.Start(PeerNames.Aiosmtpd, null, Cancellation);
        using var folder = new TemporaryFolder();
        var asked = new Asked(folder.Path, _ => new TcpTarget($"{peer.EndPoint.Address}", peer.EndPoint.Port));

        var merged = Asked.Merge(await asked.AskAllAsync(3));

        Assert.Equal(ExitCodes.Fine, merged.ExitCode);
        Assert.Equal(Asked.Said(await asked.LearnAsync()), Asked.Said(merged.Learning!.Server));
    }

    private static List<string> Named(Merged merged) => [.. merged.Learning!.Unknown.Select(session => string.Join("; ", session))];

    // it is gone behind so many sessions
    private sealed class Dying(ITarget inner, int sessions) : ITarget
    {
        private int _left = sessions;

        public string Name => inner.Name;

        public ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation) =>
            _left-- > 0 ? inner.ConnectAsync(greeting, cancellation) : throw new LearningStoppedException("the server is gone");

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }

    // each reply to EHLO is another one
    private sealed class Moody(ITarget inner) : ITarget
    {
        private int _code = 250;

        public string Name => inner.Name;

        public async ValueTask<ITargetSession> ConnectAsync(int greeting, CancellationToken cancellation) =>
            new Session(this, await inner.ConnectAsync(greeting, cancellation));

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private sealed class Session(Moody target, ITargetSession session) : ITargetSession
        {
            public Observation Greeting => session.Greeting;

            public Protocol.StoredMessage? Delivered => session.Delivered;

            public async ValueTask<Observation> SendAsync(ReadOnlyMemory<byte> octets, int script, CancellationToken cancellation) =>
                octets.Span.StartsWith("EHLO"u8) ? new Observation(ObservationKind.Reply, target._code++)
                    : await session.SendAsync(octets, script, cancellation);

            public ValueTask<Observation?> UnaskedAsync(TimeSpan patience, CancellationToken cancellation) =>
                session.UnaskedAsync(patience, cancellation);

            public ValueTask DisposeAsync() => session.DisposeAsync();
        }
    }
}
