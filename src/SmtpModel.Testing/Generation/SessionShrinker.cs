namespace SmtpModel.Testing.Engine;

/// <summary>
/// Smaller sessions than a given one, the smallest first: without runs of moves, without single moves, without two moves, with
/// plainer moves, with replies that the server is left to choose, and with fewer inputs in one packet. A session that none of them
/// shows the same of is minimal.
/// </summary>
public static class SessionShrinker
{
    // moves that belong together are mostly near each other, so that these are tried before the argument is
    private const int Near = 8;

    /// <summary>The candidates, in the order in which they are to be tried.</summary>
    /// <param name="session">The session.</param>
    public static IEnumerable<TestSession> Shrink(TestSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return WithoutRuns(session).Concat(WithoutPairs(session, 1, Near)).Concat(Plainer(session)).Concat(Split(session))
            .Concat(WithoutPairs(session, Near, session.Steps.Count));
    }

    private static IEnumerable<TestSession> WithoutRuns(TestSession session)
    {
        var count = session.Steps.Count;
        for (var run = count / 2; run >= 1; run /= 2)
        {
            for (var start = 0; start + run <= count; start += run)
            {
                foreach (var shorter in Without(session, at => at >= start && at < start + run))
                {
                    yield return shorter;
                }
            }
        }

        // a half of one is none
        if (count == 1)
        {
            yield return session with { Steps = [] };
        }
    }

    // pairs that belong together, as MAIL with its RCPT, leave only together
    private static IEnumerable<TestSession> WithoutPairs(TestSession session, int least, int most) =>
        from first in Enumerable.Range(0, session.Steps.Count)
        from second in Enumerable.Range(first + least, Math.Max(0, Math.Min(session.Steps.Count, first + most) - first - least))
        from shorter in Without(session, at => at == first || at == second)
        select shorter;

    // where the head of a packet goes, the rest of it is a packet of its own, or is put to the packet before
    private static IEnumerable<TestSession> Without(TestSession session, Func<int, bool> isLeftOut)
    {
        var (apart, together, isMerged) = (new List<Step>(), new List<Step>(), false);
        var isCut = false;
        for (var at = 0; at < session.Steps.Count; at++)
        {
            var step = session.Steps[at];
            isCut = (isCut && step.IsJoined) || (!step.IsJoined && isLeftOut(at));
            if (!isLeftOut(at))
            {
                apart.Add(isCut ? step with { IsJoined = false } : step);
                together.Add(apart.Count > 1 ? step : step with { IsJoined = false });
                isMerged |= together[^1] != apart[^1];
                isCut = false;
            }
        }

        yield return session with { Steps = apart };
        if (isMerged)
        {
            yield return session with { Steps = together };
        }
    }

    // a reply that is not scripted is plainer than any that is
    private static IEnumerable<TestSession> Plainer(TestSession session)
    {
        if (session.Greeting != 0)
        {
            yield return session with { Greeting = 0 };
        }

        for (var index = 0; index < session.Steps.Count; index++)
        {
            var step = session.Steps[index];
            if (step.Script != 0)
            {
                yield return With(session, index, step with { Script = 0 });
            }

            foreach (var plainer in step.Move.Plainer)
            {
                yield return With(session, index, step with { Move = plainer });
            }
        }
    }

    // a reply that is waited for is plainer than one that is not
    private static IEnumerable<TestSession> Split(TestSession session) =>
        from at in Enumerable.Range(0, session.Steps.Count)
        where session.Steps[at].IsJoined
        select With(session, at, session.Steps[at] with { IsJoined = false });

    private static TestSession With(TestSession session, int index, Step step) =>
        session with
        {
            Steps = [.. session.Steps.Select((other, at) => at == index ? step : other)],
        };
}
