using System.CommandLine;
using System.CommandLine.Parsing;
using SmtpModel.Cli.Replaying;
using SmtpModel.Cli.Serving;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Commands;

/// <summary>The options that say where it can be seen what a server delivers.</summary>
internal sealed class DeliveredOption
{
    public const string Name = "--delivered";
    public const string TimeName = "--delivery-time";
    private const string Forms = "maildir:DIR, mbox:FILE, smtp:ADDRESS:PORT, lmtp:ADDRESS:PORT or command:COMMAND";

    public Option<string?> Place { get; } =
        new(Name)
        {
            Description =
                "Where the server delivers to, so that what comes is held against what it took: a Maildir, an mbox, a server that is "
                    + "started at this address "
                + "and that the server sends on to, or a command that prints a message or an mbox. Only what the test sends is looked at.",
            HelpName = "maildir:DIR|mbox:FILE|smtp:LISTEN|lmtp:LISTEN|command:COMMAND",
        };

    public Option<TimeSpan?> Time { get; } =
        Shared.Time(TimeName, "How long a message may take with --delivered until it counts as lost.", TimeSpan.FromMinutes(1));

    /// <summary>Whether a place is a server that is started there.</summary>
    public static bool IsServer(string place) =>
        place.StartsWith("smtp:", StringComparison.Ordinal) || place.StartsWith("lmtp:", StringComparison.Ordinal);

    /// <summary>The options as they were given, for a command line that looks there again; null where they were not.</summary>
    public string? Again(ParseResult parsed) =>
        parsed.GetValue(Place) is not { } place ? null
            : $"{Place.Name} {Shell.Quote(place)}"
                + (parsed.GetResult(Time) is { Tokens: [var time, ..] } ? $" {Time.Name} {time.Value}" : "");

    /// <summary>Where it is, ready to be looked at; null where it was not asked for.</summary>
    /// <exception cref="UsageException">It cannot be looked at.</exception>
    public async Task<Deliveries?> OpenAsync(ParseResult parsed)
    {
        if (parsed.GetValue(Place) is not { } text)
        {
            return parsed.GetValue(Time) is null
                ? null
                : throw new UsageException("--delivery-time is about what is delivered; name where with --delivered");
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (kind, place) = colon < 0 ? (text, "") : (text[..colon], text[(colon + 1)..]);
        if (place.Length == 0)
        {
            throw new UsageException($"--delivered: '{text}' names no place; write {Forms}");
        }

        try
        {
            return kind switch
            {
                "maildir" => Deliveries.Maildir(place),
                "mbox" => Deliveries.Mbox(place),
                "command" => Deliveries.Command(place),
                "smtp" => await Deliveries.SmtpAsync(SiteOptions.EndPoint(place, "--delivered smtp:", hasSockets: false)),
                "lmtp" => await Deliveries.LmtpAsync(SiteOptions.EndPoint(place, "--delivered lmtp:", hasSockets: false)),
                _ => throw new UsageException($"--delivered: there is no '{kind}'; write {Forms}"),
            };
        }
        catch (IOException fault)
        {
            var isShare = IsServer(text) && parsed.CommandResult.Children.OfType<OptionResult>()
                .Any(option => option.Option.Name == Campaigns.CampaignOptions.ShardName);
            throw new UsageException($"--delivered: {fault.Message}"
                + (isShare ? "; where another share has it, do this one behind that: a server sends on to one place only" : ""));
        }
    }

    /// <summary>The watch over it; null where there is none.</summary>
    public DeliveryWatch? Watch(ParseResult parsed, Deliveries? deliveries) =>
        deliveries is null ? null : new DeliveryWatch(deliveries, parsed.GetValue(Time));
}
