using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests.Campaigns;

/// <summary>What cannot be done with campaigns is said before anything is run, and nothing that is there is overwritten.</summary>
public sealed class CampaignRefusalTests
{
    [Theory]
    [InlineData("fuzz --shard 4/3", "'4/3' is no share for --shard; write I/N, as 3/20")]
    [InlineData("fuzz --shard 0/3", "'0/3' is no share for --shard")]
    [InlineData("fuzz --in-memory --results {folder}/none/one.jsonl", ": cannot write it: its folder is not there; make it first")]
    [InlineData("fuzz --in-memory --results {folder}", ": cannot write it: it is a folder")]
    [InlineData("fuzz --in-memory --shard 1/2 --max-time 1s", "--max-time ends a run by the clock")]
    [InlineData("fuzz --in-memory --shard 1/2 --max-findings 5", "--max-findings ends a run by what it has found")]
    [InlineData("fuzz --in-memory --shard 1/2 --strategy guided", "--strategy guided goes by what was covered before")]
    [InlineData("fuzz --in-memory --again", "--again is about the file of --results")]
    [InlineData("learn --in-memory --shard 1/2", "--shard: a share of learn is nothing by itself")]
    [InlineData("learn --in-memory --shard 3/2 --results {folder}/r", "'3/2' is no share for --shard")]
    [InlineData("learn --in-memory --results {folder}/none/one.jsonl", "/none/one.jsonl: cannot write it: its folder is not there")]
    [InlineData("learn --in-memory --shard 1/2 --results {folder}/r --max-time 1s", "--max-time ends a run by the clock")]
    [InlineData("learn --in-memory --shard 1/2 --results {folder}/r --json {folder}/j", "--json writes the machine")]
    [InlineData("learn --in-memory --shard 1/2 --results {folder}/r --from-nothing", "--from-nothing asks nothing that is known before")]
    [InlineData("learn --in-memory --shard 1/2 --results {folder}/r --known {folder}", "--known goes on from results of shares")]
    [InlineData("learn --in-memory --shard 1/2 --results {folder}/r --inputs MIAL", "--inputs: there is no input 'MIAL'")]
    [InlineData("learn --in-memory --known {folder}", ": there is no file of results")]
    [InlineData("learn --in-memory --known {folder}/none.jsonl", "none.jsonl: there is no such file")]
    [InlineData("learn --in-memory --inputs ,", "--inputs names no input; write some as EHLO,MAIL,RCPT")]
    [InlineData("merge {folder}/none.jsonl", "none.jsonl: there is no such file")]
    [InlineData("merge {folder}", ": there is no file of results")]
    [InlineData("campaign slurm", "COMMAND is missing")]
    [InlineData("campaign slurm -- fuz", "'fuz' is no work for a campaign")]
    [InlineData("campaign slurm -- learn 127.0.0.1:25 --save a", "--save keeps the sessions, as --results does")]
    [InlineData("campaign slurm -- learn", "which server? Give HOST:PORT, or --in-memory")]
    [InlineData("campaign slurm -- fuzz --sesions 5", "behind --: there is no option '--sesions' of fuzz; did you mean '--sessions'?")]
    [InlineData("campaign slurm -- fuzz --shard 1/2", "behind --: --shard is given to each share by the job; leave it out")]
    [InlineData("campaign slurm -- fuzz --max-time 5s", "--max-time ends a run by the clock")]
    [InlineData("campaign slurm -- fuzz 127.0.0.1:25 --delivered smtp:127.0.0.1:2626", "one would see what is delivered. Have it deliver "
        + "into a maildir: or mbox:")]
    [InlineData("campaign kubernetes --claim c --image i -- fuzz 127.0.0.1:25 --delivered lmtp:127.0.0.1:2626",
        "--delivered lmtp:127.0.0.1:2626 starts a server that the tested one sends on to")]
    [InlineData("campaign slurm -- fuzz --help", "behind --: --help does no work; type smtpmodel fuzz --help for it")]
    [InlineData("campaign slurm --out /proc/x -- fuzz", "--out /proc/x: cannot make the folder: you may not do that there")]
    [InlineData("campaign slurm --shards 0 -- fuzz", "'0' is no number for --shards")]
    [InlineData("campaign slurm --sharts 3 -- fuzz", "there is no option '--sharts' of campaign slurm; did you mean '--shards'?")]
    [InlineData("campaign kubernetes --claim c -- fuzz", "--image")]
    [InlineData("campaign kubernetes --claim C_1 --image i -- fuzz", "'C_1' is no name for --claim")]
    public async Task What_cannot_be_done_is_said(string arguments, string why)
    {
        using var folder = new TemporaryFolder();

        (await InProcess.RunAsync([.. arguments.Split(' ')
            .Select(word => word.Replace("{folder}", folder.Path, StringComparison.Ordinal))]))
            .EndsWith(ExitCodes.Usage).Says(why);

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        Assert.False(Directory.Exists("smtpmodel-campaign"));
    }

    [Fact]
    public async Task A_file_of_another_share_or_campaign_or_that_is_no_results_is_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "two.jsonl");
        string[] share = ["fuzz", "--in-memory", "--sessions", "6", "--results", file];
        await using (var tool = Smtpmodel.Start([.. share, "--shard", "2/3"], folder: folder.Path))
        {
            (await tool.EndAsync()).EndsWith(ExitCodes.Fine);
        }

        var text = await ReadAsync(file);
        (await InProcess.RunAsync([.. share, "--shard", "3/3"])).EndsWith(ExitCodes.Usage)
            .Says("it holds share 2/3, and this is share 3/3");
        (await InProcess.RunAsync([.. share, "--shard", "2/4"])).EndsWith(ExitCodes.Usage)
            .Says("it holds share 2/3, and this is share 2/4");
        (await InProcess.RunAsync([.. share, "--shard", "2/3", "--seed", "9"])).EndsWith(ExitCodes.Usage)
            .Says("another campaign, with --seed 1, and this has --seed 9");
        (await InProcess.RunAsync("mutants", "score", "--shard", "2/3", "--results", file)).EndsWith(ExitCodes.Usage)
            .Says("another campaign, of fuzz, and this is mutants score");
        Assert.Equal(text, await ReadAsync(file));

        await File.WriteAllTextAsync(file, "mine\n", TestContext.Current.CancellationToken);
        (await InProcess.RunAsync([.. share, "--shard", "2/3"])).EndsWith(ExitCodes.Usage)
            .Says("two.jsonl, line 1: this is no file of results");
        (await InProcess.RunAsync([.. share, "--shard", "2/3", "--again"])).EndsWith(ExitCodes.Usage).Says("this is no file of results");
        Assert.Equal("mine\n", await ReadAsync(file));
    }

    [Fact]
    public async Task A_job_of_another_campaign_in_the_same_folder_is_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var jobs = Path.Combine(folder.Path, "jobs");
        string[] job = ["campaign", "slurm", "--out", jobs, "--", "fuzz", "--in-memory"];
        (await InProcess.RunAsync(job)).EndsWith(ExitCodes.Fine);
        var text = await ReadAsync(Path.Combine(jobs, "campaign.sbatch"));

        (await InProcess.RunAsync(job)).EndsWith(ExitCodes.Fine);
        (await InProcess.RunAsync([.. job, "--seed", "4"])).EndsWith(ExitCodes.Usage)
            .Says("campaign.sbatch is there already, and is another job's");

        Assert.Equal(text, await ReadAsync(Path.Combine(jobs, "campaign.sbatch")));
    }

    private static Task<string> ReadAsync(string file) => File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
}
