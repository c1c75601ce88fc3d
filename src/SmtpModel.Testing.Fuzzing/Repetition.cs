using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Says what a session repeats where the repetition is what shows a fault. The specification is in the same state before and behind what is
/// repeated, so a server that answers otherwise for it has a state that the specification has not: it counts.
/// </summary>
internal static class Repetition
{
    private static readonly string[] Ordinals = ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];

    /// <summary>The words; null where nothing is repeated.</summary>
    /// <param name="table">The profile's table.</param>
    /// <param name="session">A session from which nothing can be left out, its last input the one that is wrong.</param>
    /// <param name="transcript">What was said in it.</param>
    public static string? Told(TransitionTable table, TestSession session, Transcript transcript)
    {
        List<Said> said =
        [
            .. PlayedExchange.Of(table, session, transcript)
                .Select(one => new Said(one.Move.Command.Name, one.State, TargetSystem.CodeOf(one.Came))),
        ];
        if (said.Count < 2)
        {
            return null;
        }

        // the same input in the same state with the same answer; what is wrong counts as one more of it where it changes no state, and
        // is otherwise only where it shows what came before
        var before = said[..^1];
        var groups = before.Distinct()
            .Select(one => (One: one, Times: before.Count(one.Equals), IsWrong: IsSame(one, said[^1]), IsStill: IsStill(said, one)))
            .Select(group => (group.One, Times: group.Times + (group.IsWrong && group.IsStill ? 1 : 0), group.IsWrong, group.IsStill))
            .Where(group => group.Times >= 2)
            .ToList();
        if (groups.Exists(group => !group.IsWrong || group.IsStill))
        {
            groups.RemoveAll(group => group.IsWrong && !group.IsStill);
        }

        var most = groups.Count == 0 ? 0 : groups.Max(group => group.Times);
        if (most < 2 || most >= Ordinals.Length)
        {
            return null;
        }

        var repeated = groups.FindAll(group => group.Times == most);
        var places = repeated.ConvertAll(group => before.IndexOf(group.One));
        var isWithin = said[places.Min()..].TrueForAll(one => one.State.Holds.Count > 0);
        var where = $"in one {(isWithin ? "transaction" : "session")}";
        return repeated switch
        {
            [{ IsWrong: true, IsStill: true } wrong] => $"the {Ordinals[most]} {wrong.One.Name} {where} shows it, and none before",
            [var one] => $"it shows behind the {Ordinals[most]} {one.One.Name} {where}, and not behind fewer",
            _ => $"it shows where {Listed([.. repeated.Select(group => group.One.Name).Distinct()])} are said for the "
                + $"{Ordinals[most]} time {where}",
        };
    }

    private static bool IsSame(Said one, Said last) => one.Name == last.Name && one.State == last.State;

    // where it is said the state stays
    private static bool IsStill(List<Said> said, Said one) =>
        Enumerable.Range(0, said.Count - 1).Where(at => said[at] == one).All(at => said[at + 1].State == one.State);

    private static string Listed(IReadOnlyList<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";

    private sealed record Said(string Name, State State, int Code);
}
