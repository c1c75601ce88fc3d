using System.Buffers.Text;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using SmtpModel.Machines;

namespace SmtpModel.Testing;

/// <summary>
/// A session in a form that can be kept and played again: as JSON in a file, or packed into one word for a command line.
/// </summary>
/// <param name="Profile">The profile's name.</param>
/// <param name="Session">The session.</param>
public sealed record ReplayFile(string Profile, TestSession Session)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The session as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(new Content(1, Profile, Session.Greeting,
        [.. Session.Steps.Select(step => new Item(step.Move.Command.Name, step.Move.Kind.ToString(), step.Move.Text, step.Script))]), Readable);

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
        catch (JsonException fault)
        {
            throw new FormatException($"the replay is not the JSON that fuzz writes: {fault.Message}", fault);
        }

        if (content is not { Version: 1, Profile: { } name, Steps: { } steps })
        {
            throw new FormatException("the replay has no version 1, no profile or no steps; was it written by fuzz?");
        }

        var profile = find(name) ?? throw new FormatException($"the replay is for the profile '{name}', which there is not");
        return new ReplayFile(name, new TestSession([.. steps.Select(step => Read(step, profile.Table))], content.Greeting));
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
            throw new FormatException("the replay is neither a file nor a word that fuzz printed; is it complete?", fault);
        }
    }

    private sealed record Content(int Version, string? Profile, int Greeting, IReadOnlyList<Item>? Steps);

    private sealed record Item(string? Command, string? Kind, string? Text, int Script);
}
