using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// What a test of an extension goes through that multiplies the machine: where its own commands come, and what a session does where
/// something else is known than at its beginning. All else is played in front of it, or inside it, by another test.
/// </summary>
internal sealed class Scope
{
    private readonly TransitionTable _table;
    private readonly HashSet<State> _visited;
    private readonly HashSet<Command> _own;
    private readonly HashSet<string> _ownRules;
    private readonly HashSet<string> _refusing;
    private readonly Func<TestCase, bool> _isNew;

    /// <summary>The scope for a profile.</summary>
    /// <param name="profile">The profile, with regions.</param>
    /// <param name="plain">The profile that it extends.</param>
    public Scope(Profile profile, Profile plain)
    {
        var table = _table = profile.Table;
        var known = table.LastingRegions.SelectMany(region => region.States.Skip(1)).ToHashSet();
        _visited = [.. table.AllStates.Where(state => !state.Facts.Any(known.Contains) || state.Holds.Count == 0)];
        _own = [.. table.Commands.Select(use => use.Command).Except(plain.Table.Commands.Select(use => use.Command))];
        _ownRules = [.. table.Rules.Select(rule => rule.Id).Except(plain.Table.Rules.Select(rule => rule.Id))];
        var catalogue = CaseCatalogue.Of(plain);
        _refusing = [.. CaseCatalogue.Of(profile).Cases.Where(one => one.Kind is CaseKind.OutOfOrder).Select(one => one.Rule.Id)
            .Except(catalogue.Cases.Select(one => one.Rule.Id))];
        _isNew = one => catalogue.Find(one.Id) is null;
        Cases = [.. CaseCatalogue.Of(profile).Cases.Where(Judges)];
    }

    /// <summary>The cases that are judged.</summary>
    public IReadOnlyList<TestCase> Cases { get; }

    /// <summary>Whether a state is gone through: all where nothing else is known than at the beginning, and of the others those in which
    /// nothing is held.</summary>
    public bool Visits(State state) => _visited.Contains(state);

    /// <summary>Whether something is tried: what is judged, and the order of commands, which leads to states and tells them
    /// apart.</summary>
    public bool Tries(TestCase one) => one.Kind is CaseKind.InOrder or CaseKind.OutOfOrder || Judges(one);

    /// <summary>Whether a case tries what a site counts where it fails.</summary>
    public bool IsAboutFailing(TestCase one) =>
        one.Depth >= Depth.Credentials
        || (one.Kind is CaseKind.Malformed or CaseKind.Refused && one.Command is { } command && _table.CountsFailures(command));

    /// <summary>Whether a case is judged: what the plain profile has too has been.</summary>
    public bool Judges(TestCase one) =>
        _isNew(one)
        && one.Kind switch
        {
            CaseKind.Wire => _ownRules.Contains(one.Rule.Id),
            CaseKind.InOrder or CaseKind.OutOfOrder or CaseKind.Malformed or CaseKind.Refused => Visits(one.State!)
                && (_own.Contains(one.Command!) || MayForget(one) || Refuses(one)),
            _ => false,
        };

    // what is refused only because of what is not known yet, by a rule that nothing plain rests on
    private bool Refuses(TestCase one) => one.Kind is CaseKind.OutOfOrder && _refusing.Contains(one.Rule.Id);

    // of the others those that begin anew, and leave what is known all the same; what leads to where it does not go would stay open
    private bool MayForget(TestCase one) =>
        one.Kind is CaseKind.InOrder
        && one.Command!.OnAccept.Count > 0
        && _table
            .From(one.State!, one.Command)
            .Where(edge => edge.Exchange.IsAccepted)
            .All(edge => Visits(edge.To) && edge.To.Facts.SequenceEqual(one.State!.Facts));
}
