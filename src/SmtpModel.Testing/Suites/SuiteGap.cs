namespace SmtpModel.Testing.Engine;

/// <summary>
/// A place of a machine that a suite leaves unverified: a server that differs there and nowhere else may pass. Without an
/// <paramref name="Input"/> it is a state that the suite does not show to be there; with one it is a transition.
/// </summary>
/// <param name="State">The state's place, or that of the state the transition leaves.</param>
/// <param name="Input">The input's place; null where the state itself is open.</param>
/// <param name="Way">The inputs that the suite gets to the state with; empty for the first state, or where it is not reached.</param>
/// <param name="NotApartFrom">
/// The places of the states that what was reached is not told apart from; empty where a state is reached only by ways that are
/// open themselves or not at all, or where a transition is not tried.
/// </param>
public sealed record SuiteGap(int State, int? Input, IReadOnlyList<int> Way, IReadOnlyList<int> NotApartFrom)
{
    /// <summary>What is open, as one line without a full stop.</summary>
    /// <param name="machine">The machine whose places these are.</param>
    public string Says(Mealy machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        var others = string.Join(" and ", NotApartFrom.Select(state => machine.States[state]));
        return (Input, NotApartFrom.Count) switch
        {
            (null, 0) when Way.Count == 0 => $"{machine.States[State]} is not reached",
            (null, 0) => $"{machine.States[State]} is reached only by ways that are not verified themselves",
            (null, _) => $"{machine.States[State]}, after {Words(machine, Way)}, is not told apart from {others}",
            ({ } input, 0) => $"{machine.Inputs[input]} is not tried after {Words(machine, Way)}",
            ({ } input, _) => $"the state after {Words(machine, [.. Way, input])} is not told apart from {others}",
        };
    }

    private static string Words(Mealy machine, IReadOnlyList<int> way) =>
        way.Count == 0 ? "the greeting" : string.Join(", ", way.Select(input => machine.Inputs[input]));
}
