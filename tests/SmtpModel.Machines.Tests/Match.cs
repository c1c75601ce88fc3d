namespace SmtpModel.Machines.Tests;

/// <summary>The smallest protocol there can be: a match, which is fresh until it is struck.</summary>
internal static class Match
{
    public static readonly State Fresh = new("Fresh", "not struck yet");
    public static readonly State Burnt = new("Burnt", "used up");
    public static readonly Command STRIKE = new("STRIKE", InputKind.Line, [], []);
    public static readonly Rule M1 = new("M1", new Clause("Match box", "1"), Level.Must, "A match burns once.");

    public static Profile Profile { get; } = new("match", "a match", new ProfilePart(
        v =>
        {
            v.Command(STRIKE, M1.Clause, success: [200], failure: [450]);
            v.State(M1);
        },
        m =>
        {
            m.Configure(Fresh).Accept(STRIKE, Burnt, M1, refused: M1);
            m.Configure(Burnt);
            m.Vocabulary.Bounds(Fresh, Burnt, STRIKE);
        }));
}
