using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>
/// The client that sends in groups, in Promela: with -DGROUPS it takes the place of the one that waits for each reply. One step is one
/// moment of <see cref="StateSpace.ExploreGroups"/>.
/// </summary>
internal sealed class PromelaGroups(StateSpace space, Symbols names, Formula formula, IndentedText text)
{
    private readonly TransitionTable _table = space.Table;
    private readonly Turns _turns = space.Turns;

    /// <summary>Writes what the process needs, and the condition under which the other process stands.</summary>
    public void WriteVariables()
    {
        text.Line(
            $"byte q[{space.LongestGroup}];          /* with -DGROUPS: the inputs that were sent and not answered, the oldest first */"
        );
        text.Line("byte waiting = 0;   /* how many these are */");
        text.Line("byte unread = 0;    /* how many of them the receiver has not read: as many, unless one was read as what it is not */");
        text.Line($"byte ls = {names[_table.Start]};      /* where the session would be in lockstep, by the replies that came */");
        text.Line("#ifdef GROUPS");
        text.Line("#define instep (ls == st && unread == waiting)");
        text.Line("#else");
        text.Line("#define instep true");
        text.Line("#endif");
        text.Line("");
        text.Line("#ifndef GROUPS");
    }

    /// <summary>Writes the process, behind the one that it takes the place of.</summary>
    public void WriteProcess()
    {
        text.Line("#else");
        text.Line($"/* smtpmodel counts {space.Moments.Count} moments */");
        var shift = string.Concat(Enumerable.Range(1, space.LongestGroup - 1).Select(at => $"q[{at - 1}] = q[{at}]; "));
        text.Line($"#define anywhere(x) {formula.Any("x", Commands().Where(_table.Grouped.Contains).Select(command => names[command]))}");
        text.Line($"#define SHIFT {shift}q[{space.LongestGroup - 1}] = 0; waiting--; unread--");
        using (text.Block("active proctype groups() {"))
        using (text.Block("do", "od"))
        {
            Sends();
            foreach (var state in _turns.States.Where(state => _turns.Inputs(state).Count > 0))
            {
                Reads(state);
            }

            text.Line("/* the session is over, or has left lockstep */");
            Step($"!instep || {Over()}", "cmd = 0; code = 0; KEEP");
        }

        text.Line("#endif");
    }

    private void Sends()
    {
        text.Line("/* the client sends the first input of a group */");
        foreach (var command in Commands())
        {
            var states = formula.Any(
                "st",
                _turns.States.Where(state => _turns.Inputs(state).Contains(command)).Select(state => names[state])
            );
            if (states.Length > 0)
            {
                Step($"instep && waiting == 0 && {states}",
                    $"cmd = {names[command]}; code = 0; KEEP; q[0] = {names[command]}; waiting = 1; unread = 1");
            }
        }

        text.Line("");
        text.Line("/* or one more line, behind what may stand anywhere in a group */");
        foreach (var command in Commands().Where(command => command.Kind is InputKind.Line or InputKind.UnknownLine))
        {
            Step($"instep && waiting > 0 && waiting < {space.LongestGroup} && anywhere(q[waiting - 1]) && !{Over()}",
                $"cmd = {names[command]}; code = 0; KEEP; q[waiting] = {names[command]}; waiting++; unread++");
        }
    }

    private void Reads(State state)
    {
        text.Line("");
        text.Line($"/* the receiver reads in {state} */");
        var inputs = _turns.Inputs(state);
        foreach (var command in inputs)
        {
            var answers = _turns.Answers(state, command);
            foreach (var answer in answers)
            {
                // what the client concludes from the reply is the first thing the table says of it
                var lockstep = answers.First(other => other.Exchange == answer.Exchange).To;
                Step($"instep && waiting > 0 && st == {names[state]} && q[0] == {names[command]}",
                    $"{PromelaEnding.Answer(answer, names, marked: false)}; ls = {names[lockstep]}; SHIFT", $"/* {answer.Exchange} */");
            }
        }

        Step($"instep && waiting > 0 && st == {names[state]} && !{formula.Any("q[0]", inputs.Select(command => names[command]))}",
            "cmd = 0; code = 0; KEEP; unread--", "/* read as what it is not */");
    }

    private IEnumerable<Command> Commands() => _table.Commands.Select(use => use.Command);

    private string Over()
    {
        var over = formula.Any("st", _turns.States.Where(state => _turns.Inputs(state).Count == 0).Select(state => names[state]));
        return over.Length > 0 ? over : "false";
    }

    private void Step(string guard, string does, string comment = "") =>
        text.Line($":: d_step {{ {guard} -> {does} }} {comment}".TrimEnd());
}
