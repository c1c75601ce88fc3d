namespace SmtpModel.Testing.Engine;

/// <summary>An input that two servers answer otherwise, in one place or several.</summary>
/// <param name="Input">The name of the input.</param>
/// <param name="One">What the first server draws.</param>
/// <param name="Other">What the second draws.</param>
/// <param name="Session">The shortest session that ends with it: the names of the inputs.</param>
/// <param name="States">Where it is so: the states of both, as <c>Ready</c>, or <c>Ready / Connected</c> where they have other
/// names.</param>
public sealed record LearnedContrast(string Input, string One, string Other, IReadOnlyList<string> Session, IReadOnlyList<string> States)
{
    /// <summary>Whether it is more than another code of the same class.</summary>
    public bool IsOfKind => One[0] != Other[0] || Closes(One) != Closes(Other);

    private static bool Closes(string output) => output.EndsWith(TargetSystem.Closed, StringComparison.Ordinal);
}

/// <summary>Compares machines that were learned.</summary>
public static class LearnedComparison
{
    /// <summary>
    /// Where two machines answer otherwise, the shortest session first. Both are followed side by side by the inputs that both have,
    /// and no further where they answered with another class of reply: what comes behind that follows from it.
    /// </summary>
    /// <param name="one">A machine.</param>
    /// <param name="other">Another.</param>
    public static IReadOnlyList<LearnedContrast> Compare(LearnedAutomaton one, LearnedAutomaton other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return [.. Differences(one, other).GroupBy(found => (found.Input, found.One, found.Other))
            .Select(group => new LearnedContrast(group.Key.Input, group.Key.One, group.Key.Other, group.First().Session,
                [.. group.Select(found => found.State).Distinct()]))
            .OrderBy(contrast => contrast.Session.Count)];
    }

    /// <summary>The names of the inputs that both have.</summary>
    /// <param name="one">A machine.</param>
    /// <param name="other">Another.</param>
    public static IReadOnlyList<string> Common(LearnedAutomaton one, LearnedAutomaton other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return [.. one.Inputs.Select(input => input.Key).Intersect(other.Inputs.Select(input => input.Key))];
    }

    // breadth first, so that the first session to a difference is a shortest one
    private static IEnumerable<(string Input, string One, string Other, List<string> Session, string State)> Differences(
        LearnedAutomaton one, LearnedAutomaton other)
    {
        var inputs = Common(one, other);
        HashSet<(string, string)> seen = [(one.States[0], other.States[0])];
        var open = new Queue<(string One, string Other, List<string> Session)>([(one.States[0], other.States[0], [])]);
        while (open.TryDequeue(out var at))
        {
            foreach (var input in inputs)
            {
                if (one.Step(at.One, input) is not { } first || other.Step(at.Other, input) is not { } second)
                {
                    continue;
                }

                List<string> session = [.. at.Session, input];
                if (first.Output != second.Output)
                {
                    yield return (input, first.Output, second.Output, session, at.One == at.Other ? at.One : $"{at.One} / {at.Other}");
                }

                if (first.Output[0] == second.Output[0] && first.To is { } to && second.To is { } otherTo && seen.Add((to, otherTo)))
                {
                    open.Enqueue((to, otherTo, session));
                }
            }
        }
    }
}
