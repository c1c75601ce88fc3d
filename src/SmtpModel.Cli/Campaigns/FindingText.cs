using System.Text.Json;
using SmtpModel.Machines;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Campaigns;

/// <summary>Findings as lines of results, and back.</summary>
internal static class FindingText
{
    private const int MostText = 4000;

    /// <summary>The line of a finding.</summary>
    /// <param name="seen">The key of what was seen before it was made shorter.</param>
    /// <param name="finding">The finding.</param>
    /// <param name="plays">What plays it again.</param>
    public static FindingLine Write(string seen, Finding finding, ReplayFile plays)
    {
        var violation = finding.Violation;
        using var document = JsonDocument.Parse(plays.ToJson());
        return new FindingLine(violation.Key, seen, violation.Kind, violation.State.Name, violation.Command.Name, violation.Expected,
            violation.Came,
            violation.Miscode, finding.Number, finding.Moves, finding.NeedsGroup, $"smtpmodel replay {plays.ToId()}",
            [.. finding.Transcript.Lines.Select(line =>
                new SaidLine(line.State, line.Came, line.Verdict, line.Sent, line.IsJoined ? true : null))],
            document.RootElement.Clone(), RuleOf.From(violation.Rule), finding.Repeats);
    }

    /// <summary>The finding of a line, safe to print whoever wrote it.</summary>
    /// <exception cref="FormatException">It is none of the machine.</exception>
    public static KeptFinding Read(FindingLine line, TransitionTable table)
    {
        var plays = ReplayFile.Parse(line.Plays.GetRawText(), Profiles.Find);
        if (plays.Profile != table.Profile.Name)
        {
            throw new FormatException($"the finding is for {Printable.Text(plays.Profile, 60)}, and the share for {table.Profile.Name}");
        }

        var state = table.AllStates.FirstOrDefault(state => state.Name == line.State)
            ?? throw new FormatException($"there is no state '{Printable.Text(line.State, 60)}' in {table.Profile.Name}");
        var command = table.Commands.FirstOrDefault(use => use.Command.Name == line.Command)?.Command
            ?? throw new FormatException($"there is no command '{Printable.Text(line.Command, 60)}' in {table.Profile.Name}");
        var transcript = new Transcript();
        foreach (var said in line.Transcript)
        {
            transcript.Add(new TranscriptLine(Safe(said.State), said.Sent is { } sent ? Safe(sent) : null, Safe(said.Came), said.Verdict)
            {
                IsJoined = said.Joined is true,
            });
        }

        var violation = new Violation(line.Kind, state, command, line.Rule?.ToRule(), Safe(line.Expected), Safe(line.Came))
        {
            Key = line.Cause,
            Miscode = line.Miscode,
        };
        return new KeptFinding(line.Seen,
            new Finding(violation, plays.Session, transcript, line.Session, line.Moves)
            {
                NeedsGroup = line.NeedsGroup,
                Repeats = line.Counted is { } counted ? Safe(counted) : null,
            },
            plays, line.Write());
    }

    private static string Safe(string text) => Printable.Text(text, MostText);
}
