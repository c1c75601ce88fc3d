using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>The oracle's word on one exchange.</summary>
/// <param name="Verdict">What is made of it.</param>
/// <param name="After">The states that the server can be in now; none when it has gone where no rule leads. A <see cref="Verdict.Fail"/>
/// with states is a reply of the right kind whose code a rule does not allow.</param>
/// <param name="Edge">The edge the machine took; null where the reply was a refusal out of order, or is not in the table.</param>
/// <param name="Rule">The rule that was kept or broken.</param>
public sealed record Judgement(Verdict Verdict, StateSet After, Edge? Edge, Rule? Rule)
{
    /// <summary>Whether the machine itself took part in it, and it is known where that left the server: then it is known what it did to
    /// the buffers.</summary>
    internal bool IsCertain => Edge is { IsTolerated: false } && After.IsSingle;
}
