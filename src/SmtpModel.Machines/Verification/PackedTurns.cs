namespace SmtpModel.Machines;

/// <summary>An <see cref="Answer"/> with places instead of names.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Command">The place of the command it answers.</param>
/// <param name="To">The place of the state it leads to.</param>
/// <param name="Learns">Whether what is offered is known behind it: 1 or 0; -1 where it changes nothing about that.</param>
/// <param name="Lockstep">Where the first answer of the same exchange leads: there is another one only in a machine that is not
/// sound.</param>
/// <param name="Effects">What it does to the buffers, each buffer by its place.</param>
internal sealed record PackedAnswer(
    Answer Answer, short Command, short To, sbyte Learns, short Lockstep, IReadOnlyList<(int Buffer, EffectKind Kind)> Effects)
{
    public short Code { get; } = (short)Answer.Exchange.Code;

    public bool IsAccepted { get; } = Answer.Exchange.IsAccepted;

    public bool Puts { get; } = Answer.Puts;

    /// <summary>What is held behind it.</summary>
    public Contents Behind(Contents contents, bool marked)
    {
        var item = marked ? 2 : 1;
        for (var at = 0; at < Effects.Count; at++)
        {
            var (buffer, kind) = Effects[at];
            contents = contents.With(buffer, kind switch
            {
                EffectKind.Clear => 0,
                EffectKind.Set => item,
                _ => contents.Of(buffer) | item,
            });
        }

        return contents;
    }
}

/// <summary>The <see cref="Turns"/> of a machine, each asked for once, with places instead of names.</summary>
internal sealed class PackedTurns
{
    private readonly TransitionTable _table;
    private readonly Turns _turns;
    private readonly Func<DataBuffer, int> _buffer;
    private readonly short[]?[] _inputs;
    private readonly PackedAnswer[]?[,] _answers;
    private readonly short[]?[] _parameters;

    public PackedTurns(TransitionTable table, Turns turns, Func<DataBuffer, int> buffer)
    {
        (_table, _turns, _buffer) = (table, turns, buffer);
        _inputs = new short[table.AllStates.Count][];
        _answers = new PackedAnswer[table.AllStates.Count, table.Commands.Count][];
        _parameters = new short[table.Commands.Count][];
        Keywords = [.. turns.Keywords()];
        IsLine = [.. table.Commands.Select(use => Turns.IsLine(use.Command))];
        IsGrouped = [.. table.Commands.Select(use => table.Grouped.Contains(use.Command))];
    }

    /// <summary>The keywords of parameters.</summary>
    public string[] Keywords { get; }

    /// <summary>Of each command, whether it is a line.</summary>
    public bool[] IsLine { get; }

    /// <summary>Of each command, whether it may stand anywhere in a group.</summary>
    public bool[] IsGrouped { get; }

    public short[] Inputs(int state) =>
        _inputs[state] ??= [.. _turns.Inputs(_table.AllStates[state]).Select(command => (short)_table.IndexOf(command))];

    /// <summary>The parameters that may stand behind a command; -1 for none.</summary>
    public short[] Parameters(int command) =>
        _parameters[command] ??=
        [
            .. _turns.Parameters(_table.Commands[command].Command).Select(keyword => (short)Array.IndexOf(Keywords, keyword)),
        ];

    public PackedAnswer[] Answers(int state, int command) => _answers[state, command] ??= Ask(state, command);

    private PackedAnswer[] Ask(int state, int command)
    {
        var answers = _turns.Answers(_table.AllStates[state], _table.Commands[command].Command);
        return [.. answers.Select(answer => new PackedAnswer(
            answer,
            (short)_table.IndexOf(answer.Exchange.Command),
            (short)_table.IndexOf(answer.To),
            Learns(answer.Exchange),
            (short)_table.IndexOf(answers.First(other => other.Exchange == answer.Exchange).To),
            [.. answer.Effects.Select(effect => (_buffer(effect.Buffer), effect.Kind))]))];
    }

    private sbyte Learns(Exchange exchange) =>
        !_turns.TellsParameters ? (sbyte)0
        : _table.LearnsOffer(exchange) is { } learns ? (sbyte)(learns ? 1 : 0)
        : (sbyte)-1;
}
