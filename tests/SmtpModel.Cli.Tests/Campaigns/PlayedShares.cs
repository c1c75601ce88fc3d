using SmtpModel.Cli.Campaigns;
using SmtpModel.Cli.Replaying;
using SmtpModel.Cli.Tests.Support;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Tests.Campaigns;

/// <summary>
/// A campaign of sessions that are played several at a time, or of which it is looked what they deliver; its shares leave their files in a
/// folder.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="site">Gives the server to a share.</param>
/// <param name="sessions">How many sessions there are.</param>
/// <param name="together">How many are played at a time; the last round has as many too.</param>
internal sealed class PlayedShares(string folder, Func<ITarget> site, int sessions = 110, int together = 4) : IDisposable
{
    public const string Delivered = "--delivered 'maildir:over there'";
    private static readonly SmtpModel.Machines.Profile Profile = Profiles.Rfc5321;
    private readonly TemporaryFolder _store = new();

    /// <summary>Gives a share what it looks with for what is delivered; nothing when null.</summary>
    public Func<DeliveryWatch>? Watch { get; init; }

    private FuzzOptions Whole => new()
    {
        Sessions = sessions,
        Connections = together,
        MaxViolations = 1000,
        MaxShrinkTime = TimeSpan.FromSeconds(5),
        IsScripted = Watch is null,
        Delivered = Watch?.Invoke(),
    };

    private Campaign Campaign => new(Campaign.Fuzz, new Dictionary<string, string>
    {
        ["profile"] = "rfc5321",
        ["sessions"] = $"{sessions}",
        ["interleave"] = $"{together}",
    }, Watch is null ? [] : ["--delivered", "maildir:over there"]);

    /// <summary>A mutant in memory.</summary>
    public static ITarget InMemory(string mutant)
    {
        var faulty = MutantCatalogue.Of(Profile).Find(mutant)!;
        return new InMemorySite(mutant, () => InMemoryTarget.Of(faulty));
    }

    public string FileOf(Shard shard) => Path.Combine(folder, Merging.FileOf(shard));

    /// <summary>Plays a share as fuzz does; the file that it leaves.</summary>
    public async Task<string> PlayAsync(Shard shard)
    {
        var found = new FoundWith(ReplayStore.In(new DirectoryInfo(_store.Path)), FoundWith.InMemory, new TcpTimeouts(), null,
            Watch is null ? null : Delivered);
        using var run = new ShardRun(Campaign, shard, FileOf(shard));
        var part = run.Part(Whole, found, Profile.Name, isInterleaved: together > 1);
        run.Begin(new MachineLine(Profile.Name));
        await using var target = site();
        var (report, isFaulty) = together > 1 ? Of(await InterleavedAsync(target, part))
            : (await new Fuzzer(Profile, part).RunAsync(target, cancellation: TestContext.Current.CancellationToken), false);
        run.End(report, part, isFaulty || report.Findings.Count > 0 ? ExitCodes.Failure : ExitCodes.Fine);
        return FileOf(shard);
    }

    /// <summary>Plays all shares, one after the other or all at the same time.</summary>
    public async Task<List<string>> PlayAllAsync(int of, bool atOnce = false)
    {
        List<string> files = [];
        var shards = Enumerable.Range(1, of).Select(number => new Shard(number, of)).ToList();
        if (atOnce)
        {
            return [.. await Task.WhenAll(shards.Select(shard => Task.Run(() => PlayAsync(shard))))];
        }

        foreach (var shard in shards)
        {
            files.Add(await PlayAsync(shard));
        }

        return files;
    }

    /// <summary>One run of all of it.</summary>
    public async Task<InterleavedReport> WholeAsync()
    {
        await using var target = site();
        return await InterleavedAsync(target, Whole);
    }

    /// <summary>The causes that were found, with the session or the round that each was first seen in.</summary>
    public static List<string> Causes(Merged merged) =>
        [.. Played.Causes(merged), .. Causes(merged.Rounds.Select(one => one.Finding))];

    /// <inheritdoc cref="Causes(Merged)"/>
    public static List<string> Causes(IEnumerable<InterleavedFinding> found) =>
        [.. found.OrderBy(one => one.Number).ThenBy(one => one.Violation.Key, StringComparer.Ordinal)
            .Select(one => $"{one.Number} {one.Violation.Key}")];

    public void Dispose() => _store.Dispose();

    private static Task<InterleavedReport> InterleavedAsync(ITarget target, FuzzOptions options) =>
        new InterleavedFuzzer(Profile, options).RunAsync(target, cancellation: TestContext.Current.CancellationToken);

    private static (FuzzReport Report, bool IsFaulty) Of(InterleavedReport report) => (report.Run, report.Findings.Count > 0);
}
