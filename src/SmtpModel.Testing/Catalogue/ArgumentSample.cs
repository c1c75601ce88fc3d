namespace SmtpModel.Testing;

/// <summary>A line whose argument is well formed and must be taken, or is not and should be refused.</summary>
/// <param name="Line">The line without CRLF, for a server that takes these mailboxes.</param>
internal sealed record ArgumentSample(Func<PaletteOptions, string> Line)
{
    /// <summary>The codes that refuse it as they should; none when it should be taken.</summary>
    public IReadOnlyList<int> Refusing { get; init; } = [];

    /// <summary>What a refusal is that names no fault of the line, as 550: mostly the site's right.</summary>
    public CaseVerdict Policy { get; init; } = CaseVerdict.Info;

    public bool IsTaken => Refusing.Count == 0;
}
