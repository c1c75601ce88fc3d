using SmtpModel.Cli.Replaying;

namespace SmtpModel.Cli.Campaigns;

/// <summary>
/// The script of a Slurm job array. Each task does one share and says by its exit code whether the share is done: what it found is in its
/// file, and no reason for Slurm to call the task failed.
/// </summary>
internal static class SlurmScript
{
    /// <summary>The script.</summary>
    /// <param name="campaign">The work.</param>
    /// <param name="shards">How many shares there are.</param>
    /// <param name="folder">Where the results go.</param>
    /// <param name="program">The command that is started.</param>
    public static string Write(Campaign campaign, int shards, string folder, string program)
    {
        var digits = $"{shards}".Length;
        var place = Shell.Quote(folder.StartsWith('-') ? Path.Combine(".", folder) : folder);
        return $"""
            #!/bin/bash
            # Campaign {campaign.Id}, {shards} shares; written by smtpmodel campaign slurm.
            # Those that are missing alone, as share {shards}: sbatch --array={shards} FILE
            #SBATCH --job-name=smtpmodel-{campaign.Id[..8]}
            #SBATCH --array=1-{shards}
            #SBATCH --ntasks=1
            #SBATCH --requeue
            #SBATCH --open-mode=append
            #SBATCH --output={Log(folder)}
            mkdir -p -- {place} || exit
            share=$(printf '%0{digits}d' "$SLURM_ARRAY_TASK_ID")
            {program} {campaign.Words} \
              --shard "$SLURM_ARRAY_TASK_ID/{shards}" --results {place}/"shard-$share.jsonl"
            code=$?
            # 1 is that something was found, which merge says: the share is done
            [ "$code" -eq 1 ] && exit 0
            exit "$code"

            """.ReplaceLineEndings("\n");
    }

    // Slurm reads this line itself, and knows quotes only around the whole; % begins what it fills in
    private static string Log(string folder)
    {
        var place = folder.Replace("%", "%%", StringComparison.Ordinal).Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
        return $"\"{place}/shard-%a.log\"";
    }
}
