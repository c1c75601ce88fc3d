using System.Text.RegularExpressions;
using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary>What people read, whole, as it was looked at; ports, times, rates and IDs are replaced.</summary>
public sealed partial class GoldenTests
{
    [Theory]
    [InlineData("help", "--help")]
    [InlineData("help-fuzz", "fuzz --help")]
    [InlineData("help-merge", "merge --help")]
    [InlineData("help-campaign", "campaign --help")]
    [InlineData("help-campaign-slurm", "campaign slurm --help")]
    [InlineData("help-campaign-kubernetes", "campaign kubernetes --help")]
    [InlineData("help-check", "check --help")]
    [InlineData("help-watch", "watch --help")]
    [InlineData("help-provoke", "provoke --help")]
    [InlineData("provoke-list", "provoke --list")]
    [InlineData("help-learn", "learn --help")]
    [InlineData("help-identify", "identify --help")]
    [InlineData("help-serve", "serve --help")]
    [InlineData("help-users", "users --help")]
    [InlineData("help-users-add", "users add --help")]
    [InlineData("help-diagram", "diagram --help")]
    [InlineData("help-table", "table --help")]
    [InlineData("help-test", "test --help")]
    [InlineData("help-list", "list --help")]
    [InlineData("help-explain", "explain --help")]
    [InlineData("help-replay", "replay --help")]
    [InlineData("help-completion", "completion --help")]
    [InlineData("completion-bash", "completion bash")]
    [InlineData("completion-zsh", "completion zsh")]
    [InlineData("completion-fish", "completion fish")]
    [InlineData("list", "list --level must --include */4.1.1.5/*")]
    [InlineData("list-json", "list --format json --include */4.1.1.5/RSET-in-Ready")]
    [InlineData("explain", "explain rfc5321/4.1.1.5/RSET-clears-in-RecipientsGiven")]
    [InlineData("test-dry-run", "test --dry-run --include *RSET-in-R*")]
    [InlineData("test-embedded", "test --verbose --depth data")]
    [InlineData("help-mutants-score", "mutants score --help")]
    [InlineData("mutants-list", "mutants list --profile rfc821 --kind accepted")]
    [InlineData("fuzz-embedded-rfc821", "fuzz --profile rfc821 --sessions 300")]
    [InlineData("fuzz-embedded-rfc5321", "fuzz --sessions 300")]
    [InlineData("fuzz-in-memory", "fuzz --in-memory --sessions 300 --seed 7")]
    [InlineData("diagram-clauses", "diagram --clauses")]
    [InlineData("diagram-replies", "diagram --aspect replies")]
    [InlineData("table", "table --profile rfc821 --rows commands")]
    [InlineData("diagram-dot", "diagram --profile rfc5321 --format dot --refusals")]
    public async Task The_output_is_the_one_that_was_looked_at(string file, string arguments)
    {
        var run = (await Smtpmodel.RunAloneAsync(arguments.Split(' '))).EndsWith(ExitCodes.Fine);

        Assert.Equal("", run.Error);
        Kept.Golden(file + ".txt", Steady(run.Out));
    }

    [Theory]
    [InlineData("wrong-verb", "fuz")]
    [InlineData("wrong-option", "fuzz --sesions 5")]
    [InlineData("wrong-value", "fuzz 127.0.0.1: --sessions many")]
    [InlineData("wrong-aspect", "diagram --aspect half")]
    [InlineData("wrong-rows", "table --rows columns")]
    [InlineData("no-arguments", "")]
    [InlineData("wrong-case", "explain rfc5321/4.1.4/RSET-in-Ready")]
    [InlineData("wrong-pattern", "test --include RSET")]
    [InlineData("wrong-accept", "test --accept rfc5321/3.1/greeting=abc")]
    [InlineData("wrong-replay", "replay nonsense 127.0.0.1:25")]
    public async Task The_message_is_the_one_that_was_looked_at(string file, string arguments)
    {
        var run = (await Smtpmodel.RunAloneAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries))).EndsWith(ExitCodes.Usage);

        Kept.Golden(file + ".txt", Steady(run.All));
    }

    [Theory]
    [InlineData(Fault.RcptWithoutMail)]
    [InlineData(Fault.SecondMailKeepsRecipients)]
    [InlineData(Fault.DataWithoutText)]
    [InlineData(Fault.RsetForgetsHelo)]
    [InlineData(Fault.RsetKeepsTheTransaction)]
    public async Task The_report_of_a_faulty_server_is_the_one_that_was_looked_at(Fault fault)
    {
        await using var server = FaultySmtp.Start(fault);

        var run = (await Smtpmodel.RunAloneAsync("fuzz", server.Name, "--sessions", "300")).EndsWith(ExitCodes.Failure);
        var id = Id().Match(run.Out).Groups["id"].Value;
        var replay = (await Smtpmodel.RunAloneAsync("replay", id)).EndsWith(ExitCodes.Failure);

        Kept.Golden($"fuzz-{fault}.txt", Steady($"{run.All}\n$ smtpmodel replay ID\n{replay.All}"));
    }

    [Theory]
    [InlineData(Fault.RcptWithoutMail)]
    [InlineData(Fault.RsetKeepsTheTransaction)]
    public async Task What_a_test_says_of_a_faulty_server_and_its_replay_is_what_was_looked_at(Fault fault)
    {
        await using var server = FaultySmtp.Start(fault);

        var run = (await Smtpmodel.RunAloneAsync("test", server.Name)).EndsWith(ExitCodes.Failure);
        // the first ones are about octets, which every one of these servers is careless with
        var id = Id().Matches(run.Out)[^1].Groups["id"].Value;
        var replay = (await Smtpmodel.RunAloneAsync("replay", id)).EndsWith(ExitCodes.Failure);
        await using var sound = FaultySmtp.Start(Fault.None);
        var repaired = (await Smtpmodel.RunAloneAsync("replay", id, sound.Name)).EndsWith(ExitCodes.Fine);

        Kept.Golden(
            $"test-{fault}.txt",
            Steady($"{run.All}\n$ smtpmodel replay ID\n{replay.All}\n$ smtpmodel replay ID 127.0.0.1:PORT\n{repaired.All}")
        );
    }

    [Fact]
    public async Task The_report_of_sessions_that_share_a_transaction_is_the_one_that_was_looked_at()
    {
        await using var server = FaultySmtp.Start(Fault.OneTransactionForAllSessions);
        var played = await Smtpmodel.RunAloneAsync("fuzz", server.Name, "--sessions", "80", "--interleave", "4", "--max-findings", "1");
        var run = played.EndsWith(ExitCodes.Failure);

        Kept.Golden("fuzz-interleave.txt", Steady(run.All));
    }

    // pairs of edges are thousands; of them only the first
    [Fact]
    public async Task The_list_of_gaps_is_the_one_that_was_looked_at()
    {
        var played = await Smtpmodel.RunAloneAsync("fuzz", "--in-memory", "--sessions", "60", "--seed", "7", "--coverage", "console");
        var run = played.EndsWith(ExitCodes.Fine);
        var pairs = run.Out.IndexOf("pairs of edges not covered", StringComparison.Ordinal);

        Kept.Golden("fuzz-gaps.txt", Steady(run.Out[..run.Out.IndexOf('\n', run.Out.IndexOf('\n', pairs) + 1)] + "\n"));
    }

    [Fact]
    public async Task The_report_of_a_server_that_serves_nobody_is_the_one_that_was_looked_at()
    {
        await using var server = LoopbackServer.Saying("421 too busy\r\n"u8.ToArray(), []);

        Kept.Golden(
            "fuzz-421.txt",
            Steady((await Smtpmodel.RunAloneAsync("fuzz", server.Name, "--sessions", "20")).EndsWith(ExitCodes.NoVerdict).All)
        );
    }

    [Fact]
    public async Task What_a_server_says_of_itself_is_what_was_looked_at()
    {
        await using var tool = Smtpmodel.Start(["serve", "--listen", "127.0.0.1:0"]);
        await tool.SaysAsync("Ctrl-C ends\n");
        tool.Signal(Smtpmodel.SigTerm);

        Kept.Golden("serve.txt", Steady((await tool.EndAsync()).EndsWith(ExitCodes.Fine).All));
    }

    // an ID follows what was drawn; that it can be played again is tested elsewhere
    private static string Steady(string text) =>
        Clock()
            .Replace(
                ByHand()
                    .Replace(
                        Id()
                            .Replace(
                                Waiting()
                                    .Replace(
                                        (
                                            Progress()
                                                .Replace(
                                                    Speed().Replace(Ports().Replace(text, "127.0.0.1:PORT"), "in TIME s (RATE a second)"),
                                                    ""
                                                )
                                        ),
                                        "played N sessions, N exchanges in TIME s, SHARE of it waiting"
                                    ),
                                "smtpmodel replay ID"
                            ),
                        "nc 127.0.0.1 PORT"
                    ),
                "N waits ended by the clock"
            );

    // those that the system chose
    [GeneratedRegex(@"nc 127\.0\.0\.1 \d{5}")]
    private static partial Regex ByHand();

    [GeneratedRegex(@"127\.0\.0\.1:\d{5}")]
    private static partial Regex Ports();

    [GeneratedRegex(@"in [\d.]+ s \(\d+ a second\)")]
    private static partial Regex Speed();

    // only on a slow machine
    [GeneratedRegex(@"^(?:\d+/\d+ sessions,|\d+ s: ).*\n", RegexOptions.Multiline)]
    private static partial Regex Progress();

    // how often a session was looked at again depends on who came first
    [GeneratedRegex(@"played \d+ sessions, \d+ exchanges in [\d.]+ s, \d+ ?% of it waiting")]
    private static partial Regex Waiting();

    // a busy machine makes more of them
    [GeneratedRegex(@"\d+ waits? ended by the clock")]
    private static partial Regex Clock();

    [GeneratedRegex(@"smtpmodel replay (?<id>[0-9a-f]{8})")]
    private static partial Regex Id();
}
