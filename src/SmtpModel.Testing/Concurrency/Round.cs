namespace SmtpModel.Testing.Engine;

/// <summary>
/// Several sessions with one server at the same time, and whose turn it is when. The first turn of a session is its
/// connection, each other one a packet, mostly of one input; mail data alone takes two. The turns of one that is
/// over are passed by, and when the schedule is at its end those that are not over go on one after the other.
/// </summary>
/// <param name="Sessions">The sessions.</param>
/// <param name="Schedule">Places in <paramref name="Sessions"/>, from 0.</param>
public sealed record Round(IReadOnlyList<TestSession> Sessions, IReadOnlyList<int> Schedule)
{
    /// <summary>How many turns a step takes; none where it is sent in one packet with the step before it.</summary>
    internal static int Turns(Step step) => step.IsJoined ? 0 : step.Move.Kind is MoveKind.Data ? 2 : 1;

    /// <summary>The sessions one after the other, each with its number from 1.</summary>
    public override string ToString() =>
        string.Join(
            "\n",
            Sessions
                .Select((session, index) => $"{index + 1}: {session}")
                .Append($"schedule: {string.Join(' ', Schedule.Select(turn => turn + 1))}")
        );
}

/// <summary>A line of what was said in a round.</summary>
/// <param name="Session">The session's place in the round, from 0.</param>
/// <param name="Line">The line.</param>
public sealed record RoundLine(int Session, TranscriptLine Line);

/// <summary>How a round went.</summary>
/// <param name="Violation">The first thing that the rules do not allow, each session being held against them as if it were alone; null
/// when there was none.</param>
/// <param name="Session">The session it was seen in, from 0; -1 where only what all of them delivered shows it.</param>
/// <param name="Lines">What was said, in the order in which it was said.</param>
/// <param name="Taken">How many turns each session had.</param>
/// <param name="Inconclusive">Why sessions could not be played to their end.</param>
public sealed record RoundResult(
    Violation? Violation,
    int Session,
    IReadOnlyList<RoundLine> Lines,
    IReadOnlyList<int> Taken,
    IReadOnlyList<string> Inconclusive
)
{
    /// <summary>How many groups of inputs were sent in one packet, and how many inputs the longest had.</summary>
    internal GroupCount Groups { get; init; }

    /// <summary>The marked messages of each session; empty where nobody looks for them.</summary>
    internal IReadOnlyList<IReadOnlyList<SentMessage>> Sent { get; init; } = [];

    /// <summary>What was delivered wrongly, each with the session that sent it; empty where that was not waited for.</summary>
    internal IReadOnlyList<(Violation Violation, int Session, int At)> Misdelivered { get; init; } = [];

    /// <summary>The place in its session of the move that ended the message which was delivered wrongly; -1 where that is not what shows
    /// it.</summary>
    internal int At { get; private init; } = -1;

    /// <summary>It with what shows a violation of a key first; null where nothing does.</summary>
    internal RoundResult? Showing(string key) =>
        Violation?.Key == key ? this
        : Misdelivered.FirstOrDefault(one => one.Violation.Key == key) is { Violation: { } violation } wrong
            ? this with { Violation = violation, Session = wrong.Session, At = wrong.At }
        : null;

    /// <summary>What was said: the session's number from 1, the model's state, what the client sent, what the server answered.</summary>
    public string Transcript
    {
        get
        {
            // one line is one object, which says whose it is
            var sessions = Lines.ToDictionary(
                line => line.Line,
                line => line.Session,
                (IEqualityComparer<TranscriptLine>)ReferenceEqualityComparer.Instance
            );
            return Testing.Transcript.Write([.. Lines.Select(line => line.Line)], line => $"{sessions[line] + 1,2}  ");
        }
    }
}
