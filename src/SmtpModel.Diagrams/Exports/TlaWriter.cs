using System.Globalization;
using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Writes the TLA+ module of a machine.</summary>
internal sealed class TlaWriter
{
    private static readonly Dialect Words = new("/\\", "\\/", "~", "=", "FALSE",
        (buffer, side) => $"{(side is Side.After ? "b" : "w")}[\"{buffer}\"]", variable => $"({variable} \\in {{2, 3}})");

    private readonly TransitionTable _table;
    private readonly Turns _turns;
    private readonly StateSpace _space;
    private readonly Symbols _names;
    private readonly Formula _formula;
    private readonly List<(Property Property, string? What, string? After, string? Until)> _absences;
    private readonly IReadOnlyList<Property> _properties;
    private readonly IndentedText _text = new();

    public TlaWriter(TransitionTable table, IReadOnlyList<Property> properties)
    {
        (_table, _turns, _space, _properties) = (table, new Turns(table), StateSpace.Explore(table), properties);
        _names = new Symbols(_turns.States, table.Commands.Select(use => use.Command), _space.Buffers, "C_none");
        _formula = new Formula(table, _turns, _names, Words);
        _absences =
        [
            .. properties
                .OfType<AbsenceProperty>()
                .Select(property =>
                    (
                        (Property)property,
                        _formula.Write(property.What),
                        property.After is null ? "FALSE" : _formula.Write(property.After),
                        property.Until is null ? "FALSE" : _formula.Write(property.Until)
                    )
                )
                .Where(absence => absence is { Item2: not null, Item3: not null, Item4: not null }),
        ];
    }

    public string Write()
    {
        var name = Symbols.Plain(_table.Profile.Name);
        _text.Line($"---------------------------- MODULE {name} ----------------------------");
        _text.Line(
            $"\\* {_table.Profile.Title.ReplaceLineEndings(" ")}, from the flattened machine. Do not edit: change the specification."
        );
        _text.Line("\\* For TLC: SPECIFICATION Spec, INVARIANT TypeInvariant and those named P_..., PROPERTY those named T_... .");
        _text.Line($"\\* smtpmodel counts {_space.Moments.Count} moments; the histories of open add to that.");
        _text.Line("EXTENDS Naturals");
        _text.Line("");
        _text.Line(
            "\\* st, was: the state now and before the last turn. cmd, code: what was sent or answered last. b, w: the buffers now and "
                + "before."
        );
        _text.Line(
            "\\* mark: whether one argument has been marked (0 not yet, 1 by the last turn, 2 before it). open: which properties are in "
                + "force."
        );
        _text.Line("\\* par: the parameter behind it. ext: whether the greeting in force is the one that lists the extensions.");
        _text.Line("VARIABLES st, was, cmd, code, par, ext, mark, b, w, open");
        _text.Line("vars == <<st, was, cmd, code, par, ext, mark, b, w, open>>");
        _text.Line("");
        Names();
        Machine();
        Actions();
        Claims();
        _text.Line("=============================================================================");
        return _text.ToString();
    }

    private void Names()
    {
        _names.States.ToList().ForEach(pair => _text.Line($"{pair.Value} == {Quoted(pair.Key.Name)}"));
        _text.Line($"States == {{{string.Join(", ", _names.States.Select(pair => pair.Value))}}}");
        _text.Line("C_none == \"\"");
        _names.Commands.ToList().ForEach(pair => _text.Line($"{pair.Value} == {Quoted(pair.Key.Name)}"));
        _text.Line($"Commands == {{{string.Join(", ", _names.Commands.Select(pair => pair.Value))}}}");
        _text.Line("K_none == \"\"");
        _turns.Keywords().ToList().ForEach(keyword => _text.Line($"{Symbols.OfParameter(keyword)} == {Quoted(keyword)}"));
        _text.Line($"Buffers == {{{string.Join(", ", _names.Buffers.Select(buffer => $"\"{buffer}\""))}}}");
        _text.Line("");
    }

    private void Machine()
    {
        List<(State State, Command Command, Answer Answer)> all = [.. _turns.States.SelectMany(state => _turns.Inputs(state)
            .SelectMany(command => _turns.Answers(state, command).Select(answer => (state, command, answer))))];
        _text.Line("\\* what can be sent in each state");
        Set(
            "Inputs",
            _turns.States.SelectMany(state => _turns.Inputs(state).Select(command => $"<<{_names[state]}, {_names[command]}>>"))
        );
        _text.Line("\\* what can be sent in each state but not be accepted there");
        Set(
            "Unacceptable",
            _turns.States.SelectMany(state =>
                _turns
                    .Inputs(state)
                    .Where(command => !_turns.CanAccept(state, command))
                    .Select(command => $"<<{_names[state]}, {_names[command]}>>")
            )
        );
        _text.Line(
            "\\* the parameters that may be sent behind a command, and the exchanges by which is learned, or forgotten, what is offered"
        );
        Set(
            "Parameters",
            _table.Commands.SelectMany(use =>
                _turns
                    .Parameters(use.Command)
                    .OfType<string>()
                    .Select(keyword => $"<<{_names[use.Command]}, {Symbols.OfParameter(keyword)}>>")
            )
        );
        Set("Learns", Learning(all, learns: true));
        Set("Forgets", Learning(all, learns: false));
        _text.Line("\\* what an exchange does to the buffers");
        _text.Line($"Nothing == {Does([])}");
        foreach (var effects in all.Select(turn => turn.Answer).Where(answer => answer.Effects.Count > 0).Select(answer => answer.Exchange)
            .DistinctBy(exchange => (exchange.Command, exchange.IsAccepted)))
        {
            _text.Line($"{Effects(effects)} == {Does(effects.Effects)}");
        }

        _text.Line("");
        _text.Line("\\* each reply that may be given: the state, what was sent, the exchange, the state it leads to, what it does");
        Set(
            "Replies",
            all.Select(turn =>
            {
                var (exchange, effects) = (turn.Answer.Exchange, turn.Answer.Effects);
                return $"<<{_names[turn.State]}, {_names[turn.Command]}, {_names[exchange.Command]}, "
                    + string.Create(CultureInfo.InvariantCulture, $"{exchange.Code}, {_names[turn.Answer.To]}, ")
                    + $"{(effects.Count == 0 ? "Nothing" : Effects(exchange))}>>";
            })
        );
    }

    private IEnumerable<string> Learning(IEnumerable<(State State, Command Command, Answer Answer)> all, bool learns) =>
        !_turns.TellsParameters
            ? []
            : all.Select(turn => turn.Answer.Exchange)
                .Distinct()
                .Where(exchange => _table.LearnsOffer(exchange) == learns)
                .Select(exchange => System.FormattableString.Invariant($"<<{_names[exchange.Command]}, {exchange.Code}>>"));

    private void Actions()
    {
        string[] lines =
        [
            "sent == cmd # C_none /\\ code = 0",
            "answered == code # 0",
            "accepted == code # 0 /\\ code < 400",
            "refused == code >= 400",
            "unacceptable == sent /\\ (<<st, cmd>> \\in Unacceptable \\/ (par # K_none /\\ ~ext))",
            "",
            "Add(held, item) == IF held = 0 \\/ held = item THEN item ELSE 3",
            "After(does, item) == [x \\in Buffers |-> CASE does[x] = \"clear\" -> 0 [] does[x] = \"set\" -> item [] does[x] = \"append\" "
                + "-> Add(b[x], item) [] OTHER -> b[x]]",
            "Puts(does) == \\E x \\in Buffers : does[x] \\in {\"set\", \"append\"}",
            "Earlier == IF mark = 0 THEN 0 ELSE 2",
            "",
        ];
        lines.ToList().ForEach(_text.Line);
        _text.Line("\\* which properties are in force at the next moment");
        _text.Line(_absences.Count == 0 ? "Opened == open" : "Opened == [");
        for (var at = 0; at < _absences.Count; at++)
        {
            _text.Line(
                $"    {Symbols.Of(_absences[at].Property)} |-> (open.{Symbols.Of(_absences[at].Property)} /\\ ~({_absences[at].Until})) "
                    + $"\\/ ({_absences[at].After}){(at + 1 < _absences.Count ? "," : "]")}"
            );
        }

        lines =
        [
            "",
            "Init ==",
            $"    /\\ st = {_names[_table.Start]} /\\ was = {_names[_table.Start]} /\\ cmd = C_none /\\ code = 0 /\\ mark = 0",
            "    /\\ par = K_none /\\ ext = FALSE",
            "    /\\ b = [x \\in Buffers |-> 0] /\\ w = [x \\in Buffers |-> 0]",
            $"    /\\ open = {(_absences.Count == 0 ? "0" : $"[{string.Join(", ", _absences.Select(one => Opening(one.Property)))}]")}",
            "",
            "Turn == was' = st /\\ w' = b /\\ open' = Opened",
            "Send == ~sent /\\ Turn /\\ UNCHANGED <<st, b, ext>> /\\ code' = 0 /\\ mark' = Earlier",
            "    /\\ \\E i \\in Inputs : i[1] = st /\\ cmd' = i[2] /\\ par' \\in {K_none} \\cup {p[2] : p \\in {x \\in Parameters : x[1] "
                + "= i[2]}}",
            "Over == ~sent /\\ (\\A i \\in Inputs : i[1] # st) /\\ Turn /\\ UNCHANGED <<st, b, ext>> /\\ cmd' = C_none /\\ code' = 0 /\\ "
                + "par' = K_none /\\ mark' = Earlier",
            "Answer == sent /\\ Turn /\\ UNCHANGED par /\\ \\E r \\in Replies :",
            "    /\\ r[1] = st /\\ r[2] = cmd /\\ cmd' = r[3] /\\ code' = r[4] /\\ st' = r[5] /\\ (par = K_none \\/ ext \\/ r[4] >= 400)",
            "    /\\ ext' = IF <<r[3], r[4]>> \\in Learns THEN TRUE ELSE IF <<r[3], r[4]>> \\in Forgets THEN FALSE ELSE ext",
            "    /\\ \\/ mark' = Earlier /\\ b' = After(r[6], 1)",
            "       \\/ mark = 0 /\\ Puts(r[6]) /\\ mark' = 1 /\\ b' = After(r[6], 2)",
            "Next == Send \\/ Answer \\/ Over",
            "Spec == Init /\\ [][Next]_vars /\\ WF_vars(Next)",
            "",
            "TypeInvariant ==",
            "    /\\ st \\in States /\\ was \\in States /\\ cmd \\in Commands \\cup {C_none} /\\ code \\in 0..599 /\\ mark \\in 0..2",
            "    /\\ ext \\in BOOLEAN",
            "    /\\ b \\in [Buffers -> 0..3] /\\ w \\in [Buffers -> 0..3]",
            "",
        ];
        lines.ToList().ForEach(_text.Line);
    }

    private void Claims()
    {
        List<string> invariants = ["TypeInvariant"];
        List<string> temporal = [];
        foreach (var property in _properties)
        {
            _text.Line($"\\* {property.Asks.ReplaceLineEndings(" ")} ({property.Clause})");
            if (_absences.FirstOrDefault(absence => absence.Property == property) is { What: { } what } absence)
            {
                _text.Line($"P_{Symbols.Of(property)} == ~(open.{Symbols.Of(property)} /\\ ~({absence.Until}) /\\ ({what}))");
                invariants.Add("P_" + Symbols.Of(property));
            }
            else if (
                property is ResponseProperty response
                && _formula.Write(response.First) is { } first
                && _formula.Write(response.Then) is { } then
            )
            {
                _text.Line($"T_{Symbols.Of(property)} == ({first}) ~> ({then})");
                temporal.Add("T_" + Symbols.Of(property));
            }
            else
            {
                _text.Line(
                    property is PossibilityProperty
                        ? $"\\* {Symbols.Of(property)} says what can be brought about, which no formula of TLA+ does"
                        : $"\\* {Symbols.Of(property)} does not apply to this machine"
                );
            }

            _text.Line("");
        }

        invariants.ForEach(name => _text.Line($"THEOREM Spec => []{name}"));
        temporal.ForEach(name => _text.Line($"THEOREM Spec => {name}"));
    }

    private void Set(string name, IEnumerable<string> items)
    {
        _text.Line($"{name} == {{");
        _text.Line("    " + string.Join(",\n    ", items));
        _text.Line("}");
        _text.Line("");
    }

    private string Effects(Exchange exchange) => $"Does_{_names[exchange.Command]}_{(exchange.IsAccepted ? "accepted" : "refused")}";

    // effects on one buffer, one behind the other, come to one
    private string Does(IReadOnlyList<Effect> effects) =>
        _space.Buffers.Count == 0
            ? "<<>>"
            : "["
                + string.Join(
                    ", ",
                    _space.Buffers.Select(buffer =>
                    {
                        var sum = effects
                            .Where(effect => effect.Buffer == buffer)
                            .Aggregate("keep", (before, effect) => effect.Kind switch
                                {
                                    EffectKind.Clear => "clear",
                                    EffectKind.Set => "set",
                                    _ => before is "keep" ? "append" : "set",
                                });
                        return $"{_names[buffer]} |-> \"{sum}\"";
                    })
                )
                + "]";

    private static string Opening(Property absence) =>
        $"{Symbols.Of(absence)} |-> {(((AbsenceProperty)absence).FromStart ? "TRUE" : "FALSE")}";

    private static string Quoted(string name) => "\"" + name.Replace("\\", "/", StringComparison.Ordinal).Replace('"', '\'') + "\"";
}
