using System.Text.Json;
using SmtpModel.Cli.Output;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Campaigns;

/// <summary>A merged campaign as JSON.</summary>
internal static class MergedJson
{
    private static readonly JsonSerializerOptions Readable = new(ResultLine.Json) { WriteIndented = true, NewLine = "\n" };

    public static string Write(Merged merged) => JsonSerializer.Serialize(new
    {
        format = "smtpmodel-campaign",
        version = ResultFormat.Version,
        campaign = merged.Begin.Campaign,
        tool = merged.Begin.Tool,
        command = merged.Begin.Command,
        settings = new SortedDictionary<string, string>(merged.Begin.Settings, StringComparer.Ordinal),
        profile = merged.Profile?.Name,
        shares = merged.Shards.Select(shard =>
            new { number = shard.Number, state = shard.State, seconds = shard.Seconds, again = shard.Again }),
        seconds = new
        {
            all = Math.Round(merged.Shards.Sum(shard => shard.Seconds), 3),
            longest = merged.Shards.Max(shard => shard.Seconds),
        },
        sessions = merged.Fuzz?.Sessions,
        exchanges = merged.Fuzz?.Exchanges,
        coverage = merged.Fuzz is not { Coverage: var coverage } ? null : new
        {
            states = Part(coverage.States),
            edges = Part(coverage.Edges),
            pairs = Part(coverage.Pairs),
            cells = Part(coverage.Cells),
        },
        findings = merged.Fuzz is null ? null : merged.Findings.Select(one => Item(merged, one)),
        // sessions that were played at the same time
        rounds = merged.Rounds.Count == 0 ? null : merged.Rounds.Select(one => Item(merged, one)),
        remarks = merged.Fuzz?.NonStrict.OrderBy(note => note.Key.What, StringComparer.Ordinal)
            .ThenBy(note => note.Key.State, StringComparer.Ordinal)
            .Select(note => new
            {
                state = note.Key.State,
                what = note.Key.What,
                rule = note.Value.Rule?.Id,
                sent = note.Value.Sent,
                came = note.Value.Came,
            }),
        inconclusive = merged.Fuzz?.Inconclusive.OrderBy(note => note.Key, StringComparer.Ordinal)
            .Select(note => new { why = note.Key, times = note.Value }),
        score = merged is not { Score: { } score, Profile: { } profile } ? null : ScorePrinter.Content(profile, score),
    }, Readable) + "\n";

    private static object Item(Merged merged, MergedFinding one)
    {
        var finding = one.Finding;
        return Item(finding.Violation, finding.Session.Steps.Count, finding.NeedsGroup, finding.NeedsDeliveries, merged.Replay(one.Plays),
            finding.Transcript.ToString(), counted: finding.Repeats, firstSession: finding.Number);
    }

    private static object Item(Merged merged, MergedRound one)
    {
        var finding = one.Finding;
        return Item(finding.Violation, one.Steps, finding.NeedsGroup, finding.NeedsDeliveries, merged.Replay(one.Plays),
            finding.Transcript, firstRound: finding.Number, sessions: finding.Round.Sessions.Count, concurrent: finding.IsConcurrent);
    }

    // what is null is not written
    private static object Item(Violation violation, int steps, bool needsGroup, bool needsDeliveries, string replay, string transcript,
        string? counted = null, long? firstSession = null, long? firstRound = null, int? sessions = null, bool? concurrent = null)
    {
        return new
        {
            cause = violation.Key,
            kind = violation.Kind,
            state = violation.State.Name,
            command = violation.Command.Name,
            rule = violation.Rule?.Id,
            clause = violation.Rule?.Clause.ToString(),
            asks = violation.Rule?.Asks,
            expected = violation.Expected,
            came = violation.Came,
            counted,
            firstSession,
            firstRound,
            sessions,
            steps,
            concurrent,
            needsGroup,
            needsDeliveries = needsDeliveries ? true : (bool?)null,
            replay,
            transcript = transcript.TrimEnd('\n').Split('\n'),
        };
    }

    private static object Part((int Covered, int Of) part) => new { covered = part.Covered, of = part.Of };
}
