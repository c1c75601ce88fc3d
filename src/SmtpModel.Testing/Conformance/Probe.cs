namespace SmtpModel.Testing.Engine;

/// <summary>One exchange of a probe.</summary>
/// <param name="Move">What was sent.</param>
/// <param name="Came">What came.</param>
/// <param name="Before">The states the server can have been in.</param>
/// <param name="Judgement">What the oracle made of it; null where no reply came.</param>
internal sealed record ProbeStep(Move Move, Observation Came, StateSet Before, Judgement? Judgement);

/// <summary>A session that was played to find something out.</summary>
internal sealed record ProbeResult(
    IReadOnlyList<Move> Moves,
    IReadOnlyList<ProbeStep> Steps,
    Observation Greeting,
    Judgement? Greeted,
    Transcript Transcript
)
{
    public Violation? Violation { get; init; }

    /// <summary>What was wrong with replies that did not end the session, each with the place of its move.</summary>
    public IReadOnlyList<(Violation Violation, int At)> Besides { get; init; } = [];

    /// <summary>Why it could not be played to its end though nothing was broken; null when it was.</summary>
    public string? Cut { get; init; }

    /// <summary>Whether it was cut for a reply that did not come in time, and would be waited for as long again.</summary>
    public bool IsLate { get; init; }

    /// <summary>Whether it was cut when the channel was closed, and the refusals before may be why.</summary>
    public bool IsExcused { get; init; }

    /// <summary>The marked messages that were sent in it; null where nobody looks for them.</summary>
    public MailSession? Mail { get; init; }

    /// <summary>What the fence at its end showed; null where none was sent.</summary>
    public Fenced? Fenced { get; init; }

    /// <summary>Whether every move was sent and something came for each.</summary>
    public bool IsWhole => Steps.Count == Moves.Count;

    /// <summary>The last exchange, which is what the probe is about; null when it was not reached.</summary>
    public ProbeStep? Last => IsWhole && Steps.Count > 0 ? Steps[^1] : null;

    public TestSession Session => new([.. Moves.Select(move => new Step(move))]);
}

/// <summary>What matters of an answer when two are held against each other: the kind of it, not the very code.</summary>
internal enum Answer
{
    Nothing,
    Closed,
    NoReply,
    Accepted,
    Intermediate,
    Refused,
}

internal static class Answers
{
    public static Answer Of(Observation came) => came.Kind switch
    {
        ObservationKind.Closed => Answer.Closed,
        ObservationKind.Silence => Answer.Nothing,
        ObservationKind.NoReply => Answer.NoReply,
        _ => (came.Code / 100) switch { 2 => Answer.Accepted, 3 => Answer.Intermediate, _ => Answer.Refused },
    };

    public static bool IsRefusal(this Observation came) => Of(came) is Answer.Refused;

    public static bool IsAcceptance(this Observation came) => Of(came) is Answer.Accepted or Answer.Intermediate;
}
