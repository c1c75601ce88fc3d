using System.CommandLine;
using System.Text.Json;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Commands;

/// <summary><c>smtpmodel suite</c>.</summary>
internal static class SuiteCommand
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public static Command Create()
    {
        var profile = Shared.Profile("rfc5321");
        var method = new Option<string>("--method") { Description = "How the suite is made: wp, hsi and h find every fault of a machine with as many states as the specification; tour is for comparison.", HelpName = "wp|hsi|h|tour", DefaultValueFactory = _ => "wp" };
        method.AcceptOnlyFromAmong("wp", "hsi", "h", "tour");
        var extra = Shared.Number("--extra-states", "How many states more an implementation may have.", 0, 0, 2);
        var format = new Option<string>("--format") { Description = "text or json.", HelpName = "text|json", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("suite", "Print a complete test suite of a profile: sessions that tell every machine that differs in one place from the specification, with the replies of a server that takes everything it may.")
        {
            profile, method, extra, format,
        };
        command.SetAction(parsed =>
        {
            var table = parsed.Get(profile).Table;
            var machine = ResolvedMachine.Of(table, new Palette(table, new PaletteOptions()));
            var suite = SuiteMaker.Make(machine.Mealy, Enum.Parse<SuiteMethod>(parsed.GetValue(method)!, ignoreCase: true), parsed.GetValue(extra));
            var sessions = suite.Sessions.Select(session => Lines(machine, session)).ToList();
            Console.Out.Write(parsed.GetValue(format) == "json" ? Json(table.Profile, parsed.GetValue(method)!, parsed.GetValue(extra), sessions) : Text(suite, sessions));
            return ExitCodes.Fine;
        });
        return command;
    }

    private static List<Line> Lines(ResolvedMachine machine, IReadOnlyList<int> session)
    {
        var state = 0;
        List<Line> lines = [];
        foreach (var input in session)
        {
            var output = machine.Mealy.Output(state, input);
            var move = machine.Inputs[input];
            lines.Add(new Line(machine.Mealy.States[state], move.Kind is MoveKind.Data ? "." : move.Text, output % ResolvedMachine.Closes, output >= ResolvedMachine.Closes));
            state = machine.Mealy.Next(state, input);
        }

        return lines;
    }

    private static string Text(SuiteTree suite, List<List<Line>> sessions) =>
        $"{suite.SessionCount} sessions, {suite.InputCount} commands\n"
        + string.Concat(sessions.Select((session, number) => $"\n{number + 1}\n" + string.Concat(session.Select(line =>
            $"    {line.State,-16} {line.Send,-40} {line.Reply}{(line.Closes ? ", closes" : "")}\n"))));

    private static string Json(Profile profile, string method, int extraStates, List<List<Line>> sessions) =>
        JsonSerializer.Serialize(new { version = 1, profile = profile.Name, method, extraStates, sessions = sessions.Select(session => session.Select(line => new { state = line.State, send = line.Send, reply = line.Reply, closes = line.Closes })) }, Readable) + "\n";

    private sealed record Line(string State, string Send, int Reply, bool Closes);
}
