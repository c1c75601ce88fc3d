namespace SmtpModel.Machines;

/// <summary>One rule of the specification: what it asks, in the project's own words, and the clause it comes from.</summary>
/// <param name="Id">A short permanent name, as <c>O5</c>.</param>
/// <param name="Clause">Where the standard says it.</param>
/// <param name="Level">How binding it is.</param>
/// <param name="Asks">What it asks of the receiver, in one sentence.</param>
public sealed record Rule(string Id, Clause Clause, Level Level, string Asks)
{
    /// <summary>The least size that everybody has to take, in octets or in things, where the rule names one; otherwise null.</summary>
    public int? Size { get; init; }

    /// <summary>The rule's id and clause, as <c>O5 (RFC 821 4.1.1)</c>.</summary>
    public override string ToString() => $"{Id} ({Clause})";
}
