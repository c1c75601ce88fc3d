using System.CommandLine;
using SmtpModel.Cli.Commands;

namespace SmtpModel.Cli.Campaigns;

/// <summary>What <c>fuzz</c> cannot do in shares: whatever makes a session depend on others, or the end of the run on the clock.</summary>
internal static class FuzzShare
{
    /// <summary>Says what stands against it.</summary>
    /// <exception cref="UsageException">Something does.</exception>
    public static void Check(ParseResult parsed, FuzzOptionsOfCommand options)
    {
        (Option Option, string Why)[] against =
        [
            (options.MaxTime, "ends a run by the clock, so that what was played is a matter of luck"),
            (options.MaxFindings, "ends a run by what it has found, which differs from share to share"),
            (options.Interleave, "plays sessions together that might be of two shares"),
            (options.Delivered.Place, "looks at what all sessions of a run delivered"),
        ];
        if (against.FirstOrDefault(one => parsed.GetResult(one.Option) is { Implicit: false }) is ({ } option, var why))
        {
            throw new UsageException($"{option.Name} {why}; leave it out with --shard and --results, where a share plays all its sessions");
        }

        if (parsed.GetValue(options.Strategy) == "guided")
        {
            throw new UsageException("--strategy guided goes by what was covered before, which a share does not know of the others; take another strategy with "
                + "--shard and --results");
        }
    }
}
