using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmtpModel.Cli.Commands;
using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Cli.Campaigns;

/// <summary>Reads files of results. A file may hold several shares, one behind the other.</summary>
internal sealed class ResultReader
{
    private const string First = $"{{\"type\":\"begin\",\"format\":\"{ResultFormat.Name}\"";

    // sums of so many stay numbers
    private const double MostCounted = 1e13;
    private readonly string _path;
    private readonly List<ShardResult> _shards = [];
    private readonly StringBuilder _text = new();

    private ResultReader(string path) => _path = path;

    private ShardResult? Open => _shards.LastOrDefault() is { End: null } last ? last : null;

    /// <summary>The shares of a file; none where it was cut off in its first line.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UsageException">It is no file of results, of another version, or broken; the message says where.</exception>
    public static IReadOnlyList<ShardResult> Read(string path)
    {
        var reader = new ResultReader(path);
        var lines = Files.Read(path, path).Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            var pieces = Pieces(lines[at]);
            foreach (var (place, piece) in pieces.Index())
            {
                reader.Take(piece, at + 1, isFirst: at + place == 0, mayBeCut: at == lines.Length - 1 || place < pieces.Count - 1);
            }
        }

        reader.Digest();
        reader._shards.ForEach(shard => shard.IsAmongOthers = reader._shards.Count > 1);
        return reader._shards;
    }

    // where a share was cut off, and another file put behind it, both are on one line. In a text no share begins: its quotes are escaped
    private static List<string> Pieces(string line)
    {
        List<string> pieces = [];
        while (line.IndexOf(First, Math.Min(1, line.Length), StringComparison.Ordinal) is > 0 and var next)
        {
            pieces.Add(line[..next]);
            line = line[next..];
        }

        return [.. pieces, line];
    }

    private void Take(string text, int number, bool isFirst, bool mayBeCut)
    {
        try
        {
            if (mayBeCut && !IsWhole(text))
            {
                // what is written last may be cut off: the share is not complete, and all before it holds
                if (isFirst && !First.StartsWith(text, StringComparison.Ordinal) && !text.StartsWith(First, StringComparison.Ordinal))
                {
                    throw NoResults();
                }

                return;
            }

            Take(Parse(text, isFirst));
            _text.Append(text).Append('\n');
        }
        catch (JsonException fault)
        {
            throw new UsageException($"{_path}, line {number}: {What(text, fault)}; what is cut off can only be the last line, so the "
                + "file was damaged: remove it and run the share again");
        }
        catch (FormatException fault)
        {
            throw new UsageException($"{_path}, line {number}: {fault.Message}");
        }
    }

    private static ResultLine Parse(string text, bool isFirst)
    {
        if (isFirst || text.StartsWith("{\"type\":\"begin\"", StringComparison.Ordinal))
        {
            CheckFormat(text);
        }

        // the reader refuses null for a member, but not for an element of a list
        using var document = JsonDocument.Parse(text);
        if (Impossible(document.RootElement) is { } number)
        {
            throw new FormatException($"{number} is no number that is counted here: the line was changed; run the share again");
        }

        return HasNull(document.RootElement) ? throw new FormatException("one of its lists has null in it; run the share again")
            : document.Deserialize<ResultLine>(ResultLine.Json)
                ?? throw new FormatException("there is null where a line of results is needed");
    }

    // before all else, since another version may have other lines
    private static void CheckFormat(string text)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(text);
            root = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw NoResults();
        }

        if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("format", out var format)
            || format.ValueKind is not JsonValueKind.String
            || format.GetString() != ResultFormat.Name)
        {
            throw NoResults();
        }

        if (!root.TryGetProperty("version", out var version) || version.GetRawText() != $"{ResultFormat.Version}")
        {
            throw new FormatException($"the results are of another version than {ResultFormat.Version}, which this smtpmodel reads; "
                + "use the smtpmodel that wrote them, or run the share again");
        }
    }

    private void Take(ResultLine line)
    {
        if (line is BeginLine begin)
        {
            Digest();
            _shards.Add(new ShardResult(_path, Checked(begin)));
            return;
        }

        var shard = Open ?? throw new FormatException("it stands behind the end of a share, and does not begin another one");
        switch (line)
        {
            case MachineLine machine:
                shard.Table = (Profiles.Find(machine.Profile)
                    ?? throw new FormatException($"there is no profile '{Printable.Text(machine.Profile, 60)}'")).Table;
                break;
            case FindingLine finding:
                shard.Findings.Add(FindingText.Read(finding, Machine(shard)));
                break;
            case RoundFindingLine round:
                shard.Rounds.Add(FindingText.Read(round, Machine(shard)));
                break;
            case RemarkLine remark:
                shard.Remarks[new NonStrict(Printable.Text(remark.State), Printable.Text(remark.What, 1000))] =
                    new Remark(remark.Rule?.ToRule(), remark.Sent is { } sent ? Printable.Text(sent, 1000) : null,
                        Printable.Text(remark.Came, 1000));
                break;
            case OpenLine open:
                shard.Open[Printable.Text(open.Why, 1000)] = open.Times;
                break;
            case CoverageLine coverage:
                shard.Coverage = Coverage.Of(Machine(shard), coverage.Counts);
                break;
            case RefusalsLine refusals:
                new RefusalLog(Machine(shard)).Add(refusals.Notes);
                shard.Refusals = refusals.Notes;
                break;
            case MutantLine mutant:
                shard.Mutants[mutant.Id] = mutant;
                break;
            case InputsLine inputs:
                shard.Server = Printable.Text(inputs.Server);
                shard.Inputs = LearnedLines.Inputs(inputs, Machine(shard));
                break;
            case GreetingLine greeting:
                shard.Greeting = greeting.Code is >= 200 and < 300 ? greeting.Code
                    : throw new FormatException($"no server lets anybody in with {greeting.Code}");
                break;
            case SessionLine session:
                shard.Sessions.Add(LearnedLines.Session(session, shard.Inputs));
                break;
            case UnsteadyLine unsteady:
                shard.Unsteady.Add(LearnedLines.Unsteady(unsteady, shard.Inputs));
                break;
            case ProgressLine progress:
                shard.Progress = progress;
                break;
            case EndLine end:
                shard.End = end.ExitCode is ExitCodes.Fine or ExitCodes.Failure or ExitCodes.NoVerdict or ExitCodes.Interrupted ? end
                    : throw new FormatException($"no share ends with exit code {end.ExitCode}; run it again");
                break;
        }
    }

    private static BeginLine Checked(BeginLine begin) =>
        begin.Of is < 1 or > Shard.Most || begin.Shard < 1 || begin.Shard > begin.Of
            ? throw new FormatException($"there is no share {begin.Shard} of {begin.Of}; shares are counted from 1")
        : begin.Command is not (Campaign.Fuzz or Campaign.Learn or Campaign.Score)
            ? throw new FormatException($"there are no results of '{Printable.Text(begin.Command, 60)}' that could be merged")
        : begin.Campaign != Campaign.IdOf(begin.Tool, begin.Command, begin.Settings)
            ? throw new FormatException("the name of the campaign is not that of its settings: the line was changed; run the share again")
        : begin;

    private static TransitionTable Machine(ShardResult shard) =>
        shard.Table ?? throw new FormatException("the line with the machine is missing before it; run the share again");

    private void Digest()
    {
        if (_shards.LastOrDefault() is { Digest.Length: 0 } last)
        {
            last.Digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_text.ToString())));
        }

        _text.Clear();
    }

    // a number that nobody counts to, with the name before it; null where there is none. What plays a finding again, and
    // inputs, have readers of their own
    private static string? Impossible(JsonElement element, string name = "") => element.ValueKind switch
    {
        JsonValueKind.Number when !(element.GetDouble() >= 0 && element.GetDouble() <= MostCounted) => $"\"{name}\":{element.GetRawText()}",
        JsonValueKind.Array => element.EnumerateArray().Select(item => Impossible(item, name)).FirstOrDefault(found => found is not null),
        JsonValueKind.Object => element.EnumerateObject()
            .Where(member => member.Name is not ("plays" or "inputs") && !IsNoSession(element, member))
            .Select(member => Impossible(member.Value, member.Name)).FirstOrDefault(found => found is not null),
        _ => null,
    };

    // of sessions at the same time none shows what all of them delivered
    private static bool IsNoSession(JsonElement line, JsonProperty member) => member.Name == "session"
        && line.TryGetProperty("type", out var type) && type.ValueEquals("round") && member.Value.GetRawText() == "-1";

    private static bool HasNull(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Any(item => item.ValueKind is JsonValueKind.Null || HasNull(item)),
        JsonValueKind.Object => element.EnumerateObject().Any(member => HasNull(member.Value)),
        _ => false,
    };

    private static bool IsWhole(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static FormatException NoResults() =>
        new("this is no file of results; give one that --results of fuzz, learn or mutants score wrote");

    private static string What(string text, JsonException fault) =>
        Printable.Text(JsonFault.Describe(text, fault).Replace("line 1, ", "", StringComparison.Ordinal), 300);
}
