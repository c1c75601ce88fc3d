using SmtpModel.Cli.Campaigns;
using SmtpModel.Cli.Tests.Support;
using SmtpModel.Machines;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Tests.Campaigns;

/// <summary>
/// Which findings of the shares are those of the run: what the first session with a thing makes of it, but for what is only policy.
/// </summary>
public sealed class CauseTests
{
    private static readonly TransitionTable Table = Profiles.Rfc5321.Table;
    private static readonly Palette Moves = new(Table, new PaletteOptions());

    [Fact]
    public void What_the_first_session_of_the_run_makes_of_a_thing_is_its_cause_whichever_share_has_it()
    {
        // alone in session 9, in a group in session 4: the run sees it first in 4, and asks no more when it comes to 9
        using var folder = new TemporaryFolder();
        var one = Share(folder, 1, [Found("seen", "alone", 9, 3)]);
        var two = Share(folder, 2, [Found("seen", "group", 4, 5), Found("other", "group", 7, 2)]);

        foreach (var files in (string[][])[[one, two], [two, one]])
        {
            var merged = Played.Merge(files);

            Assert.Equal(["4 group"], Played.Causes(merged));
            // and the shortest session that any of them has for it
            Assert.Equal(2, merged.Findings.Single().Finding.Session.Steps.Count);
        }
    }

    [Fact]
    public void What_one_share_found_and_another_saw_refused_in_order_is_policy()
    {
        using var folder = new TemporaryFolder();
        var state = Table.States.First(state => state.Name == "Connected");
        var finding = Found("seen", "code", 0, 1, miscode: 502);
        var line = finding.Session.Steps[^1].Move.Text;
        var one = Share(folder, 1, [finding]);
        var two = Share(folder, 2, [], new RefusalNotes([new(line, 502)], [], [], []));
        var none = Share(folder, 2, [], new RefusalNotes([new(line, 550)], [], [], []), "none.jsonl");

        Assert.Equal(ExitCodes.Failure, Played.Merge([one, none]).ExitCode);
        var merged = Played.Merge([one, two]);
        Assert.Empty(merged.Findings);
        Assert.Contains($"out of order in {state} draws 502", Assert.Single(merged.Fuzz!.Inconclusive).Key, StringComparison.Ordinal);
    }

    private static Finding Found(string seen, string cause, long number, int steps, int miscode = 0)
    {
        var command = Table.Commands.First(use => use.Command.Name == "NOOP").Command;
        var session = new TestSession([.. Enumerable.Repeat(new Step(Moves.Valid(command)[0]), steps)]);
        var violation = new Violation(ViolationKind.Reply, Table.States.First(state => state.Name == "Connected"), command, null,
            seen, "came")
        {
            Key = cause,
            Miscode = miscode,
        };
        return new Finding(violation, session, new Transcript(), number, steps);
    }

    private static string Share(TemporaryFolder folder, int number, Finding[] findings, RefusalNotes? notes = null, string? name = null)
    {
        var file = Path.Combine(folder.Path, name ?? Merging.FileOf(new Shard(number, 2)));
        var begin = new BeginLine(ResultFormat.Name, ResultFormat.Version, Campaign.Tool, Played.Campaign.Id, "fuzz", number, 2,
            Played.Campaign.Settings.ToDictionary(), [], DateTimeOffset.UnixEpoch);
        using var writer = ResultWriter.Open(file, begin);
        writer.Write(new MachineLine(Table.Profile.Name));
        foreach (var finding in findings)
        {
            var plays = ReplayFile.Of(Table.Profile.Name, finding);
            writer.Write(FindingText.Write(finding.Violation.Expected, finding, plays, Replaying.FoundWith.Line(plays, null)));
        }

        writer.Write(new RefusalsLine(notes ?? new RefusalNotes([], [], [], [])));
        writer.Complete(new EndLine(1, 1, 0, 0, 0, ExitCodes.Fine));
        return file;
    }
}
