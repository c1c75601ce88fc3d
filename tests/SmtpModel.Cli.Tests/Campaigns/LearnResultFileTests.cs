using SmtpModel.Cli.Campaigns;
using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests.Campaigns;

/// <summary>Files of shares of learning that are damaged, or of other work, are refused with what is wrong and where.</summary>
public sealed class LearnResultFileTests
{
    [Theory]
    [InlineData("\"inputs\":[{", "\"inputs\":[],\"old\":[{", "line 3: it has no input")]
    [InlineData("\"name\":\"HELO\"", "\"name\":\"EHLO\"", "line 3: it has the input 'EHLO' twice")]
    [InlineData("\"command\":\"HELO\"", "\"command\":\"HALO\"", "line 3: there is no command 'HALO' in rfc5321")]
    [InlineData("\"command\":\"HELO\",\"kind\":\"valid\"", "\"command\":\"HELO\",\"kind\":\"data\"",
        "line 3: the input 'HELO' is no line of HELO")]
    [InlineData("\"code\":220", "\"code\":554", "line 4: no server lets anybody in with 554")]
    [InlineData("{\"type\":\"inputs\"", "{\"type\":\"progress\",\"sessions\":0,\"exchanges\":0,\"seconds\":0,\"old\":0",
        "line 5: the line with the inputs is missing before it")]
    [InlineData("\"type\":\"session\",\"number\":1,\"inputs\":[", "\"type\":\"session\",\"number\":1,\"inputs\":[99,",
        "line 5: there is no input 99")]
    [InlineData("\"type\":\"session\",\"number\":1,\"inputs\":[", "\"type\":\"session\",\"number\":1,\"inputs\":[-1,",
        "line 5: there is no input -1")]
    [InlineData("\"type\":\"session\",\"number\":1,\"inputs\":[", "\"type\":\"session\",\"number\":1,\"inputs\":[0,",
        " inputs and ")]
    [InlineData("\"outputs\":[\"", "\"outputs\":[\"maybe ", "line 5: no server answers with 'maybe ")]
    public async Task A_line_that_is_broken_is_named(string there, string instead, string why)
    {
        using var folder = new TemporaryFolder();
        var text = await File.ReadAllTextAsync(await AskAsync(folder), TestContext.Current.CancellationToken);
        Assert.Contains(there, text, StringComparison.Ordinal);
        var file = Path.Combine(folder.Path, "broken.jsonl");
        var at = text.IndexOf(there, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, text[..at] + instead + text[(at + there.Length)..], TestContext.Current.CancellationToken);

        var fault = Assert.Throws<UsageException>(() => ResultReader.Read(file));

        Assert.StartsWith($"{file}, line ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_where_nobody_sends_it_and_inputs_of_two_kinds_are_named()
    {
        using var folder = new TemporaryFolder();
        var asked = new Asked(folder.Path, _ => Asked.InMemory(null));
        var files = await asked.AskAllAsync(2);
        var text = await File.ReadAllTextAsync(files[0], TestContext.Current.CancellationToken);

        var quit = ResultReader.Read(files[0])[0].Inputs.Index().Single(input => input.Item.Name == "QUIT").Index;
        var line = text.Split('\n').First(one => one.Contains("\"type\":\"session\"", StringComparison.Ordinal));
        await File.WriteAllTextAsync(files[0], text.Replace(line,
            $"{{\"type\":\"session\",\"number\":1,\"inputs\":[{quit},0],\"outputs\":[\"221, closed\",\"250\"]}}", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        Assert.Contains($"session 1 of {files[0]} has ", Refused(files), StringComparison.Ordinal);

        await File.WriteAllTextAsync(files[0], text.Replace("EHLO client.example", "EHLO other.example", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        Assert.Contains("was asked with other inputs than", Refused(files), StringComparison.Ordinal);

        await File.WriteAllTextAsync(files[0], text.Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        Assert.Contains("the results are of another version than 1", Refused(files), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_work_goes_on_from_no_results()
    {
        using var folder = new TemporaryFolder();
        string[] share = ["learn", "--in-memory", "--inputs", "EHLO,MAIL,RCPT,DATA,end of data,QUIT"];
        string[] file = ["--results", Path.Combine(folder.Path, "shard-1.jsonl")];
        (await InProcess.RunAsync([.. share, .. file])).EndsWith(ExitCodes.Fine);
        var text = await File.ReadAllTextAsync(file[1], TestContext.Current.CancellationToken);

        (await InProcess.RunAsync([.. share, "--seed", "2", .. file])).EndsWith(ExitCodes.Usage)
            .Says("it holds results of another campaign, with --seed 1, and this has --seed 2");
        (await InProcess.RunAsync([.. share, "--shard", "1/2", .. file])).EndsWith(ExitCodes.Usage)
            .Says("it holds share 1/1, and this is share 1/2");
        (await InProcess.RunAsync([.. share, "--seed", "2", "--known", file[1]])).EndsWith(ExitCodes.Usage)
            .Says($"--known {file[1]}: it holds results of another campaign, with --seed 1, and this has --seed 2");
        (await InProcess.RunAsync([.. share, "--known", file[1], "--resume", file[1]])).EndsWith(ExitCodes.Usage)
            .Says("leave one of them out");
        Assert.Equal(text, await File.ReadAllTextAsync(file[1], TestContext.Current.CancellationToken));

        // what it has is enough, and every verb takes what is written of it
        var machine = Path.Combine(folder.Path, "machine.json");
        (await InProcess.RunAsync("merge", folder.Path, "--json", machine)).EndsWith(ExitCodes.Fine);
        (await InProcess.RunAsync([.. share, "--known", folder.Path, "--json", machine])).EndsWith(ExitCodes.Fine);
        (await InProcess.RunAsync("verify", "--model", machine)).EndsWith(ExitCodes.Fine);
    }

    private static async Task<string> AskAsync(TemporaryFolder folder)
    {
        var asked = new Asked(folder.Path, _ => Asked.InMemory(null));
        await asked.AskAsync(new Shard(1, 9), TestContext.Current.CancellationToken);
        return asked.FileOf(new Shard(1, 9));
    }

    private static string Refused(IEnumerable<string> files) => Assert.Throws<UsageException>(() => Asked.Merge(files)).Message;
}
