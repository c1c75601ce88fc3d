using System.CommandLine;
using SmtpModel.Cli.Campaigns;
using Spectre.Console;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel campaign</c>.</summary>
internal static class CampaignCommand
{
    private const string Standard = "smtpmodel-campaign";

    public static Command Create() =>
        new("campaign", "Write the job that does the shares of a campaign on a cluster; smtpmodel merge puts together what they find.")
    {
        Slurm(),
        Kubernetes(),
    };

    private static Command Slurm()
    {
        var (shards, work, place) = (Shards(), Work(), Place());
        var program = Word("--program", "The command that the nodes start, as one or several words of a shell.", "COMMAND", "smtpmodel");
        var command = new Command("slurm", "Write the script of a Slurm job array, a task for each share, into the folder of the "
            + "results: sbatch starts it. "
            + "A task whose node is lost is started again; one that fails does not stop the others.")
        {
            work, shards, place, program,
        };
        command.SetAction(parsed =>
        {
            var campaign = CampaignWork.Of(parsed, parsed.GetValue(work)!);
            var folder = parsed.GetValue(place)?.ToString() ?? Standard;
            var script = SlurmScript.Write(campaign, parsed.GetValue(shards), folder, parsed.GetValue(program)!);
            var file = Path.Combine(folder, "campaign.sbatch");
            JobFile.Write(folder, file, script);
            Output.Terminal.Console.WriteLine($"wrote {file}; start it with: sbatch {Replaying.Shell.Quote(file)}");
            Output.Terminal.Console.WriteLine($"and put the results together, also while it runs: smtpmodel merge "
                + $"{Replaying.Shell.Quote(folder)}");
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Command Kubernetes()
    {
        var (shards, work, place) = (Shards(), Work(), Place());
        var image = new Option<string>("--image")
        {
            Description = "The container image with smtpmodel in it.",
            HelpName = "IMAGE",
            Required = true,
        };
        var claim = new Option<string>("--claim")
        {
            Description = "The PersistentVolumeClaim that the results go to; every pod writes to it (ReadWriteMany).",
            HelpName = "NAME",
            Required = true,
        };
        var name = Word("--name", "The name of the job.", "NAME", "smtpmodel");
        var atOnce = Shared.Number("--parallel", "How many pods run at a time.", 10, 1, Shard.Most);
        var program = Word("--program", "The command in the image, as one or several words of a shell.", "COMMAND", "smtpmodel");
        foreach (var option in (Option<string>[])[claim, name])
        {
            option.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<string>() is { } text && !KubernetesJob.IsName(text))
                {
                    result.AddError($"'{text}' is no name for {option.Name}; write small letters, digits and hyphens, 63 at most, as "
                        + $"smtpmodel-1");
                }
            });
        }

        var command = new Command("kubernetes", "Write the manifest of a Kubernetes Indexed Job, a pod for each share, as JSON: kubectl "
            + "apply -f starts it. "
            + "A share whose pod is lost is started again; one that fails does not stop the others.")
        {
            work, shards, place, image, claim, name, atOnce, program,
        };
        command.SetAction(parsed =>
        {
            var campaign = CampaignWork.Of(parsed, parsed.GetValue(work)!);
            var folder = parsed.GetValue(place)?.ToString() ?? Standard;
            var job = new KubernetesJob(parsed.GetValue(name)!, parsed.GetValue(image)!, parsed.GetValue(claim)!, parsed.GetValue(atOnce),
                parsed.GetValue(program)!);
            var file = Path.Combine(folder, "campaign.json");
            JobFile.Write(folder, file, job.Write(campaign, parsed.GetValue(shards)));
            Output.Terminal.Console.WriteLine($"wrote {file}; start it with: kubectl apply -f {Replaying.Shell.Quote(file)}");
            Output.Terminal.Console.WriteLine($"the results are shard-*.jsonl on the claim {job.Claim}: smtpmodel merge puts them "
                + $"together, also while it runs");
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Option<int> Shards() => Shared.Number("--shards", "How many shares the work is divided into.", 10, 1, Shard.Most);

    private static Option<DirectoryInfo?> Place() =>
        Shared.Place("--out", $"The folder that the job is written to, and the results on Slurm. [default: {Standard}]",
        "DIR", text => new DirectoryInfo(text));

    private static Argument<string[]> Work() => new("COMMAND")
    {
        Description = "What is to be done, behind --: fuzz, learn or mutants score, with all their options but --shard and --results.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static Option<string> Word(string name, string description, string helpName, string standard) => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => standard,
    };
}
