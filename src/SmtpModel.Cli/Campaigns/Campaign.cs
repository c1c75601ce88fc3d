using System.CommandLine;
using System.CommandLine.Parsing;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using SmtpModel.Cli.Replaying;

namespace SmtpModel.Cli.Campaigns;

/// <summary>
/// Work that is done in shares, whoever does them: two commands are of one campaign when all that decides the work is alike.
/// </summary>
/// <param name="Command">The verb, as <c>fuzz</c> or <c>mutants score</c>.</param>
/// <param name="Settings">What decides the work, by the names of the options.</param>
/// <param name="Args">The words of the command line behind the verb, without the share.</param>
internal sealed record Campaign(string Command, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<string> Args)
{
    /// <summary>The verb that plays random sessions.</summary>
    public const string Fuzz = "fuzz";

    /// <summary>The verb that scores mutants.</summary>
    public const string Score = "mutants score";

    /// <summary>The verb that learns a server.</summary>
    public const string Learn = "learn";

    // these say where things are, how fast it goes, or who may enter: the work is the same
    private static readonly string[] Aside =
    [
        "--save",
        "--coverage",
        "--connections",
        "--connect-timeout",
        "--ca",
        "--insecure",
        "--password-env",
        "--password-file",
        "--format",
        "--max-findings",
        // of learning a share takes none of these, and who goes on from shares may
        "--json",
        "--diagram",
        "--resume",
        "--max-time",
        "--max-inputs",
        KnownOption.Name,
    ];

    // each share would write the same file
    private static readonly string[] Once = ["--save", "--coverage"];

    /// <summary>The version of this tool: another one may draw other sessions.</summary>
    public static string Tool { get; } =
        typeof(Campaign).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The campaign's name: sixteen hexadecimal digits of the SHA-256 of what decides the work.</summary>
    public string Id => IdOf(Tool, Command, Settings);

    /// <summary>The same for what another tool wrote.</summary>
    public static string IdOf(string tool, string command, IReadOnlyDictionary<string, string> settings)
    {
        var text = new StringBuilder().Append(tool).Append('\0').Append(command);
        foreach (var (name, value) in settings.OrderBy(setting => setting.Key, StringComparer.Ordinal))
        {
            text.Append('\0').Append(name).Append('=').Append(value);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    /// <summary>The verb and the words behind it, as a shell reads them.</summary>
    public string Words => string.Join(' ', [Command, .. Args.Select(Shell.Quote)]);

    /// <summary>The campaign of a command line.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="share">The names of the options that say which share it is.</param>
    public static Campaign Of(ParseResult parsed, IReadOnlyCollection<string> share)
    {
        var (settings, args) = (new SortedDictionary<string, string>(StringComparer.Ordinal), new List<string>());
        foreach (var argument in parsed.CommandResult.Children.OfType<ArgumentResult>().Where(argument => argument.Tokens.Count > 0))
        {
            settings[argument.Argument.Name] = Joined(argument.Tokens);
            args.AddRange(argument.Tokens.Select(token => token.Value));
        }

        foreach (var option in parsed.CommandResult.Command.Options.Where(option => !share.Contains(option.Name)
            && parsed.GetResult(option) is not null))
        {
            var result = parsed.GetResult(option)!;
            var value = result is { Implicit: false } ? (result.Tokens.Count > 0 ? Joined(result.Tokens) : "yes") : Standard(option);
            if (!Aside.Contains(option.Name) && value.Length > 0 && (option.ValueType != typeof(bool) || value != $"{false}"))
            {
                settings[option.Name[2..]] = value;
            }

            if (result is { Implicit: false } && !Once.Contains(option.Name))
            {
                args.AddRange(result.Tokens.Count == 0 ? [option.Name]
                    : result.Tokens.SelectMany(token => new[] { option.Name, token.Value }));
            }
        }

        return new Campaign(Path(parsed.CommandResult), settings, args);
    }

    /// <summary>The command line that does one share.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="args">The words behind it.</param>
    /// <param name="shard">The share.</param>
    /// <param name="file">Where its results go.</param>
    public static string Line(string command, IEnumerable<string> args, Shard shard, string file) =>
        string.Join(' ', ["smtpmodel", command, .. args.Select(Shell.Quote), CampaignOptions.ShardName, $"{shard}", "--results",
            Shell.Quote(file)]);

    private static string Standard(Option option) => option.GetDefaultValue() is var value && value is string or IFormattable or bool
        ? $"{value}" : "";

    private static string Joined(IReadOnlyList<Token> tokens) => string.Join(' ', tokens.Select(token => token.Value));

    private static string Path(CommandResult result) =>
        result.Parent is CommandResult { Command: not RootCommand } parent ? $"{Path(parent)} {result.Command.Name}" : result.Command.Name;
}
