using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SmtpModel.Machines;

/// <summary>Writes a machine as its specification says it.</summary>
internal static class MachineWriter
{
    // for people to read: < and > of an argument stay as they are
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(TransitionTable table)
    {
        var machine = table.Machine;
        var vocabulary = machine.Vocabulary;
        var lists = vocabulary.ReplyLists;
        List<(string Name, JsonNode? Value)> parts =
        [
            ("version", MachineJson.Version),
            ("name", table.Profile.Name),
            ("title", table.Profile.Title),
            ("grammar", vocabulary.Grammar),
            ("start", table.Start.Name),
            ("final", table.Final.Name),
            ("ending", vocabulary.Ending?.Name),
            (
                "states",
                List(machine.GetInfo().States.Select(info => State((State)info.UnderlyingState, (State?)info.Superstate?.UnderlyingState)))
            ),
            ("rules", List(vocabulary.Rules.Select(Rule))),
            ("lineRules", Some(vocabulary.LineRules.Select(Rule))),
            ("commands", List(vocabulary.Rows.Select(Command))),
            ("listed", Listed(vocabulary)),
            ("anyCommandMayDraw", Codes(lists.General)),
            ("optionalCommandsMayDraw", Codes(lists.Optional)),
            ("placedByTheOrder", Codes(lists.Placed)),
            ("conditions", vocabulary.Conditions.Count > 0 ? Codes(vocabulary.Conditions) : null),
            ("acceptanceDemands", Demands(vocabulary.Demanded)),
            ("malformedDemands", Demands(vocabulary.DemandedOfMalformed)),
            ("keepsBuffers", Demands(vocabulary.Keeping)),
            ("failuresCount", vocabulary.Attempts.Count > 0 ? List(vocabulary.Attempts.Select(command => (JsonNode)command.Name!)) : null),
            (
                "faults",
                new JsonObject
                {
                    ["unrecognized"] = vocabulary.Faults.Unrecognized,
                    ["notAcceptable"] = vocabulary.Faults.NotAcceptable,
                    ["notImplemented"] = vocabulary.Faults.NotImplemented,
                    ["closing"] = vocabulary.Faults.Closing,
                }
            ),
            (
                "conduct",
                vocabulary.NamedConduct is { } conduct
                    ? new JsonObject
                    {
                        ["oneReply"] = conduct.OneReply.Id,
                        ["form"] = conduct.Form.Id,
                        ["closing"] = conduct.Closing.Id,
                        ["minimum"] = conduct.Minimum.Id,
                    }
                    : null
            ),
            .. ExtensionJson.Write(table),
            (
                "refusalMoves",
                List(
                    vocabulary
                        .MovesWhenRefused.Where(pair => vocabulary.Rows.Any(row => row.Command == pair.Key))
                        .Select(pair => new JsonObject { ["command"] = pair.Key.Name, ["rule"] = pair.Value.Id })
                )
            ),
            (
                "regions",
                Some(
                    machine.Regions.Select(region => new JsonObject
                    {
                        ["name"] = region.Name,
                        ["states"] = List(region.States.Select(state => (JsonNode)state.Name!)),
                    })
                )
            ),
            (
                "tags",
                Some(
                    vocabulary.Tags.Select(tag => new JsonObject
                    {
                        ["name"] = tag.Name,
                        ["meaning"] = tag.Meaning,
                        ["states"] = List(vocabulary.Meaning(tag).Select(state => (JsonNode)state.Name!)),
                    })
                )
            ),
            (
                "forgetting",
                Some(
                    machine.Forgetting.Select(pair => new JsonObject
                    {
                        ["command"] = pair.Key.Command.Name,
                        ["codes"] = Codes([pair.Key.Code]),
                        ["rule"] = pair.Value.Id,
                    })
                )
            ),
            ("edges", List(Edges(machine.Edges))),
            ("outOfOrder", List(machine.Refusals.Select(Refusal))),
            ("tolerated", List(Edges(machine.Tolerated))),
            (
                "doubts",
                List(
                    vocabulary.Doubts.Select(doubt => new JsonObject
                    {
                        ["question"] = doubt.Question,
                        ["clauses"] = doubt.Clauses,
                        ["reading"] = doubt.Reading,
                        ["reason"] = doubt.Reason,
                    })
                )
            ),
        ];

        // one line for each item of a list: indented whole, a machine would be thousands of lines
        var text = new StringBuilder("{\n");
        text.AppendJoin(
            ",\n",
            parts
                .Where(part => part.Value is not null)
                .Select(part =>
                    part.Value is JsonArray { Count: > 0 } array && array[0] is JsonObject
                        ? $"  \"{part.Name}\": [\n    {string.Join(",\n    ", array.Select(item => item!.ToJsonString(Readable)))}\n  ]"
                        : $"  \"{part.Name}\": {part.Value!.ToJsonString(Readable)}"
                )
        );
        return text.Append("\n}\n").ToString();
    }

    private static JsonArray? Demands(IReadOnlyDictionary<Command, Rule> demanded) => demanded.Count == 0 ? null
        : List(demanded.Select(pair => new JsonObject { ["command"] = pair.Key.Name, ["rule"] = pair.Value.Id }));

    private static JsonArray? Listed(Vocabulary vocabulary)
    {
        var listed = vocabulary.ListedCommands.Select(use => use.Command).ToList();
        return listed.SequenceEqual(vocabulary.Commands.Select(use => use.Command))
            ? null
            : List(listed.Select(command => (JsonNode)command.Name!));
    }

    private static JsonObject State(State state, State? parent)
    {
        var node = new JsonObject { ["name"] = state.Name, ["meaning"] = state.Meaning };
        if (parent is not null)
        {
            node["in"] = parent.Name;
        }

        if (state.Holds.Count > 0)
        {
            node["holds"] = List(state.Holds.Select(buffer => (JsonNode)buffer.Name!));
        }

        return node;
    }

    private static JsonObject Rule(Rule rule)
    {
        var node = new JsonObject
        {
            ["id"] = rule.Id,
            ["document"] = rule.Clause.Document,
            ["section"] = rule.Clause.Section,
            ["level"] = JsonPlace.Of(rule.Level),
            ["asks"] = rule.Asks,
        };
        if (rule.Size is { } size)
        {
            node["size"] = size;
        }

        return node;
    }

    private static JsonObject Command(CommandUse use)
    {
        var node = new JsonObject
        {
            ["name"] = use.Command.Name,
            ["kind"] = JsonPlace.Of(use.Command.Kind),
            ["document"] = use.Clause.Document,
            ["section"] = use.Clause.Section,
            ["required"] = use.Required,
        };
        if (use.Extension is { } extension)
        {
            node["extension"] = extension;
        }

        if (use.Argument != Argument.None)
        {
            node["argument"] = new JsonObject
            {
                ["name"] = use.Argument.Name,
                ["syntax"] = use.Argument.Syntax,
                ["required"] = use.Argument.Required,
            };
        }

        if (use.Argument.Value is { } value)
        {
            node["argument"]!["value"] = ExtensionJson.Value(value);
        }

        if (use.Command.Variant is { } variant)
        {
            node["variant"] = new JsonObject { ["keyword"] = variant.Keyword, ["argument"] = variant.Argument };
            if (variant.Mark.Length > 0)
            {
                node["variant"]!["mark"] = variant.Mark;
            }
        }

        if (use.Command.Block is { } block)
        {
            node["block"] = block.Number;
        }

        Add("onAccept", List(use.Command.OnAccept.Select(Effect)));
        Add("onRefuse", List(use.Command.OnRefuse.Select(Effect)));
        Add("success", Codes(use.Replies.Success));
        Add("intermediate", Codes(use.Replies.Intermediate));
        Add("failure", Codes(use.Replies.Failure));
        Add("error", Codes(use.Replies.Error));
        return node;

        void Add(string name, JsonArray array)
        {
            if (array.Count > 0)
            {
                node[name] = array;
            }
        }
    }

    private static JsonObject Refusal(DeclaredRefusal refusal)
    {
        var node = new JsonObject
        {
            ["in"] = refusal.In.Name,
            ["command"] = refusal.Command.Name,
            ["codes"] = Codes(refusal.Codes),
            ["rule"] = refusal.Rule.Id,
        };
        if (refusal.Demands is { } demands)
        {
            node["demands"] = demands.Id;
        }

        return node;
    }

    private static JsonObject Effect(Effect effect) => new() { ["do"] = JsonPlace.Of(effect.Kind), ["buffer"] = effect.Buffer.Name };

    // neighbours that differ in the code only are one item
    private static IEnumerable<JsonObject> Edges(IEnumerable<DeclaredEdge> edges)
    {
        JsonObject? last = null;
        DeclaredEdge? before = null;
        foreach (var edge in edges)
        {
            if (
                last is not null
                && before is not null
                && (edge.From, edge.To, edge.Rule, edge.Exchange.Command, edge.IsDiscouraged, edge.IsOneOfSeveral)
                    == (before.From, before.To, before.Rule, before.Exchange.Command, before.IsDiscouraged, before.IsOneOfSeveral)
            )
            {
                last["codes"]!.AsArray().Add(edge.Exchange.Code);
                continue;
            }

            if (last is not null)
            {
                yield return last;
            }

            last = new JsonObject
            {
                ["from"] = edge.From.Name,
                ["command"] = edge.Exchange.Command.Name,
                ["codes"] = Codes([edge.Exchange.Code]),
            };
            if (edge.To is not null)
            {
                last["to"] = edge.To.Name;
            }

            last["rule"] = edge.Rule.Id;
            if (edge.IsDiscouraged)
            {
                last["discouraged"] = true;
            }

            if (edge.IsOneOfSeveral)
            {
                last["oneOfSeveral"] = true;
            }

            before = edge;
        }

        if (last is not null)
        {
            yield return last;
        }
    }

    internal static JsonArray? Some(IEnumerable<JsonNode> items) => List(items) is { Count: > 0 } list ? list : null;

    internal static JsonArray Codes(IEnumerable<int> codes) => List(codes.Select(code => (JsonNode)code));

    internal static JsonArray List(IEnumerable<JsonNode> items) => new([.. items]);
}
