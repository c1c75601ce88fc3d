namespace SmtpModel.Testing;

/// <summary>
/// Smaller sessions than a given one, the smallest first: without runs of moves, without single moves, without two moves, with
/// plainer moves, and with replies that the server is left to choose. A session that none of them shows the same of is minimal.
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
        return WithoutRuns(session).Concat(WithoutPairs(session, 1, Near)).Concat(Plainer(session)).Concat(WithoutPairs(session, Near, session.Steps.Count));
    }

    private static IEnumerable<TestSession> WithoutRuns(TestSession session)
    {
        var count = session.Steps.Count;
        for (var run = count / 2; run >= 1; run /= 2)
        {
            for (var start = 0; start + run <= count; start += run)
            {
                yield return session with { Steps = [.. session.Steps.Take(start), .. session.Steps.Skip(start + run)] };
            }
        }

        // a half of one is none
        if (count == 1)
        {
            yield return session with { Steps = [] };
        }
    }

    // pairs that belong together, as MAIL with its RCPT, leave only together
    private static IEnumerable<TestSession> WithoutPairs(TestSession session, int from, int until)
    {
        for (var first = 0; first < session.Steps.Count; first++)
        {
            for (var second = first + from; second < Math.Min(session.Steps.Count, first + until); second++)
            {
                yield return session with { Steps = [.. session.Steps.Where((_, index) => index != first && index != second)] };
            }
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

    private static TestSession With(TestSession session, int index, Step step) => session with { Steps = [.. session.Steps.Select((other, at) => at == index ? step : other)] };
}
