namespace SmtpModel.Testing.Engine;

/// <summary>A line whose argument is well formed and must be taken, or is not and should be refused.</summary>
/// <param name="Line">The line without CRLF, for a server that takes these mailboxes.</param>
internal sealed record ArgumentSample(Func<PaletteOptions, string> Line)
{
    /// <summary>The codes that refuse it as they should; none when it should be taken.</summary>
    public IReadOnlyList<int> Refusing { get; init; } = [];

    /// <summary>What a refusal is that names no fault of the line, as 550, where the plain line is accepted: mostly the site's
    /// right.</summary>
    public CaseVerdict Policy { get; init; } = CaseVerdict.Info;

    /// <summary>Codes that find fault with a line elsewhere, and by which a server may refuse this one for a reason of its own.</summary>
    public IReadOnlyList<int> Spared { get; init; } = [];

    /// <summary>Another line that means the same by the rule of the case, so that a server that takes that one has no reason to refuse
    /// this one; null where there is none.</summary>
    public Func<PaletteOptions, string>? SameAs { get; init; }

    /// <summary>Whether it means something only in a session that was opened by the command that lists extensions.</summary>
    public bool NeedsOffer { get; init; }

    /// <summary>Whether it can be tried on a server that offers this; null for an offer that was not read.</summary>
    public Func<Protocol.ServiceOffer?, bool> Applies { get; init; } = static _ => true;

    public bool IsTaken => Refusing.Count == 0;
}
