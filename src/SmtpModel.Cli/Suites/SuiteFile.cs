using System.Text.Json;
using SmtpModel.Cli.Commands;
using SmtpModel.Machines;

namespace SmtpModel.Cli.Suites;

/// <summary>A line of a suite of somebody's: what is sent, and what the suite says of it, null where it says nothing.</summary>
internal sealed record SuiteLine(string Send, string? State = null, int? Reply = null, bool? Closes = null);

/// <summary>
/// A suite as it was found in a file: <c>docs/schemas/suite.schema.json</c>. A line may also be no more than what is sent.
/// </summary>
/// <param name="Name">The file's name.</param>
/// <param name="Profile">The machine it says that it is of; null where it does not say.</param>
/// <param name="ExtraStates">How many states more it says that it is for.</param>
/// <param name="Sessions">Its sessions.</param>
internal sealed record SuiteFile(string Name, string? Profile, int ExtraStates, IReadOnlyList<IReadOnlyList<SuiteLine>> Sessions)
{
    private const int MostExtraStates = 2;

    /// <summary>Reads a file.</summary>
    /// <exception cref="UsageException">It cannot be read, or is no suite.</exception>
    public static SuiteFile Read(FileInfo file)
    {
        var text = Files.Read($"--check {file}", file.FullName);
        try
        {
            using var document = JsonDocument.Parse(text);
            return Of(file.Name, document.RootElement);
        }
        catch (InvalidDataException fault)
        {
            throw new UsageException($"--check {file}: {fault.Message}");
        }
        catch (JsonException fault)
        {
            throw new UsageException(
                $"--check {file}: {JsonFault.Describe(text, fault)}; write a suite with 'smtpmodel suite --format json'"
            );
        }
    }

    private static SuiteFile Of(string name, JsonElement root)
    {
        var sessions =
            root.ValueKind is JsonValueKind.Object && root.TryGetProperty("sessions", out var found)
                ? found
                : throw new InvalidDataException("there is no list 'sessions' in it");
        return new SuiteFile(
            name,
            Find(root, "profile", "$", JsonValueKind.String)?.GetString(),
            ExtraStatesOf(root),
            [
                .. Items(sessions, "$.sessions")
                    .Select(session =>
                        (IReadOnlyList<SuiteLine>)[.. Items(session.Item, session.Place).Select(line => LineOf(line.Item, line.Place))]
                    ),
            ]
        );
    }

    private static int ExtraStatesOf(JsonElement root) =>
        Find(root, "extraStates", "$", JsonValueKind.Number) is not { } number ? 0
        : number.TryGetInt32(out var extra) && extra is >= 0 and <= MostExtraStates ? extra
        : throw new InvalidDataException($"$.extraStates: a number from 0 to {MostExtraStates} is needed");

    private static SuiteLine LineOf(JsonElement line, string place) =>
        line.ValueKind switch
        {
            JsonValueKind.String => new SuiteLine(line.GetString()!),
            JsonValueKind.Object => new SuiteLine(
                Find(line, "send", place, JsonValueKind.String)?.GetString()
                    ?? throw new InvalidDataException($"{place}: the text 'send' is missing"),
                Find(line, "state", place, JsonValueKind.String)?.GetString(),
                Find(line, "reply", place, JsonValueKind.Number) is not { } reply ? null
                    : reply.TryGetInt32(out var code) ? code
                    : throw new InvalidDataException($"{place}.reply: a whole number is needed"),
                Find(line, "closes", place, JsonValueKind.True, JsonValueKind.False)?.GetBoolean()
            ),
            _ => throw new InvalidDataException($"{place}: an object or a text is needed"),
        };

    private static IEnumerable<(JsonElement Item, string Place)> Items(JsonElement list, string place) =>
        list.ValueKind is JsonValueKind.Array
            ? list.EnumerateArray().Select((item, at) => (item, $"{place}[{at}]"))
            : throw new InvalidDataException($"{place}: a list is needed");

    private static JsonElement? Find(JsonElement of, string name, string place, params JsonValueKind[] kinds) =>
        !of.TryGetProperty(name, out var found) || found.ValueKind is JsonValueKind.Null ? null
        : kinds.Contains(found.ValueKind) ? found
        : throw new InvalidDataException(
            $"{place}.{name}: {(kinds.Length > 1 ? "true or false" : kinds[0] is JsonValueKind.Number ? "a number" : "a text")} is needed"
        );
}
