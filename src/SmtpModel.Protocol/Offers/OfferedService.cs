namespace SmtpModel.Protocol;

/// <summary>One thing that a server offers in its reply to EHLO (RFC 5321 4.1.1.1, ehlo-line).</summary>
/// <param name="Keyword">The keyword as it came first; it means the same in upper and lower case.</param>
/// <param name="Parameters">Its parameters as they came, each once; what they mean is for the extension to say.</param>
public sealed record OfferedService(string Keyword, IReadOnlyList<string> Parameters)
{
    /// <summary>Whether a parameter is there.</summary>
    /// <param name="parameter">The parameter, in upper or lower case.</param>
    public bool Has(string parameter) => Parameters.Contains(parameter, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether keyword and parameters are the same.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(OfferedService? other) =>
        other is not null && Keyword == other.Keyword && Parameters.SequenceEqual(other.Parameters);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Keyword, Parameters.Count);

    /// <summary>The line without its code.</summary>
    public override string ToString() => string.Join(' ', Parameters.Prepend(Keyword));
}
