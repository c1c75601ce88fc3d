using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Follows a server through its replies. A server has choices, so the oracle predicts nothing: it holds what came against
/// the exchanges the machine permits in each state the server can be in, and reports the first that none permits.
/// It is made for one profile and may be used by many threads.
/// </summary>
public sealed class Oracle
{
    private readonly Judgement?[,,][] _known;

    // by command: whether its argument may be left out
    private readonly bool[] _hasOptional;

    /// <summary>An oracle of a profile.</summary>
    /// <param name="table">The profile's table.</param>
    public Oracle(TransitionTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        Table = table;
        Cancelling = table.Commands.FirstOrDefault(use =>
            use.Command.Kind is InputKind.Response && use.IsNeverAccepted && use.Argument.Value is not null
        );
        _hasOptional = [.. table.Commands.Select(use => use.Argument is { Required: false } argument && argument != Argument.None)];
        _known = new Judgement?[table.AllStates.Count, table.Commands.Count, Enum.GetValues<MoveKind>().Length * LineShapes.Count][];
        foreach (var state in table.AllStates)
        {
            var set = StateSet.Of(table.IndexOf(state));
            switch (table.Reads(state))
            {
                case Reading.Data: ReadingData = ReadingData.Union(set); break;
                case Reading.Responses: ReadingResponses = ReadingResponses.Union(set); break;
                case Reading.Commands: ReadingCommands = ReadingCommands.Union(set); break;
                default: break;
            }
        }
    }

    /// <summary>The table of the profile.</summary>
    public TransitionTable Table { get; }

    /// <summary>Where a session is before its greeting.</summary>
    public StateSet Start { get; } = StateSet.Of(0);

    /// <summary>Where a session is over.</summary>
    public StateSet Final => StateSet.Of(Table.States.Count - 1);

    /// <summary>The states in which what is sent is mail data.</summary>
    public StateSet ReadingData { get; }

    /// <summary>The states in which what is sent answers a challenge.</summary>
    public StateSet ReadingResponses { get; }

    /// <summary>The states in which what is sent is a command line.</summary>
    public StateSet ReadingCommands { get; }

    /// <summary>What a session waits for that can be in these states; mail data, or an answer to a challenge, where it may be waiting for
    /// that.</summary>
    internal Reading Awaits(StateSet states) =>
        states.Overlaps(ReadingData) ? Reading.Data
        : states.Overlaps(ReadingResponses) ? Reading.Responses
        : Reading.Commands;

    /// <summary>What a move is sent for.</summary>
    internal static Reading Reads(Move move) => move.Command.Kind switch
    {
        InputKind.Data => Reading.Data,
        InputKind.Response => Reading.Responses,
        _ => Reading.Commands,
    };

    /// <summary>The answer to a challenge that can only be refused, so that it ends the dialogue; null in a protocol without.</summary>
    internal CommandUse? Cancelling { get; }

    /// <summary>The rule that nothing is answered once the session is over.</summary>
    internal Rule? Ending => StateOracle.Silence(Table);

    /// <summary>Judges one exchange with a line that has nothing particular about it.</summary>
    /// <param name="before">The states the server can have been in.</param>
    /// <param name="command">The command sent.</param>
    /// <param name="kind">What was meant by it.</param>
    /// <param name="code">The code of the reply that came, 0 to 999.</param>
    public Judgement Judge(StateSet before, Command command, MoveKind kind, int code) =>
        Judge(before, Table.IndexOf(command), new Line(kind, LineShape.Plain), code);

    /// <summary>Judges one exchange: how binding it is that a line is taken depends on what its argument is like.</summary>
    /// <param name="before">The states the server can have been in.</param>
    /// <param name="move">What was sent.</param>
    /// <param name="code">The code of the reply that came, 0 to 999.</param>
    public Judgement Judge(StateSet before, Move move, int code)
    {
        ArgumentNullException.ThrowIfNull(move);
        var column = Table.IndexOf(move.Command);
        var judgement = Judge(before, column, new Line(move.Kind, move.ShapeOf(_hasOptional[column])), code);
        return judgement.Verdict is Verdict.Fail && Obeyed(Table, move, code) is { } rule ? judgement with { Rule = rule } : judgement;
    }

    /// <summary>
    /// The rule that says what a command line looks like, where a word that only begins with a keyword was answered as the command is:
    /// with an answer that a line that is no command may not have, that is more than what an unknown one draws. Otherwise null.
    /// </summary>
    /// <param name="table">The profile's table.</param>
    /// <param name="move">What was sent.</param>
    /// <param name="code">The code of the reply that came.</param>
    internal static Rule? Obeyed(TransitionTable table, Move move, int code) =>
        move.Kind is MoveKind.Unknown
        && Palette.Extended(table, move.Text) is { } command
        && table[command].Replies.Accepting.Contains(code)
            ? table.Stated(Spec.Rfc821.S1)
            : null;

    /// <summary>Judges one exchange of the command that has a place in the table.</summary>
    internal Judgement Judge(StateSet before, int column, Line line, int code)
    {
        if ((before.Bits & (before.Bits - 1)) == 0)
        {
            return before.IsEmpty ? new Judgement(Verdict.Fail, StateSet.None, null, null) : JudgeIn(before.First, column, line, code);
        }

        // the server can be in several states: what the mildest allows counts, and those that allow it stay possible; where none does it
        // is told of the last, where what was taken has led
        Judgement? best = null;
        var after = StateSet.None;
        foreach (var state in before.Indexes())
        {
            var judgement = JudgeIn(state, column, line, code);
            after = after.Union(judgement.After);
            if (best is null || judgement.Verdict < best.Verdict || (judgement.Verdict is Verdict.Fail && best.Verdict is Verdict.Fail))
            {
                best = judgement;
            }
        }

        return best! with { After = after };
    }

    private Judgement JudgeIn(int state, int command, Line line, int code)
    {
        if (code is < 0 or > 999)
        {
            return new Judgement(Verdict.Fail, StateSet.None, null, null);
        }

        // worked out once and remembered: two threads that come at once find the same
        var known = _known[state, command, ((int)line.Kind * LineShapes.Count) + (int)line.Shape] ??= new Judgement?[1000];
        return known[code] ??= StateOracle.Judge(Table, Table.AllStates[state], Table.Commands[command], line, code);
    }
}
