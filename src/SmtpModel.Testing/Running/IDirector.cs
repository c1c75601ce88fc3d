namespace SmtpModel.Testing.Engine;

/// <summary>What becomes of the next input of a session.</summary>
internal enum Cue
{
    /// <summary>It is sent.</summary>
    Send,

    /// <summary>What the server waits for is sent first, and then it.</summary>
    FillIn,

    /// <summary>It is left out.</summary>
    Skip,

    /// <summary>The session ends in front of it.</summary>
    End,
}

/// <summary>
/// What those who have sessions played decide for themselves, and what they are told of. All else is the same for all and stands in
/// <see cref="Player"/>.
/// </summary>
internal interface IDirector
{
    /// <summary>How long to wait before each input for what comes unasked; none to take only what is there.</summary>
    TimeSpan Pause { get; }

    /// <summary>Where the waiting is counted; null to count nothing.</summary>
    Pace? Pace => null;

    /// <summary>What is sent when the server asks for mail data and the session has none there.</summary>
    Move PlainData { get; }

    /// <summary>What becomes of the next input.</summary>
    /// <param name="play">The session so far.</param>
    /// <param name="step">The input.</param>
    Cue CueFor(Play play, Step step);

    /// <summary>
    /// The next inputs would go over what the server says it takes, so that the session ends; false where that cuts it short.
    /// </summary>
    /// <param name="play">The session so far.</param>
    /// <param name="move">The first of the inputs.</param>
    /// <param name="over">In words what they would go over.</param>
    bool Exceeds(Play play, Move move, string over) => true;

    /// <summary>Sends an input that is in no group, and awaits its replies.</summary>
    /// <param name="play">The session so far.</param>
    /// <param name="step">The input.</param>
    /// <param name="cancellation">Gives up.</param>
    ValueTask<Observation> ExchangeAsync(Play play, Step step, CancellationToken cancellation) =>
        play.Conversation.ExchangeAsync(step, play.Due(step.Move), cancellation);

    /// <summary>Whether the server was asked for a reply with this code, so that the code is no choice of its own.</summary>
    /// <param name="step">The input.</param>
    /// <param name="code">The code.</param>
    bool IsAsked(Step step, int code) => step.AsksFor(code);

    /// <summary>The greeting came, or something that no input asked for; it is judged already.</summary>
    /// <param name="play">The session so far.</param>
    /// <param name="came">What came.</param>
    void Heard(Play play, Observation came) { }

    /// <summary>What came for an input is judged.</summary>
    /// <param name="play">The session so far.</param>
    /// <param name="exchange">The input and what came.</param>
    void Took(Play play, in Taken exchange) { }
}

/// <summary>An input and what came for it.</summary>
/// <param name="Step">The input.</param>
/// <param name="Came">What came.</param>
/// <param name="Before">The states the server can have been in.</param>
/// <param name="IsUnanswered">Whether nothing came where something is due.</param>
/// <param name="IsLate">Whether nothing came, and may yet come.</param>
internal readonly record struct Taken(Step Step, Observation Came, StateSet Before, bool IsUnanswered, bool IsLate);
