using System.Collections.Concurrent;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// All cases of a profile, derived from its machine: a case for each command in each state (in order, out of order,
/// malformed, refused), for arguments, for what the exchanges do to the buffers, and for each rule of conduct. Nothing here knows what
/// may follow what; it asks the table.
/// </summary>
public sealed class CaseCatalogue
{
    private static readonly ConcurrentDictionary<Profile, Lazy<CaseCatalogue>> Known = new();
    private readonly Dictionary<string, TestCase> _byId;
    private readonly Dictionary<(CaseKind, State?, Command?), TestCase> _byPlace;

    private CaseCatalogue(TransitionTable table, IReadOnlyList<TestCase> cases)
    {
        (Table, Cases) = (table, cases);
        _byId = cases.ToDictionary(one => one.Id, StringComparer.OrdinalIgnoreCase);
        _byPlace = cases
            .Where(one => one.Kind is not (CaseKind.Conduct or CaseKind.Wire or CaseKind.Argument or CaseKind.Listed))
            .ToDictionary(one => (one.Kind, one.State, one.Command));
    }

    /// <summary>The profile's table.</summary>
    public TransitionTable Table { get; }

    /// <summary>The cases, by clause.</summary>
    public IReadOnlyList<TestCase> Cases { get; }

    /// <summary>The catalogue of a profile; made once.</summary>
    /// <param name="profile">The profile.</param>
    public static CaseCatalogue Of(Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return Known.GetOrAdd(profile, static profile => new Lazy<CaseCatalogue>(() => Make(profile))).Value;
    }

    private static CaseCatalogue Make(Profile profile)
    {
        var table = profile.Table;
        List<TestCase> cases =
        [
            .. OrderCases.Of(table),
            .. BufferCases.Of(table),
            .. ArgumentCases.Of(table),
            .. ParameterCases.Of(table),
            .. ExtensionCases.Of(table),
            .. ConductCases.Of(table),
            .. WireCatalogue.Of(profile),
        ];
        return new CaseCatalogue(
            table,
            [
                .. cases
                    .OrderBy(one => one.Rule.Clause.Document, StringComparer.Ordinal)
                    .ThenBy(one => one.Rule.Clause.Section, SectionOrder.Instance),
            ]
        );
    }

    /// <summary>The case of a name; null when there is none.</summary>
    /// <param name="id">The name, in either case.</param>
    public TestCase? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The case of a kind about a state and a command; null when there is none.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="state">The state; null for kinds that are about none.</param>
    /// <param name="command">The command; null for kinds that are about none.</param>
    internal TestCase? Find(CaseKind kind, State? state, Command? command) => _byPlace.GetValueOrDefault((kind, state, command));

    /// <summary>The case of a rule of conduct; null when the rule is none.</summary>
    /// <param name="rule">The rule.</param>
    internal TestCase? Conduct(Rule? rule) =>
        rule is null ? null : Cases.FirstOrDefault(one => one.Kind is CaseKind.Conduct && one.Rule.Id == rule.Id);
}
