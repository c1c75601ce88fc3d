using System.Text.Json;

namespace SmtpModel.Cli.Output;

/// <summary>A suite as text and as JSON; <c>docs/schemas/suite.schema.json</c> says what is in that.</summary>
internal static class SuitePrinter
{
    public static string Text(ResolvedMachine machine, SuiteTree suite) =>
        $"{suite.SessionCount} sessions, {suite.InputCount} commands\n{Elsewhere(machine)}"
        + string.Concat(
            suite.Sessions.Select(
                (session, number) =>
                    $"\n{number + 1}\n"
                    + string.Concat(
                        Lines(machine, session)
                            .Select(line => $"    {line.State,-16} {line.Send,-40} {line.Reply}{(line.Closes ? ", closes" : "")}\n")
                    )
            )
        );

    /// <summary>What a suite of a machine cannot get to, as a line; empty where there is nothing.</summary>
    public static string Elsewhere(ResolvedMachine machine) => machine.Elsewhere.ToList() is { Count: > 0 } states
        ? $"not in it: {string.Join(", ", states)}, where only another reply of the server leads\n" : "";

    public static string Json(ResolvedMachine machine, SuiteTree suite, string method, int extraStates) =>
        JsonSerializer.Serialize(
            new
            {
                version = 1,
                profile = machine.Table.Profile.Name,
                method,
                extraStates,
                sessions = suite.Sessions.Select(session =>
                    Lines(machine, session)
                        .Select(line => new
                        {
                            state = line.State,
                            send = line.Send,
                            reply = line.Reply,
                            closes = line.Closes,
                        })
                ),
            },
            MutantPrinter.Readable
        ) + "\n";

    private static IEnumerable<Line> Lines(ResolvedMachine machine, IReadOnlyList<int> session)
    {
        var state = 0;
        foreach (var input in session)
        {
            var output = machine.Mealy.Output(state, input);
            var move = machine.Inputs[input];
            yield return new Line(
                machine.Mealy.States[state],
                move.Kind is MoveKind.Data ? "." : move.Text,
                output % ResolvedMachine.Closes,
                output >= ResolvedMachine.Closes
            );
            state = machine.Mealy.Next(state, input);
        }
    }

    private sealed record Line(string State, string Send, int Reply, bool Closes);
}
