using System.Text.Json.Nodes;
using SmtpModel.Cli.Tests.Support;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Tests;

/// <summary><c>smtpmodel learn</c>, and what is done with what was learned.</summary>
public sealed class LearnTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_embedded_session_is_learned_and_every_verb_takes_the_file()
    {
        var learned = (await RunAsync("learn", "--in-memory", "--json", "a.json", "--diagram", "a.svg", "--name", "ours")).EndsWith(
            ExitCodes.Fine
        );
        learned.Says("RecipientsGiven: behind EHLO, MAIL, RCPT", "69 sessions with 265 inputs", "0 violations", "at most 0 states more");
        var picture = await File.ReadAllTextAsync(Path.Combine(_folder.Path, "a.svg"), TestContext.Current.CancellationToken);
        Assert.Contains("#1a6b2f", picture, StringComparison.Ordinal);
        Assert.Contains("ours, as it was learned", picture, StringComparison.Ordinal);
        (await RunAsync("verify", "--model", "a.json")).EndsWith(ExitCodes.Fine);
        (await RunAsync("suite", "--model", "a.json")).EndsWith(ExitCodes.Fine);
        (await RunAsync("export", "--model", "a.json", "--format", "promela")).EndsWith(ExitCodes.Fine);
        (await RunAsync("diagram", "--model", "a.json")).EndsWith(ExitCodes.Fine);
        (await RunAsync("diff", "a.json", "a.json")).EndsWith(ExitCodes.Fine).Says("0 differences");
        var text = await File.ReadAllTextAsync(Path.Combine(_folder.Path, "a.json"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "twice.json"), text.Replace("{\n  \"", "{\n  \"name\": \"x\",\n  \"",
            StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var compared = (await RunAsync("diff", "a.json", "twice.json")).EndsWith(ExitCodes.Usage);
        compared.Says("twice.json: $: the property 'name' is there twice");
    }

    [Fact]
    public async Task A_server_that_takes_RCPT_without_MAIL_is_told_by_its_shortest_session()
    {
        await using var server = FaultySmtp.Start(Fault.RcptWithoutMail);
        var learned = await RunAsync("learn", server.Name, "--json", "b.json", "--diagram", "b.svg");
        learned.EndsWith(ExitCodes.Failure).Says("FAIL", "EHLO / 250; RCPT / 250");
        await RunAsync("learn", "--in-memory", "--json", "a.json");
        (await RunAsync("diff", "a.json", "b.json")).EndsWith(ExitCodes.Failure).Says("told apart by RCPT", "RCPT in Connected, Ready");
        var file = JsonNode.Parse(
            await File.ReadAllTextAsync(Path.Combine(_folder.Path, "b.json"), TestContext.Current.CancellationToken)
        )!;
        Assert.Contains(file["learned"]!["violations"]!.AsArray(), one =>
            (string)one!["input"]! == "RCPT" && (string)one["verdict"]! == "Fail"
        );
        var picture = await File.ReadAllTextAsync(Path.Combine(_folder.Path, "b.svg"), TestContext.Current.CancellationToken);
        Assert.Contains("#b3261e", picture, StringComparison.Ordinal);
        Assert.Equal(picture, (await RunAsync("diagram", "--model", "b.json", "--format", "svg")).EndsWith(ExitCodes.Fine).Out);
    }

    [Fact]
    public async Task A_run_that_was_stopped_goes_on_and_says_what_kept_it()
    {
        var cut = (await RunAsync("learn", "--in-memory", "--max-inputs", "50", "--save", "run.jsonl")).EndsWith(ExitCodes.NoVerdict);
        cut.Says("not learned whole: 50 inputs were sent, as many as it may");
        (await RunAsync("learn", "--in-memory", "--resume", "run.jsonl", "--save", "run.jsonl"))
            .EndsWith(ExitCodes.Fine)
            .Says("at most 0 states more");
        (await RunAsync("learn", "--in-memory", "--resume", "run.jsonl")).EndsWith(ExitCodes.Fine).Says("0 sessions with 0 inputs");
    }

    [Fact]
    public async Task The_library_names_a_server_and_says_by_how_few_sessions()
    {
        await using var server = await EmbeddedServer.StartAsync(Spec.Profiles.Rfc5321);
        var found = await RunAsync("identify", server.Name[(server.Name.IndexOf('(', StringComparison.Ordinal) + 1)..^1]);
        found.EndsWith(ExitCodes.Fine).Says("is nearest to", "told apart by 3 sessions", "postfix 3.7.11", "exim4");
    }

    [Theory]
    [InlineData("which server? Give HOST:PORT, or --in-memory", "learn")]
    [InlineData("leave one of them out", "learn", "127.0.0.1:25", "--in-memory")]
    [InlineData("there is no input 'MIAL'", "learn", "--in-memory", "--inputs", "MIAL")]
    [InlineData("its name has to end with .svg, .dot or .html", "learn", "--in-memory", "--diagram", "a.png")]
    [InlineData("it was learned with other inputs", "learn", "--in-memory", "--resume", "broken.json")]
    [InlineData("it has no part 'learned'", "diff", "broken.json", "broken.json")]
    [InlineData("learn the server first", "diff", "broken.json", "127.0.0.1:25")]
    [InlineData("there is no file of learn --json in it", "identify", "127.0.0.1:25", "--library", "empty")]
    public async Task A_wrong_use_is_said_in_words(string said, params string[] words)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "broken.json"), "{}", TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "empty"));
        var run = (await RunAsync(words)).EndsWith(ExitCodes.Usage);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_listens_there_is_no_verdict() =>
        Assert.Contains(
            "nobody listens there",
            (await RunAsync("learn", LoopbackServer.Nobody())).EndsWith(ExitCodes.NoVerdict).Error,
            StringComparison.Ordinal
        );

    private async Task<ToolRun> RunAsync(params string[] words)
    {
        return await Smtpmodel.RunAsync(words, folder: _folder.Path);
    }
}
