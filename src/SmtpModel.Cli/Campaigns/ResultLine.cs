using System.Text.Json;
using System.Text.Json.Serialization;
using SmtpModel.Machines;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Campaigns;

/// <summary>What the first line of a share says of its form.</summary>
internal static class ResultFormat
{
    /// <summary>The version that is written and read.</summary>
    public const int Version = 1;

    public const string Name = "smtpmodel-results";
}

/// <summary>A line of a file of results; <c>docs/campaigns.md</c> says what is in it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(BeginLine), "begin")]
[JsonDerivedType(typeof(MachineLine), "machine")]
[JsonDerivedType(typeof(ProgressLine), "progress")]
[JsonDerivedType(typeof(FindingLine), "finding")]
[JsonDerivedType(typeof(RoundFindingLine), "round")]
[JsonDerivedType(typeof(RemarkLine), "remark")]
[JsonDerivedType(typeof(OpenLine), "inconclusive")]
[JsonDerivedType(typeof(CoverageLine), "coverage")]
[JsonDerivedType(typeof(RefusalsLine), "refusals")]
[JsonDerivedType(typeof(MutantLine), "mutant")]
[JsonDerivedType(typeof(InputsLine), "inputs")]
[JsonDerivedType(typeof(GreetingLine), "greeting")]
[JsonDerivedType(typeof(SessionLine), "session")]
[JsonDerivedType(typeof(UnsteadyLine), "unsteady")]
[JsonDerivedType(typeof(EndLine), "end")]
internal abstract record ResultLine
{
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>It as a line, without its end.</summary>
    public string Write() => JsonSerializer.Serialize(this, Json);
}

/// <summary>The first line of a share.</summary>
internal sealed record BeginLine(string Format, int Version, string Tool, string Campaign, string Command, int Shard, int Of,
    Dictionary<string, string> Settings, List<string> Args, DateTimeOffset Begun) : ResultLine
{
    [JsonIgnore]
    public Shard Share => new(Shard, Of);
}

/// <summary>The machine that a server is held against, when it is known what it offers.</summary>
internal sealed record MachineLine(string Profile) : ResultLine;

/// <summary>How far it is.</summary>
internal sealed record ProgressLine(long Sessions, long Exchanges, double Seconds) : ResultLine;

/// <summary>A rule, as it was when it was broken.</summary>
internal sealed record RuleOf(string Id, string Document, string Section, Level Level, string Asks)
{
    public static RuleOf? From(Rule? rule) => rule is null ? null
        : new(rule.Id, rule.Clause.Document, rule.Clause.Section, rule.Level, rule.Asks);

    public Rule ToRule() => new(Printable.Text(Id), new Clause(Printable.Text(Document), Printable.Text(Section)), Level,
        Printable.Text(Asks, 1000));
}

/// <summary>A line of a transcript.</summary>
internal sealed record SaidLine(string State, string Came, Verdict Verdict, string? Sent = null, bool? Joined = null);

/// <summary>What a line says of a violation.</summary>
internal interface IViolationLine
{
    string Cause { get; }

    ViolationKind Kind { get; }

    string State { get; }

    string Command { get; }

    string Expected { get; }

    string Came { get; }

    int Miscode { get; }

    RuleOf? Rule { get; }
}

/// <summary>A finding: what it is, what was seen before it was made shorter, and what plays it again.</summary>
internal sealed record FindingLine(string Cause, string Seen, ViolationKind Kind, string State, string Command, string Expected,
    string Came, int Miscode, long Session, int Moves, bool NeedsGroup, string Replay, IReadOnlyList<SaidLine> Transcript,
    JsonElement Plays, RuleOf? Rule = null, string? Counted = null) : ResultLine, IViolationLine;

/// <summary>A finding of sessions that were played at the same time: the session it showed in is counted from 0, and is -1 where what all
/// of them delivered shows it.</summary>
internal sealed record RoundFindingLine(string Cause, ViolationKind Kind, string State, string Command, string Expected, string Came,
    int Miscode, long Round, int Sessions, int Moves, int Session, bool Concurrent, bool NeedsGroup, string Replay,
    IReadOnlyList<string> Transcript, JsonElement Plays, RuleOf? Rule = null) : ResultLine, IViolationLine;

/// <summary>What is allowed but is not what the table says.</summary>
internal sealed record RemarkLine(string State, string What, string Came, RuleOf? Rule = null, string? Sent = null) : ResultLine;

/// <summary>Why something could not be decided, and how often.</summary>
internal sealed record OpenLine(string Why, int Times) : ResultLine;

/// <summary>What was covered.</summary>
internal sealed record CoverageLine(CoverageCounts Counts) : ResultLine;

/// <summary>What the server refuses by its policy.</summary>
internal sealed record RefusalsLine(RefusalNotes Notes) : ResultLine;

/// <summary>How a mutant fared; one that was only counted has no sessions.</summary>
internal sealed record MutantLine(string Id, MutantClass Class, long Sessions, long Commands, bool Timeout, bool? Killed = null)
    : ResultLine;

/// <summary>An input of a server that is learned.</summary>
internal sealed record InputOf(string Name, string Command, MoveKind Kind, string Line);

/// <summary>What a server that is learned is called, and the inputs; sessions have their places, from 0.</summary>
internal sealed record InputsLine(string Server, List<InputOf> Inputs) : ResultLine;

/// <summary>What the server greeted with.</summary>
internal sealed record GreetingLine(int Code) : ResultLine;

/// <summary>A session of a server that is learned: what was sent, and what each drew.</summary>
internal sealed record SessionLine(int Number, IReadOnlyList<int> Inputs, IReadOnlyList<string> Outputs) : ResultLine;

/// <summary>The same inputs drew different outputs, and what most of the sessions drew when it was asked again.</summary>
internal sealed record UnsteadyLine(IReadOnlyList<int> Inputs, string First, int FirstSession, string Then, int ThenSession,
    string? Kept = null) : ResultLine;

/// <summary>The last line of a share: all of it is done. Why nobody could see what was delivered, where it was asked for, stands there
/// too.</summary>
internal sealed record EndLine(long Sessions, long Exchanges, long Groups, int LongestGroup, double Seconds, int ExitCode,
    string? Unseen = null) : ResultLine;
