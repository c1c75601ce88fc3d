using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using SmtpModel.Machines;

namespace SmtpModel.Reports;

/// <summary>Reads and writes the file of known deviations.</summary>
internal static class DeviationFile
{
    private const int Version = 1;
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(Deviations deviations)
    {
        using var octets = new MemoryStream();
        using (var json = new Utf8JsonWriter(octets, Readable))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteStartArray("deviations");
            foreach (var entry in deviations.Entries)
            {
                json.WriteStartObject();
                json.WriteString("case", entry.Case);
                if (entry.Server is { } server)
                {
                    json.WriteString("server", server);
                }

                json.WriteString("reason", entry.Reason);
                if (entry.Expires is { } day)
                {
                    json.WriteString("expires", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(octets.ToArray()) + "\n";
    }

    public static Deviations Read(string json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(
                json,
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
            );
        }
        catch (JsonException fault)
        {
            throw new FormatException(Safe.Text(JsonFault.Describe(json, fault)), fault);
        }

        using (document)
        {
            var root = document.RootElement;
            Members(root, "the file", "version", "deviations", "$schema");
            if (
                !root.TryGetProperty("version", out var version)
                || version.ValueKind is not JsonValueKind.Number
                || version.GetRawText() != "1"
            )
            {
                throw new FormatException(
                    "\"version\" is missing or is not 1, which is the one this smtpmodel reads; write \"version\": 1"
                );
            }

            if (!root.TryGetProperty("deviations", out var list) || list.ValueKind is not JsonValueKind.Array)
            {
                throw new FormatException(
                    "\"deviations\" is missing or is no list; write \"deviations\": [{ \"case\": ..., \"reason\": ... }]"
                );
            }

            var entries = list.EnumerateArray().Select((element, index) => Entry(element, $"entry {index + 1}")).ToList();
            var twice = entries.GroupBy(entry => (entry.Case, entry.Server)).FirstOrDefault(group => group.Count() > 1);
            return twice is null
                ? new Deviations(entries)
                : throw new FormatException(
                    $"the case '{Safe.Text(twice.Key.Case)}' is there {twice.Count()} "
                        + $"times{(twice.Key.Server is { } server ? $" for '{Safe.Text(server)}'" : "")}; leave one of them"
                );
        }
    }

    private static Deviation Entry(JsonElement element, string where)
    {
        Members(element, where, "case", "server", "reason", "expires");
        var name = Word(element, "case", where)
            ?? throw new FormatException($"{where}: \"case\" is missing; write the id of a case, as 'smtpmodel test' prints it");
        where = $"{where} ({Safe.Text(name)})";
        var reason = Word(element, "reason", where)
            ?? throw new FormatException($"{where}: \"reason\" is missing; say why the deviation is let be");
        DateOnly? expires =
            Word(element, "expires", where) is not { } text ? null
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
            : throw new FormatException($"{where}: \"expires\" is '{Safe.Text(text)}', which is no day; write it as 2027-01-31");
        return new Deviation(name, reason) { Server = Word(element, "server", where), Expires = expires };
    }

    private static string? Word(JsonElement element, string name, string where) =>
        !element.TryGetProperty(name, out var value) ? null
        : value.ValueKind is JsonValueKind.String && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text
        : throw new FormatException(
            $"{where}: \"{name}\" is empty or is no text; write some in quotes{(name is "case" or "reason" ? "" : ", or leave it out")}"
        );

    // a misspelt "expires" would make a deviation hold for ever
    private static void Members(JsonElement element, string where, params string[] names)
    {
        if (element.ValueKind is not JsonValueKind.Object)
        {
            throw new FormatException($"{where} is no object; write {{ \"{names[0]}\": ..., \"{names[1]}\": ... }}");
        }

        foreach (var member in element.EnumerateObject())
        {
            if (!names.Contains(member.Name))
            {
                throw new FormatException($"{where}: there is no \"{Safe.Text(member.Name)}\"; there are {string.Join(", ", names)}");
            }
        }
    }
}
