namespace SmtpModel.Machines;

/// <summary>A place where the standard is silent or contradicts itself, and how this specification reads it.</summary>
/// <param name="Question">What is in doubt.</param>
/// <param name="Clauses">The clauses that leave it open or disagree.</param>
/// <param name="Reading">The reading chosen.</param>
/// <param name="Reason">Why this reading.</param>
public sealed record Doubt(string Question, string Clauses, string Reading, string Reason);
