namespace SmtpModel.Watching;

/// <summary>A message that a client sent whole.</summary>
/// <param name="ReversePath">What stood behind MAIL FROM:, with its brackets.</param>
/// <param name="ForwardPaths">The accepted recipients.</param>
/// <param name="Content">The text, doubled dots taken out; no more than <see cref="TrialSession.MostContent"/> octets.</param>
/// <param name="Code">What the end of data was answered; 0 where it was not.</param>
internal sealed record TrialMessage(string ReversePath, IReadOnlyList<string> ForwardPaths, byte[] Content, int Code)
{
    public bool IsTaken => Code / 100 == 2;
}
