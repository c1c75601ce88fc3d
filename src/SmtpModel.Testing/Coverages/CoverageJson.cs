using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SmtpModel.Testing.Engine;

/// <summary>Writes a coverage as JSON; the form is that of <c>docs/schemas/coverage.schema.json</c>.</summary>
public static class CoverageJson
{
    private static readonly JsonSerializerOptions Line = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        // arrows and brackets as they are: this is a file, not a part of a page
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The report as JSON, an item of a list on each line: there can be many thousand gaps.</summary>
    /// <param name="report">The report.</param>
    public static string Write(CoverageReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var (coverage, table) = (report.Coverage, report.Coverage.Table);
        var summary = new
        {
            states = Part(coverage.States),
            edges = Part(coverage.Edges),
            pairs = Part(coverage.Pairs),
            cells = Part(coverage.Cells),
            gaps = new { byClient = report.ByClient, byServer = report.ByServer },
        };
        var json = new StringBuilder("{\n");
        json.Append(
            CultureInfo.InvariantCulture,
            $"\"format\": \"smtpmodel-coverage\",\n\"version\": 1,\n\"profile\": {Written(report.Profile.Name)},\n\"summary\": "
                + $"{Written(summary)}"
        );
        Add(json, "states", table.States.Select(state => new { name = state.Name, hits = coverage.Hits(state) }));
        Add(json, "edges", table.Edges.Select(edge => new
        {
            from = edge.From.Name,
            command = edge.Exchange.Command.Name,
            reply = edge.Exchange.Code,
            to = edge.To.Name,
            rule = edge.Rule?.Id,
            clause = edge.Rule?.Clause.ToString(),
            hits = coverage.Hits(edge),
        }));
        Add(json, "cells", coverage.Lines().Select(cell => new
        {
            state = cell.State.Name,
            command = cell.Command.Name,
            inOrder = table.IsInOrder(cell.State, cell.Command),
            hits = coverage.Hits(cell.State, cell.Command),
        }));
        // only those that were covered; edges by their place in the list above
        Add(json, "pairs", from first in table.Edges
                           from second in table.From(first.To)
                           where coverage.Hits(first, second) > 0
                           select new { first = first.Index, second = second.Index, hits = coverage.Hits(first, second) });
        Add(json, "gaps", report.Gaps.Select(Item));
        return json.Append("\n}\n").ToString();
    }

    private static void Add<T>(StringBuilder json, string name, IEnumerable<T> items) =>
        json.Append(CultureInfo.InvariantCulture, $",\n\"{name}\": [")
            .AppendJoin(",", items.Select(item => $"\n  {Written(item)}"))
            .Append("\n]");

    private static string Written<T>(T value) => JsonSerializer.Serialize(value, Line);

    private static object Part((int Covered, int Of) part) => new { covered = part.Covered, of = part.Of };

    private static object Item(Gap gap) =>
        new
        {
            kind = gap.Kind.ToString().ToLowerInvariant(),
            title = gap.Title,
            state = gap.State.Name,
            command = gap.Command?.Name,
            edge = gap.Edge?.Index,
            next = gap.Next?.Index,
            reach = gap.IsByClient ? "client" : "server",
            needs = gap.IsByClient ? null : gap.Needs,
            session = gap.Steps.Select(step => new
            {
                send = step.Lines,
                reply = step.Reply == 0 ? (int?)null : step.Reply,
                choice = step.IsChoice ? true : (bool?)null,
            }),
        };
}
