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
    /// <param name="replay">The command line that does.</param>
    public static FindingLine Write(string seen, Finding finding, ReplayFile plays, string replay)
    {
        var violation = finding.Violation;
        return new FindingLine(violation.Key, seen, violation.Kind, violation.State.Name, violation.Command.Name, violation.Expected,
            violation.Came,
            violation.Miscode, finding.Number, finding.Moves, finding.NeedsGroup, replay,
            [.. finding.Transcript.Lines.Select(line =>
                new SaidLine(line.State, line.Came, line.Verdict, line.Sent, line.IsJoined ? true : null))],
            Json(plays), RuleOf.From(violation.Rule), finding.Repeats);
    }

    /// <summary>The line of a finding of sessions that were played at the same time.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="plays">What plays it again.</param>
    /// <param name="replay">The command line that does.</param>
    public static RoundFindingLine Write(InterleavedFinding finding, ReplayFile plays, string replay)
    {
        var violation = finding.Violation;
        return new RoundFindingLine(violation.Key, violation.Kind, violation.State.Name, violation.Command.Name, violation.Expected,
            violation.Came, violation.Miscode, finding.Number, finding.Sessions, finding.Moves, finding.Session, finding.IsConcurrent,
            finding.NeedsGroup, replay, finding.Transcript.TrimEnd('\n').Split('\n'), Json(plays), RuleOf.From(violation.Rule));
    }

    /// <summary>The finding of a line, safe to print whoever wrote it.</summary>
    /// <exception cref="FormatException">It is none of the machine.</exception>
    public static KeptFinding Read(FindingLine line, TransitionTable table)
    {
        var plays = Plays(line.Plays, table);
        var transcript = new Transcript();
        foreach (var said in line.Transcript)
        {
            transcript.Add(new TranscriptLine(Safe(said.State), said.Sent is { } sent ? Safe(sent) : null, Safe(said.Came), said.Verdict)
            {
                IsJoined = said.Joined is true,
            });
        }

        return new KeptFinding(line.Seen,
            new Finding(ViolationOf(line, table), plays.Session, transcript, line.Session, line.Moves)
            {
                NeedsGroup = line.NeedsGroup,
                NeedsDeliveries = plays.NeedsDeliveries,
                Repeats = line.Counted is { } counted ? Safe(counted) : null,
            },
            plays, line.Write());
    }

    /// <summary>The finding of sessions that were played at the same time, safe to print whoever wrote it.</summary>
    /// <exception cref="FormatException">It is none of the machine.</exception>
    public static KeptRound Read(RoundFindingLine line, TransitionTable table)
    {
        var plays = Plays(line.Plays, table);
        if (plays.Round is not { } round || line.Session < -1 || line.Session >= round.Sessions.Count)
        {
            throw new FormatException("the finding is of sessions at the same time, and what plays it again has not all of them; run the "
                + "share again");
        }

        return new KeptRound(
            new InterleavedFinding(ViolationOf(line, table), line.Session, round, string.Join('\n', line.Transcript.Select(Safe)) + "\n",
                line.Round, line.Sessions, line.Moves, line.Concurrent)
            {
                NeedsGroup = line.NeedsGroup,
                NeedsDeliveries = plays.NeedsDeliveries,
            },
            plays, line.Write());
    }

    private static JsonElement Json(ReplayFile plays)
    {
        using var document = JsonDocument.Parse(plays.ToJson());
        return document.RootElement.Clone();
    }

    private static ReplayFile Plays(JsonElement json, TransitionTable table)
    {
        var plays = ReplayFile.Parse(json.GetRawText(), Profiles.Find);
        return plays.Profile == table.Profile.Name ? plays
            : throw new FormatException($"the finding is for {Printable.Text(plays.Profile, 60)}, and the share for {table.Profile.Name}");
    }

    private static Violation ViolationOf(IViolationLine line, TransitionTable table)
    {
        var state = table.AllStates.FirstOrDefault(state => state.Name == line.State)
            ?? throw new FormatException($"there is no state '{Printable.Text(line.State, 60)}' in {table.Profile.Name}");
        var command = table.Commands.FirstOrDefault(use => use.Command.Name == line.Command)?.Command
            ?? throw new FormatException($"there is no command '{Printable.Text(line.Command, 60)}' in {table.Profile.Name}");
        return new Violation(line.Kind, state, command, line.Rule?.ToRule(), Safe(line.Expected), Safe(line.Came))
        {
            Key = line.Cause,
            Miscode = line.Miscode,
        };
    }

    private static string Safe(string text) => Printable.Text(text, MostText);
}
