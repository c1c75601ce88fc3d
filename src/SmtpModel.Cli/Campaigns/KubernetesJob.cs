using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SmtpModel.Cli.Campaigns;

/// <summary>The manifest of a Kubernetes Indexed Job (batch/v1), as JSON, which kubectl takes as it does YAML.</summary>
/// <param name="Name">The name of the job.</param>
/// <param name="Image">The image.</param>
/// <param name="Claim">The volume that the results go to.</param>
/// <param name="AtOnce">How many pods run at a time.</param>
/// <param name="Program">The command in the image.</param>
internal sealed partial record KubernetesJob(string Name, string Image, string Claim, int AtOnce, string Program)
{
    private const string Results = "/results";
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        // a script that people read, in a file that is no part of a page
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Whether a word may be the name of an object (RFC 1123 2.1: a label).</summary>
    public static bool IsName(string text) => Label().IsMatch(text);

    /// <summary>The manifest.</summary>
    /// <param name="campaign">The work.</param>
    /// <param name="shards">How many shares there are.</param>
    public string Write(Campaign campaign, int shards) =>
        JsonSerializer.Serialize(
            new
            {
                apiVersion = "batch/v1",
                kind = "Job",
                metadata = new { name = Name, labels = new Dictionary<string, string> { ["smtpmodel/campaign"] = campaign.Id } },
                spec = new
                {
                    completionMode = "Indexed",
                    completions = shards,
                    parallelism = Math.Min(AtOnce, shards),
                    // a share fails by itself, and the others go on; that its node went away is no failure of it
                    backoffLimitPerIndex = 2,
                    podFailurePolicy = new
                    {
                        rules = new[]
                        {
                            new { action = "Ignore", onPodConditions = new[] { new { type = "DisruptionTarget", status = "True" } } },
                        },
                    },
                    template = new
                    {
                        metadata = new { labels = new Dictionary<string, string> { ["smtpmodel/campaign"] = campaign.Id } },
                        spec = new
                        {
                            restartPolicy = "Never",
                            containers = new[]
                            {
                                new
                                {
                                    name = "shard",
                                    image = Image,
                                    workingDir = Results,
                                    command = new[] { "/bin/sh", "-c", Script(campaign, shards) },
                                    volumeMounts = new[] { new { name = "results", mountPath = Results } },
                                },
                            },
                            volumes = new[] { new { name = "results", persistentVolumeClaim = new { claimName = Claim } } },
                        },
                    },
                },
            },
            Readable
        ) + "\n";

    // indexes are counted from 0, shares from 1
    private string Script(Campaign campaign, int shards) => $"""
        shard=$((JOB_COMPLETION_INDEX + 1))
        {Program} {campaign.Words} \
          --shard "$shard/{shards}" --results "$(printf 'shard-%0{$"{shards}".Length}d.jsonl' "$shard")"
        code=$?
        # 1 is that something was found, which merge says: the share is done
        [ "$code" -eq 1 ] && exit 0
        exit "$code"

        """.ReplaceLineEndings("\n");

    [GeneratedRegex(@"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex Label();
}
