namespace SmtpModel.Watching;

/// <summary>What a line of a log is.</summary>
internal enum LogLineKind
{
    /// <summary>Nothing that was said.</summary>
    Other,

    /// <summary>Something that a speaker said.</summary>
    Said,

    /// <summary>A channel was opened: what is said next begins a session.</summary>
    Opened,

    /// <summary>More of what the last speaker said.</summary>
    More,
}

/// <summary>A line of a log, taken apart.</summary>
internal readonly ref struct LogLine(LogLineKind kind, int speaker = 0, ReadOnlySpan<byte> text = default, long session = 0)
{
    public LogLineKind Kind { get; } = kind;

    /// <summary>0 or 1: which of the two marks of the format it has. Which of them is the server shows in what it says first.</summary>
    public int Speaker { get; } = speaker;

    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>What tells the session from others in the same log; 0 where there is one at a time.</summary>
    public long Session { get; } = session;
}

/// <summary>A way in which programs write down what was said.</summary>
internal abstract class LogFormat
{
    /// <summary>Its name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>What writes it, for people.</summary>
    public abstract string Writers { get; }

    /// <summary>What it can tell.</summary>
    public virtual FollowOptions Options { get; } = new() { HasLineEnds = false, HasKnowledge = true };

    /// <summary>Whether it gives octets, in pieces, and not lines.</summary>
    public virtual bool GivesOctets => Options.HasLineEnds;

    /// <summary>Whether a line may be one of it; the format in which most lines of a sample are is taken.</summary>
    public virtual bool Fits(ReadOnlySpan<byte> line) => Read(line).Kind is LogLineKind.Said;

    /// <summary>How much a line that fits counts: more, where no other format has such a line.</summary>
    public virtual int Weight => 1;

    /// <summary>Takes a line apart.</summary>
    public abstract LogLine Read(ReadOnlySpan<byte> line);

    protected static bool IsDigits(ReadOnlySpan<byte> text) =>
        text.Length >= 3
        && !text[..3].ContainsAnyExceptInRange((byte)'0', (byte)'9')
        && (text.Length == 3 || text[3] is (byte)' ' or (byte)'-');
}
