using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>A machine as the page to click through reads it: all of its table, in JSON that may stand inside HTML.</summary>
internal static class ExplorerData
{
    /// <summary>The JSON. The writer of it escapes what would end an element.</summary>
    /// <param name="table">The machine.</param>
    public static string Write(TransitionTable table)
    {
        var commands = table.ListedCommands.Index().ToDictionary(pair => pair.Item.Command, pair => pair.Index);
        // where an exchange may also lead is no matter of this receiver
        var moves = table
            .Edges.Concat(table.Tolerated.Where(edge => !edge.IsOneOfSeveral))
            .OrderBy(edge => table.IndexOf(edge.From))
            .ThenBy(edge => commands[edge.Exchange.Command])
            .ThenBy(edge => edge.Exchange.Code);
        var refusals = table
            .AllStates.SelectMany(state => table.ListedCommands.Select(use => table.OutOfOrder(state, use.Command)))
            .OfType<Refusal>();
        return new JsonObject
        {
            ["start"] = table.Start.Name,
            ["final"] = table.Final.Name,
            ["buffers"] = List(table.AllStates.SelectMany(state => state.Holds).Distinct().Select(buffer => (JsonNode)buffer.Name!)),
            ["states"] = List(table.AllStates.Select(state => State(table, state))),
            ["commands"] = List(table.ListedCommands.Select(Command)),
            ["moves"] = List(moves.Select(edge => new JsonObject
            {
                ["from"] = edge.From.Name,
                ["command"] = edge.Exchange.Command.Name,
                ["code"] = edge.Exchange.Code,
                ["to"] = edge.To.Name,
                ["rule"] = edge.Rule?.Id,
                // behind what is tolerated it is all there is
                ["isTolerated"] = edge.IsTolerated && !table.ToleratedStates.Contains(edge.From),
            })),
            ["refusals"] = List(refusals.Select(refusal => new JsonObject
            {
                ["in"] = refusal.State.Name,
                ["command"] = refusal.Command.Name,
                ["codes"] = List(refusal.Codes.Select(code => (JsonNode)code)),
                ["rule"] = refusal.Rule.Id,
            })),
            ["rules"] = List(table.Rules.Select(rule => new JsonObject
            {
                ["id"] = rule.Id,
                ["clause"] = rule.Clause.ToString(),
                ["level"] = rule.Level.ToString().ToUpperInvariant(),
                ["asks"] = rule.Asks,
            })),
        }.ToJsonString();
    }

    private static JsonObject State(TransitionTable table, State state) => new()
    {
        ["name"] = state.Name,
        ["meaning"] = state.Meaning,
        ["holds"] = List(state.Holds.Select(buffer => (JsonNode)buffer.Name!)),
        ["around"] = List(table.Around(state).Select(around => (JsonNode)around.Name!)),
        // the boxes of the picture that it is drawn as
        ["drawn"] = List(state.Facts.Prepend(state.Of ?? state).Select(box => (JsonNode)box.Name!)),
        ["reads"] = Camel(table.Reads(state)),
        ["isTolerated"] = table.ToleratedStates.Contains(state),
    };

    private static JsonObject Command(CommandUse use) => new()
    {
        ["name"] = use.Command.Name,
        ["kind"] = Camel(use.Command.Kind),
        ["syntax"] = use.Syntax,
        ["pattern"] = use.Command.Kind is InputKind.Response ? use.Argument.Value?.Pattern : null,
        ["example"] = use.Command.Kind is InputKind.Response ? use.Argument.Value?.Valid[0] : null,
        ["onAccept"] = Effects(use.Command.OnAccept),
        ["onRefuse"] = Effects(use.Command.OnRefuse),
    };

    private static JsonArray Effects(IEnumerable<Effect> effects) =>
        List(effects.Select(effect => new JsonObject { ["buffer"] = effect.Buffer.Name, ["kind"] = Camel(effect.Kind) }));

    private static string Camel(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static JsonArray List(IEnumerable<JsonNode> items) => new([.. items]);
}
