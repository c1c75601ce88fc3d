using System.Diagnostics;
using System.Text.Json;
using SmtpModel.Cli.Campaigns;
using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests.Campaigns;

/// <summary>Campaigns as they are typed: shares, what is done again and what is not, merging, and the jobs for a cluster.</summary>
public sealed class CampaignCommandTests
{
    private static readonly string Schema = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "smtpmodel-tools", "kubernetes");

    [Fact]
    public async Task A_share_that_is_complete_is_not_done_again_but_when_that_is_asked_for()
    {
        using var folder = new TemporaryFolder();
        string[] share = ["fuzz", "--in-memory", "--sessions", "60", "--shard", "2/3", "--results", "two.jsonl"];
        (await RunAsync(folder, share)).EndsWith(ExitCodes.Fine)
            .Says("share 2/3: 20 sessions, from number 20 on; results go to two.jsonl");
        var text = await ReadAsync(folder, "two.jsonl");

        Assert.DoesNotContain("fuzzing", (await RunAsync(folder, share)).EndsWith(ExitCodes.Fine)
            .Says("two.jsonl has share 2/3 complete, so nothing is run").Out,
            StringComparison.Ordinal);
        Assert.Equal(text, await ReadAsync(folder, "two.jsonl"));

        (await RunAsync(folder, [.. share, "--again"])).EndsWith(ExitCodes.Fine).Says("fuzzing");
        Assert.NotEqual(text, await ReadAsync(folder, "two.jsonl"));
    }

    [Fact]
    public async Task A_share_that_is_killed_leaves_what_can_be_read_and_is_done_anew()
    {
        using var folder = new TemporaryFolder();
        string[] share = ["fuzz", "--in-memory", "--sessions", "6000", "--shard", "1/1", "--results", "one.jsonl"];
        await using (var killed = Smtpmodel.Start(share, folder: folder.Path))
        {
            await killed.SaysAsync("results go to");
            var clock = Stopwatch.StartNew();
            while (new FileInfo(Path.Combine(folder.Path, "one.jsonl")) is not { Exists: true, Length: > 0 }
                && clock.Elapsed < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(5, TestContext.Current.CancellationToken);
            }

            killed.Signal(9);
            Assert.Equal(128 + 9, (await killed.EndAsync()).ExitCode);
        }

        (await RunAsync(folder, "merge", "one.jsonl")).EndsWith(ExitCodes.Incomplete)
            .Says("incomplete: share 1", "  smtpmodel fuzz --sessions 6000 --in-memory --shard 1/1 --results one.jsonl");
        (await RunAsync(folder, share)).EndsWith(ExitCodes.Fine).Says("played 6000 sessions");
        (await RunAsync(folder, "merge", "one.jsonl")).EndsWith(ExitCodes.Fine)
            .Says("1 complete", "played 6000 sessions", "no violation");
        Assert.Equal([Path.Combine(folder.Path, "one.jsonl")], Directory.GetFiles(folder.Path));

        // one that had told of nothing
        var lines = await File.ReadAllLinesAsync(Path.Combine(folder.Path, "one.jsonl"), TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(Path.Combine(folder.Path, "begun.jsonl"), lines[..2], TestContext.Current.CancellationToken);
        (await RunAsync(folder, "merge", "begun.jsonl")).EndsWith(ExitCodes.Incomplete)
            .Says("no session is reported", "incomplete: share 1");
    }

    [Fact]
    public async Task A_share_for_which_nothing_is_left_says_so_and_is_done()
    {
        using var folder = new TemporaryFolder();
        var fuzzed = (await RunAsync(folder, "fuzz", "--in-memory", "--sessions", "5", "--shard", "1/7", "--results", "one.jsonl"))
            .EndsWith(ExitCodes.Fine);
        Assert.EndsWith("no session is left for this share\n", fuzzed.Out, StringComparison.Ordinal);
        (await RunAsync(folder, "mutants", "score", "--profile", "rfc821", "--shard", "9000/9999")).EndsWith(ExitCodes.Fine)
            .Says("share 9000/9999: no mutant is left for it");
        (await RunAsync(folder, "learn", "--in-memory", "--shard", "9000/9999", "--results", "learn.jsonl")).EndsWith(ExitCodes.Fine)
            .Says("share 9000/9999: no session is left for it");
        (await RunAsync(folder, "merge", "one.jsonl")).EndsWith(ExitCodes.Incomplete).Says("no session is reported",
            "what they have not said yet is not in this");
    }

    [Fact]
    public async Task What_a_killed_run_left_beside_its_file_is_removed_by_the_next_one_and_nothing_else_is()
    {
        using var folder = new TemporaryFolder();
        string[] share = ["fuzz", "--in-memory", "--sessions", "5", "--results", "one.jsonl"];
        (await RunAsync(folder, share)).EndsWith(ExitCodes.Fine);
        using var gone = System.Diagnostics.Process.Start("true");
        await gone.WaitForExitAsync(TestContext.Current.CancellationToken);
        var here = $".{Environment.MachineName}-";
        string[] stay = [$"one.jsonl{here}{Environment.ProcessId}.part", $"one.jsonl.elsewhere-{gone.Id}.part",
            $"two.jsonl{here}{gone.Id}.part"];
        foreach (var part in (string[])[$"one.jsonl{here}{gone.Id}.part", .. stay])
        {
            await File.WriteAllTextAsync(Path.Combine(folder.Path, part), "", TestContext.Current.CancellationToken);
        }

        (await RunAsync(folder, [.. share, "--again"])).EndsWith(ExitCodes.Fine);

        Assert.Equal(stay.Append("one.jsonl").Order(), Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Merging_names_what_is_missing_with_the_command_that_does_it_and_writes_its_reports()
    {
        await using var server = FaultySmtp.Start(Fault.RcptWithoutMail);
        using var folder = new TemporaryFolder();
        string[] work = ["fuzz", server.Name, "--sessions", "120"];
        (await RunAsync(folder, [.. work, "--shard", "1/3", "--results", "shard-1.jsonl"])).EndsWith(ExitCodes.Failure);
        (await RunAsync(folder, [.. work, "--shard", "3/3", "--results", "shard-3.jsonl"])).EndsWith(ExitCodes.Failure);

        var first = (await RunAsync(folder, "merge", ".", "--json", "all.json", "--coverage", "json=coverage.json"))
            .EndsWith(ExitCodes.Failure).Says("3 shares: 2 complete and 1 missing", "VIOLATION 1", "missing: share 2");
        var line = first.Out.Split('\n').Single(one => one.StartsWith("  smtpmodel fuzz", StringComparison.Ordinal)).Trim();
        (await RunAsync(folder, [.. Documents.Words(line).Skip(1)])).Says("share 2/3: 40 sessions, from number 40 on");

        var all = (await RunAsync(folder, "merge", "shard-1.jsonl", "shard-2.jsonl", "shard-3.jsonl",
            "--json", "all.json", "--html", "all.html", "--junit", "all.xml"))
            .EndsWith(ExitCodes.Failure).Says("3 shares: 3 complete", "played 120 sessions");
        Assert.DoesNotContain("missing", all.Out, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await ReadAsync(folder, "all.json"));
        var findings = json.RootElement.GetProperty("findings").EnumerateArray().ToList();
        Assert.NotEmpty(findings);
        var (page, xml) = (await ReadAsync(folder, "all.html"), await ReadAsync(folder, "all.xml"));
        Assert.All(findings, finding =>
        {
            Assert.Contains(finding.GetProperty("replay").GetString()!, page, StringComparison.Ordinal);
            Assert.Contains(finding.GetProperty("replay").GetString()!, xml, StringComparison.Ordinal);
        });
        Assert.Equal(findings.Count, all.Out.Split("\nVIOLATION ").Length - 1);

        // what plays a finding again does so elsewhere too
        using var elsewhere = new TemporaryFolder();
        (await RunAsync(elsewhere, [.. findings[0].GetProperty("replay").GetString()!.Split(' ').Skip(1)])).EndsWith(ExitCodes.Failure);
    }

    [Fact]
    public async Task Mutants_are_scored_in_shares()
    {
        using var folder = new TemporaryFolder();
        string[] work = ["mutants", "score", "--profile", "rfc821", "--strategy", "tour", "--kind", "accepted"];
        await Task.WhenAll(Enumerable.Range(1, 2).Select(async number =>
            Assert.Contains((await RunAsync(folder, [.. work, "--shard", $"{number}/2", "--results", $"{number}.jsonl"])).ExitCode,
                (int[])[ExitCodes.Fine, ExitCodes.Failure])));
        var whole = await RunAsync(folder, work);

        var merged = await RunAsync(folder, "merge", "1.jsonl", "2.jsonl");

        Assert.Equal(whole.ExitCode, merged.ExitCode);
        Assert.Equal(Figures(whole.Out), Figures(merged.Out[merged.Out.IndexOf("tour killed", StringComparison.Ordinal)..]));

        static string Figures(string text) => System.Text.RegularExpressions.Regex.Replace(text, @" in [\d.]+ s\n", "\n");
    }

    // as a task of Slurm and a pod of Kubernetes would run it
    [Theory]
    [InlineData("slurm", "SLURM_ARRAY_TASK_ID", 3, "jobs with a space/shard-03.jsonl")]
    [InlineData("kubernetes", "JOB_COMPLETION_INDEX", 2, "shard-03.jsonl")]
    public async Task The_script_of_a_job_does_its_share_and_ends_well_though_something_was_found(string engine, string variable,
        int value, string results)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "there is no /bin/bash here");
        await using var server = FaultySmtp.Start(Fault.RcptWithoutMail);
        using var folder = new TemporaryFolder();
        string[] more = engine == "slurm" ? [] : ["--image", "registry.example/smtpmodel:1", "--claim", "results"];
        var tool = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "smtpmodel.dll")}'";
        var jobs = Path.Combine(folder.Path, "jobs with a space");
        (await InProcess.RunAsync(["campaign", engine, "--shards", "12", "--out", jobs, "--program", tool, .. more,
            "--", "fuzz", server.Name, "--sessions", "240", "--rcpt", "o'brien@example.test"])).EndsWith(ExitCodes.Fine);
        var file = Directory.GetFiles(jobs).Single();
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        using var manifest = engine == "slurm" ? null : JsonDocument.Parse(text);
        var script = manifest is null ? text
            : manifest.RootElement.GetProperty("spec").GetProperty("template").GetProperty("spec").GetProperty("containers")[0]
                .GetProperty("command")[2].GetString()!;

        var (code, said) = await Programs.RunAsync(folder.Path, manifest is null ? "/bin/bash"
            : "/bin/sh", ["-c", script], (variable, $"{value}"));

        Assert.True(code == 0, said);
        var merged = Played.Merge([Path.Combine(folder.Path, results)]);
        Assert.Equal("1-2,4-12", MergedPrinter.Numbers(merged.Open.Select(shard => shard.Number)));
        Assert.Equal(("o'brien@example.test", 20), (merged.Begin.Settings["rcpt"], merged.Fuzz!.Sessions));
        Assert.NotEmpty(merged.Findings);

        // one that cannot do its share has not done it
        (code, said) = await Programs.RunAsync(folder.Path, "/bin/bash", ["-c",
            script.Replace(server.Name, "127.0.0.1:1", StringComparison.Ordinal)], (variable, $"{value - 1}"));
        Assert.True(code == ExitCodes.NoVerdict, said);
    }

    [Fact]
    public async Task A_job_does_the_shares_of_learning_and_the_command_that_merge_names_goes_on_from_them()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "there is no /bin/bash here");
        await using var server = FaultySmtp.Start(Fault.RcptWithoutMail);
        using var folder = new TemporaryFolder();
        var tool = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "smtpmodel.dll")}'";
        var jobs = Path.Combine(folder.Path, "jobs");
        (await InProcess.RunAsync("campaign", "slurm", "--shards", "2", "--out", jobs, "--program", tool, "--", "learn", server.Name))
            .EndsWith(ExitCodes.Fine);
        var script = await ReadAsync(folder, "jobs/campaign.sbatch");

        foreach (var number in (string[])["1", "2"])
        {
            var (code, said) = await Programs.RunAsync(folder.Path, "/bin/bash", ["-c", script], ("SLURM_ARRAY_TASK_ID", number));
            Assert.True(code == 0, said);
        }

        var merged = (await RunAsync(folder, "merge", "jobs", "--json", "known.json", "--html", "all.html", "--junit", "all.xml"))
            .Says("2 shares: 2 complete", "not learned whole", "the learner has to ask more, first: ");
        var line = merged.Out.Split('\n').Single(one => one.StartsWith("  smtpmodel learn", StringComparison.Ordinal)).Trim();
        Assert.Equal($"smtpmodel learn {server.Name} --known jobs", line);
        Assert.Contains(line, await ReadAsync(folder, "all.html"), StringComparison.Ordinal);
        (await RunAsync(folder, [.. Documents.Words(line).Skip(1), "--json", "whole.json"])).EndsWith(ExitCodes.Failure)
            .Says("were known from shares", "certificate: right for every server", "FAIL", "EHLO / 250; RCPT / 250");
        (await RunAsync(folder, "diff", "whole.json", "whole.json")).EndsWith(ExitCodes.Fine).Says("0 differences");
    }

    [Fact]
    public async Task The_manifest_agrees_with_the_published_schema_and_one_with_a_fault_would_not()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Schema, "node_modules", "kubernetes-models")),
            "the npm package kubernetes-models is not there; tests/tools/install.sh brings it");
        using var folder = new TemporaryFolder();
        (await InProcess.RunAsync("campaign", "kubernetes", "--shards", "20", "--out", folder.Path,
            "--image", "registry.example/smtpmodel:1", "--claim", "results", "--parallel", "50",
            "--", "mutants", "score", "--tool", "mytool {target}")).EndsWith(ExitCodes.Fine);
        var text = await ReadAsync(folder, "campaign.json");
        using var manifest = JsonDocument.Parse(text);
        var job = manifest.RootElement.GetProperty("spec");
        Assert.Equal("Indexed", job.GetProperty("completionMode").GetString());
        Assert.Equal((20, 20), (job.GetProperty("completions").GetInt32(), job.GetProperty("parallelism").GetInt32()));

        Assert.Equal((0, ""), await CheckAsync(folder, "campaign.json"));

        await File.WriteAllTextAsync(Path.Combine(folder.Path, "wrong.json"),
            text.Replace("\"completions\": 20", "\"completions\": \"20\"", StringComparison.Ordinal)
            .Replace("\"backoffLimitPerIndex\"", "\"backoffLimitPerIndexes\"", StringComparison.Ordinal),
                TestContext.Current.CancellationToken);
        var (code, said) = await CheckAsync(folder, "wrong.json");
        Assert.Equal(1, code);
        Assert.Contains("completions must be integer", said, StringComparison.Ordinal);
        Assert.Contains("/spec/backoffLimitPerIndexes: there is no such field", said, StringComparison.Ordinal);
    }

    private static Task<(int Code, string Said)> CheckAsync(TemporaryFolder folder, string file) =>
        Programs.RunAsync(folder.Path, "node", [Path.Combine(Kept.Root, "tests", "tools", "kubernetes-job.mjs"), Schema, file]);

    private static async Task<ToolRun> RunAsync(TemporaryFolder folder, params string[] arguments)
    {
        return await Smtpmodel.RunAsync(arguments, folder: folder.Path);
    }

    private static Task<string> ReadAsync(TemporaryFolder folder, string file) =>
        File.ReadAllTextAsync(Path.Combine(folder.Path, file), TestContext.Current.CancellationToken);
}
