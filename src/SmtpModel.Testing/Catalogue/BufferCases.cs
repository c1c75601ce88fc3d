using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>The cases about the buffers that can be seen from outside: what is emptied, and what is kept.</summary>
internal static class BufferCases
{
    public static IEnumerable<TestCase> Of(TransitionTable table)
    {
        foreach (var state in table.States.Where(state => Last(table, state) is not null))
        {
            foreach (var use in table.Commands.Where(use => use.Command.Kind is InputKind.Line or InputKind.Data))
            {
                if (Clearing(table, state, use.Command) is { } edge)
                {
                    // where a refusal empties the buffers as well, its rule is the one that says so for either
                    var rule = table
                        .From(state, use.Command)
                        .FirstOrDefault(other => !other.Exchange.IsAccepted && other.Exchange.Effects.Count > 0)
                        ?.Rule
                        ?? edge.Rule!;
                    yield return new TestCase(
                        CaseName.Of(rule.Clause, $"{use.Command}-clears-in-{state}"),
                        CaseKind.Cleared,
                        rule,
                        $"In {state} {use.Command} empties the buffers: what was given before belongs to no later transaction.",
                        CaseDepth.Of(table, state, use.Command) >= Depth.Data ? Depth.Data : Depth.Envelope
                    )
                    {
                        State = state,
                        Command = use.Command,
                    };
                }
            }
        }

        var buffers = table.Stated(Spec.Rfc821.B1)!;
        foreach (var state in table.States.Where(state => state.Holds.Count > 0 && table.Reads(state) is Reading.Commands))
        {
            yield return new TestCase(
                CaseName.Of(buffers.Clause, $"buffers-kept-in-{state}"),
                CaseKind.Kept,
                buffers,
                $"In {state} {string.Join(", ", Inert(table, state).Select(command => command.Name))} leave the buffers as they are: the "
                    + $"transaction goes on behind them all.",
                Depth.Envelope
            )
            {
                State = state,
            };
            foreach (var command in Inert(table, state))
            {
                if (table.Keeping.TryGetValue(command, out var rule))
                {
                    yield return new TestCase(CaseName.Of(rule.Clause, $"{command}-keeps-the-buffers-in-{state}"), CaseKind.Kept, rule,
                        $"In {state} {command} leaves the buffers as they are: the transaction goes on behind it.", Depth.Envelope)
                    { State = state, Command = command };
                }
            }
        }
    }

    /// <summary>The buffer of a state that a later transaction must not find filled; null when the state holds none but the
    /// first.</summary>
    internal static DataBuffer? Last(TransitionTable table, State state) =>
        state.Holds.Count > 1
        && state.Holds[^1] is var last
        && table.States.Any(other => other.Holds.Count > 0 && !other.Holds.Contains(last))
            ? last
            : null;

    /// <summary>The edge of a command that empties what a state holds and goes on; null when there is none.</summary>
    internal static Edge? Clearing(TransitionTable table, State state, Command command) =>
        table
            .From(state, command)
            .FirstOrDefault(edge =>
                edge.Exchange.IsAccepted
                && edge.To != table.Final
                && edge.To.Holds.Count == 0
                && edge.Exchange.Effects.Any(effect => effect.Kind is EffectKind.Clear)
            );

    /// <summary>The commands that are in order in a state, lead nowhere and do nothing to the buffers.</summary>
    internal static IEnumerable<Command> Inert(TransitionTable table, State state) =>
        table
            .Commands.Where(use =>
                use.Command.Kind is InputKind.Line
                && use.Command.OnAccept.Count == 0
                && table.From(state, use.Command).Any(edge => edge.Exchange.IsAccepted && edge.To == state)
            )
            .Select(use => use.Command);
}
