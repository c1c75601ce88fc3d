using System.Text.Json;
using System.Text.RegularExpressions;
using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary><c>smtpmodel mutants</c> and <c>serve --mutant</c>: they are named, served, found, and counted.</summary>
public sealed partial class MutantsTests
{
    [Theory]
    [InlineData("transfer.Ready.MAIL-250.Connected", "Connected instead of MailGiven", "O5")]
    // only where RCPT is refused, which it is when it is asked to be
    [InlineData("rejected.RecipientsGiven.RCPT-550.Ready", "RCPT / 550 in RecipientsGiven leads to Ready", "R1")]
    public async Task A_mutant_that_is_served_says_what_it_does_wrong_and_fuzz_finds_it(string id, string does, string rule)
    {
        await using var tool = Smtpmodel.Start(["serve", "--listen", "127.0.0.1:0", "--mutant", id]);
        var said = await tool.SaysAsync("Ctrl-C ends\n");
        Assert.Contains($"MUTANT {id}", said, StringComparison.Ordinal);
        Assert.Contains(does, said, StringComparison.Ordinal);
        Assert.Contains(rule, said, StringComparison.Ordinal);

        var run = await Smtpmodel.RunAsync("fuzz", Port().Match(said).Value, "--sessions", "1500", "--max-findings", "1");

        run.EndsWith(ExitCodes.Failure).Says("VIOLATION 1");
        tool.Signal(Smtpmodel.SigInt);
        (await tool.EndAsync()).EndsWith(ExitCodes.Fine);
    }

    [Fact]
    public async Task A_mutant_that_only_takes_the_room_it_has_is_not_accused()
    {
        await using var tool = Smtpmodel.Start(["serve", "--listen", "127.0.0.1:0", "--mutant", "output.MailGiven.RCPT-250.251"]);
        var said = await tool.SaysAsync("Ctrl-C ends\n");
        Assert.Contains("no test tool may accuse it", said, StringComparison.Ordinal);

        (await Smtpmodel.RunAsync("fuzz", Port().Match(said).Value, "--sessions", "300")).EndsWith(ExitCodes.Fine).Says("no violation");
        tool.Signal(Smtpmodel.SigInt);
        (await tool.EndAsync()).EndsWith(ExitCodes.Fine);
    }

    [Fact]
    public async Task A_mutant_that_there_is_not_is_a_usage_error_with_the_nearest_there_are() =>
        (await Smtpmodel.RunAsync("serve", "--mutant", "transfer.Ready.MAIL-250.Conected"))
            .EndsWith(ExitCodes.Usage)
            .Says(
                "there is no mutant 'transfer.Ready.MAIL-250.Conected' of rfc5321",
                "transfer.Ready.MAIL-250.Connected",
                "smtpmodel mutants list --profile rfc5321"
            );

    [Theory]
    [InlineData("rfc821")]
    [InlineData("rfc5321")]
    public async Task The_list_names_each_with_its_class_in_words_and_as_JSON(string profile)
    {
        var text = (await Smtpmodel.RunAsync("mutants", "list", "--profile", profile)).EndsWith(ExitCodes.Fine).Out;
        var json = (await Smtpmodel.RunAsync("mutants", "list", "--profile", profile, "--format", "json")).EndsWith(ExitCodes.Fine).Out;

        using var document = JsonDocument.Parse(json);
        var mutants = document.RootElement.GetProperty("mutants").EnumerateArray().ToList();
        Assert.Contains($"{mutants.Count} mutants of {profile}", text, StringComparison.Ordinal);
        Assert.All(mutants, mutant => Assert.Contains(mutant.GetProperty("id").GetString()! + " ", text, StringComparison.Ordinal));
        Assert.All(mutants, mutant =>
            Assert.Equal(
                mutant.GetProperty("class").GetString() == "faulty",
                mutant.GetProperty("killedBy").ValueKind is JsonValueKind.Object
            )
        );
    }

    [Fact]
    public async Task A_score_without_survivors_ends_well_and_one_with_survivors_fails_and_shows_what_would_have_killed_them()
    {
        (await Smtpmodel.RunAsync("mutants", "score", "--kind", "transfer", "--kind", "missing"))
            .EndsWith(ExitCodes.Fine)
            .Says("(100.0 %)", "transfer", "missing", "sessions", "commands");

        var run = (await Smtpmodel.RunAsync("mutants", "score", "--strategy", "random", "--budget", "1", "--kind", "transfer")).EndsWith(
            ExitCodes.Failure
        );
        run.Says("SURVIVOR transfer.", "survived 1 session", "would have been killed by greeting [220]");
        Assert.DoesNotContain("100.0 %", run.Out, StringComparison.Ordinal);

        using var json = JsonDocument.Parse(
            (await Smtpmodel.RunAsync("mutants", "score", "--strategy", "tour", "--format", "json")).EndsWith(ExitCodes.Failure).Out
        );
        var survivors = json.RootElement.GetProperty("survivors").GetArrayLength();
        Assert.Equal(json.RootElement.GetProperty("faulty").GetInt32(), json.RootElement.GetProperty("killed").GetInt32() + survivors);
    }

    // the tool under test is this one
    [Fact]
    public async Task A_test_tool_is_scored_by_the_mutants_that_it_does_not_pass()
    {
        (await ScoredAsync("fuzz {target} --sessions 1500 --max-findings 1", "--kind", "accepted", "--sample", "3"))
            .EndsWith(ExitCodes.Fine)
            .Says(
                "the tool killed 3 of 3 faulty mutants of rfc5321 (100.0 %)",
                "3 of the 3 that show by replies which the server gives unasked",
                "sessions",
                "commands"
            );

        var run = (await ScoredAsync("test {host}:{port} --include *NOOP-in-Connected", "--kind", "buffer", "--sample", "2")).EndsWith(
            ExitCodes.Failure
        );
        run.Says("the tool killed 0 of 2 faulty mutants", "SURVIVOR buffer.", "would have been killed by greeting [220]");
        Assert.DoesNotContain("survived 0 sessions", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_finds_something_wrong_with_a_server_that_breaks_no_rule_accuses_it_wrongly()
    {
        // this tool knows what is left to a server; a suite compares with one machine
        (
            await Smtpmodel.RunAsync(
                "mutants",
                "score",
                "--strategy",
                "random",
                "--budget",
                "300",
                "--kind",
                "accepted",
                "--kind",
                "output",
                "--sample",
                "8",
                "--accusations"
            )
        ).Says("accused wrongly: 0 of 8 servers that break no rule");
        var run = (
            await Smtpmodel.RunAsync("mutants", "score", "--strategy", "wp", "--kind", "output", "--sample", "8", "--accusations")
        ).EndsWith(ExitCodes.Failure);
        run.Says("(100.0 %)", "ACCUSED WRONGLY output.", "which is left to a server");

        (await ScoredAsync("fuzz {target} --sessions 400 --max-findings 1", "--kind", "output", "--sample", "2", "--accusations")).Says(
            "accused wrongly: 0 of 2 servers that break no rule"
        );
    }

    [Fact]
    public async Task The_same_seed_draws_the_same_mutants()
    {
        string[] words = ["mutants", "score", "--strategy", "tour", "--sample", "20", "--format", "json"];
        var first = (await Smtpmodel.RunAsync(words)).EndsWith(ExitCodes.Failure).Out;
        var second = (await Smtpmodel.RunAsync(words)).EndsWith(ExitCodes.Failure).Out;
        var other = (await Smtpmodel.RunAsync([.. words, "--seed", "2"])).EndsWith(ExitCodes.Failure).Out;

        Assert.Equal(20, Ids(first).Count);
        Assert.Equal(Ids(first), Ids(second));
        Assert.NotEqual(Ids(first), Ids(other));

        static List<string> Ids(string json) =>
            [
                .. JsonDocument
                    .Parse(json)
                    .RootElement.GetProperty("mutants")
                    .EnumerateArray()
                    .Select(mutant => mutant.GetProperty("id").GetString()!),
            ];
    }

    [Theory]
    [InlineData(
        "explain --no-such-option {target}",
        "--tool: it ended with 2 against the server that nothing is wrong with",
        "its last line was: Run 'smtpmodel explain --help'"
    )]
    [InlineData("list --include *{port}*", "--tool: it ended with 2")]
    [InlineData("mutants list --kind {port}", "--tool: it ended with 2")]
    [InlineData("list --include *NOOP* || echo {target}", "--tool: it ended with 0 and never connected")]
    [InlineData("test", "--tool does not say where the server goes")]
    public async Task A_tool_that_cannot_be_scored_is_said_with_exit_code_2(string tool, params string[] says) =>
        (await ScoredAsync(tool)).EndsWith(ExitCodes.Usage).Says(says);

    [Theory]
    [InlineData("mutants score --strategy wp --tool x{port}", "leave out --strategy")]
    [InlineData("mutants score --sample few", "'few' is no number for --sample")]
    [InlineData("mutants score --strategy luck", "there is no strategy 'luck'")]
    [InlineData("mutants score --budget few", "Run 'smtpmodel mutants score --help'")]
    [InlineData("mutants score --kind luck", "there is no kind 'luck'; there are transfer,")]
    [InlineData("mutants list --format xml", "there is no format 'xml'")]
    [InlineData("mutants", "mutants needs a verb: list and score")]
    public async Task What_is_asked_wrongly_is_said(string arguments, string message) =>
        (await Smtpmodel.RunAsync(arguments.Split(' '))).EndsWith(ExitCodes.Usage).Says(message);

    private static Task<ToolRun> ScoredAsync(string tool, params string[] options) =>
        Smtpmodel.RunAsync([
            "mutants",
            "score",
            "--tool",
            $"dotnet '{Path.Combine(AppContext.BaseDirectory, "smtpmodel.dll")}' {tool.Replace("*", "\\*", StringComparison.Ordinal)}",
            .. options,
        ]);

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Port();
}
