using System.CommandLine;
using System.CommandLine.Parsing;

namespace SmtpModel.Cli.Campaigns;

/// <summary>What <c>fuzz</c> cannot do in shares: whatever makes a session depend on others, or the end of the run on the clock.</summary>
internal static class FuzzShare
{
    private static readonly (string Option, string Why)[] Against =
    [
        ("--max-time", "ends a run by the clock, so that what was played is a matter of luck"),
        ("--max-findings", "ends a run by what it has found, which differs from share to share"),
        ("--interleave", "plays sessions together that might be of two shares"),
        ("--delivered", "looks at what all sessions of a run delivered"),
    ];

    /// <summary>Says what stands against it.</summary>
    /// <exception cref="UsageException">Something does.</exception>
    public static void Check(ParseResult parsed)
    {
        if (Against.FirstOrDefault(one => Given(parsed, one.Option) is { Implicit: false }) is ({ } option, var why))
        {
            throw new UsageException($"{option} {why}; leave it out with {CampaignOptions.ShardName} and --results, where a share plays "
                + "all its sessions");
        }

        if (Given(parsed, "--strategy")?.GetValueOrDefault<string>() == "guided")
        {
            throw new UsageException("--strategy guided goes by what was covered before, which a share does not know of the others; take "
                + $"another strategy with {CampaignOptions.ShardName} and --results");
        }
    }

    private static OptionResult? Given(ParseResult parsed, string name) =>
        parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Name == name) is { } option ? parsed.GetResult(option) : null;
}
