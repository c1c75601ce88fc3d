using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpModel.Machines;
using SmtpModel.Testing;

namespace SmtpModel.Reports;

/// <summary>
/// Reports as SARIF 2.1.0: a run for each server, with the findings only: a failure is an error, what is not strict a warning,
/// and a known deviation a result that is suppressed. A finding is about no file; it is placed at a path made of the server's
/// name and the case's id, since readers as GitHub's take no result without a relative path.
/// </summary>
public static class SarifReport
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>The SARIF of one server or several, with <c>\n</c> line ends.</summary>
    /// <param name="servers">The reports, one for each server.</param>
    public static string Write(IReadOnlyList<ServerReport> servers)
    {
        ArgumentNullException.ThrowIfNull(servers);
        var log = new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = Array(Safe.Servers(servers).Select(Run)),
        };
        return log.ToJsonString(Options) + "\n";
    }

    private static JsonObject Run(ServerReport server) => Run(server, [.. server.Cases.Where(IsFinding)]);

    private static JsonObject Run(ServerReport server, IReadOnlyList<ReportedCase> findings) =>
        new()
        {
            ["tool"] = new JsonObject
            {
                ["driver"] = new JsonObject
                {
                    ["name"] = "SmtpModel",
                    ["semanticVersion"] = typeof(SarifReport).Assembly.GetName().Version!.ToString(3),
                    ["rules"] = Array(findings.Select(Rule)),
                },
            },
            ["automationDetails"] = new JsonObject { ["id"] = $"smtpmodel test/{server.Profile}/{server.Target}/" },
            ["invocations"] = Array([
                new JsonObject
                {
                    ["executionSuccessful"] = true,
                    ["startTimeUtc"] = Time(server.Started),
                    ["endTimeUtc"] = Time(server.Started.AddSeconds(server.Seconds)),
                },
            ]),
            ["results"] = Array(findings.Select((one, index) => Result(server, one, index))),
            ["columnKind"] = "utf16CodeUnits",
            ["properties"] = new JsonObject
            {
                ["target"] = server.Target,
                ["address"] = server.Address ?? server.Target,
                ["profile"] = server.Profile,
                ["depth"] = server.Depth.ToString().ToLowerInvariant(),
                ["greeting"] = server.Greeting,
                ["counts"] = new JsonObject(
                    Wording.Verdicts.Select(verdict => KeyValuePair.Create(Wording.Of(verdict), (JsonNode?)server.Count(verdict)))
                ),
            },
        };

    private static JsonObject Rule(ReportedCase one) =>
        new()
        {
            ["id"] = one.Id,
            ["shortDescription"] = Text(one.Requirement),
            ["fullDescription"] = Text(one.Asks),
            ["help"] = Text($"{one.Clause}, {one.Rule}, {Wording.Of(one.Level)}: {one.Asks}"),
            ["defaultConfiguration"] = new JsonObject
            {
                ["level"] = one.Level switch
                {
                    Level.Must => "error",
                    Level.Should => "warning",
                    _ => "note",
                },
            },
            ["properties"] = new JsonObject
            {
                ["clause"] = one.Clause,
                ["rule"] = one.Rule,
                ["requirementLevel"] = Wording.Of(one.Level),
                ["tags"] = Array(["smtp", one.Clause]),
            },
        };

    private static JsonObject Result(ServerReport server, ReportedCase one, int rule)
    {
        var result = new JsonObject
        {
            ["ruleId"] = one.Id,
            ["ruleIndex"] = rule,
            ["kind"] = "fail",
            ["level"] = one.Verdict is CaseVerdict.Fail ? "error" : "warning",
            ["message"] = Text(Message(one)),
            ["locations"] = Array([Location(server, one)]),
            ["partialFingerprints"] = new JsonObject
            {
                ["smtpmodelCase/v1"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(one.Id))),
            },
        };
        if (one.Evidence is { Transcript.Count: > 0 } evidence)
        {
            result["codeFlows"] = Array([
                new JsonObject { ["threadFlows"] = Array([new JsonObject { ["locations"] = Array(evidence.Transcript.Select(Step)) }]) },
            ]);
            result["properties"] = new JsonObject { ["replay"] = evidence.Replay, ["shell"] = evidence.Shell };
        }

        if (one.Known is { } known)
        {
            result["suppressions"] = Array([new JsonObject { ["kind"] = "external", ["justification"] = Wording.Of(known) }]);
        }

        return result;
    }

    private static bool IsFinding(ReportedCase one) => one.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict;

    private static string Message(ReportedCase one) => $"{one.Requirement} {one.Clause}, {Wording.Of(one.Level)}."
        + (one.Reason.Length > 0 ? $" {one.Reason}" : "")
        + (one.Evidence is { } evidence ? $" Expected {evidence.Expected}; came {evidence.Came}." : "");

    private static JsonObject Location(ServerReport server, ReportedCase one) =>
        new()
        {
            ["physicalLocation"] = new JsonObject
            {
                ["artifactLocation"] = new JsonObject
                {
                    ["uri"] = $"{Segment(server.Target)}/{string.Join('/', one.Id.Split('/').Select(Segment))}",
                },
                ["region"] = new JsonObject { ["startLine"] = 1 },
            },
            ["logicalLocations"] = Array([
                new JsonObject
                {
                    ["fullyQualifiedName"] = $"{one.State ?? "any state"}/{one.Command ?? "any command"}",
                    ["kind"] = "member",
                },
            ]),
        };

    // one name of a path: no other character can be taken for a part of a URI, and a path may not begin with a scheme or go up
    private static string Segment(string name)
    {
        var text = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '_'));
        return text.Trim('.').Length == 0 ? "_" : text;
    }

    private static JsonObject Step(ReportedLine line) =>
        new()
        {
            ["location"] = new JsonObject
            {
                ["message"] = Text($"{line.State}  {(line.Sent is { } sent ? $"C: {sent}  " : "")}S: {line.Came}"),
            },
            ["importance"] = line.Verdict is Verdict.Fail ? "essential" : "important",
        };

    // plain text: a bracket or brace in it would be read as a link or a placeholder (SARIF 3.11.5, 3.11.6)
    private static JsonObject Text(string text) =>
        new()
        {
            ["text"] = text.Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("[", "\\[", StringComparison.Ordinal)
                .Replace("]", "\\]", StringComparison.Ordinal)
                .Replace("{", "{{", StringComparison.Ordinal)
                .Replace("}", "}}", StringComparison.Ordinal),
        };

    private static JsonArray Array(IEnumerable<JsonNode> nodes) => new([.. nodes]);

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
