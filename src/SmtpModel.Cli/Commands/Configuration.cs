using System.CommandLine;

namespace SmtpModel.Cli.Commands;

/// <summary>
/// Options from elsewhere: what the command line does not say is taken from the environment, and what that does not say
/// from a file. They are put in front of the parser as if they had been typed, so that they are checked as options are;
/// what is wrong with one is said with the place that it is from.
/// </summary>
internal sealed class Configuration
{
    public const string StandardFile = "smtpmodel.json";

    /// <summary>What the servers are called in a file.</summary>
    public const string Targets = "targets";

    private const string Prefix = "SMTPMODEL_";
    private readonly Dictionary<string, Setting> _used = [];

    private Configuration(string[] args) => Args = args;

    /// <summary>The option that names the file.</summary>
    public static Option<string?> File { get; } = new("--config")
    {
        Description = $"A file with options, as {{\"depth\": \"data\"}}; {StandardFile} in the current folder when left out. "
            + $"What the command line or {Prefix}DEPTH and the like in the environment say goes first.",
        HelpName = "FILE",
    };

    /// <summary>The command line with what was added.</summary>
    public string[] Args { get; private set; }

    /// <summary>What is said before a run: what was read from where.</summary>
    public IReadOnlyList<string> Notes { get; private set; } = [];

    /// <summary>A command line to which nothing is added.</summary>
    public static Configuration None(string[] args) => new(args);

    /// <summary>The arguments of a verb with what the environment and the file add.</summary>
    /// <exception cref="UsageException">The file cannot be read, or something in it or in the environment is no option.</exception>
    public static Configuration Read(Command verb, string[] args)
    {
        var known = verb
            .Options.Where(option => option != File && option.Name is not ("--help" or "--version"))
            .ToDictionary(option => option.Name[2..]);
        var file = FileOf(args);
        List<Setting> fromFile = file is null ? [] : [.. ConfigurationFile.Read(file, known)];
        List<Setting> fromEnvironment = [.. known.Values.Select(FromEnvironment).OfType<Setting>()];
        var configuration = new Configuration(args);
        foreach (var setting in fromEnvironment.Concat(fromFile).Where(setting => setting.Name == Targets ? !HasTarget(verb, args)
            : !args.Any(arg => arg == $"--{setting.Name}" || arg.StartsWith($"--{setting.Name}=", StringComparison.Ordinal))))
        {
            configuration._used.TryAdd(setting.Name, setting);
        }

        var options = configuration._used.Values.Where(setting => setting.Name != Targets)
            .SelectMany(setting => setting.Values.Select(value => value is null ? $"--{setting.Name}" : $"--{setting.Name}={value}"));
        var targets = configuration._used.TryGetValue(Targets, out var servers) ? servers.Values.OfType<string>() : [];
        configuration.Args = [args[0], .. targets, .. args.Skip(1), .. options];
        configuration.Notes = [.. configuration.Said(file, fromFile, fromEnvironment), .. Misspelt(known.Keys)];
        return configuration;
    }

    /// <summary>What is said of an option or of the servers, with the place that it is from where that is not the command line.</summary>
    /// <param name="name">The option's name with its hyphens, or <see cref="Targets"/>.</param>
    /// <param name="message">What is said.</param>
    public string Place(string name, string message) =>
        _used.TryGetValue(name.TrimStart('-'), out var setting) ? $"{setting.Place}: {message}" : message;

    /// <summary>The same where a message that begins with an option is about it.</summary>
    public string Place(string message) =>
        message.StartsWith("--", StringComparison.Ordinal) ? Place(message[..message.AsSpan().IndexOfAny(" :=")], message) : message;

    private IEnumerable<string> Said(string? file, List<Setting> fromFile, List<Setting> fromEnvironment)
    {
        if (file is not null)
        {
            var used = fromFile.Where(IsUsed).Select(setting => setting.Name).ToList();
            var unused = fromFile.Where(setting => !IsUsed(setting)).Select(setting => setting.Name).ToList();
            yield return $"read {file}: {(used.Count == 0 ? "nothing of it is used" : string.Join(", ", used))}"
                + (unused.Count == 0 ? "" : $" (not {string.Join(", ", unused)}, said elsewhere)");
        }

        var variables = fromEnvironment.Where(IsUsed).Select(setting => setting.Place).ToList();
        if (variables.Count > 0)
        {
            yield return $"read {string.Join(", ", variables)} of the environment";
        }
    }

    private bool IsUsed(Setting setting) => _used.GetValueOrDefault(setting.Name) == setting;

    // others may use the prefix; one that is nearly an option is meant to be one
    private static IEnumerable<string> Misspelt(IReadOnlyCollection<string> known)
    {
        var names = known.Select(Variable).Select(name => name[Prefix.Length..]).ToList();
        foreach (
            var name in Environment
                .GetEnvironmentVariables()
                .Keys.Cast<string>()
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
                .Order()
        )
        {
            var word = name[Prefix.Length..];
            if (!names.Contains(word) && Nearest.Find(word, names) is [var near, ..])
            {
                yield return $"{name} of the environment is no option, so it is not used; did you mean {Prefix}{near}?";
            }
        }
    }

    private static Setting? FromEnvironment(Option option)
    {
        var (name, variable) = (option.Name[2..], Variable(option.Name[2..]));
        return Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } value ? null
            : option.ValueType != typeof(bool) ? new Setting(name, variable, [value])
            : value.ToLowerInvariant() is "1" or "true" ? new Setting(name, variable, [null])
            : value.ToLowerInvariant() is "0" or "false" ? new Setting(name, variable, ["false"])
            : throw new UsageException($"{variable}: '{value}' is neither true nor false; write one of them");
    }

    private static string Variable(string name) => Prefix + name.ToUpperInvariant().Replace('-', '_');

    private static bool HasTarget(Command verb, string[] args) =>
        verb.Parse(args[1..]).GetResult(verb.Arguments[0]) is { Tokens.Count: > 0 };

    private static string? FileOf(string[] args)
    {
        for (var at = 1; at < args.Length; at++)
        {
            if (args[at].StartsWith($"{File.Name}=", StringComparison.Ordinal))
            {
                return args[at][(File.Name.Length + 1)..];
            }

            if (args[at] == File.Name)
            {
                // without a name behind it, the parser says what is missing
                return args.ElementAtOrDefault(at + 1);
            }
        }

        return System.IO.File.Exists(StandardFile) ? StandardFile : null;
    }
}

/// <summary>An option from elsewhere.</summary>
/// <param name="Name">The option's name without hyphens.</param>
/// <param name="Place">Where it is from, for people.</param>
/// <param name="Values">Its values; null for one that has none.</param>
internal sealed record Setting(string Name, string Place, IReadOnlyList<string?> Values);
