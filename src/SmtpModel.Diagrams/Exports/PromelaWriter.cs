using System.Globalization;
using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Writes the Promela model of a machine.</summary>
internal sealed class PromelaWriter
{
    private static readonly Dialect Words = new("&&", "||", "!", "==", "false",
        (buffer, side) => (side is Side.After ? "b_" : "w_") + buffer, variable => $"({variable} & 2) != 0")
    {
        Group = aspect => aspect is GroupAspect.Waiting ? "(waiting > 0)" : "instep",
    };

    private readonly TransitionTable _table;
    private readonly IReadOnlyList<Property> _properties;
    private readonly StateSpace _space;
    private readonly Turns _turns;
    private readonly Symbols _names;
    private readonly Formula _formula;
    private readonly IndentedText _text = new();

    public PromelaWriter(TransitionTable table, IReadOnlyList<Property> properties)
    {
        (_table, _properties, _space, _turns) = (table, properties, StateSpace.Explore(table), new Turns(table));
        _names = new Symbols(_turns.States, table.Commands.Select(use => use.Command), _space.Buffers);
        _formula = new Formula(table, _turns, _names, Words);
    }

    public string Write()
    {
        Head();
        Variables();
        Turn();
        var groups = _table.Grouping is null ? null
            : new PromelaGroups(StateSpace.ExploreGroups(_table, Verifier.LongestGroup), _names, _formula, _text);
        groups?.WriteVariables();
        using (_text.Block("active proctype session() {"))
        using (_text.Block("do", "od"))
        {
            _text.Line("/* the client sends something, in order or not */");
            foreach (var command in _table.Commands.Select(use => use.Command))
            {
                Sends(command);
            }

            _text.Line("/* or the session is over, and nothing more comes */");
            Step($"!sent && {Over()}", "cmd = 0; code = 0; par = 0; KEEP");
            foreach (var state in _turns.States)
            {
                _text.Line("");
                _text.Line($"/* the receiver answers in {state} */");
                _turns.Inputs(state).SelectMany(command => _turns.Answers(state, command).Select(answer => (command, answer))).ToList()
                    .ForEach(turn => Answers(state, turn.command, turn.answer));
            }

            new PromelaEnding(_space, _names, _text).WriteSteps();
        }

        groups?.WriteProcess();
        _text.Line("");
        _properties.ToList().ForEach(Claim);
        return _text.ToString();
    }

    private void Head()
    {
        _text.Line("/*");
        _text.Line(
            $" * {_table.Profile.Title.Replace("*/", "* /", StringComparison.Ordinal)} ({_table.Profile.Name}), from the flattened "
                + $"machine. Do not edit: change the specification."
        );
        _text.Line(" *");
        _text.Line(" * spin -o2 -a FILE                                          writes pan.c (-o2 keeps variables that nothing reads)");
        _text.Line(
            " * gcc -DSAFETY -DNOCLAIM -DNOREDUCE -o pan pan.c && ./pan   counts the states; finds a command that is never answered"
        );
        _text.Line(" * gcc -DNOREDUCE -o pan pan.c && ./pan -a -N NAME           checks the formula NAME");
        _text.Line(
            " * spin -o2 -DLEAVING -a FILE                                before the same, for a formula about what can be brought about"
        );
        if (_table.Grouping is not null)
        {
            _text.Line(
                " * spin -o2 -DGROUPS -a FILE                                 before the same, for a client that sends in groups and a "
                    + "formula about"
            );
            _text.Line(
                " *                                                           them; the others count on a reply between two commands"
            );
        }

        _text.Line(" * spin -t -p FILE                                           behind a violation: prints the session that breaks it");
        _text.Line(" *");
        _text.Line(
            " * The client sends, the receiver answers; each turn is one step, so that each state stored is one moment of a session."
        );
        _text.Line(
            $" * smtpmodel counts {_space.Moments.Count} moments (states stored, without a claim) of {_space.States} control states."
        );
        _text.Line(" */");
        _text.Line("");
    }

    private void Variables()
    {
        Number(_names.States.Select(pair => pair.Value), 0);
        Number(_names.Commands.Select(pair => pair.Value), 1);
        Number(_turns.Keywords().Select(Symbols.OfParameter), 1);
        _text.Line("");
        _text.Line($"byte st = {_names[_table.Start]};      /* the state now */");
        _text.Line($"byte was = {_names[_table.Start]};     /* the state before the last turn */");
        _text.Line("byte cmd = 0;       /* what was sent or answered last; 0 for nothing */");
        _text.Line("short code = 0;     /* the reply to it; 0 while there is none */");
        _text.Line("byte mark = 0;      /* whether one argument has been marked: 0 not yet, 1 by the last turn, 2 before it */");
        _text.Line("byte par = 0;       /* the parameter behind what was sent or answered last; 0 for none */");
        _text.Line("bool ext = false;   /* whether the greeting in force is the one that lists the extensions */");
        _text.Line("bool leaving = false; /* with -DLEAVING: whether the client wants to end the session from now on */");
        _text.Line("/* the buffers now and before the last turn: 1 for arguments that are not marked, plus 2 for the marked one */");
        foreach (var buffer in _names.Buffers)
        {
            _text.Line($"byte b_{buffer} = 0;");
            _text.Line($"byte w_{buffer} = 0;");
        }

        _text.Line("");
    }

    private void Turn()
    {
        _text.Line("#define sent (cmd != 0 && code == 0)");
        _text.Line("#define answered (code != 0)");
        _text.Line("#define accepted (code != 0 && code < 400)");
        _text.Line("#define refused (code >= 400)");
        _text.Line($"#define atstart (cmd == 0 && !{Over()})");
        var unacceptable = _turns
            .States.Select(state =>
                (State: state, Commands: _turns.Inputs(state).Where(command => !_turns.CanAccept(state, command)).ToList())
            )
            .Where(cell => cell.Commands.Count > 0)
            // states that are alike share their list: SPIN takes no formula over a certain length
            .GroupBy(cell => _formula.Any("cmd", cell.Commands.Select(command => _names[command])))
            .Select(alike => $"({_formula.Any("st", alike.Select(cell => _names[cell.State]))} && {alike.Key})");
        _text.Line($"#define unacceptable (sent && ((par != 0 && !ext) || {string.Join(" || ", unacceptable.DefaultIfEmpty("false"))}))");
        var kept = _names.Buffers.Select(buffer => $"; w_{buffer} = b_{buffer}");
        _text.Line($"#define KEEP was = st; mark = (mark == 0 -> 0 : 2){string.Concat(kept)}");
        _text.Line("");
    }

    private void Number(IEnumerable<string> names, int from)
    {
        foreach (var (name, index) in names.Select((name, index) => (name, index)))
        {
            _text.Line(string.Create(CultureInfo.InvariantCulture, $"#define {name} {index + from}"));
        }
    }

    private string Over() =>
        _turns.States.Where(state => _turns.Inputs(state).Count == 0).Select(state => $"st == {_names[state]}").ToList()
            is { Count: > 0 } over
            ? $"({string.Join(" || ", over)})"
            : "false";

    private void Sends(Command command)
    {
        if (_turns.States.Where(state => _turns.Inputs(state).Contains(command)).ToList() is { Count: > 0 } states)
        {
            foreach (var parameter in _turns.Parameters(command))
            {
                Step($"!sent && !leaving && {_formula.Any("st", states.Select(state => _names[state]))}",
                    $"cmd = {_names[command]}; code = 0; par = {(parameter is null ? "0" : Symbols.OfParameter(parameter))}; KEEP");
            }
        }
    }

    private void Answers(State state, Command command, Answer answer)
    {
        var guard = $"sent && !leaving && st == {_names[state]} && cmd == {_names[command]}";
        if (_turns.Parameters(command).Count > 1 && answer.Exchange.IsAccepted)
        {
            guard += " && (par == 0 || ext)";
        }

        var what = answer.Rule is { } rule ? $"/* {answer.Exchange}: {rule} */" : $"/* {answer.Exchange} */";
        var learns =
            _turns.TellsParameters && _table.LearnsOffer(answer.Exchange) is { } learned ? $"; ext = {(learned ? "true" : "false")}" : "";
        Step(guard, PromelaEnding.Answer(answer, _names, marked: false) + learns, what);
        if (answer.Puts)
        {
            Step($"{guard} && mark == 0", PromelaEnding.Answer(answer, _names, marked: true) + learns, what);
        }
    }

    private void Step(string guard, string does, string comment = "") =>
        _text.Line($":: d_step {{ {guard} -> {does} }} {comment}".TrimEnd());

    private void Claim(Property property)
    {
        _text.Line($"/* {property.Asks} ({property.Clause}) */");
        var formula = property switch
        {
            AbsenceProperty absence => Absence(absence),
            ResponseProperty response => Write(response.First) is { } first && Write(response.Then) is { } then
                ? $"[] ({first} -> <> {then})"
                : null,
            PossibilityProperty { Except: null } possibility => Write(possibility.Goal) is { } goal ? $"[] (leaving -> <> {goal})" : null,
            PossibilityProperty possibility => Write(possibility.Goal) is { } goal && Write(possibility.Except!) is { } except
                ? $"[] ((leaving && !{except}) -> <> {goal})"
                : null,
            _ => throw new InvalidOperationException($"there is no property {property}"),
        };
        var needs =
            property is PossibilityProperty ? "-DLEAVING"
            : property.IsAboutGroups ? "-DGROUPS"
            : null;
        _text.Line(
            formula is null
                ? $"/* {Symbols.Of(property)} does not apply to this machine */"
                : $"ltl {Symbols.Of(property)} {{ {formula} "
                    + $"}}{(needs is null ? "" : $" /* holds of itself unless SPIN is run with {needs} */")}"
        );
        _text.Line("");
    }

    private string? Write(Condition condition) => _formula.Write(condition) is { } text ? $"({text})" : null;

    private string? Absence(AbsenceProperty property)
    {
        var what = Write(property.What);
        var until = property.Until is null ? "" : Write(property.Until);
        var after = property.After is null ? "" : Write(property.After);
        if (what is null || until is null || after is null)
        {
            return null;
        }

        // what is forbidden may come at the very moment that ends the scope
        var never = until.Length == 0 ? $"[] !{what}" : $"(!{what} W {until})";
        List<string> parts = [];
        if (property.FromStart)
        {
            parts.Add(never);
        }

        if (after.Length > 0)
        {
            parts.Add($"[] ({after} -> {Next(PhaseOf(property.After!), never)})");
        }

        return string.Join(" && ", parts.Select(part => $"({part})"));
    }

    // SPIN is mostly built without the operator "next". But each moment is told from the next one: something is sent, then
    // answered, and only where the session is over all moments are alike
    private static string Next(string? phase, string then) =>
        phase is not null
            ? $"({phase} U (!{phase} && {then}))"
            : $"((sent -> {Next("sent", then)}) && (answered -> {Next("answered", then)}) && (atstart -> {Next("atstart", then)}) && "
                + $"((!sent && !answered && !atstart) -> {then}))";

    private string? PhaseOf(Condition condition) => condition switch
    {
        RoleCondition role => role.In(_table) is { } meant ? PhaseOf(meant) : null,
        SentCondition or UnacceptableCondition => "sent",
        AnsweredCondition or MarksCondition => "answered",
        BothCondition both => PhaseOf(both.Left) ?? PhaseOf(both.Right),
        EitherCondition either => PhaseOf(either.Left) is { } phase && PhaseOf(either.Right) == phase ? phase : null,
        _ => null,
    };
}
