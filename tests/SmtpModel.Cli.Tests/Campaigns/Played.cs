using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpModel.Cli.Campaigns;
using SmtpModel.Cli.Replaying;
using SmtpModel.Cli.Tests.Support;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Tests.Campaigns;

/// <summary>A campaign against a mutant in memory, whose shares are played one by one and leave their files in a folder.</summary>
internal sealed class Played(string folder, string mutant = Played.Usual, int sessions = 160) : IDisposable
{
    // it takes MAIL and forgets it, which shows in several ways
    public const string Usual = "transfer.Ready.MAIL-250.Connected";
    private readonly TemporaryFolder _store = new();

    public static Campaign Campaign { get; } = Of("160");

    /// <summary>The campaign of so many sessions.</summary>
    public static Campaign Of(string sessions) =>
        new(Campaign.Fuzz, new Dictionary<string, string> { ["profile"] = "rfc5321", ["sessions"] = sessions }, ["--in-memory"]);

    public string FileOf(Shard shard) => Path.Combine(folder, Merging.FileOf(shard));

    /// <summary>Plays a share as fuzz does; the file that it leaves.</summary>
    /// <param name="shard">The share.</param>
    /// <param name="connections">How many connections there are; with more than one the mutant is served over TCP.</param>
    public async Task<string> PlayAsync(Shard shard, int connections = 0)
    {
        var profile = Profiles.Rfc5321;
        var file = FileOf(shard);
        using var run = new ShardRun(Campaign, shard, file);
        var found = new FoundWith(ReplayStore.In(new DirectoryInfo(_store.Path)), FoundWith.InMemory, new TcpTimeouts(), null);
        var options = run.Part(new FuzzOptions
        {
            Sessions = sessions,
            IsScripted = connections == 0,
            Connections = Math.Max(connections, 1)
        }, found, profile.Name);
        run.Begin(new MachineLine(profile.Name));
        var faulty = MutantCatalogue.Of(profile).Find(mutant)!;
        await using ITarget target = connections == 0 ? InMemoryTarget.Of(faulty) : await EmbeddedServer.StartAsync(profile, faulty);
        var report = await new Fuzzer(profile, options).RunAsync(target, cancellation: TestContext.Current.CancellationToken);
        run.End(report, options, report.Findings.Count > 0 ? ExitCodes.Failure : ExitCodes.Fine);
        return file;
    }

    /// <summary>Plays all shares.</summary>
    public async Task<List<string>> PlayAllAsync(int of, int connections = 0)
    {
        List<string> files = [];
        foreach (var number in Enumerable.Range(1, of))
        {
            files.Add(await PlayAsync(new Shard(number, of), connections));
        }

        return files;
    }

    public static Merged Merge(IEnumerable<string> files) => Merging.Of([.. files.SelectMany(ResultReader.Read)]);

    /// <summary>What a merge says of the work, without what differs from run to run or with the number of shares.</summary>
    public static string Said(Merged merged)
    {
        var json = JsonNode.Parse(MergedJson.Write(merged))!.AsObject();
        Array.ForEach(["shares", "seconds"], name => json.Remove(name));
        if (json["score"] is JsonObject score)
        {
            score.Remove("seconds");
        }

        return json.ToJsonString();
    }

    /// <summary>How often each part of the machine was covered.</summary>
    public static string Covered(Merged merged) => JsonSerializer.Serialize(merged.Fuzz!.Coverage.ToCounts());

    /// <summary>The causes that were found, with the session that each was first seen in.</summary>
    public static List<string> Causes(Merged merged) =>
        [.. merged.Findings.Select(one => $"{one.Finding.Number} {one.Finding.Violation.Key}")];

    public void Dispose() => _store.Dispose();
}
