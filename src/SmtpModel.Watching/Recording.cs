using System.Collections.Frozen;

namespace SmtpModel.Watching;

/// <summary>How recordings are read.</summary>
public sealed record RecordingOptions
{
    /// <summary>The format of logs, one of <see cref="Recording.Formats"/>; found out where it is null.</summary>
    public string? Format { get; init; }

    /// <summary>The profile that sessions begin with; RFC 5321 where it is null.</summary>
    public Profile? Profile { get; init; }

    /// <summary>The ports on which a session that began before a capture is taken for mail.</summary>
    public IReadOnlyCollection<int> Ports { get; init; } = [24, 25, 465, 587, 2424, 2525];
}

/// <summary>What others recorded: captures (pcap and pcapng) and logs of programs.</summary>
public static class Recording
{
    private const int Sample = 64 * 1024;

    /// <summary>The formats of logs, each with what writes it.</summary>
    public static IReadOnlyList<(string Name, string Writers)> Formats => LogFormats.All;

    /// <summary>Has all sessions of a recording followed.</summary>
    /// <param name="stream">The recording; it can be sought in.</param>
    /// <param name="name">What it is called in reports.</param>
    /// <param name="log">Where what is found goes.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="progress">Is told how many octets were read.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What the user should know of it: its format, and what could not be read.</returns>
    /// <exception cref="FormatException">It is in no format that is known; the message says what to do.</exception>
    public static IReadOnlyList<string> Follow(
        Stream stream,
        string name,
        BlameLog log,
        RecordingOptions? options = null,
        Action<long>? progress = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(log);
        options ??= new RecordingOptions();
        var sample = new byte[Sample];
        var count = stream.ReadAtLeast(sample, sample.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        if (count == 0)
        {
            throw new FormatException("it is empty");
        }

        if (options.Format is null && CaptureFile.IsCapture(sample.AsSpan(0, count)))
        {
            var reader = new CaptureReader(log, name, options.Profile, options.Ports.ToFrozenSet());
            var fault = reader.Read(stream, progress, cancellation);
            return [.. new[] { "a capture", fault, reader.HasTcp ? null : "there is no TCP in it that can be read" }.OfType<string>()];
        }

        var format = options.Format is { } given
            ? LogFormats.Named(given) ?? throw new FormatException($"there is no format '{given}'")
            : LogFormats.Of(sample.AsSpan(0, count))
                ?? throw new FormatException(
                    $"it is no capture and no log that is known; where it is one all the same, say which with --format: "
                        + $"{string.Join(", ", Formats.Select(one => one.Name))}"
                );
        new LogReader(format, log, name, options.Profile).Read(stream, progress, cancellation);
        return [$"a log of the format {format.Name}"];
    }
}
