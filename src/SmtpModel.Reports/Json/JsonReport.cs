using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SmtpModel.Machines;

namespace SmtpModel.Reports;

/// <summary>Reports as JSON; <c>docs/schemas/test-report.schema.json</c> says what is in it.</summary>
public static class JsonReport
{
    /// <summary>The version of the format that is written and read.</summary>
    public const int Version = 1;

    private const string Format = "smtpmodel-test-report";

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // what may come from anywhere is plain ASCII by now; < and > stay escaped in case the JSON is put into a page
        Encoder = JavaScriptEncoder.Default,
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>The JSON of one server or several, with <c>\n</c> line ends.</summary>
    /// <param name="servers">The reports, one for each server.</param>
    public static string Write(IReadOnlyList<ServerReport> servers)
    {
        ArgumentNullException.ThrowIfNull(servers);
        return JsonSerializer.Serialize(new Content(Format, Version, Safe.Servers(servers)), Options) + "\n";
    }

    /// <summary>Reads reports back. Every text is made safe to print, whoever wrote the file.</summary>
    /// <param name="json">The JSON.</param>
    /// <exception cref="FormatException">It is no such report; the message says what is wrong and where.</exception>
    public static IReadOnlyList<ServerReport> Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (
                root.ValueKind is not JsonValueKind.Object
                || !root.TryGetProperty("format", out var format)
                || format.ValueKind is not JsonValueKind.String
                || format.GetString() != Format
            )
            {
                throw new FormatException(
                    $"it is no report of a test (\"format\" is not \"{Format}\"); give a file that 'smtpmodel test --report json=FILE' "
                        + $"wrote"
                );
            }

            if (
                !root.TryGetProperty("version", out var version)
                || version.ValueKind is not JsonValueKind.Number
                || version.GetRawText() != $"{Version}"
            )
            {
                throw new FormatException(
                    $"it is of another version than {Version}, which this smtpmodel reads; use the smtpmodel that wrote it, or test again"
                );
            }

            // the reader refuses null for a member, but not for an element of a list
            if (HasNull(root))
            {
                throw new FormatException("it is not the JSON of a report: one of its lists has null in it; test again");
            }

            var servers = root.Deserialize<Content>(Options)!.Servers;
            return Safe.Servers(servers);
        }
        catch (JsonException fault)
        {
            throw new FormatException($"it is not the JSON of a report: {Safe.Text(JsonFault.Describe(json, fault))}", fault);
        }
    }

    /// <summary>The reports with names that differ: servers of one name are told apart by when they were tested, or numbered.</summary>
    /// <param name="servers">The reports, maybe of several files.</param>
    public static IReadOnlyList<ServerReport> Merge(IEnumerable<ServerReport> servers)
    {
        var all = servers.ToList();
        var twice = all.GroupBy(server => server.Target).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
        var taken = new HashSet<string>();
        return
        [
            .. all.Select(server =>
                twice.Contains(server.Target)
                    ? server with
                    {
                        Target = Free($"{server.Target} ({server.Started:yyyy-MM-dd HH:mm})"),
                    }
                    : server
            ),
        ];

        string Free(string name)
        {
            var free = name;
            for (var number = 2; !taken.Add(free); number++)
            {
                free = $"{name} #{number}";
            }

            return free;
        }
    }

    private static bool HasNull(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Any(item => item.ValueKind is JsonValueKind.Null || HasNull(item)),
        JsonValueKind.Object => element.EnumerateObject().Any(member => HasNull(member.Value)),
        _ => false,
    };

    private sealed record Content(string Format, int Version, IReadOnlyList<ServerReport> Servers);
}
