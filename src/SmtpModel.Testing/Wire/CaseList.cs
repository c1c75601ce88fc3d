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
        if (WireRules.In(model.Table, rule) is not { } stated)
        {
            return;
        }

        var id = $"{stated.Clause.Document.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant()}/{stated.Clause.Section}/{name}";
        _cases.Add(new WireCase(new TestCase(id, CaseKind.Wire, stated, requirement, depth) { State = state, Command = command }, play));
    }
}
