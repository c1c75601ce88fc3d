using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Writes and reads what is played again, as JSON and as one word.</summary>
internal static class ReplayFormat
{
    // what is sent in groups is of the second version, so that a tool that knows none does not play it otherwise
    private const int Version = 1;
    private const int GroupVersion = 2;

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    public static string Write(ReplayFile file)
    {
        var steps = file.Session.Steps.Select((step, at) => Of(step) with { Came = at < file.Came.Count ? file.Came[at] : null });
        var hasGroups = file.Session.HasGroups || file.Round?.Sessions.Any(session => session.HasGroups) == true;
        return JsonSerializer.Serialize(
            new Content(hasGroups ? GroupVersion : Version, file.Profile, file.Session.Greeting, [.. steps])
            {
                Case = file.Case,
                Verdict = file.Verdict,
                Target = file.Target,
                Timeouts =
                    file.Timeouts is not { } timeouts || timeouts == new TcpTimeouts()
                        ? null
                        : new Times(timeouts.Connect.TotalMilliseconds, timeouts.Reply.TotalMilliseconds),
                Access = file.Access is { } access ? Of(access) : null,
                IsRelative = file.IsRelative ? true : null,
                IsElsewhere = file.IsElsewhere ? true : null,
                NeedsDeliveries = file.NeedsDeliveries ? true : null,
                Others = file.Round?.Sessions.Skip(1).Select(other => new Other(other.Greeting, [.. other.Steps.Select(Of)])).ToList(),
                Schedule = file.Round?.Schedule,
                Wire = file.Wire is not { } wire
                    ? null
                    : new Octets(
                        wire.Depth,
                        wire.Palette.From,
                        wire.Palette.Recipient,
                        wire.Palette.BadRecipient,
                        wire.Palette.Helo,
                        wire.Ways.ToDictionary(
                            way => way.Key,
                            way => (IReadOnlyList<Item>)[.. way.Value.Select(move => Of(new Step(move)))]
                        )
                    )
                    {
                        Mechanism = wire.Palette.Login?.Mechanism,
                        LogsIn = wire.Palette.Login?.LogsIn is true ? true : null,
                        Fails = wire.Palette.Login?.Fails is true ? true : null,
                    },
            },
            Readable
        );
    }

    public static string Pack(string json)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize))
        {
            brotli.Write(Encoding.UTF8.GetBytes(json));
        }

        return Base64Url.EncodeToString(packed.ToArray());
    }

    public static ReplayFile Read(string text, Func<string, Profile?> find)
    {
        var isJson = text.TrimStart().StartsWith('{');
        Content? content;
        try
        {
            content = JsonSerializer.Deserialize<Content>(isJson ? text : Unpack(text.Trim()), Readable);
        }
        catch (JsonException fault) when (!isJson)
        {
            // a word that was cut off may still unpack to something
            throw Neither(fault);
        }
        catch (JsonException fault)
        {
            throw new FormatException(
                $"it is not what test and fuzz write; give the file as it was written ({Printable.Text(JsonFault.Describe(text, fault))})",
                fault
            );
        }

        if (content is not { Version: Version or GroupVersion, Profile: { } name, Steps: { } steps })
        {
            throw new FormatException($"the replay has no version {Version}, no profile or no steps; was it written by test or fuzz?");
        }

        var profile = find(name) ?? throw new FormatException($"the replay is for the profile '{name}', which there is not");
        var session = Session(steps, content.Greeting, profile.Table);
        return new ReplayFile(name, session)
        {
            Round = content.Schedule is { } schedule ? Round(session, content.Others ?? [], schedule, profile.Table) : null,
            Case = content.Case,
            Verdict = content.Verdict,
            Target = content.Target,
            Timeouts = content.Timeouts is { } times ? new TcpTimeouts { Connect = Time(times.Connect), Reply = Time(times.Reply) } : null,
            Access = content.Access is { } access ? Access(access) : null,
            IsRelative = content.IsRelative ?? false,
            IsElsewhere = content.IsElsewhere ?? false,
            NeedsDeliveries = content.NeedsDeliveries ?? false,
            Came = [.. steps.Select(step => Printable.Text(step.Came ?? "", 1000)).TakeWhile(came => came.Length > 0)],
            Wire = content.Wire is { } wire ? Wire(wire, content.Case, profile) : null,
        };
    }

    private static TimeSpan Time(double milliseconds) => milliseconds is > 0 and < int.MaxValue ? TimeSpan.FromMilliseconds(milliseconds)
        : throw new FormatException("the replay waits for no time or for more than three weeks; give the file as it was written");

    private static Way Of(ReplayAccess access) => new(access.Tls.ToString().ToLowerInvariant())
    {
        Ca = access.AuthoritiesFile,
        Insecure = access.TakesAnyCertificate ? true : null,
        ServerName = access.ServerName,
        User = access.User,
        Mechanism = access.Mechanism,
        InClear = access.MaySendInClear ? true : null,
        PasswordEnv = access.PasswordVariable,
        PasswordFile = access.PasswordFile,
    };

    private static ReplayAccess Access(Way way) =>
        new()
        {
            Tls =
                way.Tls is null ? TlsMode.None
                : Enum.TryParse<TlsMode>(way.Tls, ignoreCase: true, out var mode) && Enum.IsDefined(mode) ? mode
                : throw new FormatException(
                    $"the replay has '{Printable.Text(way.Tls, 60)}' for TLS; there are "
                        + $"{string.Join(", ", Enum.GetNames<TlsMode>()).ToLowerInvariant()}"
                ),
            AuthoritiesFile = way.Ca,
            TakesAnyCertificate = way.Insecure ?? false,
            ServerName = way.ServerName,
            User = way.User,
            Mechanism = way.Mechanism,
            MaySendInClear = way.InClear ?? false,
            PasswordVariable = way.PasswordEnv,
            PasswordFile = way.PasswordFile,
        };

    private static WireReplay Wire(Octets wire, string? name, Profile profile)
    {
        if (name is null || CaseCatalogue.Of(profile).Find(name) is not { Kind: CaseKind.Wire })
        {
            throw new FormatException($"the replay is of the case '{name}', which is none about octets in {profile}");
        }

        var standard = new PaletteOptions();
        return new WireReplay(
            (wire.Ways ?? []).ToDictionary(
                way => way.Key,
                way => (IReadOnlyList<Move>)[.. way.Value.Select(item => Step(item, profile.Table).Move)]
            ),
            new PaletteOptions
            {
                From = wire.From ?? standard.From,
                Recipient = wire.Rcpt ?? standard.Recipient,
                BadRecipient = wire.BadRcpt ?? standard.BadRecipient,
                Helo = wire.Helo ?? standard.Helo,
                Login = wire.Mechanism is { } mechanism ? new LoginLines(mechanism, wire.LogsIn ?? false, wire.Fails ?? false) : null,
            }, wire.Depth);
    }

    private static Round Round(TestSession first, IReadOnlyList<Other> others, IReadOnlyList<int> schedule, TransitionTable table)
    {
        TestSession[] sessions = [first, .. others.Select(other => Session(other.Steps ?? [], other.Greeting, table))];
        return schedule.All(turn => turn >= 0 && turn < sessions.Length) ? new Round(sessions, schedule)
            : throw new FormatException($"the replay's schedule names a session that there is not; it has {sessions.Length}, from 0");
    }

    private static TestSession Session(IReadOnlyList<Item> items, int greeting, TransitionTable table)
    {
        var session = new TestSession([.. items.Select(item => Step(item, table))], greeting);
        for (var at = 0; at < session.Steps.Count; at++)
        {
            var step = session.Steps[at];
            if (step.IsJoined && (at == 0 || !Grouping.MayFollow(table, session.Steps[at - 1].Move, step.Move)))
            {
                var before = at == 0 ? "none before it" : $"{session.Steps[at - 1].Move}, behind which it may not be sent in one packet";
                throw new FormatException($"step {at + 1} of the replay, {step.Move}, is joined to {before}");
            }
        }

        return session;
    }

    private static Item Of(Step step) =>
        new(step.Move.Command.Name, step.Move.Kind.ToString(), step.Move.Text, step.Script) { Joined = step.IsJoined ? true : null };

    private static Step Step(Item item, TransitionTable table)
    {
        var command = table.Commands.FirstOrDefault(use => use.Command.Name == item.Command)?.Command
            ?? throw new FormatException($"the replay has the command '{item.Command}', which the profile {table.Profile} has not");
        return Enum.TryParse<MoveKind>(item.Kind, out var kind)
            ? new Step(new Move(command, kind, item.Text ?? ""), item.Script) { IsJoined = item.Joined ?? false }
            : throw new FormatException(
                $"the replay has a move of the kind '{item.Kind}'; there are {string.Join(", ", Enum.GetNames<MoveKind>())}"
            );
    }

    private static string Unpack(string id)
    {
        try
        {
            using var packed = new MemoryStream(Base64Url.DecodeFromChars(id));
            using var brotli = new BrotliStream(packed, CompressionMode.Decompress);
            using var reader = new StreamReader(brotli, Encoding.UTF8);
            return reader.ReadToEnd();
        }
        catch (Exception fault) when (fault is FormatException or InvalidDataException or InvalidOperationException)
        {
            throw Neither(fault);
        }
    }

    private static FormatException Neither(Exception fault) =>
        new("the replay is neither a file nor an ID that test or fuzz printed; is it complete?", fault);

    private sealed record Content(int Version, string? Profile, int Greeting, IReadOnlyList<Item>? Steps)
    {
        public string? Case { get; init; }

        public CaseVerdict? Verdict { get; init; }

        public string? Target { get; init; }

        public Times? Timeouts { get; init; }

        public Way? Access { get; init; }

        public bool? IsRelative { get; init; }

        public bool? IsElsewhere { get; init; }

        public bool? NeedsDeliveries { get; init; }

        public IReadOnlyList<Other>? Others { get; init; }

        public IReadOnlyList<int>? Schedule { get; init; }

        public Octets? Wire { get; init; }
    }

    // in milliseconds
    private sealed record Times(double Connect, double Reply);

    // how the server is entered, as the options of the command line say it
    private sealed record Way(string? Tls)
    {
        public string? Ca { get; init; }

        public bool? Insecure { get; init; }

        public string? ServerName { get; init; }

        public string? User { get; init; }

        public string? Mechanism { get; init; }

        public bool? InClear { get; init; }

        public string? PasswordEnv { get; init; }

        public string? PasswordFile { get; init; }
    }

    private sealed record Other(int Greeting, IReadOnlyList<Item>? Steps);

    private sealed record Octets(
        Depth Depth,
        string? From,
        string? Rcpt,
        string? BadRcpt,
        string? Helo,
        Dictionary<string, IReadOnlyList<Item>>? Ways
    )
    {
        public string? Mechanism { get; init; }

        public bool? LogsIn { get; init; }

        public bool? Fails { get; init; }
    }

    private sealed record Item(string? Command, string? Kind, string? Text, int Script, string? Came = null)
    {
        public bool? Joined { get; init; }
    }
}
