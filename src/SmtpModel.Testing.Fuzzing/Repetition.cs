using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// What a session repeats where the repetition is what shows a fault. The specification is in the same state before and behind what is
/// repeated, so a server that answers otherwise for it has a state that the specification has not: it counts.
/// </summary>
internal sealed class Repetition
{
    private static readonly string[] Ordinals = ["", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"];
    private readonly TransitionTable _table;
    private readonly TestSession _session;
    private readonly List<Said> _said;
    private readonly int _times;
    private readonly List<Group> _repeated;

    private Repetition(TransitionTable table, TestSession session, List<Said> said, int times, List<Group> repeated) =>
        (_table, _session, _said, _times, _repeated) = (table, session, said, times, repeated);

    // what is repeated is all within one transaction: then it need not be the transaction in which the server counts
    private bool IsWithin => _said[_said.IndexOf(_repeated.MinBy(group => _said.IndexOf(group.One))!.One)..]
        .TrueForAll(one => one.State.Holds.Count > 0);

    /// <summary>The repetition of a session; null where nothing is repeated.</summary>
    /// <param name="table">The profile's table.</param>
    /// <param name="session">A session from which nothing can be left out, its last input the one that is wrong.</param>
    /// <param name="transcript">What was said in it.</param>
    public static Repetition? Of(TransitionTable table, TestSession session, Transcript transcript)
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
            .Select(one => new Group(one, before.Count(one.Equals), IsSame(one, said[^1]), IsStill(said, one)))
            .Select(group => group with { Times = group.Times + (group.IsLast ? 1 : 0) })
            .Where(group => group.Times >= 2)
            .ToList();
        if (groups.Exists(group => !group.IsWrong || group.IsStill))
        {
            groups.RemoveAll(group => group.IsWrong && !group.IsStill);
        }

        var most = groups.Count == 0 ? 0 : groups.Max(group => group.Times);
        return most < 2 || most >= Ordinals.Length ? null
            : new Repetition(table, session, said, most, groups.FindAll(group => group.Times == most));
    }

    /// <summary>
    /// A session in which the last of what is repeated stands in another transaction than those before it, and all else as it was: a server
    /// that counts in the whole session shows the fault in it too. Null where the repetition is no matter of one transaction, or cannot be
    /// divided.
    /// </summary>
    /// <param name="palette">The lines.</param>
    public TestSession? Spread(Palette palette)
    {
        // what was said has to be the session's own, step by step; steps behind the fault, if there are any, were not played
        if (!IsWithin || _repeated is not [var group] || _said.Count > _session.Steps.Count
            || _said.Index().Any(one => one.Item.Name != _session.Steps[one.Index].Move.Command.Name))
        {
            return null;
        }

        List<int> places = [.. Enumerable.Range(0, _said.Count - 1).Where(at => _said[at] == group.One)];
        if (group.IsLast)
        {
            places.Add(_said.Count - 1);
        }

        // the transaction begins with the last input before it in a state that holds nothing
        var begin = _said.FindLastIndex(places[0], one => one.State.Holds.Count == 0);
        var (last, earlier) = (places[^1], places[..^1]);
        if (begin < 0 || Abort(_said[last].State) is not { } abort)
        {
            return null;
        }

        var steps = _session.Steps;
        return new TestSession([
            .. steps.Take(last),
            new Step(palette.Valid(abort)[0]),
            .. Enumerable.Range(begin, steps.Count - begin).Where(at => !earlier.Contains(at)).Select(at => steps[at]),
        ], _session.Greeting).InLockstep();
    }

    /// <summary>The words.</summary>
    /// <param name="isSpread">Whether the session that <see cref="Spread"/> gives shows the fault too; null where nobody
    /// knows.</param>
    public string Told(bool? isSpread)
    {
        var where = !IsWithin || isSpread is true ? " in one session" : isSpread is false ? " in one transaction" : "";
        return _repeated switch
        {
            [{ IsLast: true } wrong] => $"the {Ordinals[_times]} {wrong.One.Name}{where} shows it, and none before",
            [var one] => $"it shows behind the {Ordinals[_times]} {one.One.Name}{where}, and not behind fewer",
            _ => $"it shows where {Listed([.. _repeated.Select(group => group.One.Name).Distinct()])} are said for the "
                + $"{Ordinals[_times]} time{where}",
        };
    }

    // what needs no argument and leads out of a transaction, without ending the session
    private Command? Abort(State state) => _table.Commands
        .Where(use => use.Command.Kind is InputKind.Line && !use.Argument.Required)
        .Select(use => use.Command)
        .FirstOrDefault(command => _table.From(state, command) is { Count: > 0 } edges
            && edges.Where(edge => edge.Exchange.IsAccepted).All(edge => edge.To.Holds.Count == 0 && edge.To != _table.Final));

    private static bool IsSame(Said one, Said last) => one.Name == last.Name && one.State == last.State;

    // where it is said the state stays
    private static bool IsStill(List<Said> said, Said one) =>
        Enumerable.Range(0, said.Count - 1).Where(at => said[at] == one).All(at => said[at + 1].State == one.State);

    private static string Listed(IReadOnlyList<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";

    private sealed record Said(string Name, State State, int Code);

    private sealed record Group(Said One, int Times, bool IsWrong, bool IsStill)
    {
        // what is wrong is one more of it
        public bool IsLast => IsWrong && IsStill;
    }
}
