namespace SmtpModel.Watching;

/// <summary>A message that a client sent whole.</summary>
/// <param name="ReversePath">What stood behind MAIL FROM:, with its brackets.</param>
/// <param name="ForwardPaths">The accepted recipients.</param>
/// <param name="Content">The text, doubled dots taken out; no more than <see cref="TrialSession.MostContent"/> octets.</param>
/// <param name="Codes">What its end was answered: once, for all recipients, or for each of them as far as it was said; 0 for a reply that
/// was not.</param>
internal sealed record TrialMessage(
    string ReversePath,
    IReadOnlyList<string> ForwardPaths,
    byte[] Content,
    IReadOnlyList<int> Codes
)
{
    /// <summary>Whether it was accepted for anybody.</summary>
    public bool IsTaken => Codes.Any(IsAccepting);

    /// <summary>Those that it was accepted for.</summary>
    public IEnumerable<string> TakenFor =>
        ForwardPaths.Where((_, at) => IsAccepting(Codes.Count == 1 ? Codes[0] : Codes.ElementAtOrDefault(at)));

    private static bool IsAccepting(int code) => code / 100 == 2;
}
