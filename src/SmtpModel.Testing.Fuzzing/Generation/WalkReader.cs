using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Reads a tape as a walk over the machine: at each state the machine says what is in order and what is not, and the number
/// picks one. A swarm leaves some commands out; a uniform walk makes no difference between them.
/// </summary>
internal sealed class WalkReader(TransitionTable table, Palette palette, Weights weights, Menu[] menus, bool isScripted)
{
    public void Read(int[] tape, Strategy strategy, Draft draft, bool isForGroups = false)
    {
        var has = Has(strategy, tape[0], isForGroups: false);
        var grouped = isForGroups ? Has(strategy, tape[0], isForGroups: true) : has;
        for (var at = 1; at < tape.Length - 1; at++)
        {
            // four independent choices out of one number of 31 bits
            var draw = tape[at];
            var menu = menus[draft.State];
            var move = strategy is Strategy.Uniform ? Any(menu, draw & 0xFFFF, (draw >> 16) & 0xFF)
                : isForGroups && draft.Steps.Count == 0 && menu.Reads is Reading.Commands ? palette.Valid(table.Listing!)[0]
                : Pick(menu, draft.Steps, draw & 0xFF, (draw >> 8) & 0xFF, (draw >> 16) & 0xFF, draw % 4 == 0 ? has : grouped);
            if (move is null)
            {
                break;
            }

            var (state, script) = Follow(draft.State, move, (draw >> 16) & 0x7FFF);
            draft.Add(new Step(move, script), state);
        }
    }

    private Move? Any(Menu menu, int choice, int which) =>
        menu.Reads switch
        {
            Reading.Data => palette.Data[which % palette.Data.Count],
            Reading.Responses => Response(menu, choice, which),
            Reading.Commands => choice % (menu.Lines.Count + 1) is var line && line < menu.Lines.Count
                ? Of(palette.Valid(menu.Lines[line]), which)
                : palette.Unknown[which % palette.Unknown.Count],
            _ => null,
        };

    // an answer to a challenge; one in eight is malformed
    private Move Response(Menu menu, int choice, int which)
    {
        var command = menu.Responses[choice % menu.Responses.Count];
        return which % 8 == 7 && palette.Malformed(command) is { Count: > 0 } malformed
            ? malformed[which / 8 % malformed.Count]
            : Of(palette.Valid(command), which);
    }

    private Move? Pick(Menu menu, List<Step> steps, int kind, int choice, int which, Func<Command, bool> has)
    {
        if (menu.Reads is not Reading.Commands)
        {
            return Any(menu, choice, which);
        }

        var draw = kind * weights.Sum / 256;
        if ((draw -= weights.Forward) < 0 && menu.Forward.Count > 0)
        {
            return Of(palette.Valid(Among(menu.Forward, choice, has)), which);
        }

        if (draw < 0 || (draw -= weights.InOrder) < 0)
        {
            return Of(palette.Valid(Among(menu.InOrder, choice, has)), which);
        }

        if ((draw -= weights.OutOfOrder) < 0 && menu.OutOfOrder.Count > 0)
        {
            return Of(palette.Valid(Among(menu.OutOfOrder, choice, has)), which);
        }

        if (draw < 0 || (draw -= weights.Malformed) < 0)
        {
            var malformed = palette.Malformed(
                choice % 8 == 7 && table.Ending is { } ending ? ending : menu.InOrder[choice % menu.InOrder.Count]
            );
            return malformed.Count > 0 ? malformed[which % malformed.Count] : palette.Unknown[which % palette.Unknown.Count];
        }

        if ((draw -= weights.Unknown) < 0 || steps.Count == 0)
        {
            return palette.Unknown[which % palette.Unknown.Count];
        }

        var last = steps[^1].Move;
        return last.Kind is MoveKind.Data ? palette.Unknown[0] : last;
    }

    // the commands that the session has
    private Func<Command, bool> Has(Strategy strategy, int swarm, bool isForGroups) =>
        strategy is not Strategy.Swarm && !isForGroups
            ? static _ => true
            : command =>
                (!isForGroups || table.Grouped.Contains(command))
                && (strategy is not Strategy.Swarm || (((uint)swarm * 2654435761u) >> (table.IndexOf(command) % 31) & 1) != 0);

    // one of those; where there is none here, any, since it has to go on
    private static Command Among(List<Command> commands, int choice, Func<Command, bool> has)
    {
        for (var offset = 0; offset < commands.Count; offset++)
        {
            var command = commands[(choice + offset) % commands.Count];
            if (has(command))
            {
                return command;
            }
        }

        return commands[choice % commands.Count];
    }

    // the plain move half of the time: what is refused for its argument leads nowhere
    private static Move Of(IReadOnlyList<Move> moves, int which) => which % 2 == 0 ? moves[0] : moves[which / 2 % moves.Count];

    // where the move leads if the server does as it is told
    private (int State, int Script) Follow(int state, Move move, int draw)
    {
        var menu = menus[state];
        if (move.Kind is MoveKind.Malformed or MoveKind.Unknown || !menu.Edges.TryGetValue(move.Command, out var edges))
        {
            return (state, 0);
        }

        if (isScripted)
        {
            var scripted = draw % 4 == 0 ? edges[draw / 4 % edges.Count] : edges[draw / 4 % Math.Max(1, menu.Accepting[move.Command])];
            return (table.IndexOf(scripted.To), scripted.Exchange.Code);
        }

        var refused = move.Provokes >= 400;
        var edge = edges.Find(edge => edge.Exchange.Code == move.Provokes) ?? (refused ? null : edges[0]);
        return (edge is null ? state : table.IndexOf(edge.To), 0);
    }
}
