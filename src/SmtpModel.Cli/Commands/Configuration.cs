using System.CommandLine;
using System.Text.Json;

namespace SmtpModel.Cli.Commands;

/// <summary>
/// Options from elsewhere: what the command line does not say is taken from the environment, and what that does not say
/// from a file. They are put in front of the parser as if they had been typed, so that they are checked as options are.
/// </summary>
internal static class Configuration
{
    public const string StandardFile = "smtpmodel.json";
    private const string Prefix = "SMTPMODEL_";

    /// <summary>The option that names the file.</summary>
    public static Option<string?> File { get; } = new("--config") { Description = $"A file with options, as {{\"depth\": \"data\"}}; {StandardFile} in the current folder when left out. What the command line or {Prefix}DEPTH and the like in the environment say goes first.", HelpName = "FILE" };

    /// <summary>The arguments of a verb with what the environment and the file add.</summary>
    /// <exception cref="UsageException">The file cannot be read, or says what is no option.</exception>
    public static string[] Expand(Command verb, string[] args)
    {
        var file = FileOf(args);
        var known = verb.Options.Where(option => option != File && option.Name is not ("--help" or "--version")).ToDictionary(option => option.Name[2..]);
        Dictionary<string, IReadOnlyList<string>> settings = file is null ? [] : Read(file, known.Keys);
        foreach (var name in known.Keys)
        {
            if (Environment.GetEnvironmentVariable(Prefix + name.ToUpperInvariant().Replace('-', '_')) is { Length: > 0 } value)
            {
                settings[name] = known[name].ValueType == typeof(bool) ? value is "1" or "true" ? [] : ["false"] : [value];
            }
        }

        var more = settings.Where(setting => setting.Key != "targets" && !args.Any(arg => arg == $"--{setting.Key}" || arg.StartsWith($"--{setting.Key}=", StringComparison.Ordinal)))
            .SelectMany(setting => setting.Value.Count == 0 ? [$"--{setting.Key}"] : setting.Value.Select(value => $"--{setting.Key}={value}"));
        var targets = settings.GetValueOrDefault("targets", []).Where(_ => !HasTarget(verb, args));
        return [args[0], .. targets, .. args.Skip(1), .. more];
    }

    private static bool HasTarget(Command verb, string[] args) => verb.Parse(args[1..]).GetResult(verb.Arguments[0]) is { Tokens.Count: > 0 };

    private static string? FileOf(string[] args)
    {
        for (var at = 1; at < args.Length; at++)
        {
            if (args[at].StartsWith($"{File.Name}=", StringComparison.Ordinal))
            {
                return args[at][(File.Name.Length + 1)..];
            }

            if (args[at] == File.Name && at + 1 < args.Length)
            {
                return args[at + 1];
            }
        }

        return System.IO.File.Exists(StandardFile) ? StandardFile : null;
    }

    private static Dictionary<string, IReadOnlyList<string>> Read(string file, IEnumerable<string> known)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(System.IO.File.ReadAllBytes(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (JsonException fault)
        {
            throw new UsageException($"--config {file}, line {fault.LineNumber + 1}: this is no JSON: {fault.Message}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--config {file}: cannot read it: {fault.Message}");
        }

        using (document)
        {
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                throw new UsageException($"--config {file}: it holds no object; write {{ \"depth\": \"data\" }}");
            }

            string[] names = [.. known, "targets", "$schema"];
            return document.RootElement.EnumerateObject().Where(setting => setting.Name != "$schema").ToDictionary(setting => names.Contains(setting.Name) ? setting.Name
                : throw new UsageException($"--config {file}: there is no option '{setting.Name}'; there are {string.Join(", ", names.Order(StringComparer.Ordinal))}"), setting => Values(file, setting.Name, setting.Value));
        }
    }

    private static IReadOnlyList<string> Values(string file, string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => [],
        JsonValueKind.False => ["false"],
        JsonValueKind.String or JsonValueKind.Number => [value.ToString()],
        JsonValueKind.Array => [.. value.EnumerateArray().SelectMany(item => Values(file, name, item))],
        JsonValueKind.Object => [.. value.EnumerateObject().Select(item => $"{item.Name}={string.Join(',', Values(file, name, item.Value))}")],
        _ => throw new UsageException($"--config {file}: '{name}' is {value.ValueKind.ToString().ToLowerInvariant()}; write a word, a number, true or false, or a list of them"),
    };
}
