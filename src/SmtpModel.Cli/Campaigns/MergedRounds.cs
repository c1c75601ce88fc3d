namespace SmtpModel.Cli.Campaigns;

/// <summary>A finding of sessions that were played at the same time, with what plays it again.</summary>
internal sealed record MergedRound(InterleavedFinding Finding, ReplayFile Plays)
{
    /// <summary>How many steps its sessions have.</summary>
    public int Steps => Finding.Round.Sessions.Sum(session => session.Steps.Count);

    /// <summary>Where it was seen first and what shows it, in words.</summary>
    public string Seen => $"first seen in round {Finding.Number} of {Output.Words.Count(Finding.Sessions, "session")}, shown by "
        + $"{Finding.Round.Sessions.Count} with {Output.Words.Count(Steps, "step")}"
        + (Finding.IsConcurrent ? "; no session alone shows it" : "; it is no matter of concurrency")
        + (Finding.NeedsGroup ? "; it takes the group" : "");

    /// <summary>Puts what shares found together: each cause once, as it was seen first, with the smallest round that shows it.</summary>
    /// <param name="all">What was found, in an order that does not depend on the files'.</param>
    public static IReadOnlyList<MergedRound> Of(IEnumerable<KeptRound> all) =>
    [
        .. all.GroupBy(one => one.Finding.Violation.Key)
            .Select(cause =>
            {
                var first = cause.MinBy(one => one.Finding.Number)!.Finding;
                var smallest = cause.OrderBy(one => one.Plays.Round!.Sessions.Sum(session => session.Steps.Count))
                    .ThenBy(one => one.Plays.Round!.Sessions.Count).ThenBy(one => one.Finding.Number)
                    .ThenBy(one => one.Text, StringComparer.Ordinal).First();
                return new MergedRound(smallest.Finding with { Number = first.Number, Sessions = first.Sessions, Moves = first.Moves },
                    smallest.Plays);
            })
            .OrderBy(one => one.Finding.Number).ThenBy(one => one.Finding.Violation.Key, StringComparer.Ordinal),
    ];
}
