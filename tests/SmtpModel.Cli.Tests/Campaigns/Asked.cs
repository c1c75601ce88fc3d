using System.Text.Json.Nodes;
using SmtpModel.Cli.Campaigns;
using SmtpModel.Machines;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Tests.Campaigns;

/// <summary>Learning that is done in shares, one by one, which leave their files in a folder.</summary>
/// <param name="folder">The folder.</param>
/// <param name="target">Gives the server to a share.</param>
internal sealed class Asked(string folder, Func<Shard, ITarget> target)
{
    private static readonly Profile Profile = Profiles.Rfc5321;

    /// <summary>The options; what decides the work stands in the campaign too.</summary>
    public LearnOptions Options { get; init; } = new() { Name = "the server" };

    /// <summary>The sessions that were asked last by going on.</summary>
    public IReadOnlyList<string> Went { get; private set; } = [];

    private Campaign Campaign => new(Campaign.Learn, new Dictionary<string, string>
    {
        ["profile"] = Profile.Name,
        ["middles"] = $"{Options.Middles}",
        ["extra-states"] = $"{Options.ExtraStates}",
    }, ["--in-memory"]);

    /// <summary>A mutant in memory; the embedded session where there is none.</summary>
    public static ITarget InMemory(string? mutant) => mutant is null ? InMemoryTarget.Of(Profile)
        : InMemoryTarget.Of(MutantCatalogue.Of(Profile).Find(mutant)!);

    public string FileOf(Shard shard) => Path.Combine(folder, Merging.FileOf(shard));

    /// <summary>Asks a share as learn does; gives the exit code.</summary>
    /// <param name="shard">The share.</param>
    /// <param name="cancellation">Kills it.</param>
    public async Task<int> AskAsync(Shard shard, CancellationToken cancellation)
    {
        await using var server = target(shard);
        using var run = new ShardRun(Campaign, shard, FileOf(shard));
        return await run.LearnAsync(Profile, LearningTask.Of(Profile, server, Options), cancellation);
    }

    /// <summary>Asks all shares; the files that they leave.</summary>
    public async Task<List<string>> AskAllAsync(int of)
    {
        List<string> files = [];
        foreach (var number in Enumerable.Range(1, of))
        {
            await AskAsync(new Shard(number, of), TestContext.Current.CancellationToken);
            files.Add(FileOf(new Shard(number, of)));
        }

        return files;
    }

    /// <summary>Learns it without shares.</summary>
    public async Task<LearnedServer> LearnAsync()
    {
        await using var server = target(Shard.Whole);
        return await ServerLearning.RunAsync(Profile, server, Options, cancellation: TestContext.Current.CancellationToken);
    }

    /// <summary>Goes on from what shares know.</summary>
    public async Task<LearnedServer> GoOnAsync(IEnumerable<string> files)
    {
        var known = Known.Of([.. files.SelectMany(ResultReader.Read)]);
        await using var server = target(Shard.Whole);
        await using var kept = new StringWriter();
        using var log = new LearningLog(known.Lines, () => kept);
        var learned = await ServerLearning.RunAsync(Profile, server, Options, log, cancellation: TestContext.Current.CancellationToken);
        Went = [.. kept.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(learned.Cost.Sessions)
            .Select(line => string.Join("; ", JsonNode.Parse(line)!["Inputs"]!.AsArray()
                .Select(input => learned.Inputs[(int)input!].Key)))];
        return learned;
    }

    public static Merged Merge(IEnumerable<string> files) => Played.Merge(files);

    /// <summary>What a file of the machine says, but for what it cost.</summary>
    public static string Said(LearnedServer learned)
    {
        var json = JsonNode.Parse(LearnedJson.Write(learned))!.AsObject();
        var certificate = json["learned"]!["certificate"]!.AsObject();
        Array.ForEach(["sessions", "inputs", "seconds"], name => certificate.Remove(name));
        return json.ToJsonString();
    }

    /// <summary>All that was seen, each session with what it drew, whoever played it.</summary>
    public static List<string> Seen(IEnumerable<string> files) =>
        [.. files.SelectMany(ResultReader.Read).SelectMany(one => one.Sessions)
            .Select(one => $"{string.Join(' ', one.Inputs)}: {string.Join(' ', one.Outputs)}").Order(StringComparer.Ordinal)];
}
