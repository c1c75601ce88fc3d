namespace SmtpModel.Machines;

/// <summary>Whether a machine has a property.</summary>
public enum PropertyVerdict
{
    /// <summary>It has.</summary>
    Holds,

    /// <summary>It has, but only since what the property is about never comes up.</summary>
    HoldsVacuously,

    /// <summary>It has not: there is a counterexample.</summary>
    Violated,

    /// <summary>The property names something that the machine does not have.</summary>
    DoesNotApply,
}

/// <summary>What came of checking one property.</summary>
/// <param name="Property">The property.</param>
/// <param name="Verdict">Whether the machine has it.</param>
/// <param name="Counterexample">A shortest session that breaks it; null where none does.</param>
/// <param name="Reason">Why it holds vacuously or does not apply; null otherwise.</param>
public sealed record PropertyResult(Property Property, PropertyVerdict Verdict, Counterexample? Counterexample, string? Reason)
{
    internal static PropertyResult Holds(Property property) => new(property, PropertyVerdict.Holds, null, null);

    internal static PropertyResult Violated(Property property, Counterexample counterexample) =>
        new(property, PropertyVerdict.Violated, counterexample, null);
}

/// <summary>A session that breaks a property: a way through the state space whose last moment is the one that breaks it.</summary>
public sealed class Counterexample
{
    private readonly StateSpace _space;
    private readonly IReadOnlyList<int> _way;

    internal Counterexample(StateSpace space, IReadOnlyList<int> way, int? loopsTo) => (_space, _way, LoopsTo) = (space, way, loopsTo);

    /// <summary>The moments, the start first.</summary>
    public IReadOnlyList<Moment> Moments => [.. _way.Select(at => _space.Moments[at])];

    /// <summary>The moment of <see cref="Moments"/> that comes again behind the last one, for ever; null where the session just ends
    /// here.</summary>
    public int? LoopsTo { get; }

    /// <summary>
    /// The session as lines: the state, and what is sent (C:) or answered (S:). <c>[marked]</c> stands behind the command whose
    /// argument is followed through the buffers.
    /// </summary>
    public IReadOnlyList<CounterexampleLine> Lines =>
        [.. _way.Skip(1).Select((at, index) => Line(at, index + 2 < _way.Count ? _way[index + 2] : null))];

    private CounterexampleLine Line(int at, int? behind)
    {
        var moment = _space.Moments[at];
        var isMarked = moment.IsSent && behind is { } next && _space.Moments[next].Mark is Mark.Now;
        var with = (moment.Parameter is { } parameter ? $"   [with {parameter}]" : "") + (isMarked ? "   [marked]" : "");
        var silence = moment.IsInLockstep ? "(nothing more comes)" : "(the next input is read as what it is not)";
        return moment.Command is not { } command ? new CounterexampleLine(moment.To.Name, "", silence, null)
            : moment.IsSent ? new CounterexampleLine(moment.To.Name, "C:", Words(command) + with, null)
            : new CounterexampleLine(
                moment.To.Name,
                "S:",
                moment.Code.ToString(System.Globalization.CultureInfo.InvariantCulture),
                _space.RuleOf(at)
            );
    }

    private string Words(Command command) => command.Kind switch
    {
        InputKind.Line => _space.Table[command].Syntax,
        InputKind.Any => "(anything, or nothing)",
        _ => $"({command})",
    };
}

/// <summary>A line of a counterexample.</summary>
/// <param name="State">The state: in which something is sent, or to which the reply led.</param>
/// <param name="Side"><c>C:</c> or <c>S:</c>; empty where nothing is said any more.</param>
/// <param name="Text">What is sent or answered.</param>
/// <param name="Rule">The rule of the reply; null for what is sent.</param>
public sealed record CounterexampleLine(string State, string Side, string Text, Rule? Rule);
