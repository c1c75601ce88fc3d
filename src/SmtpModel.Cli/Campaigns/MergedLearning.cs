using System.Globalization;

namespace SmtpModel.Cli.Campaigns;

/// <summary>What the shares of a learned server came to.</summary>
/// <param name="Server">The server, as far as it is known.</param>
/// <param name="Sessions">The sessions in which its shares do not contradict each other.</param>
/// <param name="Contradictions">Where they do, in words.</param>
/// <param name="Unknown">The names of the inputs of each session that the learner has to ask, as far as that can be foreseen, the next one
/// first; none where it has nothing to ask.</param>
/// <param name="GoOn">The command line that asks what is not known.</param>
internal sealed record MergedLearning(LearnedServer Server, IReadOnlyList<PlayedSession> Sessions, IReadOnlyList<string> Contradictions,
    IReadOnlyList<IReadOnlyList<string>> Unknown, string GoOn)
{
    /// <summary>The campaign with what its shares have seen of the server.</summary>
    /// <param name="merged">Its shares.</param>
    /// <param name="all">All that was read, in an order that does not depend on the files'.</param>
    /// <param name="places">Where it was read from.</param>
    /// <exception cref="UsageException">What was read is no session of this server.</exception>
    public static Merged Of(Merged merged, IReadOnlyList<ShardResult> all, IReadOnlyList<string> places)
    {
        if (all.FirstOrDefault(one => one.Inputs.Count > 0) is not { Table: { } table, Inputs: var inputs } first)
        {
            return merged;
        }

        var task = LearningTask.Of(table.Profile, inputs, Options(merged.Begin) with { Name = first.Server });
        task.System.Greeting = all.Select(one => one.Greeting).FirstOrDefault(code => code != 0);
        LearningPool pool;
        try
        {
            // the same share twice says the same twice
            pool = LearningPool.Of(task.System, input => inputs[input].Name,
                all.DistinctBy(one => one.Digest).Select(one => new PooledSessions(one.File, one.Sessions, one.Unsteady)));
        }
        catch (FormatException fault)
        {
            throw new UsageException(fault.Message);
        }

        List<PlayedSession> sessions = [.. pool.Tree.Sessions];
        // what is answered from memory is there at once
        var known = new KnownSystem(task.System, pool.Tree);
        var found = Learner.RunAsync(known, task.Limits, pool.Tree, [], task.Suspects).GetAwaiter().GetResult();
        var learned = task.Told(found, pool.Tree);
        var counted = merged.Shards.Select(shard => shard.Result).OfType<ShardResult>().ToList();
        var open = merged.Open.Select(shard => shard.Number).ToList();
        // what is missing says more than could be foreseen
        var unknown = known.Unknown is null || open.Count > 0 ? []
            : OpenQuestions.OfAsync(task, table, sessions, found.Machine, CancellationToken.None).GetAwaiter().GetResult();
        var stopped = open.Count == 0 ? learned.Cost.Stopped
            : $"{(open.Count == 1 ? "share" : "shares")} {MergedPrinter.Numbers(open)} of {merged.Shards.Count} "
                + $"{(open.Count == 1 ? "is" : "are")} not complete";
        return merged with
        {
            Profile = table.Profile,
            Learning = new MergedLearning(learned with
            {
                Cost = learned.Cost with
                {
                    Sessions = (int)counted.Sum(one => one.End?.Sessions ?? one.Sessions.Count),
                    Inputs = counted.Sum(one => one.End?.Exchanges ?? one.Sessions.Sum(session => session.Inputs.Count)),
                    Elapsed = TimeSpan.FromSeconds(merged.Shards.Sum(shard => shard.Seconds)),
                    ExtraStates = stopped is null ? learned.Cost.ExtraStates : -1,
                    Stopped = stopped,
                },
                Notes = [.. pool.Notes, .. learned.Notes],
            }, sessions, pool.Notes,
                [.. unknown.Select(session => (IReadOnlyList<string>)[.. session.Select(input => inputs[input].Name)])],
                string.Join(' ', ["smtpmodel", Campaign.Learn, .. merged.Begin.Args.Concat(places.SelectMany(place =>
                    (string[])[KnownOption.Name, place])).Select(Replaying.Shell.Quote)])),
        };
    }

    /// <summary>Says that two results were asked with other inputs, or of other servers.</summary>
    /// <exception cref="UsageException">They were.</exception>
    public static void CheckAlike(ShardResult one, ShardResult other)
    {
        if (one.Inputs.Count == 0 || other.Inputs.Count == 0)
        {
            return;
        }

        List<string> here = [.. one.Inputs.Select(Said)], there = [.. other.Inputs.Select(Said)];
        if (!here.SequenceEqual(there))
        {
            throw new UsageException($"{one.File} was asked with other inputs than {other.File}: "
                + $"{string.Join(", ", here.Except(there).Concat(there.Except(here)).Take(3))}; the server offered something else; run one "
                + "of them again");
        }
    }

    private static string Said(LearningInput input) => $"{input.Name}: {input.Line}";

    private static LearnOptions Options(BeginLine begin) => new()
    {
        IsAbstract = begin.Settings.ContainsKey("abstract"),
        ExtraStates = Number(begin, "extra-states", 0),
        Middles = Number(begin, "middles", 0),
        Seed = Number(begin, "seed", 1),
    };

    private static int Number(BeginLine begin, string name, int standard) =>
        !begin.Settings.TryGetValue(name, out var text) ? standard
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new UsageException($"the results have '{Printable.Text(text, 60)}' for --{name}, which is no number; run the shares again");
}
