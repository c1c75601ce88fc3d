using System.Globalization;
using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>
/// "The session can still be ended" is no formula of LTL, which speaks of all that may happen and not of what could be made
/// to. So a way out of each state is written into the model, which a client that is leaving takes; SPIN proves that it ends.
/// </summary>
internal sealed class PromelaEnding(StateSpace space, Symbols names, IndentedText text)
{
    /// <summary>What an answer does, in Promela.</summary>
    public static string Answer(Answer answer, Symbols names, bool marked)
    {
        var effects = string.Concat(
            answer
                .Effects.Select(effect => (Buffer: "b_" + names[effect.Buffer], effect.Kind))
                .Select(effect =>
                    effect.Kind switch
                    {
                        EffectKind.Clear => $"; {effect.Buffer} = 0",
                        EffectKind.Set => $"; {effect.Buffer} = {(marked ? 2 : 1)}",
                        _ => $"; {effect.Buffer} = ({effect.Buffer} | {(marked ? 2 : 1)})",
                    }
                )
        );
        return string.Create(
            CultureInfo.InvariantCulture,
            $"KEEP; cmd = {names[answer.Exchange.Command]}; code = {answer.Exchange.Code}; st = "
                + $"{names[answer.To]}{(marked ? "; mark = 1" : "")}{effects}"
        );
    }

    public void WriteSteps()
    {
        text.Line("");
        text.Line("#ifdef LEAVING");
        text.Line("/* at any time the client may begin to leave; from then on both sides take the way out of each state */");
        text.Line(
            $":: d_step {{ !sent && !leaving && "
                + $"{string.Join(" && ", Over().Select(state => $"st != {names[state]}").DefaultIfEmpty("true"))} -> leaving = true }}"
        );
        foreach (var (state, command, answer) in WaysOut())
        {
            text.Line($":: d_step {{ !sent && leaving && st == {names[state]} -> cmd = {names[command]}; code = 0; par = 0; KEEP }}");
            text.Line(
                $":: d_step {{ sent && leaving && st == {names[state]} && cmd == {names[command]} -> "
                    + $"{Answer(answer, names, marked: false)} }} /* {answer.Exchange} */"
            );
        }

        text.Line("#endif");
    }

    private IEnumerable<State> Over() =>
        space
            .Turns.States.Where(state => space.Turns.Inputs(state).Count == 0)
            .DefaultIfEmpty(space.Table.Final)
            .Append(space.Table.Final)
            .Distinct();

    // the first turn of a shortest way to the end by the ending command; states that have none are left without
    private IEnumerable<(State State, Command Command, Answer Answer)> WaysOut()
    {
        var turns = space.Turns;
        List<(State State, Command Command, Answer Answer)> all =
        [
            .. turns.States.SelectMany(state =>
                turns
                    .Inputs(state)
                    .SelectMany(command =>
                        turns
                            .Answers(state, command)
                            .Where(answer => answer.Exchange.Command == command)
                            .Select(answer => (state, command, answer))
                    )
            ),
        ];
        Dictionary<State, (State State, Command Command, Answer Answer)> ways = [];
        List<State> near = [];
        foreach (
            var turn in all.Where(turn =>
                turn.Command == space.Table.Ending && turn.Answer.Exchange.IsAccepted && turn.Answer.To == space.Table.Final
            )
        )
        {
            if (ways.TryAdd(turn.State, turn))
            {
                near.Add(turn.State);
            }
        }

        for (var at = 0; at < near.Count; at++)
        {
            foreach (var turn in all.Where(turn => turn.Answer.To == near[at]))
            {
                if (ways.TryAdd(turn.State, turn))
                {
                    near.Add(turn.State);
                }
            }
        }

        return ways.Values.OrderBy(way => space.Table.IndexOf(way.State));
    }
}
