using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Collects the cases of a profile; a rule that the specification does not state makes none.</summary>
internal sealed class CaseList(WireModel model)
{
    private readonly List<WireCase> _cases = [];

    public WireModel Model => model;

    public IReadOnlyList<WireCase> Cases => _cases;

    /// <summary>Adds a case.</summary>
    /// <param name="rule">Its rule, in any statement of it.</param>
    /// <param name="name">The last part of its permanent name.</param>
    /// <param name="requirement">What is asked, in one sentence.</param>
    /// <param name="depth">How far it goes at least.</param>
    /// <param name="play">How it is played.</param>
    /// <param name="state">The state it is about, if it is about one.</param>
    /// <param name="command">The command it is about, if it is about one.</param>
    /// <param name="isToldByItself">Whether it sends no other command to see what the server did.</param>
    public void Add(
        Rule rule,
        string name,
        string requirement,
        Depth depth,
        Func<WireRun, Task<WireOutcome>> play,
        State? state = null,
        Command? command = null,
        bool isToldByItself = false
    )
    {
        if (model.Table.Stated(rule) is { } current)
        {
            var made = new TestCase(CaseName.Of(current.Clause, name), CaseKind.Wire, current, requirement, depth)
            {
                State = state,
                Command = command,
                IsToldByItself = isToldByItself,
            };
            _cases.Add(new WireCase(made, play));
        }
    }
}
