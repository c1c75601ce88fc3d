using System.CommandLine;
using System.Text;
using System.Text.Json;
using SmtpModel.Machines;

namespace SmtpModel.Cli.Commands;

/// <summary>Reads a file of options: <c>docs/schemas/smtpmodel.schema.json</c>.</summary>
internal static class ConfigurationFile
{
    private const string Schema = "$schema";
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>What is in a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="known">The options there are, by their names without hyphens.</param>
    /// <exception cref="UsageException">It cannot be read, or says what is no option; the message names the file, the line and the
    /// key.</exception>
    public static IReadOnlyList<Setting> Read(string file, IReadOnlyDictionary<string, Option> known)
    {
        var text = Files.Read($"{Configuration.File.Name} {file}", file);
        try
        {
            using var document = JsonDocument.Parse(text, Lenient);
            return document.RootElement.ValueKind is JsonValueKind.Object ? Settings(file, document.RootElement, LinesOfKeys(text), known)
                : throw new UsageException($"{file}: it holds no object; write {{ \"depth\": \"data\" }}");
        }
        catch (JsonException fault)
        {
            throw new UsageException($"{file}, {JsonFault.Describe(text, fault)}");
        }
    }

    private static List<Setting> Settings(
        string file,
        JsonElement root,
        IReadOnlyList<int> lines,
        IReadOnlyDictionary<string, Option> known
    )
    {
        string[] names = [.. known.Keys, Configuration.Targets, Schema];
        List<Setting> settings = [];
        foreach (var (line, member) in lines.Zip(root.EnumerateObject()).Where(member => member.Second.Name != Schema))
        {
            var place = $"{file}, line {line}, \"{Testing.Engine.Printable.Text(member.Name)}\"";
            var option = known.GetValueOrDefault(member.Name);
            if (option is null && member.Name != Configuration.Targets)
            {
                var all = $"; there are {string.Join(", ", names.Order(StringComparer.Ordinal))}";
                throw new UsageException($"{place}: there is no such option{Nearest.Or(member.Name.TrimStart('-'), names, all)}");
            }

            if (settings.Exists(setting => setting.Name == member.Name))
            {
                throw new UsageException($"{place}: it is there twice; leave one of them, with a list where several values are meant");
            }

            var isFlag = option?.ValueType == typeof(bool);
            settings.Add(new Setting(member.Name, place, isFlag ? [Flag(place, member.Value)] : [.. Values(place, member.Value)]));
        }

        return settings;
    }

    // where the keys of the outermost object stand, from 1, in their order: a parsed document has forgotten it
    private static List<int> LinesOfKeys(string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(
            octets,
            new JsonReaderOptions { CommentHandling = Lenient.CommentHandling, AllowTrailingCommas = Lenient.AllowTrailingCommas }
        );
        List<int> lines = [];
        while (reader.Read())
        {
            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 })
            {
                lines.Add(octets.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n') + 1);
            }
        }

        return lines;
    }

    private static string? Flag(string place, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => null,
        JsonValueKind.False => "false",
        _ => throw new UsageException($"{place}: {Named(value)} is neither true nor false; write one of them, without quotes"),
    };

    private static IEnumerable<string> Values(string place, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String or JsonValueKind.Number => [value.ToString()],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Values(place, item)),
        JsonValueKind.Object => value.EnumerateObject().Select(item => $"{item.Name}={string.Join(',', Values(place, item.Value))}"),
        _ => throw new UsageException($"{place}: {Named(value)} is no value of it; write a word in quotes or a number, or a list of them"),
    };

    private static string Named(JsonElement value) =>
        value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            ? "what is there"
            : Testing.Engine.Printable.Text(value.GetRawText(), 60);
}
