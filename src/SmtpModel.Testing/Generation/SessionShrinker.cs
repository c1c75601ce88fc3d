namespace SmtpModel.Testing;

/// <summary>Smaller sessions than a given one, the smallest first: without runs of moves, without single moves, with plainer moves.</summary>
public static class SessionShrinker
{
    /// <summary>The candidates, in the order in which they are to be tried.</summary>
    /// <param name="session">The session.</param>
    public static IEnumerable<TestSession> Shrink(TestSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        var count = session.Steps.Count;
        for (var run = count / 2; run >= 1; run /= 2)
        {
            for (var start = 0; start + run <= count; start += run)
            {
                yield return session with { Steps = [.. session.Steps.Take(start), .. session.Steps.Skip(start + run)] };
            }
        }

        // pairs that belong together, as MAIL with its RCPT, leave only together
        for (var first = 0; first < count; first++)
        {
            for (var second = first + 1; second < Math.Min(count, first + 8); second++)
            {
                yield return session with { Steps = [.. session.Steps.Where((_, index) => index != first && index != second)] };
            }
        }

        for (var index = 0; index < count; index++)
        {
            foreach (var plainer in session.Steps[index].Move.Plainer)
            {
                yield return session with { Steps = [.. session.Steps.Select((step, at) => at == index ? step with { Move = plainer } : step)] };
            }
        }
    }
}
