using System.CommandLine;
using System.CommandLine.Parsing;
using SmtpModel.Cli.Commands;

namespace SmtpModel.Cli.Campaigns;

/// <summary>What <c>fuzz</c> cannot do in shares: whatever makes a session depend on others, or the end of the run on the clock.</summary>
/// <remarks>
/// What is delivered can be looked for by several shares at the same time, in one place: each process draws a mark of its own, and what has
/// another one is mail of others. A mark need not come again, for what is played again is marked anew.
/// </remarks>
internal static class FuzzShare
{
    private static readonly (string Option, string Why)[] Against =
    [
        ("--max-time", "ends a run by the clock, so that what was played is a matter of luck"),
        ("--max-findings", "ends a run by what it has found, which differs from share to share"),
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

    /// <summary>Says what stands against doing shares at the same time, on whatever machine.</summary>
    /// <exception cref="UsageException">Something does.</exception>
    public static void CheckTogether(ParseResult parsed)
    {
        if (Given(parsed, DeliveredOption.Name)?.GetValueOrDefault<string>() is { } place && DeliveredOption.IsServer(place))
        {
            throw new UsageException($"{DeliveredOption.Name} {place} starts a server that the tested one sends on to, and it sends on to "
                + "one only: of tasks that run at the same time one would see what is delivered. Have it deliver into a maildir: or mbox: "
                + $"that every task can read, or do the shares one after the other with {CampaignOptions.ShardName}");
        }
    }

    private static OptionResult? Given(ParseResult parsed, string name) =>
        parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Name == name) is { } option ? parsed.GetResult(option) : null;
}
