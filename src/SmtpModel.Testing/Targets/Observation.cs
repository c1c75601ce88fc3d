using SmtpModel.Protocol;

namespace SmtpModel.Testing;

/// <summary>What came back.</summary>
public enum ObservationKind : byte
{
    /// <summary>A reply.</summary>
    Reply,

    /// <summary>The server closed the channel.</summary>
    Closed,

    /// <summary>Nothing, for as long as was waited.</summary>
    Silence,

    /// <summary>Something that is no reply (RFC 5321 4.2).</summary>
    NoReply,
}

/// <summary>What a server answered to one input.</summary>
/// <param name="Kind">What came back.</param>
/// <param name="Code">The reply's code; 0 when it is no reply.</param>
/// <param name="Reply">The reply with its text, where the target keeps it.</param>
/// <param name="Fault">What is wrong with the form of what came, or null.</param>
public readonly record struct Observation(ObservationKind Kind, int Code = 0, Reply? Reply = null, string? Fault = null)
{
    /// <summary>Whether <see cref="Fault"/> is one that the standard forbids, not only one that it discourages.</summary>
    public bool IsFaultGrave { get; init; }

    /// <summary>Whether the channel was cut off rather than closed, so that replies may have been lost on their way (RFC 9293 3.10.7.4).</summary>
    internal bool IsReset { get; init; }

    /// <summary>What the target did behind it by itself, as a login; null where it did nothing. Safe to print.</summary>
    internal string? Note { get; init; }

    /// <summary>The observation as a line of a transcript, with what the target did behind it.</summary>
    internal string Told() => Note is null ? ToString() : $"{this} (then {Note})";

    /// <summary>The observation as a line for people; safe to print.</summary>
    public override string ToString() => Kind switch
    {
        ObservationKind.Reply => Reply is null ? $"{Code}" : $"{Code} {Printable.Text(string.Join(" / ", Reply.Lines))}",
        ObservationKind.Closed => "(closed the channel)",
        ObservationKind.Silence when Fault is null => "(no reply)",
        _ => $"(no reply: {Fault})",
    };
}
