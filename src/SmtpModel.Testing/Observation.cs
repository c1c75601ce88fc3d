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

    /// <summary>Nothing was waited for, since the input draws no reply here.</summary>
    NoneDue,
}

/// <summary>What a server answered to one input: its last reply, where it draws several.</summary>
/// <param name="Kind">What came back.</param>
/// <param name="Code">The reply's code; 0 when it is no reply.</param>
/// <param name="Reply">The reply with its text, where the target keeps it.</param>
/// <param name="Fault">What is wrong with the form of what came, or null.</param>
public readonly record struct Observation(ObservationKind Kind, int Code = 0, Reply? Reply = null, string? Fault = null)
{
    /// <summary>Whether <see cref="Fault"/> is one that the standard forbids, not only one that it discourages.</summary>
    public bool IsFaultGrave { get; init; }

    /// <summary>Whether the channel was cut off rather than closed, so that replies may have been lost on their way (RFC 9293
    /// 3.10.7.4).</summary>
    internal bool IsReset { get; init; }

    /// <summary>The replies that came before this one to an input that draws several, in their order; null where it is the only
    /// one.</summary>
    public IReadOnlyList<Observation>? Earlier { get; init; }

    /// <summary>What the target did behind it by itself, as a login; null where it did nothing. Safe to print.</summary>
    internal string? Note { get; init; }

    /// <summary>The observation as a line of a transcript, with what the target did behind it.</summary>
    internal string Told() => Note is null ? ToString() : $"{this} (then {Note})";

    /// <summary>The observation as a line for people; safe to print.</summary>
    public override string ToString() =>
        Earlier is { Count: > 0 } earlier
            ? string.Join("; ", [.. earlier, this with { Earlier = null }])
            : Kind switch
            {
                ObservationKind.NoneDue => "(no reply is due)",
                ObservationKind.Reply => Reply is null ? $"{Code}" : $"{Code} {Printable.Text(string.Join(" / ", Reply.Lines))}",
                ObservationKind.Closed => "(closed the channel)",
                ObservationKind.Silence when Fault is null => "(no reply)",
                _ => $"(no reply: {Fault})",
            };
}
