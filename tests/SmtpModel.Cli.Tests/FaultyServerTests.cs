using System.Text.RegularExpressions;
using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary>A server that breaks one rule: found, shown by the shortest session with its clause, and played again.</summary>
public sealed partial class FaultyServerTests
{
    /// <summary>The fault, how many moves show it at the least, and the head, the rule and the lines of the report.</summary>
    public static TheoryData<Fault, int, string, string, string> Faults { get; } = new()
    {
        { Fault.RcptWithoutMail, 1, "Connected, RCPT", "RFC 5321 3.3", "503" },
        { Fault.SecondMailKeepsRecipients, 6, "DataInVain, end of data", "RFC 5321 3.3", "450 or 451" },
        { Fault.DataWithoutText, 4, "RecipientsGiven, DATA", "RFC 5321", "354" },
        { Fault.RsetKeepsTheTransaction, 4, "Ready, RCPT", "RFC 5321", "503" },
        { Fault.RsetForgetsHelo, 3, "Ready, MAIL", "RFC 5321", "250" },
    };

    [Fact]
    public async Task The_hand_written_server_without_a_fault_breaks_no_rule()
    {
        await using var server = FaultySmtp.Start(Fault.None);

        (await FuzzAsync(server, "--sessions", "500")).EndsWith(ExitCodes.Fine).Says("no violation");
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_shown_by_the_shortest_session_and_its_clause_and_again_by_its_ID(
        Fault fault,
        int moves,
        string head,
        string clause,
        string expected
    )
    {
        await using var server = FaultySmtp.Start(fault);
        await using var conforming = FaultySmtp.Start(Fault.None);

        var run = (await FuzzAsync(server, "--sessions", "400"))
            .EndsWith(ExitCodes.Failure)
            .Says(": " + head, clause, "shown by " + moves + ":");
        var shown = Shown(run.Out, head);
        Assert.Contains("expected  " + expected, shown, StringComparison.Ordinal);
        var id = Replay().Match(shown).Groups["id"].Value;
        (await Smtpmodel.RunAsync("replay", id)).EndsWith(ExitCodes.Failure).Says("FAILED: ", "expected " + expected, clause, server.Name);
        (await Smtpmodel.RunAsync("replay", id, conforming.Name)).EndsWith(ExitCodes.Fine).Says("FIXED: ");
        var whole = (await Smtpmodel.RunAsync("replay", id, "--print-id")).EndsWith(ExitCodes.Fine).Out.Trim();
        (await Smtpmodel.RunAsync("replay", whole, conforming.Name)).EndsWith(ExitCodes.Fine).Says("FIXED: ");
    }

    [Fact]
    public async Task A_file_written_by_save_shows_the_violation_again()
    {
        await using var server = FaultySmtp.Start(Fault.RcptWithoutMail);
        using var folder = new TemporaryFolder();
        var saved = Path.Combine(folder.Path, "found", "found");

        var run = (await FuzzAsync(server, "--sessions", "50", "--save", saved))
            .EndsWith(ExitCodes.Failure)
            .Says($"smtpmodel replay {saved}/");

        (await Smtpmodel.RunAsync("replay", Replay().Match(run.Out).Groups["id"].Value))
            .EndsWith(ExitCodes.Failure)
            .Says("Connected", "RFC 5321 3.3");
    }

    [Fact]
    public async Task Sessions_that_share_a_transaction_are_found_together_and_not_alone_and_can_be_played_again()
    {
        await using var server = FaultySmtp.Start(Fault.OneTransactionForAllSessions);
        await using var conforming = FaultySmtp.Start(Fault.None);

        (await FuzzAsync(server, "--sessions", "300")).EndsWith(ExitCodes.Fine).Says("no violation");
        (await FuzzAsync(conforming, "--sessions", "300", "--interleave", "8")).EndsWith(ExitCodes.Fine).Says("no violation");
        var run = (await FuzzAsync(server, "--sessions", "300", "--interleave", "8"))
            .EndsWith(ExitCodes.Failure)
            .Says("no session alone shows it");

        var replay = Replay().Match(run.Out).Groups["id"].Value;
        (await Smtpmodel.RunAsync("replay", replay)).EndsWith(ExitCodes.Failure).Says("replaying 2 sessions at the same time", "FAILED: ");
        (await Smtpmodel.RunAsync("replay", replay, conforming.Name)).EndsWith(ExitCodes.Fine).Says("FIXED: ");
    }

    private static Task<ToolRun> FuzzAsync(LoopbackServer server, params string[] options) =>
        Smtpmodel.RunAsync(["fuzz", server.Name, .. options]);

    private static string Shown(string text, string head)
    {
        var from = text.IndexOf(": " + head, StringComparison.Ordinal);
        var to = text.IndexOf("\nVIOLATION", from, StringComparison.Ordinal);
        return to < 0 ? text[from..] : text[from..to];
    }

    [GeneratedRegex(@"smtpmodel replay (?<id>\S+)")]
    private static partial Regex Replay();
}
