namespace SmtpModel.Machines;

/// <summary>An extension that a standard wants every receiver to offer.</summary>
/// <param name="Keyword">Its keyword.</param>
/// <param name="Rule">The rule that wants it.</param>
public sealed record DemandedOffer(string Keyword, Rule Rule);
