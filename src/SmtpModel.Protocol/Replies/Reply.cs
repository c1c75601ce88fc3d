namespace SmtpModel.Protocol;

/// <summary>A whole reply (RFC 821 4.2 and appendix E, RFC 5321 4.2).</summary>
/// <param name="Code">The three digits as a number; a reply that was read may hold any of 0 to 999.</param>
/// <param name="Lines">The text of each line, without code, separator and CRLF; one line at least. One character is one octet.</param>
public sealed record Reply(int Code, IReadOnlyList<string> Lines)
{
    /// <summary>2yz: done.</summary>
    public bool IsSuccess => Code / 100 == 2;

    /// <summary>3yz: accepted, and more is awaited.</summary>
    public bool IsIntermediate => Code / 100 == 3;

    /// <summary>4yz: refused for now.</summary>
    public bool IsTransient => Code / 100 == 4;

    /// <summary>5yz: refused for good.</summary>
    public bool IsPermanent => Code / 100 == 5;

    /// <summary>Whether code and lines are the same.</summary>
    /// <param name="other">The other reply.</param>
    public bool Equals(Reply? other) => other is not null && Code == other.Code && Lines.SequenceEqual(other.Lines);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Code);
        foreach (string line in Lines)
            hash.Add(line, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    /// <summary>The reply as it is sent, its lines parted by a line feed.</summary>
    public override string ToString() =>
        string.Join('\n', Lines.Select((line, index) => $"{Code:D3}{(index == Lines.Count - 1 ? ' ' : '-')}{line}"));
}
