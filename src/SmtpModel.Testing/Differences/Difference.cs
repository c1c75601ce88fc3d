using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Something that two servers answer differently.</summary>
/// <param name="Case">The case that says what is to be answered there; null where none does.</param>
/// <param name="States">The states the model is in where they differ so, that of the session first.</param>
/// <param name="Session">The shortest session found that shows it.</param>
/// <param name="One">What the first server answered to each step. Safe to print.</param>
/// <param name="Other">What the second server answered to each step. Safe to print.</param>
/// <param name="IsOfKind">Whether the answers differ in kind (accepted, refused, closed), and not in the code only.</param>
public sealed record Difference(
    TestCase? Case,
    IReadOnlyList<State> States,
    TestSession Session,
    IReadOnlyList<string> One,
    IReadOnlyList<string> Other,
    bool IsOfKind
)
{
    /// <summary>What the test of the first server makes of its last answer; null where nothing is.</summary>
    public CaseVerdict? OneVerdict { get; init; }

    /// <summary>What the test of the second server makes of its last answer; null where nothing is.</summary>
    public CaseVerdict? OtherVerdict { get; init; }

    /// <summary>The command that is answered differently; the last of the session.</summary>
    public Move Move => Session.Steps[^1].Move;
}
