using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using SmtpModel.Machines;

namespace SmtpModel.Testing;

/// <summary>
/// A session in a form that can be kept and played again: as JSON in a file, or packed into one word for a command line.
/// </summary>
/// <param name="Profile">The profile's name.</param>
/// <param name="Session">The session.</param>
public sealed record ReplayFile(string Profile, TestSession Session)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The case that the session showed something of; null when it was no case's.</summary>
    public string? Case { get; init; }

    /// <summary>The server it was played against, as HOST:PORT; null when that is not known.</summary>
    public string? Target { get; init; }

    /// <summary>Whether the last answer was one that the rules allow by itself, and wrong only for what the server answered elsewhere.</summary>
    public bool IsRelative { get; init; }

    /// <summary>The sessions that were played at the same time, <see cref="Session"/> first, and whose turn it was when; null when it was played alone.</summary>
    public Round? Round { get; init; }

    /// <summary>What came for each step when it was played; empty when that is not known. Safe to print.</summary>
    public IReadOnlyList<string> Came { get; init; } = [];

    /// <summary>A round in a form that can be kept and played again.</summary>
    /// <param name="profile">The profile's name.</param>
    /// <param name="round">The round; it has a session.</param>
    public static ReplayFile Of(string profile, Round round)
    {
        ArgumentNullException.ThrowIfNull(round);
        return new ReplayFile(profile, round.Sessions[0]) { Round = round };
    }

    /// <summary>The session behind a result, with what came then; null when the result rests on no session that can be played again.</summary>
    /// <param name="report">The report.</param>
    /// <param name="result">One of its results.</param>
    public static ReplayFile? Of(TestReport report, CaseResult result)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(result);
        return result.Evidence is not { Session: { } session } evidence ? null : new ReplayFile(report.Profile.Name, session)
        {
            Case = result.Case.Id,
            Target = report.Target,
            IsRelative = evidence.IsRelative,
            Came = [.. evidence.Transcript.Lines.Where(line => line.Sent is not null).Select(line => line.Came)],
        };
    }

    /// <summary>The session as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(new Content(1, Profile, Session.Greeting,
        [.. Session.Steps.Select((step, at) => new Item(step.Move.Command.Name, step.Move.Kind.ToString(), step.Move.Text, step.Script, at < Came.Count ? Came[at] : null))], Case, Target, IsRelative ? true : null,
        Round?.Sessions.Skip(1).Select(other => new Other(other.Greeting, [.. other.Steps.Select(step => new Item(step.Move.Command.Name, step.Move.Kind.ToString(), step.Move.Text, step.Script))])).ToList(), Round?.Schedule), Readable);

    /// <summary>The session as one word of letters, digits, hyphens and underscores.</summary>
    public string ToId()
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize))
        {
            brotli.Write(Encoding.UTF8.GetBytes(ToJson()));
        }

        return Base64Url.EncodeToString(packed.ToArray());
    }

    /// <summary>Reads a session back.</summary>
    /// <param name="text">JSON, or the word that <see cref="ToId"/> made.</param>
    /// <param name="find">Finds a profile by its name.</param>
    /// <exception cref="FormatException">It is neither; the message says what is wrong.</exception>
    public static ReplayFile Parse(string text, Func<string, Profile?> find)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(find);
        var json = text.TrimStart().StartsWith('{') ? text : Unpack(text.Trim());
        Content? content;
        try
        {
            content = JsonSerializer.Deserialize<Content>(json, Readable);
        }
        catch (JsonException fault) when (!text.TrimStart().StartsWith('{'))
        {
            // a word that was cut off may still unpack to something
            throw new FormatException("the replay is neither a file nor an ID that test or fuzz printed; is it complete?", fault);
        }
        catch (JsonException fault)
        {
            throw new FormatException($"the replay is not the JSON that fuzz writes: {fault.Message}", fault);
        }

        if (content is not { Version: 1, Profile: { } name, Steps: { } steps })
        {
            throw new FormatException("the replay has no version 1, no profile or no steps; was it written by fuzz?");
        }

        var profile = find(name) ?? throw new FormatException($"the replay is for the profile '{name}', which there is not");
        var session = new TestSession([.. steps.Select(step => Read(step, profile.Table))], content.Greeting);
        return new ReplayFile(name, session)
        {
            Round = content.Schedule is { } schedule ? Read(session, content.Others ?? [], schedule, profile.Table) : null,
            Case = content.Case,
            Target = content.Target,
            IsRelative = content.IsRelative ?? false,
            Came = [.. steps.Select(step => Printable.Text(step.Came ?? "", 1000)).TakeWhile(came => came.Length > 0)],
        };
    }

    private static Round Read(TestSession first, IReadOnlyList<Other> others, IReadOnlyList<int> schedule, TransitionTable table)
    {
        TestSession[] sessions = [first, .. others.Select(other => new TestSession([.. (other.Steps ?? []).Select(step => Read(step, table))], other.Greeting))];
        return schedule.All(turn => turn >= 0 && turn < sessions.Length) ? new Round(sessions, schedule)
            : throw new FormatException($"the replay's schedule names a session that there is not; it has {sessions.Length}, from 0");
    }

    private static Step Read(Item item, TransitionTable table)
    {
        var command = table.Commands.FirstOrDefault(use => use.Command.Name == item.Command)?.Command
            ?? throw new FormatException($"the replay has the command '{item.Command}', which the profile {table.Profile} has not");
        return Enum.TryParse<MoveKind>(item.Kind, out var kind) ? new Step(new Move(command, kind, item.Text ?? ""), item.Script)
            : throw new FormatException($"the replay has a move of the kind '{item.Kind}'; there are {string.Join(", ", Enum.GetNames<MoveKind>())}");
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
            throw new FormatException("the replay is neither a file nor an ID that test or fuzz printed; is it complete?", fault);
        }
    }

    private sealed record Content(int Version, string? Profile, int Greeting, IReadOnlyList<Item>? Steps, string? Case = null, string? Target = null, bool? IsRelative = null,
        IReadOnlyList<Other>? Others = null, IReadOnlyList<int>? Schedule = null);

    private sealed record Other(int Greeting, IReadOnlyList<Item>? Steps);

    private sealed record Item(string? Command, string? Kind, string? Text, int Script, string? Came = null);
}
