namespace SmtpModel.Machines;

/// <summary>An extension that a standard wants every receiver to offer, or to leave out.</summary>
/// <param name="Keyword">Its keyword.</param>
/// <param name="Rule">The rule that wants it.</param>
public sealed record DemandedOffer(string Keyword, Rule Rule)
{
    /// <summary>Whether no receiver may offer it.</summary>
    public bool IsForbidden { get; init; }
}
