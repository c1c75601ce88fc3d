namespace SmtpModel.Machines;

/// <summary>A place in a standard: the document and its section, as <c>RFC 821 4.1.1</c>.</summary>
/// <param name="Document">The document's name, as <c>RFC 821</c>.</param>
/// <param name="Section">The section's number, as <c>4.1.1</c>.</param>
public sealed record Clause(string Document, string Section)
{
    /// <summary>The clause as it is cited.</summary>
    public override string ToString() => $"{Document} {Section}";
}
