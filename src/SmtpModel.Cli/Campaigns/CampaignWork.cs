using System.CommandLine;
using System.CommandLine.Help;
using SmtpModel.Cli.Commands;

namespace SmtpModel.Cli.Campaigns;

/// <summary>
/// The command line whose shares a job does. It is looked at before a job is written: what is wrong with it is wrong once.
/// </summary>
internal static class CampaignWork
{
    /// <summary>The campaign of the words behind <c>--</c>.</summary>
    /// <param name="parsed">The command line that they stand on.</param>
    /// <param name="words">The words.</param>
    /// <exception cref="UsageException">They are no work that can be done in shares.</exception>
    public static Campaign Of(ParseResult parsed, IReadOnlyList<string> words)
    {
        var root = (RootCommand)parsed.RootCommandResult.Command;
        var work = root.Parse(words);
        var name = string.Join(' ', words.Take(2));
        if (words is not (["fuzz", ..] or ["learn", ..] or ["mutants", "score", ..]))
        {
            throw new UsageException($"'{name}' is no work for a campaign; write fuzz, learn or mutants score with their options behind "
                + "--, as: -- fuzz HOST:PORT --sessions 100000");
        }

        if (new CommandLineFaults(root, work, Configuration.None([.. words])).All() is [var fault, ..])
        {
            throw new UsageException($"behind --: {fault}");
        }

        if (work.Action is HelpAction)
        {
            throw new UsageException($"behind --: --help does no work; type smtpmodel {string.Join(' ', words)} for it");
        }

        var own = CampaignOptions.Names;
        if (work.CommandResult.Command.Options.FirstOrDefault(option => own.Contains(option.Name)
            && work.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new UsageException($"behind --: {given.Name} is given to each share by the job; leave it out");
        }

        if (words[0] == Campaign.Learn)
        {
            LearnShare.Check(work);
        }
        else
        {
            FuzzShare.Check(work);
            FuzzShare.CheckTogether(work);
        }

        return Campaign.Of(work, own);
    }
}
