using System.CommandLine;

namespace SmtpModel.Cli.Campaigns;

/// <summary>The option that names what shares of the same work have seen.</summary>
internal sealed class KnownOption
{
    public const string Name = "--known";

    public Option<string[]> Option { get; } = new(Name)
    {
        Description = "Go on from what shares have asked: files that --results of learn wrote with the same options, or a folder with "
            + "such files; may be given several times. What is in them is not asked again.",
        HelpName = "RESULTS",
    };

    /// <summary>What is known; null where nothing is named.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="UsageException">It cannot be read, or is of other work.</exception>
    public Known? Read(ParseResult parsed)
    {
        if (parsed.GetValue(Option) is not { Length: > 0 } places)
        {
            return null;
        }

        var here = Campaign.Of(parsed, CampaignOptions.Names);
        var results = ResultPlaces.Read(places);
        if (results.FirstOrDefault(one => one.Begin.Campaign != here.Id) is { } other)
        {
            throw new UsageException($"{Name} {other.File}: it holds results of another campaign, "
                + $"{Merging.Difference(other.Begin, here)}; give the same options as the shares had");
        }

        return Known.Of(results);
    }
}

/// <summary>What shares have seen.</summary>
/// <param name="Inputs">The inputs that they asked with; none where none came so far.</param>
/// <param name="Sessions">The sessions in which they do not contradict each other.</param>
/// <param name="Notes">Where they contradict each other, in words.</param>
internal sealed record Known(IReadOnlyList<LearningInput> Inputs, IReadOnlyList<PlayedSession> Sessions, IReadOnlyList<string> Notes)
{
    /// <summary>What results have.</summary>
    /// <exception cref="UsageException">They are not of one campaign.</exception>
    public static Known Of(IReadOnlyList<ShardResult> results) => Merging.Of(results).Learning is not { } learning ? new Known([], [], [])
        : new Known(results.First(one => one.Inputs.Count > 0).Inputs, learning.Sessions, learning.Contradictions);

    /// <summary>How much it is, in words.</summary>
    public string Said => $"{Output.Words.Count(Sessions.Count, "session")} with "
        + $"{Output.Words.Count(Sessions.Sum(session => (long)session.Inputs.Count), "input")} were known from shares";

    /// <summary>It as what <c>--save</c> would have kept.</summary>
    public IEnumerable<string> Lines => Inputs.Count == 0 ? [] : LearningLog.Lines(Inputs, Sessions);
}
