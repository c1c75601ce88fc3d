using System.Globalization;
using SmtpModel.Cli.Output;
using SmtpModel.Cli.Replaying;
using SmtpModel.Testing;
using Spectre.Console;

namespace SmtpModel.Cli.Campaigns;

/// <summary>Prints a merged campaign.</summary>
internal static class MergedPrinter
{
    private const int MostLines = 20;
    private static readonly string[] States = ["complete", "incomplete", "missing"];

    public static void Print(IAnsiConsole console, Merged merged, ReplayStore store)
    {
        console.WriteLine($"campaign {merged.Begin.Campaign}: {Printable.Text(merged.Title, 1000)}");
        console.WriteLine($"{Words.Count(merged.Shards.Count, "share")}: {Counts(merged)}; {Time(merged)}");
        if (merged.Fuzz is { } fuzz)
        {
            var plays = merged.Findings.Select(finding => finding.Plays).Concat(merged.Rounds.Select(round => round.Plays))
                .FirstOrDefault();
            FuzzPrinter.Print(console, fuzz, merged.Coverage!, [.. merged.Rounds.Select(round => round.Finding)],
                new FoundWith(store, plays?.Target ?? FoundWith.Embedded, plays?.Timeouts ?? new TcpTimeouts(), plays?.Access,
                    merged.Delivered));
            store.End();
            if (store.Note is { } note)
            {
                console.WriteLine($"note: {note}");
            }
        }
        else if (merged is { Score: { } score, Profile: { } profile })
        {
            console.Write(new Text(ScorePrinter.Text(profile, score)) { Overflow = Overflow.Fold });
        }

        else if (merged.Learning is { } learning)
        {
            LearnPrinter.Print(console, learning.Server);
        }

        if (!merged.IsComplete)
        {
            Missing(console, merged);
        }

        if (merged.Learning is { Server.Cost.IsWhole: false } open)
        {
            GoOn(console, merged, open);
        }
    }

    /// <summary>How long the shares took.</summary>
    public static string Time(Merged merged) => string.Create(CultureInfo.InvariantCulture,
        $"{merged.Shards.Sum(shard => shard.Seconds):0.0} s in all, the longest {merged.Shards.Max(shard => shard.Seconds):0.0} s");

    /// <summary>How many shares are what.</summary>
    public static string Counts(Merged merged) => Words.List([.. States
        .Select(state => (state, count: merged.Shards.Count(shard => shard.State == state))).Where(pair => pair.count > 0)
            .Select(pair => $"{pair.count} {pair.state}")]);

    /// <summary>The numbers of shares as <c>sbatch --array</c> takes them, as <c>3,7-9</c>.</summary>
    public static string Numbers(IEnumerable<int> numbers)
    {
        List<(int From, int To)> ranges = [];
        foreach (var number in numbers.Order())
        {
            if (ranges is [.., var last] && last.To == number - 1)
            {
                ranges[^1] = (last.From, number);
            }
            else
            {
                ranges.Add((number, number));
            }
        }

        return string.Join(',', ranges.Select(range => range.From == range.To ? $"{range.From}" : $"{range.From}-{range.To}"));
    }

    private static void GoOn(IAnsiConsole console, Merged merged, MergedLearning learning)
    {
        if (merged.IsComplete)
        {
            console.WriteLine();
            Questions(console, learning.Unknown);
            console.WriteLine("go on from what is known, and ask nothing that is:");
        }
        else
        {
            console.WriteLine("or let one run ask all that is not known:");
        }

        console.WriteLine($"  {Printable.Text(learning.GoOn, 4000)}");
    }

    // what the first of them draws may lead elsewhere
    private static void Questions(IAnsiConsole console, IReadOnlyList<IReadOnlyList<string>> open)
    {
        console.WriteLine($"the learner has to ask more, first: {string.Join("; ", open.FirstOrDefault() ?? [])}");
        if (open.Count > 1)
        {
            console.WriteLine($"then, as far as it can be foreseen, {Words.Count(open.Count - 1, "more session")}:");
            open.Skip(1).Take(MostLines).ToList().ForEach(session => console.WriteLine($"  {string.Join("; ", session)}"));
            if (open.Count - 1 > MostLines)
            {
                console.WriteLine($"  and {open.Count - 1 - MostLines} more, which --html has all");
            }
        }
    }

    private static void Missing(IAnsiConsole console, Merged merged)
    {
        var open = merged.Open.ToList();
        console.WriteLine();
        foreach (var state in open.GroupBy(shard => shard.State).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            console.WriteLine($"{state.Key}: {(state.Count() == 1 ? "share" : "shares")} {Numbers(state.Select(shard => shard.Number))}");
        }

        console.WriteLine("what they have not said yet is not in this; run them alone, and merge again:");
        open.Take(MostLines).ToList().ForEach(shard => console.WriteLine($"  {Printable.Text(shard.Again!, 4000)}"));
        if (open.Count > MostLines)
        {
            console.WriteLine($"  and {open.Count - MostLines} more");
        }
    }
}
