using SmtpModel.Machines;
using SmtpModel.Server;

namespace SmtpModel.Testing.Tests.Mutants;

/// <summary>A server that breaks one rule.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Does">What it does wrong.</param>
/// <param name="Server">Makes it.</param>
internal sealed record HandMutant(string Rule, string Does, Func<ITarget> Server)
{
    public override string ToString() => $"{Rule}: {Does}";

    /// <summary>A session that runs over a changed table.</summary>
    public static HandMutant Of(Profile profile, string rule, string does, Func<TableOrder, TableOrder> change) =>
        new(rule, does, () => InMemoryTarget.Of(change(SpecifiedOrder.Of(profile.Table)), $"a mutant of {profile} in which {does}"));
}
