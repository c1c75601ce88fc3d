using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpModel.Spec;

namespace SmtpModel.Machines.Tests.Json;

/// <summary>docs/schemas/machine.schema.json says what is written, and no more than what is read.</summary>
public class SchemaTests
{
    private static readonly JsonObject Schema = JsonNode
        .Parse(File.ReadAllText(Path.Combine(Root(), "docs", "schemas", "machine.schema.json")))!
        .AsObject();

    public static TheoryData<string> Names { get; } = [.. Profiles.Named.Select(profile => profile.Name), "lamp", "match"];

    [Theory, MemberData(nameof(Names))]
    public void What_is_written_is_valid(string name)
    {
        var profile = name == "lamp" ? Lamp.Sound : name == "match" ? Match.Profile : Profiles.Find(name)!;

        Assert.Empty(Faults(Schema, JsonNode.Parse(MachineJson.Write(profile)), "$"));
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2")]
    [InlineData("\"level\":\"must\"", "\"level\":\"shall\"")]
    [InlineData("\"codes\":[421]", "\"codes\":[4210]")]
    [InlineData("\"from\":\"Channel\"", "\"form\":\"Channel\"")]
    [InlineData("\"title\": \"RFC 821, August 1982\",", "")]
    public void What_is_wrong_is_neither_valid_nor_read(string old, string now)
    {
        var text = MachineJson.Write(Profiles.Rfc821).Replace(old, now, StringComparison.Ordinal);

        Assert.NotEmpty(Faults(Schema, JsonNode.Parse(text), "$"));
        Assert.IsType<MachineNotRead>(MachineJson.Read(text));
    }

    // as much of JSON Schema as the file uses; a word of it that is not known here fails
    private static IEnumerable<string> Faults(JsonObject schema, JsonNode? value, string at)
    {
        foreach (var (word, rule) in schema)
        {
            var faults = word switch
            {
                "$schema" or "$defs" or "title" or "description" => [],
                "$ref" => Faults(Schema["$defs"]![rule!.GetValue<string>()["#/$defs/".Length..]]!.AsObject(), value, at),
                "type" => Is(value, rule!.GetValue<string>()) ? [] : [$"{at} is no {rule}"],
                "const" => JsonNode.DeepEquals(rule, value) ? [] : [$"{at} is not {rule}"],
                "enum" => rule!.AsArray().Any(one => JsonNode.DeepEquals(one, value)) ? [] : [$"{at} is none of {rule}"],
                "minimum" => value!.GetValue<int>() >= rule!.GetValue<int>() ? [] : [$"{at} is too small"],
                "maximum" => value!.GetValue<int>() <= rule!.GetValue<int>() ? [] : [$"{at} is too large"],
                "minLength" => value!.GetValue<string>().Length >= rule!.GetValue<int>() ? [] : [$"{at} is too short"],
                "required" => rule!
                    .AsArray()
                    .Where(name => !value!.AsObject().ContainsKey(name!.GetValue<string>()))
                    .Select(name => $"{at}.{name} is missing"),
                "additionalProperties" => value!
                    .AsObject()
                    .Where(pair => !schema["properties"]!.AsObject().ContainsKey(pair.Key))
                    .Select(pair => $"{at}.{pair.Key} is not known"),
                "properties" => value is JsonObject item
                    ? item.Where(pair => rule!.AsObject().ContainsKey(pair.Key))
                        .SelectMany(pair => Faults(rule![pair.Key]!.AsObject(), pair.Value, $"{at}.{pair.Key}"))
                    : [],
                "items" => value is JsonArray items
                    ? items.SelectMany((one, index) => Faults(rule!.AsObject(), one, $"{at}[{index}]"))
                    : [],
                _ => [$"the schema has the word {word}, which this test does not know"],
            };
            foreach (var fault in faults.ToList())
            {
                yield return fault;
            }
        }
    }

    private static bool Is(JsonNode? value, string type) =>
        (value?.GetValueKind(), type)
            is
                (JsonValueKind.Object, "object")
                or
                (JsonValueKind.Array, "array")
                or
                (JsonValueKind.String, "string")
                or
                (JsonValueKind.Number, "integer")
                or
                (JsonValueKind.True or JsonValueKind.False, "boolean");

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "SmtpModel.sln")))
        {
            at = at.Parent ?? throw new DirectoryNotFoundException("the tests are run from inside the repository");
        }

        return at.FullName;
    }
}
