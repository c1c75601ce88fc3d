using System.Reflection;
using SmtpModel.Testing.Engine;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace SmtpModel.Testing.Xunit;

/// <summary>
/// Gives a theory a row for each case of a profile: the method takes a <see cref="ConformanceCase"/> and hands it to the
/// <see cref="ConformanceServer"/> of its class. The rows are found without the server, so that a test explorer has them before it runs.
/// </summary>
/// <param name="profile">The profile, as the command line names it: <c>rfc5321</c>, <c>lmtp</c>, <c>rfc5321+size+dsn</c>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class SmtpConformanceAttribute(string profile) : DataAttribute
{
    /// <summary>The profile, as the command line names it.</summary>
    public string Profile { get; } = profile;

    /// <summary>How far the cases go: up to the 354 when not said, so that nothing is delivered.</summary>
    public Depth Depth { get; init; } = Depth.Envelope;

    /// <summary>Words that the ids of the cases have to contain one of, as <c>RSET</c> or <c>rfc5321/4.1.1.5/</c>; all cases when
    /// empty.</summary>
    public string[] Only { get; init; } = [];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such profile, or no case of it has one of the words.</exception>
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        var catalogue = CaseCatalogue.Of(ConformanceCase.ProfileOf(Profile));
        var cases = catalogue
            .Cases.Where(one => one.Depth <= Depth)
            .Where(one => Only.Length == 0 || Only.Any(word => one.Id.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        return cases.Count > 0
            ? new([.. cases.Select(one => Row(new ConformanceCase(Profile, Depth, one.Id), one))])
            : throw new ArgumentException(
                $"no case of {Profile} up to the depth {Depth} has {string.Join(" or ", Only)} in its id; 'smtpmodel list --profile "
                    + $"{Profile}' has them all"
            );
    }

    /// <inheritdoc/>
    public override bool SupportsDiscoveryEnumeration() => true;

    private static TheoryDataRow<ConformanceCase> Row(ConformanceCase row, TestCase one)
    {
        var data = new TheoryDataRow<ConformanceCase>(row) { TestDisplayName = $"{one.Id}: {one.Requirement}" };
        data.Traits.Add("Clause", [$"{one.Rule.Clause}"]);
        data.Traits.Add("Level", [one.Rule.Level.ToString().ToUpperInvariant()]);
        return data;
    }
}
