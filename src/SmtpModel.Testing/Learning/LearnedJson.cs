using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// What was learned as JSON: the machine as any other (<see cref="MachineJson"/>), and in its part <c>learned</c> what was sent, what
/// each state is reached by, every transition with what was drawn, the differences from the specification, and what it cost.
/// </summary>
public static class LearnedJson
{
    private const string Part = "learned";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text, with <c>\n</c> line ends.</summary>
    /// <param name="server">What was learned.</param>
    public static string Write(LearnedServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        (string Name, JsonArray Items)[] lists =
        [
            ("inputs", [.. server.Inputs.Select(input => new JsonObject { ["name"] = input.Key, ["line"] = input.Value })]),
            ("states", [.. server.States.Select(State)]),
            ("transitions", [.. server.Transitions.Select(Transition)]),
            ("differences", [.. server.Differences.Select(Difference)]),
            ("violations", [.. server.Violations.Select(Difference)]),
            ("notes", [.. server.Notes.Select(note => (JsonNode)note!)]),
        ];
        var cost = new JsonObject
        {
            ["states"] = server.States.Count,
            ["extraStates"] = server.Cost.ExtraStates,
            ["middles"] = server.Cost.Middles,
            ["sessions"] = server.Cost.Sessions,
            ["inputs"] = server.Cost.Inputs,
            ["seconds"] = Math.Round(server.Cost.Elapsed.TotalSeconds, 1),
            ["isWhole"] = server.Cost.IsWhole,
            ["stopped"] = server.Cost.Stopped,
        };
        var machine = MachineJson.Write(server.Machine).TrimEnd();
        var head = $"    \"server\": {Text(server.Name)},\n    \"base\": {Text(server.Base.Name)},\n"
            + $"    \"certificate\": {cost.ToJsonString(Readable)}";
        var text = string.Concat(lists.Select(list => $",\n    \"{list.Name}\": [{Lines(list.Items)}]"));
        return $"{machine[..^2]},\n  \"{Part}\": {{\n{head}{text}\n  }}\n}}\n";
    }

    /// <summary>Reads what was written.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is not what <see cref="Write"/> gives; the message says what is wrong.</exception>
    public static LearnedAutomaton Read(string text) =>
        ReadPart(text) ?? throw new FormatException("it has no part 'learned': it was not written by smtpmodel learn");

    /// <summary>The same; null where the text has no such part.</summary>
    internal static LearnedAutomaton? ReadPart(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return LearnedReader.Read(text, Part);
    }

    private static string Text(string text) => JsonSerializer.Serialize(text, Readable);

    private static string Lines(JsonArray items) =>
        items.Count == 0 ? "" : $"\n      {string.Join(",\n      ", items.Select(item => item!.ToJsonString(Readable)))}\n    ";

    private static JsonObject State(LearnedState state) => new()
    {
        ["name"] = state.Name,
        ["like"] = state.Like.Name,
        ["isExtra"] = state.IsExtra,
        ["access"] = new JsonArray([.. state.Access.Select(input => (JsonNode)input!)]),
    };

    private static JsonObject Transition(LearnedTransition one) => new()
    {
        ["from"] = one.From,
        ["input"] = one.Input,
        ["output"] = one.Output,
        ["to"] = one.To,
    };

    private static JsonObject Difference(LearnedDifference one) => new()
    {
        ["kind"] = one.Kind.ToString(),
        ["state"] = one.State.Name,
        ["input"] = one.Input,
        ["expected"] = one.Expected,
        ["rule"] = one.Rule is { } rule ? $"{rule.Id}, {rule.Clause}" : null,
        ["verdict"] = one.Verdict.ToString(),
        ["session"] = new JsonArray([.. one.Session.Zip(one.Outputs, (input, output) => (JsonNode)$"{input} / {output}")]),
        ["alsoIn"] = new JsonArray([.. one.AlsoIn.Select(name => (JsonNode)name!)]),
    };
}

/// <summary>A machine that was learned, read back: all that is needed to compare it with another.</summary>
/// <param name="Server">The server.</param>
/// <param name="States">The names of its states, the first one first.</param>
/// <param name="Inputs">The names of the inputs, each with the line that was sent.</param>
/// <param name="Transitions">What each input does in each state.</param>
public sealed record LearnedAutomaton(string Server, IReadOnlyList<string> States, IReadOnlyList<KeyValuePair<string, string>> Inputs,
    IReadOnlyList<LearnedTransition> Transitions)
{
    private Dictionary<(string, string), LearnedTransition>? _steps;

    /// <summary>The name of the profile that it was held against.</summary>
    public string Base { get; init; } = "";

    /// <summary>Whether all of it is known, as its certificate says: where it is not, it is what some sessions showed.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The transitions that this profile has otherwise.</summary>
    public IReadOnlyList<LearnedMark> Differences { get; init; } = [];

    /// <summary>What an input does in a state; null where that is not known, or nothing is sent.</summary>
    /// <param name="state">The name of the state.</param>
    /// <param name="input">The name of the input.</param>
    public LearnedTransition? Step(string state, string input) =>
        (_steps ??= Transitions.DistinctBy(one => (one.From, one.Input)).ToDictionary(one => (one.From, one.Input))).GetValueOrDefault(
            (state, input)
        );
}

/// <summary>How a transition of a machine that was read back stands to the specification.</summary>
/// <param name="State">The name of the state.</param>
/// <param name="Input">The name of the input.</param>
/// <param name="Kind">How it stands.</param>
public sealed record LearnedMark(string State, string Input, LearnedKind Kind);
