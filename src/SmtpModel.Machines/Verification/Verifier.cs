using System.Diagnostics;

namespace SmtpModel.Machines;

/// <summary>Proves of a machine, by going through all of it, that it is sound and has some properties; or shows that it has not.</summary>
public static class Verifier
{
    /// <summary>How many inputs may wait for their replies at once in groups: of three one is neither the first nor the last.</summary>
    public const int LongestGroup = 3;

    /// <summary>Verifies a machine.</summary>
    /// <param name="profile">The machine. One that is not sound is explored all the same, as far as it can be flattened.</param>
    /// <param name="properties">What is to be proved besides the invariants and the properties that the machine's parts bring.</param>
    /// <param name="tolerated">Whether exchanges are followed that only other receivers take part in.</param>
    public static VerificationReport Verify(Profile profile, IEnumerable<Property> properties, bool tolerated = false)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(properties);
        var clock = Stopwatch.StartNew();
        var invariants = Invariant.Check(profile);
        if (invariants.Any(invariant => invariant.Faults.Any(fault => fault.Id == Invariant.Unreadable)))
        {
            return new VerificationReport(profile, null, invariants, [], clock.Elapsed);
        }

        var all = profile.WithOwn(properties);
        var hasGroups = profile.Table.Grouping is not null && all.Any(property => property.IsAboutGroups);
        var grouped = Task.Run(() => hasGroups ? StateSpace.ExploreGroups(profile.Table, LongestGroup) : null);
        var space = StateSpace.Explore(profile.Table, tolerated);
        var groups = grouped.GetAwaiter().GetResult();
        List<PropertyResult> results =
        [
            .. all.Select(property => PropertyCheck.Run(property.IsAboutGroups ? groups ?? space : space, property)),
        ];
        return new VerificationReport(profile, space, invariants, results, clock.Elapsed) { Groups = groups };
    }
}

/// <summary>What a verification found.</summary>
/// <param name="Profile">The machine.</param>
/// <param name="Space">Its state space; null when the machine could not even be flattened.</param>
/// <param name="Invariants">The invariants of every machine, each with what breaks it.</param>
/// <param name="Properties">The properties.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record VerificationReport(
    Profile Profile, StateSpace? Space, IReadOnlyList<Invariant> Invariants, IReadOnlyList<PropertyResult> Properties, TimeSpan Elapsed)
{
    /// <summary>The state space of a client that sends in groups; null where no property is about it or the machine lets nothing be
    /// grouped.</summary>
    public StateSpace? Groups { get; init; }

    /// <summary>Whether all invariants and all properties that apply hold.</summary>
    public bool IsProved =>
        Invariants.All(invariant => invariant.Faults.Count == 0)
        && Properties.All(result => result.Verdict is not PropertyVerdict.Violated);
}
