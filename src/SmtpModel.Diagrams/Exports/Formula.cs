using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>How a language writes what conditions are made of.</summary>
/// <param name="And">Between two conditions.</param>
/// <param name="Or">Between two conditions, one of which is enough.</param>
/// <param name="Not">Before a condition.</param>
/// <param name="Equal">Between a variable and its value.</param>
/// <param name="False">What never holds.</param>
/// <param name="Variable">The name of a buffer's variable, before or after the exchange.</param>
/// <param name="HasMarked">Whether the variable of a buffer has the marked argument in it.</param>
internal sealed record Dialect(
    string And, string Or, string Not, string Equal, string False, Func<string, Side, string> Variable, Func<string, string> HasMarked)
{
    /// <summary>What is said of groups; null in a language whose models have none.</summary>
    public Func<GroupAspect, string>? Group { get; init; }
}

/// <summary>Writes conditions in the language of another tool.</summary>
internal sealed class Formula(TransitionTable table, Turns turns, Symbols names, Dialect dialect)
{
    /// <summary>The condition; null where it names something that the machine does not have.</summary>
    public string? Write(Condition condition)
    {
        switch (condition)
        {
            case NotCondition not:
                return Write(not.Inner) is { } inner ? $"{dialect.Not}({inner})" : null;
            case BothCondition both:
                return Write(both.Left) is { } one && Write(both.Right) is { } other ? $"({one} {dialect.And} {other})" : null;
            case EitherCondition either:
                return Write(either.Left) is { } left && Write(either.Right) is { } right ? $"({left} {dialect.Or} {right})" : null;
            case RoleCondition role:
                return role.In(table) is { } meant ? Write(meant) : null;
            case SentCondition sent:
                return Commands(sent.Commands) is { } commands ? Join(dialect.And, "sent", commands) : null;
            case AnsweredCondition answered:
                var what = Commands(answered.Commands);
                var says = answered.Outcome switch
                {
                    Outcome.Accepted => "accepted",
                    Outcome.Refused => "refused",
                    _ => "answered",
                };
                return what is null
                    ? null
                    : Join(
                        dialect.And,
                        says,
                        what,
                        Any("code", answered.Codes.Select(code => code.ToString(System.Globalization.CultureInfo.InvariantCulture)))
                    );
            case InCondition within:
                List<State> states = [.. turns.States.Where(state => table.Within(state).Any(within.States.Contains))];
                var none = table.AllStates.SelectMany(table.Within).All(state => !within.States.Contains(state));
                return none ? null
                    : states.Count == 0 ? dialect.False
                    : Any(within.Side is Side.After ? "st" : "was", states.Select(state => names[state]));
            case HoldsCondition holds:
                if (!names.Has(holds.Buffer))
                {
                    return null;
                }

                var variable = dialect.Variable(names[holds.Buffer], holds.Side);
                return holds.Marked ? dialect.HasMarked(variable) : $"{dialect.Not}({variable} {dialect.Equal} 0)";
            case MarksCondition:
                return $"mark {dialect.Equal} 1";
            case UnacceptableCondition:
                return "unacceptable";
            case ParameterCondition { Parameters: var parameters }:
                var known = turns.Keywords(parameters);
                return known.Count == 0 ? null : Any("par", known.Select(Symbols.OfParameter));
            case GroupCondition group:
                return table.Grouping is null ? null : dialect.Group?.Invoke(group.Of);
            default:
                throw new InvalidOperationException($"there is no condition {condition}");
        }
    }

    /// <summary>A variable has one of these values; nothing when there are none.</summary>
    public string Any(string variable, IEnumerable<string> values) =>
        string.Join($" {dialect.Or} ", values.Select(value => $"{variable} {dialect.Equal} {value}")) is { Length: > 0 } any
            ? $"({any})"
            : "";

    // empty for all commands, null where the machine has none of them
    private string? Commands(IReadOnlyList<Command> commands)
    {
        List<Command> known = [.. commands.Where(command => table.Commands.Any(use => use.Command == command))];
        return commands.Count > 0 && known.Count == 0 ? null : Any("cmd", known.Select(command => names[command]));
    }

    private static string Join(string and, params string[] parts) =>
        string.Join($" {and} ", parts.Where(part => part.Length > 0)) is var all && parts.Count(part => part.Length > 0) > 1
            ? $"({all})"
            : all;
}
