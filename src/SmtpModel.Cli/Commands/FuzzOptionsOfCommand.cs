using System.CommandLine;
using System.Globalization;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Commands;

/// <summary>The options of <c>fuzz</c>.</summary>
internal sealed class FuzzOptionsOfCommand
{
    public Argument<string?> Target { get; } =
        new("HOST:PORT")
        {
            Description =
                "The server to fuzz. A port that is not given is 25. Without it, the embedded server is started on a loopback port and "
                    + "fuzzed. Mail is delivered: use a test server.",
            Arity = ArgumentArity.ZeroOrOne,
            Validators = { Shared.CheckServers },
        };

    public Option<string> Profile { get; } = Shared.Profile("rfc5321");

    public Option<string> Extensions { get; } = ExtensionsOption.Create();

    public Option<ulong> Seed { get; } =
        Shared.Number("--seed", "Draws other sessions; the same seed draws the same ones.", 1UL, 0UL, ulong.MaxValue);

    public Option<int> Sessions { get; } =
        Shared.Number("--sessions", "How many sessions are played; with --max-time alone as many as it allows.", 2000, 1);

    public Option<string> Strategy { get; } =
        Shared.Choice(
            "--strategy",
            "How sessions are drawn: mixed is mostly middle (a way to a transition, the transition, a random middle, what tells the state "
                + "from others), with a walk (each kind of command has its weight) and a swarm (some of the commands only) between; "
                + "guided goes where the run has not been; uniform is for comparison.",
            Lower(new FuzzOptions().Strategy),
            [.. Enum.GetValues<Testing.Engine.Strategy>().Select(Lower)]
        );

    public Option<int> MaxLength { get; } = Shared.Number("--max-length", "The most commands in a session.", 24, 1, 1000);

    public Option<TimeSpan?> MaxTime { get; } =
        Shared.Time("--max-time", "Stop after this time, as 30s or 5m; with --sessions too, whichever comes first.");

    public Option<int> Connections { get; } =
        Shared.Number(
            "--connections",
            "How many connections are open at a time, for speed; see --interleave for whether they disturb each other.",
            1,
            1,
            256
        );

    public Option<int> MaxFindings { get; } = Shared.Number("--max-findings", "Stop after this many different violations.", 10, 1, 1000);

    public ServerOptions Server { get; } = new();

    public Option<DirectoryInfo?> Save { get; } = Replaying.ReplayStore.Option();

    public Option<int?> Interleave { get; } =
        new("--interleave")
        {
            Description =
                "Play N sessions at the same time, their commands interleaved as the seed says: each must agree with the model as if it "
                    + "were alone, and the embedded server, and with --delivered any, must deliver what each of them gave.",
            HelpName = "N",
            CustomParser = result =>
            {
                if (
                    int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var sessions)
                    && sessions is >= 2 and <= 64
                )
                {
                    return sessions;
                }

                result.AddError($"'{result.Tokens[0].Value}' is no number for --interleave; write one from 2 to 64");
                return null;
            },
        };

    public DeliveredOption Delivered { get; } = new();

    public CoverageOption Coverage { get; } = new();

    public Campaigns.CampaignOptions Campaign { get; } = new();

    public Option<bool> InMemory { get; } =
        new("--in-memory")
        {
            Description =
                "Without HOST:PORT: fuzz the embedded session in memory, without sockets, at full speed and with every reply drawn.",
        };

    public void AddTo(Command command)
    {
        command.Add(Target);
        foreach (
            var option in (Option[])
                [
                    Profile,
                    Extensions,
                    Seed,
                    Sessions,
                    Strategy,
                    MaxLength,
                    MaxTime,
                    Connections,
                    Interleave,
                    MaxFindings,
                    Delivered.Place,
                    Delivered.Time,
                    .. Server.All,
                    Save,
                    Coverage,
                    .. Campaign.All,
                    InMemory,
                ]
        )
        {
            command.Add(option);
        }
    }

    /// <summary>How many sessions are played at most; null where only the time is limited.</summary>
    public long? MostSessions(ParseResult parsed) =>
        parsed.GetValue(MaxTime) is not null && parsed.GetResult(Sessions) is null or { Implicit: true }
            ? null
            : parsed.GetValue(Sessions);

    /// <summary>What a run will do, in words.</summary>
    public string Extent(ParseResult parsed) =>
        (MostSessions(parsed), parsed.GetValue(MaxTime)) switch
        {
            (null, { } time) => $"for {Duration.Write(time)}",
            ({ } sessions, { } time) => $"{Output.Words.Count(sessions, "session")}, or for {Duration.Write(time)}",
            _ when parsed.GetResult(Sessions) is null or { Implicit: true } =>
                $"{Output.Words.Count(parsed.GetValue(Sessions), "session")} (--sessions or --max-time for more)",
            _ => Output.Words.Count(parsed.GetValue(Sessions), "session"),
        };

    private static string Lower(Testing.Engine.Strategy strategy) => strategy.ToString().ToLowerInvariant();
}
