namespace SmtpModel.Testing.Engine;

/// <summary>Smaller rounds than a given one, the smallest first: with fewer sessions, with smaller sessions, with fewer changes between
/// them.</summary>
public static class RoundShrinker
{
    /// <summary>The candidates, in the order in which they are to be tried.</summary>
    /// <param name="round">The round.</param>
    public static IEnumerable<Round> Shrink(Round round)
    {
        ArgumentNullException.ThrowIfNull(round);
        return Fewer(round).Concat(Smaller(round)).Concat(Calmer(round));
    }

    /// <summary>The round without what was not played.</summary>
    /// <param name="round">The round.</param>
    /// <param name="taken">How many turns each session had.</param>
    internal static Round Played(Round round, IReadOnlyList<int> taken)
    {
        var left = taken.ToArray();
        return new Round([.. round.Sessions.Select((session, index) => session with { Steps = [.. Begun(session.Steps, taken[index])] })],
            [.. round.Schedule.Where(turn => left[turn]-- > 0)]);
    }

    // the steps that so many turns were enough for; what shares a packet shares its turn
    private static IEnumerable<Step> Begun(IReadOnlyList<Step> steps, int turns) => steps.TakeWhile(step => step.IsJoined || turns-- > 0);

    // halves first, then one by one; with one session alone it is no matter of concurrency
    private static IEnumerable<Round> Fewer(Round round)
    {
        for (var run = round.Sessions.Count / 2; run >= 1; run /= 2)
        {
            for (var start = 0; start + run <= round.Sessions.Count; start += run)
            {
                yield return Without(round, start, run);
            }
        }
    }

    private static Round Without(Round round, int start, int run) => new(
        [.. round.Sessions.Take(start), .. round.Sessions.Skip(start + run)],
        [.. round.Schedule.Where(turn => turn < start || turn >= start + run).Select(turn => turn < start ? turn : turn - run)]);

    private static IEnumerable<Round> Smaller(Round round) =>
        from session in Enumerable.Range(0, round.Sessions.Count)
        from smaller in SessionShrinker.Shrink(round.Sessions[session])
        select new Round([.. round.Sessions.Select((old, index) => index == session ? smaller : old)], Without(round, session, smaller));

    // the turns of the moves that are gone go too, so that those that stay keep their places among the others
    private static List<int> Without(Round round, int session, TestSession smaller)
    {
        var old = round.Sessions[session].Steps;
        if (old.Count == smaller.Steps.Count)
        {
            return [.. round.Schedule];
        }

        var kept = new List<bool> { true };
        var next = 0;
        foreach (var step in old)
        {
            var isKept = next < smaller.Steps.Count && ReferenceEquals(smaller.Steps[next].Move, step.Move);
            next += isKept ? 1 : 0;
            kept.AddRange(Enumerable.Repeat(isKept, Round.Turns(step)));
        }

        var turn = 0;
        return [.. round.Schedule.Where(who => who != session || turn >= kept.Count || kept[turn++])];
    }

    // two neighbouring turns change places where that leaves fewer changes from one session to another
    private static IEnumerable<Round> Calmer(Round round)
    {
        for (var at = 0; at + 1 < round.Schedule.Count; at++)
        {
            int[] schedule = [.. round.Schedule];
            (schedule[at], schedule[at + 1]) = (schedule[at + 1], schedule[at]);
            if (Changes(schedule) < Changes(round.Schedule))
            {
                yield return round with { Schedule = schedule };
            }
        }
    }

    private static int Changes(IReadOnlyList<int> schedule) => schedule.Skip(1).Where((turn, index) => turn != schedule[index]).Count();
}
