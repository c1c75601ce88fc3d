using SmtpModel.Machines;

namespace SmtpModel.Testing;

/// <summary>Collects the cases of a profile; a rule that its standard does not have makes none.</summary>
internal sealed class CaseList(WireModel model)
{
    private readonly List<WireCase> _cases = [];

    public WireModel Model => model;

    public IReadOnlyList<WireCase> Cases => _cases;

    /// <summary>Adds a case.</summary>
    /// <param name="rule">Its rule.</param>
    /// <param name="name">The last part of its permanent name.</param>
    /// <param name="requirement">What is asked, in one sentence.</param>
    /// <param name="depth">How far it goes at least.</param>
    /// <param name="play">How it is played.</param>
    /// <param name="state">The state it is about, if it is about one.</param>
    /// <param name="command">The command it is about, if it is about one.</param>
    public void Add(WireRule rule, string name, string requirement, Depth depth, Func<WireRun, Task<WireOutcome>> play, State? state = null, Command? command = null)
    {
        if (WireRules.In(model.Table, rule) is { } stated)
        {
            Make(stated, name, requirement, depth, play, state, command);
        }
    }

    /// <summary>Adds a case of a rule that the specification states itself.</summary>
    /// <inheritdoc cref="Add(WireRule, string, string, Depth, Func{WireRun, Task{WireOutcome}}, State?, Command?)"/>
    public void Add(Rule rule, string name, string requirement, Depth depth, Func<WireRun, Task<WireOutcome>> play, State? state = null, Command? command = null)
    {
        if (model.Table.Rules.FirstOrDefault(stated => stated.Id == rule.Id) is { } current)
        {
            Make(current, name, requirement, depth, play, state, command);
        }
    }

    private void Make(Rule rule, string name, string requirement, Depth depth, Func<WireRun, Task<WireOutcome>> play, State? state, Command? command) =>
        _cases.Add(new WireCase(new TestCase(CaseName.Of(rule.Clause, name), CaseKind.Wire, rule, requirement, depth) { State = state, Command = command }, play));
}
