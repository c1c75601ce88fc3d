namespace SmtpModel.Machines;

// the rules that no edge carries: on lines, arguments, octets and the texts of replies
public sealed partial class Vocabulary
{
    private readonly Dictionary<Command, Rule> _keeping = [];

    /// <summary>The rules on lines, arguments, octets and the texts of replies, in the order in which they were first named; not among
    /// <see cref="Rules"/>.</summary>
    public IEnumerable<Rule> LineRules => _ruleOrder.Where(_ofLines.Contains).Select(id => _rules[id]);

    /// <summary>The rule that says of a command, in a place of its own, that it leaves the buffers as they are.</summary>
    public IReadOnlyDictionary<Command, Rule> Keeping => _keeping;

    /// <summary>States rules that the order of commands rests on and no edge carries; a rule of an id that is already there takes its
    /// place.</summary>
    /// <param name="rules">The rules.</param>
    public void StateOfLines(params IEnumerable<Rule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        foreach (var rule in rules)
        {
            State(rule);
            _ofLines.Add(rule.Id);
        }
    }

    /// <summary>States a rule that says of a command that it leaves the buffers as they are.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="command">The command.</param>
    public void KeepsBuffers(Rule rule, Command command)
    {
        StateOfLines(rule);
        _keeping[command] = rule;
    }

    /// <summary>The rule as this machine states it, on the order or on lines; null where it has none of this id.</summary>
    /// <param name="rule">The rule, in any statement of it.</param>
    public Rule? Stated(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return _rules.GetValueOrDefault(rule.Id);
    }
}
