using System.CommandLine;
using SmtpModel.Cli.Commands;

namespace SmtpModel.Cli.Campaigns;

/// <summary>The options of a verb whose work can be done in shares.</summary>
internal sealed class CampaignOptions
{
    public const string ShardName = "--shard";

    public Option<Shard?> Shard { get; } = new(ShardName)
    {
        Description = "Do the I-th of N equal shares of the work, I from 1. All shares together are the same work whatever N is; "
            + "smtpmodel merge puts their results together.",
        HelpName = "I/N",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Testing.Engine.Shard.Parse(text) is { } shard)
            {
                return shard;
            }

            result.AddError($"'{text}' is no share for {ShardName}; write I/N, as 3/20, with I from 1 to N and N at most "
                + $"{Testing.Engine.Shard.Most}");
            return null;
        },
    };

    public Option<FileInfo?> Results { get; } = Shared.Place("--results",
        "Write what is found to this file as it comes, for smtpmodel merge: JSON, a line each. A share that is complete there is not done "
        + "again, one that was cut off is.", "FILE", text => new FileInfo(text));

    public Option<bool> Again { get; } = new("--again")
    {
        Description = "Do the share again though the file of --results has it complete.",
    };

    public IEnumerable<Option> All => [Shard, Results, Again];

    /// <summary>Their names.</summary>
    public static IReadOnlyCollection<string> Names { get; } = [.. new CampaignOptions().All.Select(option => option.Name)];
}
