using System.CommandLine;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Commands;

/// <summary>The options of <c>test</c>.</summary>
internal sealed class TestOptionsOfCommand
{
    public Argument<string[]> Targets { get; } =
        new("HOST:PORT")
        {
            Description =
                "The servers to test, one or more. A port that is not given is 25. Without any, the embedded server is started on a "
                    + "loopback port and tested.",
            Arity = ArgumentArity.ZeroOrMore,
            Validators = { Shared.CheckServers },
        };

    public Option<string> Profile { get; } = Shared.Profile("rfc5321");

    public Option<string> Extensions { get; } = ExtensionsOption.Create();

    public Option<string> Depth { get; } =
        Shared.Choice(
            "--depth",
            "How far to go: greeting (HELO and EHLO), envelope (up to the 354; nothing is delivered), data (whole messages are delivered) "
                + "or credentials (logins that fail, too, which a site may count).",
            "envelope",
            "greeting",
            "envelope",
            "data",
            "credentials"
        );

    public Option<TimeSpan?> Thorough { get; } =
        Shared.Time(
            "--thorough",
            "Spend so long, behind all cases, on faults that need memory: sessions that repeat what they do and go on behind it, for a "
                + "server that counts. Messages are delivered, so --depth data belongs to it."
        );

    public Option<string[]> Name { get; } =
        new("--name")
        {
            Description =
                "What the server is called in reports and known deviations, so that a port that changes keeps its history; with several "
                    + "servers once for each, in their order.",
            HelpName = "NAME",
        };

    public SelectionOptions Selection { get; } = new();

    public DeliveredOption Delivered { get; } = new();

    public Option<bool> Strict { get; } = new("--strict") { Description = "What is not strict fails too." };

    // nearly all of the time goes by with greetings then, and servers mostly take as many of one client
    private const int WhereSlow = 48;

    public Option<int> Connections { get; } =
        Shared.Number(
            "--connections",
            $"How many connections are open at a time; fewer where the server takes fewer, and up to {WhereSlow} where it lets each wait "
                + "for its greeting and nothing is said here. The verdicts are the same.",
            4,
            1,
            256
        );

    public Option<int> Retries { get; } =
        Shared.Number(
            "--retries",
            "How often a session is played again that the server cut short with 421, would not begin, or put off with 4yz.",
            2,
            0,
            100
        );

    public Option<TimeSpan?> RetryTime { get; } =
        Shared.Time(
            "--retry-time",
            "How long in all a 4yz on the way to mail data is waited out, as greylisting wants; it is tried again up to --retries times "
                + "in it.",
            TimeSpan.FromSeconds(30)
        );

    public Option<int> MinDecided { get; } =
        Shared.Number(
            "--min-decided",
            "The least share, in percent, of the cases that apply that has to be decided; with less there is no verdict.",
            50,
            0,
            100
        );

    public Option<int> Rate { get; } = Shared.Number("--rate", "The most sessions begun in a second; 0 for no limit.", 0, 0, 100_000);

    public Option<TimeSpan?> WaitForTarget { get; } = Shared.Time("--wait-for-target", "Wait so long for a server that is not there yet.");

    public Option<bool> DryRun { get; } =
        new("--dry-run")
        {
            Description =
                "Print the exact octets of the session of every case, and connect to nobody; a run tries much more to find out what "
                    + "states the server has.",
        };

    public Option<string[]> Accept { get; } = AcceptOption.Create();

    public Option<ReportFile[]> Report { get; } = ReportOptions.Create();

    public Option<ReportFile?> Json { get; } = ReportOptions.One("json", "Write the report as JSON.");

    public CoverageOption Coverage { get; } = new();

    public Option<FileInfo?> Deviations { get; } =
        Shared.Place(
            "--deviations",
            "Known deviations, each with its reason: a known one does not fail the run, one that is gone does.",
            "FILE",
            text => new FileInfo(text)
        );

    public Option<bool> UpdateDeviations { get; } =
        new("--deviations-update")
        {
            Description =
                "Write what fails now into the file of --deviations; reasons that are there are kept, and entries that fail no longer are "
                    + "dropped and named.",
        };

    public Option<bool> Verbose { get; } =
        new("--verbose") { Description = "Print every case, and of all but plain passes what was said and how to say it again." };

    public Option<DirectoryInfo?> Save { get; } = Replaying.ReplayStore.Option();

    public ServerOptions Server { get; } = new();

    public void AddTo(Command command)
    {
        command.Add(Targets);
        Selection.AddTo(command);
        foreach (
            var option in new Option[]
            {
                Profile,
                Extensions,
                Depth,
                Thorough,
                Name,
                Strict,
                Accept,
                Deviations,
                UpdateDeviations,
                Report,
                Json,
                Coverage,
                Connections,
                Rate,
                Retries,
                RetryTime,
                MinDecided,
                WaitForTarget,
                Delivered.Place,
                Delivered.Time,
                DryRun,
                Save,
                Verbose,
                Configuration.File,
            }.Concat(Server.All)
        )
        {
            command.Add(option);
        }
    }

    public IReadOnlyList<ReportFile> Reports(ParseResult parsed) =>
        [.. parsed.GetValue(Report) ?? [], .. parsed.GetValue(Json) is { } json ? [json] : Array.Empty<ReportFile>()];

    /// <summary>What each server is called; null for one that has no name.</summary>
    /// <exception cref="UsageException">There are not as many names as servers.</exception>
    public IReadOnlyList<string?> Names(ParseResult parsed)
    {
        var servers = Math.Max(1, parsed.GetValue(Targets)?.Length ?? 0);
        var names = parsed.GetValue(Name) ?? [];
        return names.Length == 0 ? new string?[servers]
            : names.Length != servers
                ? throw new UsageException(
                    $"--name: there {(servers == 1 ? "is 1 server" : $"are {servers} servers")} and "
                        + $"{Output.Words.Count(names.Length, "name")}; give one for each server, in their order"
                )
            : Array.Find(names, string.IsNullOrWhiteSpace) is not null
                ? throw new UsageException("--name: a name is empty; write --name NAME")
            : names.Distinct().Count() < names.Length ? throw new UsageException("--name: two servers have one name; give each its own")
            : names;
    }

    public TestOptions Settings(ParseResult parsed, Profile profile) => new()
    {
        Depth = Enum.Parse<Depth>(parsed.GetValue(Depth)!, ignoreCase: true),
        Select = Selection.Of(parsed, profile, parsed.GetValue(Delivered.Place) is null ? ExtensionsOption.Possible(profile)
            : ExtensionsOption.Possible(profile).Concat(Testing.Engine.DeliveryCatalogue.Of(profile))),
        Palette = Server.Palette(parsed),
        Connections = parsed.GetValue(Connections),
        ConnectionsWhereSlow = parsed.GetResult(Connections) is { Implicit: false } ? 1 : WhereSlow,
        Rate = parsed.GetValue(Rate) is > 0 and var rate ? rate : null,
        Retries = parsed.GetValue(Retries),
        Thorough = parsed.GetValue(Thorough) is { } time ? new RandomSearch(time) : null,
        RetryTime = parsed.GetValue(RetryTime) ?? TimeSpan.FromSeconds(30),
        Accepted = AcceptOption.Read(profile, parsed.GetValue(Accept) ?? []),
    };
}
