using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using SmtpModel.Cli.Campaigns;
using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests.Campaigns;

/// <summary>A campaign on a Slurm cluster of two nodes, which <c>tests/tools/slurm.sh</c> starts on this machine.</summary>
public sealed partial class SlurmTests
{
    private const int Shares = 20;
    private const string Jobs = "jobs";

    // on a busy machine it takes a minute; a job that hangs is a failure, not an endless test
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private static readonly string Script = Path.Combine(Kept.Root, "tests", "tools", "slurm.sh");

    [Fact]
    public async Task Twenty_shares_on_two_nodes_find_what_one_run_finds_also_when_some_are_lost_and_run_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Slurm runs on Linux");
        var (missing, why) = await Programs.RunAsync("/", "bash", [Script, "--check"]);
        Assert.SkipWhen(missing != 0, why.Trim());
        using var folder = new TemporaryFolder();
        await using var server = FaultySmtp.Start(Fault.RsetKeepsTheTransaction);
        using var cluster = await StartAsync(folder);
        var configuration = ("SLURM_CONF", Path.Combine(folder.Path, "slurm", "slurm.conf"));
        string[] work = ["fuzz", server.Name, "--sessions", "200"];
        var tool = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "smtpmodel.dll")}'";

        await RunAsync(folder, ["campaign", "slurm", "--shards", $"{Shares}", "--out", Jobs, "--program", tool, "--", .. work]);
        var submitted = SbatchAsync(folder, configuration, Jobs);
        await RunAsync(folder, [.. work, "--results", "whole.jsonl"]);
        var whole = Played.Merge([Path.Combine(folder.Path, "whole.jsonl")]);
        await submitted;
        var (_, jobs) = await Programs.RunAsync(folder.Path, "scontrol", ["show", "job"], configuration);

        var files = Directory.GetFiles(Path.Combine(folder.Path, Jobs), "*.jsonl");
        var merged = Played.Merge(files);
        Assert.True(merged.IsComplete, jobs);
        Assert.Equal(Shares, merged.Shards.Count);
        Assert.NotEmpty(merged.Findings);
        Assert.Equal(Played.Causes(whole), Played.Causes(merged));
        Assert.Equal(200, merged.Fuzz!.Sessions);
        Assert.Equal(Played.Covered(whole), Played.Covered(merged));
        Assert.Equal(["n1", "n2"], Host().Matches(jobs).Select(match => match.Groups["host"].Value).Distinct()
            .Order(StringComparer.Ordinal));
        Assert.All(merged.Findings, finding => Assert.Contains(finding.Plays.ToId(), MergedPage.Write(merged), StringComparison.Ordinal));

        // a task that was killed, and one whose file is lost
        var said = Played.Said(merged);
        var cut = await File.ReadAllTextAsync(files[3], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(files[3], cut[..(cut.Length / 2)], TestContext.Current.CancellationToken);
        var lost = merged.Shards.Single(shard => shard.Result!.File == files[7]).Number;
        var killed = merged.Shards.Single(shard => shard.Result!.File == files[3]).Number;
        File.Delete(files[7]);
        var open = MergedPrinter.Numbers(Played.Merge(files.Where(File.Exists)).Open.Select(shard => shard.Number));
        Assert.Equal(MergedPrinter.Numbers([killed, lost]), open);
        await SbatchAsync(folder, configuration, Jobs, $"--array={open}");

        Assert.Equal(said, Played.Said(Played.Merge(files)));
        await LearnAsync(folder, configuration, tool);
    }

    // on the cluster that is there already
    private static async Task LearnAsync(TemporaryFolder folder, (string, string) configuration, string tool)
    {
        const string Learned = "learned";
        await RunAsync(folder, ["campaign", "slurm", "--shards", "3", "--out", Learned, "--program", tool, "--", "learn", "--in-memory"]);
        await SbatchAsync(folder, configuration, Learned);

        var merged = Played.Merge(Directory.GetFiles(Path.Combine(folder.Path, Learned), "*.jsonl"));
        Assert.True(merged.IsComplete, Logs(folder));
        Assert.True(merged.Learning!.Server.Cost.IsWhole);
        var alone = new Asked(folder.Path, _ => Asked.InMemory(null)) { Options = new() { Name = merged.Learning.Server.Name } };
        Assert.Equal(Asked.Said(await alone.LearnAsync()), Asked.Said(merged.Learning.Server));
    }

    private static async Task RunAsync(TemporaryFolder folder, string[] arguments)
    {
        var tool = Smtpmodel.RunAsync(arguments, folder: folder.Path);
        var run = await tool;
        Assert.True(run.ExitCode is ExitCodes.Fine or ExitCodes.Failure, run.All);
    }

    // ends when all tasks of the job have ended; sbatch --wait would look every ten seconds only
    private static async Task SbatchAsync(TemporaryFolder folder, (string, string) configuration, string jobs, params string[] options)
    {
        var (code, said) = await Programs.RunAsync(folder.Path, "sbatch", ["--parsable",
            .. options, $"{jobs}/campaign.sbatch"],
            configuration);
        Assert.True(code == 0, $"sbatch ended with {code}: {said}{Logs(folder)}");
        var clock = Stopwatch.StartNew();
        while ((await Programs.RunAsync(folder.Path, "squeue", ["--noheader", "--jobs", said.Trim()],
            configuration)).Said.Length > 0)
        {
            Assert.True(clock.Elapsed < Limit, $"job {said.Trim()} did not end in {Limit}{Logs(folder)}");
            await Task.Delay(300, TestContext.Current.CancellationToken);
        }
    }

    private static string Logs(TemporaryFolder folder) =>
        string.Concat(Directory.GetFiles(folder.Path, "*.log", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Path.Combine(folder.Path, "slurm", "log")))
            .Select(file => $"\n== {Path.GetFileName(file)}\n{string.Join('\n', File.ReadAllLines(file).TakeLast(5))}"));

    private static async Task<Cluster> StartAsync(TemporaryFolder folder)
    {
        var start = new ProcessStartInfo("bash", [Script, Path.Combine(folder.Path, "slurm"), .. Ports(3)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var cluster = new Cluster(Process.Start(start)!);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        string? said = null;
        try
        {
            said = await cluster.Process.StandardOutput.ReadLineAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // said below, with what its logs have
        }

        if (said != "ready")
        {
            cluster.Dispose();
            Assert.Fail($"the cluster did not come up: {said}{Logs(folder)}");
        }

        return cluster;
    }

    // free when they are asked for; Slurm takes none of its own choice
    private static string[] Ports(int count)
    {
        var sockets = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        sockets.ForEach(socket => socket.Start());
        string[] ports = [.. sockets.Select(socket => $"{((IPEndPoint)socket.LocalEndpoint).Port}")];
        sockets.ForEach(socket => socket.Dispose());
        return ports;
    }

    [GeneratedRegex(@"BatchHost=(?<host>\w+)")]
    private static partial Regex Host();

    private sealed class Cluster(Process process) : IDisposable
    {
        public Process Process => process;

        public void Dispose()
        {
            // it ends when nobody holds its input any more
            process.StandardInput.Close();
            if (!process.WaitForExit(TimeSpan.FromSeconds(5)))
            {
                process.Kill(entireProcessTree: true);
            }

            process.Dispose();
        }
    }
}
