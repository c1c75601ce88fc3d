using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SmtpModel.Machines;
using SmtpModel.Testing;

namespace SmtpModel.Reports;

/// <summary>
/// Reports as SARIF 2.1.0: a run for each server, a rule for each case, and a result for each case that is no pass and
/// applies: a failure is an error, what is not strict a warning, a choice of the server a note, what could not be decided
/// is open. A known deviation is a result that is suppressed.
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

    private static JsonObject Run(ServerReport server) => new()
    {
        ["tool"] = new JsonObject
        {
            ["driver"] = new JsonObject
            {
                ["name"] = "SmtpModel",
                ["semanticVersion"] = typeof(SarifReport).Assembly.GetName().Version!.ToString(3),
                ["rules"] = Array(server.Cases.Select(Rule)),
            },
        },
        ["automationDetails"] = new JsonObject { ["id"] = $"smtpmodel test/{server.Profile}/{server.Target}/" },
        ["invocations"] = Array(
        [
            new JsonObject
            {
                ["executionSuccessful"] = true,
                ["startTimeUtc"] = Time(server.Started),
                ["endTimeUtc"] = Time(server.Started.AddSeconds(server.Seconds)),
            },
        ]),
        ["results"] = Array(server.Cases.Select((one, index) => (one, index)).Where(pair => IsResult(pair.one)).Select(pair => Result(server, pair.one, pair.index))),
        ["columnKind"] = "utf16CodeUnits",
        ["properties"] = new JsonObject
        {
            ["target"] = server.Target,
            ["profile"] = server.Profile,
            ["depth"] = server.Depth.ToString().ToLowerInvariant(),
            ["greeting"] = server.Greeting,
            ["counts"] = new JsonObject(Wording.Verdicts.Select(verdict => KeyValuePair.Create(Wording.Of(verdict), (JsonNode?)server.Count(verdict)))),
        },
    };

    private static JsonObject Rule(ReportedCase one) => new()
    {
        ["id"] = one.Id,
        ["shortDescription"] = Text(one.Requirement),
        ["fullDescription"] = Text(one.Asks),
        ["help"] = Text($"{one.Clause}, {one.Rule}, {Wording.Of(one.Level)}: {one.Asks}"),
        ["defaultConfiguration"] = new JsonObject { ["level"] = one.Level switch { Level.Must => "error", Level.Should => "warning", _ => "note" } },
        ["properties"] = new JsonObject { ["clause"] = one.Clause, ["rule"] = one.Rule, ["requirementLevel"] = Wording.Of(one.Level), ["tags"] = Array(["smtp", one.Clause]) },
    };

    private static JsonObject Result(ServerReport server, ReportedCase one, int rule)
    {
        var isOpen = one.Verdict is CaseVerdict.Inconclusive;
        var result = new JsonObject
        {
            ["ruleId"] = one.Id,
            ["ruleIndex"] = rule,
            ["kind"] = isOpen ? "open" : "fail",
            // SARIF 3.27.10: only what failed has a level
            ["level"] = isOpen ? "none" : one.Verdict switch { CaseVerdict.Fail => "error", CaseVerdict.NonStrict => "warning", _ => "note" },
            ["message"] = Text(Message(one)),
            ["locations"] = Array([Location(server, one)]),
            ["partialFingerprints"] = new JsonObject { ["smtpmodelCase/v1"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(one.Id))) },
        };
        if (one.Evidence is { Transcript.Count: > 0 } evidence)
        {
            result["codeFlows"] = Array([new JsonObject { ["threadFlows"] = Array([new JsonObject { ["locations"] = Array(evidence.Transcript.Select(Step)) }]) }]);
            result["properties"] = new JsonObject { ["replay"] = evidence.Replay, ["shell"] = evidence.Shell };
        }

        if (one.Known is { } known)
        {
            result["suppressions"] = Array([new JsonObject { ["kind"] = "external", ["justification"] = Wording.Of(known) }]);
        }

        return result;
    }

    private static bool IsResult(ReportedCase one) => one.Verdict is not (CaseVerdict.Pass or CaseVerdict.NotApplicable);

    private static string Message(ReportedCase one) => $"{one.Requirement} {one.Clause}, {Wording.Of(one.Level)}."
        + (one.Reason.Length > 0 ? $" {one.Reason}" : "")
        + (one.Evidence is { } evidence ? $" Expected {evidence.Expected}; came {evidence.Came}." : "");

    private static JsonObject Location(ServerReport server, ReportedCase one) => new()
    {
        ["physicalLocation"] = new JsonObject
        {
            ["artifactLocation"] = new JsonObject { ["uri"] = $"smtp://{Uri.EscapeDataString(server.Target).Replace("%3A", ":", StringComparison.Ordinal)}" },
        },
        ["logicalLocations"] = Array([new JsonObject { ["fullyQualifiedName"] = $"{one.State ?? "any state"}/{one.Command ?? "any command"}", ["kind"] = "member" }]),
    };

    private static JsonObject Step(ReportedLine line) => new()
    {
        ["location"] = new JsonObject { ["message"] = Text($"{line.State}  {(line.Sent is { } sent ? $"C: {sent}  " : "")}S: {line.Came}") },
        ["importance"] = line.Verdict is Verdict.Fail ? "essential" : "important",
    };

    // plain text: a bracket or brace in it would be read as a link or a placeholder (SARIF 3.11.5, 3.11.6)
    private static JsonObject Text(string text) => new()
    {
        ["text"] = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal)
            .Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal),
    };

    private static JsonArray Array(IEnumerable<JsonNode> nodes) => new([.. nodes]);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
