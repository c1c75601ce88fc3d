namespace SmtpModel.Protocol;

/// <summary>The parts of an argument that names a reverse-path or a forward-path (RFC 821 4.1.2, RFC 5321 4.1.2).</summary>
/// <remarks>All slices count from the start of the argument that was parsed; a part that is not there is empty.</remarks>
public readonly record struct PathArgument
{
    /// <summary>Whether this is the null reverse-path, two brackets with nothing between (RFC 5321 4.5.5).</summary>
    public bool IsNull { get; internal init; }

    /// <summary>The path with its angle brackets.</summary>
    public Slice Path { get; internal init; }

    /// <summary>The source route, its hosts with their at signs and commas, without the colon that ends it.</summary>
    public Slice SourceRoute { get; internal init; }

    /// <summary>The local-part as it was sent, with quotes and backslashes.</summary>
    public Slice LocalPart { get; internal init; }

    /// <summary>The domain, an address-literal with its square brackets; empty for the null reverse-path and for Postmaster
    /// alone.</summary>
    public Slice Domain { get; internal init; }

    /// <summary>Whether <see cref="Domain"/> is an address in square brackets (RFC 5321 4.1.3).</summary>
    public bool IsAddressLiteral { get; internal init; }

    /// <summary>What follows the path and its space, not yet held against <see cref="ParameterGrammar"/>.</summary>
    public Slice Parameters { get; internal init; }
}
