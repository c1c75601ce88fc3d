namespace SmtpModel.Watching;

/// <summary>
/// One way in which a server may answer a client that delivers a message, different from the usual way in one thing. What it is about
/// happens once, on the first connection; behind it all is answered as usual, so that a client which tries again succeeds.
/// </summary>
/// <param name="Number">Its place among all of its profile, from 1.</param>
/// <param name="Id">Its permanent name, as <c>reply/MAIL/451</c>.</param>
/// <param name="Title">What the server does, in one sentence.</param>
public sealed record Scenario(int Number, string Id, string Title)
{
    /// <summary>The scenario in which nothing is unusual.</summary>
    public const string PlainId = "plain";

    /// <summary>
    /// The rule that a client breaks which does not do here as it does where nothing is unusual; null where the scenario refuses
    /// something,
    /// or ends the connection.
    /// </summary>
    public Rule? SameAsPlain { get; init; }

    /// <summary>What the server does, and when.</summary>
    internal IReadOnlyList<(Moment When, Answer What)> Answers { get; init; } = [];

    /// <summary>The profile that is served; the one of the run where it is null.</summary>
    internal Profile? Serves { get; init; }

    /// <summary>Lines that the reply to EHLO has besides.</summary>
    internal IReadOnlyList<string> MoreOffers { get; init; } = [];

    /// <summary>Whether a login is offered outside TLS too.</summary>
    internal bool OffersLoginInClear { get; init; }

    /// <summary>Keywords that are not listed, though the machine has what they stand for.</summary>
    internal IReadOnlyList<string> Hides { get; init; } = [];

    /// <summary>Whether nothing is listed any more inside TLS.</summary>
    internal bool ShrinksInside { get; init; }

    /// <summary>Whether nothing is unusual.</summary>
    public bool IsPlain => Id == PlainId;

    /// <summary>The scenario as a line: number, name and title.</summary>
    public override string ToString() => $"{Number,4}  {Id,-36} {Title}";
}
