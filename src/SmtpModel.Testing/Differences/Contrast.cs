namespace SmtpModel.Testing.Engine;

/// <summary>A case about octets that two servers come out of differently: one and the same session says nothing of it.</summary>
/// <param name="Case">The case.</param>
/// <param name="One">What the first server came to.</param>
/// <param name="Other">What the second server came to.</param>
public sealed record Contrast(TestCase Case, CaseResult One, CaseResult Other);
