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
        (await Smtpmodel.RunAsync("serve", "--mutant", "transfer.Ready.MAIL-250.Conected")).EndsWith(ExitCodes.Usage)
            .Says("there is no mutant 'transfer.Ready.MAIL-250.Conected' of rfc5321", "transfer.Ready.MAIL-250.Connected", "smtpmodel mutants list --profile rfc5321");

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
        Assert.All(mutants, mutant => Assert.Equal(mutant.GetProperty("class").GetString() == "faulty", mutant.GetProperty("killedBy").ValueKind is JsonValueKind.Object));
    }

    [Fact]
    public async Task A_score_without_survivors_ends_well_and_one_with_survivors_fails_and_shows_what_would_have_killed_them()
    {
        (await Smtpmodel.RunAsync("mutants", "score", "--kind", "transfer", "--kind", "missing")).EndsWith(ExitCodes.Fine).Says("(100.0 %)", "transfer", "missing", "sessions", "commands");

        var run = (await Smtpmodel.RunAsync("mutants", "score", "--strategy", "random", "--budget", "1", "--kind", "transfer")).EndsWith(ExitCodes.Failure);
        run.Says("SURVIVOR transfer.", "survived 1 session", "would have been killed by greeting [220]");
        Assert.DoesNotContain("100.0 %", run.Out, StringComparison.Ordinal);

        using var json = JsonDocument.Parse((await Smtpmodel.RunAsync("mutants", "score", "--strategy", "tour", "--format", "json")).EndsWith(ExitCodes.Failure).Out);
        var survivors = json.RootElement.GetProperty("survivors").GetArrayLength();
        Assert.Equal(json.RootElement.GetProperty("faulty").GetInt32(), json.RootElement.GetProperty("killed").GetInt32() + survivors);
    }

    [Theory]
    [InlineData("mutants score --strategy luck", "there is no strategy 'luck'")]
    [InlineData("mutants score --budget few", "Run 'smtpmodel mutants score --help'")]
    [InlineData("mutants score --kind luck", "there is no kind 'luck'; there are transfer,")]
    [InlineData("mutants list --format xml", "there is no format 'xml'")]
    [InlineData("mutants", "Required command was not provided")]
    public async Task What_is_asked_wrongly_is_said(string arguments, string message) =>
        (await Smtpmodel.RunAsync(arguments.Split(' '))).EndsWith(ExitCodes.Usage).Says(message);

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Port();
}
