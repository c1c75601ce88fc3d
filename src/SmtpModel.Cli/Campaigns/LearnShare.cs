using System.CommandLine;
using System.CommandLine.Parsing;

namespace SmtpModel.Cli.Campaigns;

/// <summary>What <c>learn</c> cannot do in shares: what needs the answers of all of them, or ends by the clock.</summary>
internal static class LearnShare
{
    private static readonly (string Option, string Why)[] Against =
    [
        ("--max-time", "ends a run by the clock, so that what was asked is a matter of luck"),
        ("--max-inputs", "ends a run before all was asked"),
        ("--from-nothing", "asks nothing that is known before there is an answer, so there is nothing to divide"),
        ("--save", "keeps the sessions, as --results does"),
        ("--resume", "goes on from another run; a share that was cut off is asked from its beginning"),
        ("--json", "writes the machine, of which a share knows a part; give it to smtpmodel merge"),
        ("--diagram", "draws the machine, of which a share knows a part; draw what smtpmodel merge --json writes with smtpmodel diagram"),
        (KnownOption.Name, "goes on from results of shares, and asks what none of them has"),
    ];

    /// <summary>Says what stands against it.</summary>
    /// <exception cref="UsageException">Something does.</exception>
    public static void Check(ParseResult parsed)
    {
        if (!parsed.CommandResult.Children.OfType<ArgumentResult>().Any(argument => argument.Tokens.Count > 0)
            && !parsed.GetValue<bool>("--in-memory"))
        {
            throw new UsageException("which server? Give HOST:PORT, or --in-memory for the embedded session");
        }

        foreach (var (name, why) in Against)
        {
            if (parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Name == name) is { } option
                && parsed.GetResult(option) is { Implicit: false })
            {
                throw new UsageException($"{name} {why}; leave it out with {CampaignOptions.ShardName} and --results");
            }
        }
    }

    /// <summary>The same for a command line that is a share itself.</summary>
    /// <exception cref="UsageException">Something stands against it, or the share would be nowhere.</exception>
    public static void Check(ParseResult parsed, CampaignOptions options)
    {
        Check(parsed);
        if (parsed.GetValue(options.Results) is null)
        {
            throw new UsageException($"{CampaignOptions.ShardName}: a share of learn is nothing by itself; write what it sees to a file "
                + "for smtpmodel merge, with --results FILE");
        }
    }
}
