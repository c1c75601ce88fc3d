using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>What is sent in a state, and for which case.</summary>
/// <param name="Case">The case it is sent for.</param>
/// <param name="Move">The move.</param>
internal sealed record Trial(TestCase Case, Move Move);

/// <summary>The moves for each state: the plainest of each command, and such as should be refused.</summary>
/// <param name="catalogue">The cases.</param>
/// <param name="palette">The moves.</param>
/// <param name="depth">How far the test goes.</param>
/// <param name="scope">What of the machine it goes through; null for all of it.</param>
internal sealed class Inputs(CaseCatalogue catalogue, Palette palette, Depth depth, Scope? scope = null)
{
    private readonly HashSet<Command> _tried = [];

    private TransitionTable Table => catalogue.Table;

    /// <summary>Whether a state is gone through.</summary>
    public bool Visits(State state) => scope?.Visits(state) ?? true;

    /// <summary>Everything that is tried in a state, as far as the depth allows. The first state in which a command is in order gets every
    /// malformed line of it, the first state of all every line that is no command, and each state those that begin with a command that is
    /// in order there.</summary>
    public List<Trial> Of(State state)
    {
        List<Trial> trials = [];
        foreach (
            var use in Table.Commands.Where(use =>
                CaseDepth.Of(Table, use.Command) <= depth && (use.Command.Block is null || IsGreeted(state))
            )
        )
        {
            foreach (var (kind, moves) in Moves(use.Command))
            {
                if (catalogue.Find(kind, state, use.Command) is { } one && moves.Count > 0)
                {
                    var isFirst = kind is CaseKind.Malformed or CaseKind.UnknownLine && _tried.Add(use.Command);
                    trials.AddRange(
                        moves
                            .Take(isFirst || kind is CaseKind.InOrder or CaseKind.Refused ? moves.Count : 1)
                            .Select(move => new Trial(one, move))
                    );
                    trials.AddRange((kind is CaseKind.UnknownLine ? Longer(state) : []).Select(move => new Trial(one, move)));
                }
            }
        }

        trials.RemoveAll(trial => scope?.Tries(trial.Case) is false);
        trials.AddRange(
            catalogue
                .Cases.Where(one =>
                    scope is null
                    && one.Kind is CaseKind.Argument
                    && one.State == state
                    && one.Depth <= depth
                    && one.Sample!.Applies(palette.Options.Offer)
                )
                .Select(one => new Trial(one, Argument(one)))
        );
        return trials;
    }

    // a block is sent only where the extension has been offered: elsewhere a server may read it as commands (RFC 3030 2)
    private bool IsGreeted(State state) => Paths.Shortest(Table)[state].Any(edge => Table.Greeting.Contains(edge.Exchange.Command));

    /// <summary>What the server offers; null when that was not read.</summary>
    public Protocol.ServiceOffer? Offer => palette.Options.Offer;

    /// <summary>The plainest move of a command; null for what cannot be sent by itself.</summary>
    public Move? Plain(Command command) => command.Kind switch
    {
        InputKind.Line => palette.Valid(command)[0],
        InputKind.Data => palette.Data[0],
        _ => null,
    };

    /// <summary>The plainest move that a line of a command is held against: that of the command which it is in all but its mark, where it
    /// is one.</summary>
    /// <param name="command">The command.</param>
    public Move? Control(Command command) =>
        Plain(Table.Commands.Select(use => use.Command).FirstOrDefault(other => other != command && command.Is(other)) ?? command);

    /// <summary>The line of a case about an argument.</summary>
    private Move Argument(TestCase one) =>
        new(one.Command!, one.Sample!.IsTaken ? MoveKind.Valid : MoveKind.Malformed, one.Sample.Line(palette.Options));

    /// <summary>The line of a command that a server is likeliest to refuse; null when there is none.</summary>
    public Move? Refusable(Command command) => palette.Refusable(command).FirstOrDefault();

    /// <summary>Another move of a command that says the same as the plain one.</summary>
    public Move Another(Command command) => palette.Valid(command)[1];

    /// <summary>A line that makes the embedded server close the channel; to others it is a string like any other.</summary>
    public Move? Closing()
    {
        var use = Table.Commands.FirstOrDefault(use =>
            use.Command.Kind is InputKind.Line && use.Argument.Name == "string" && use.Command.OnAccept.Count == 0
        );
        return use is null ? null : new Move(use.Command, MoveKind.Valid, $"{use.Command.Name} {Provocation.Word}{Table.Faults.Closing}");
    }

    // a server that looks at the first letters only takes these for the commands they begin with, where those are in order
    private IEnumerable<Move> Longer(State state) =>
        Table
            .Commands.Where(use =>
                use.Required
                && CaseDepth.Of(Table, use.Command) <= depth
                && Table.From(state, use.Command).Any(edge => edge.Exchange.IsAccepted)
            )
            .Select(use => palette.Longer(use.Command))
            .OfType<Move>();

    private IEnumerable<Move> Parameterized(Command command, IEnumerable<Move> plain) =>
        Table[command].Argument.Name.EndsWith(" and parameters", StringComparison.Ordinal)
            ? plain.Select(move => new Move(command, MoveKind.Valid, move.Text + LineShapes.ForeignParameter))
            : [];

    private IEnumerable<(CaseKind Kind, IReadOnlyList<Move> Moves)> Moves(Command command)
    {
        switch (command.Kind)
        {
            case InputKind.Line:
                var plain = palette.Valid(command).Take(1).ToList();
                yield return (
                    CaseKind.InOrder,
                    Table[command].Argument.Required
                        ?
                        [
                            .. plain,
                            .. palette.Acceptable(command).Take(1),
                            .. palette.Continuing(command).Where(move => move.Text != plain[0].Text),
                        ]
                        : plain
                );
                yield return (CaseKind.OutOfOrder, plain);
                yield return (CaseKind.Malformed, palette.Malformed(command));
                // and the null reverse-path, which some sites do not take, and a parameter that no server knows
                yield return (
                    CaseKind.Refused,
                    [
                        .. palette.Refusable(command).Take(Table.CountsFailures(command) ? 2 : 1),
                        .. palette.Valid(command).Where(move => move.Text.EndsWith(":<>", StringComparison.Ordinal)),
                        .. Parameterized(command, plain),
                    ]
                );
                break;
            case InputKind.Response:
                yield return (CaseKind.InOrder, [.. palette.Valid(command).Take(1)]);
                yield return (CaseKind.Malformed, palette.Malformed(command));
                yield return (CaseKind.Refused, [.. palette.Refusable(command).Take(1)]);
                break;
            case InputKind.UnknownLine:
                yield return (CaseKind.UnknownLine, palette.Unknown);
                break;
            case InputKind.Data:
                yield return (CaseKind.InOrder, [palette.Data[0]]);
                yield return (CaseKind.Refused, [.. palette.Refusable(command).Take(1)]);
                break;
            default:
                break;
        }
    }
}
