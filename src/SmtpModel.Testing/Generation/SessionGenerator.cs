using FsCheck;
using FsCheck.Fluent;
using SmtpModel.Machines;

namespace SmtpModel.Testing;

/// <summary>
/// FsCheck's generator of sessions. FsCheck draws a tape of numbers, and the tape is read as a walk over the machine: at
/// each state the machine says what is in order and what is not, and the number picks one. Shrinking works on the moves.
/// </summary>
public sealed class SessionGenerator
{
    private readonly TransitionTable _table;
    private readonly Palette _palette;
    private readonly Weights _weights;
    private readonly bool _isScripted;
    private readonly Menu[] _menus;

    /// <summary>A generator.</summary>
    /// <param name="table">The profile's table.</param>
    /// <param name="palette">The moves to pick from.</param>
    /// <param name="maxLength">The most moves of a session, the ending included.</param>
    /// <param name="weights">How often each kind of move is drawn.</param>
    /// <param name="isScripted">Whether the server takes scripts: then replies are drawn as well, from the edges of the machine.</param>
    public SessionGenerator(TransitionTable table, Palette palette, int maxLength = 24, Weights? weights = null, bool isScripted = false)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(palette);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        (_table, _palette, _weights, _isScripted) = (table, palette, weights ?? new Weights(), isScripted);
        _menus = [.. table.States.Select(state => new Menu(table, state))];
        Tapes = Gen.Choose(1, maxLength).SelectMany(length => Gen.Choose(0, int.MaxValue).ArrayOf(length + 2));
        Arbitrary = Arb.From(Tapes.Select(Read), SessionShrinker.Shrink);
    }

    /// <summary>Sessions, and how to make them smaller.</summary>
    public Arbitrary<TestSession> Arbitrary { get; }

    internal Gen<int[]> Tapes { get; }

    /// <summary>Reads a tape as a walk: its first number opens the channel, its last one ends the session, each other picks a move.</summary>
    internal TestSession Read(int[] tape)
    {
        var (state, greeting) = Open(_table.IndexOf(_table.Start), tape[0]);
        var steps = new List<Step>(tape.Length);
        for (var at = 1; at < tape.Length - 1; at++)
        {
            // four independent choices out of one number of 31 bits
            var draw = tape[at];
            var move = Pick(_menus[state], steps, draw & 0xFF, (draw >> 8) & 0xFF, (draw >> 16) & 0xFF);
            if (move is null)
            {
                break;
            }

            (state, var script) = Follow(state, move, (draw >> 16) & 0x7FFF);
            steps.Add(new Step(move, script));
        }

        Finish(steps, state, tape[^1]);
        return new TestSession(steps, greeting);
    }

    private (int State, int Greeting) Open(int state, int draw)
    {
        var edges = _menus[state].Opening;
        var edge = _isScripted && draw % 8 == 0 ? edges[draw / 8 % edges.Count] : edges[0];
        return (_table.IndexOf(edge.To), _isScripted ? edge.Exchange.Code : 0);
    }

    private Move? Pick(Menu menu, List<Step> steps, int kind, int choice, int which)
    {
        if (menu.Reads is Reading.Data)
        {
            return _palette.Data[which % _palette.Data.Count];
        }

        if (menu.Reads is not Reading.Commands)
        {
            return null;
        }

        var draw = kind * _weights.Sum / 256;
        if ((draw -= _weights.Forward) < 0 && menu.Forward.Count > 0)
        {
            return Of(_palette.Valid(menu.Forward[choice % menu.Forward.Count]), which);
        }

        if (draw < 0 || (draw -= _weights.InOrder) < 0)
        {
            return Of(_palette.Valid(menu.InOrder[choice % menu.InOrder.Count]), which);
        }

        if ((draw -= _weights.OutOfOrder) < 0 && menu.OutOfOrder.Count > 0)
        {
            return Of(_palette.Valid(menu.OutOfOrder[choice % menu.OutOfOrder.Count]), which);
        }

        if (draw < 0 || (draw -= _weights.Malformed) < 0)
        {
            var malformed = _palette.Malformed(choice % 8 == 7 && _table.Ending is { } ending ? ending : menu.InOrder[choice % menu.InOrder.Count]);
            return malformed.Count > 0 ? malformed[which % malformed.Count] : _palette.Unknown[which % _palette.Unknown.Count];
        }

        if ((draw -= _weights.Unknown) < 0 || steps.Count == 0)
        {
            return _palette.Unknown[which % _palette.Unknown.Count];
        }

        var last = steps[^1].Move;
        return last.Kind is MoveKind.Data ? _palette.Unknown[0] : last;
    }

    // the plain move half of the time: what is refused for its argument leads nowhere
    private static Move Of(IReadOnlyList<Move> moves, int which) => which % 2 == 0 ? moves[0] : moves[which / 2 % moves.Count];

    // where the move leads if the server does as it is told
    private (int State, int Script) Follow(int state, Move move, int draw)
    {
        var menu = _menus[state];
        if (move.Kind is MoveKind.Malformed or MoveKind.Unknown || !menu.Edges.TryGetValue(move.Command, out var edges))
        {
            return (state, 0);
        }

        if (_isScripted)
        {
            var scripted = draw % 4 == 0 ? edges[draw / 4 % edges.Count] : edges[draw / 4 % menu.Accepting[move.Command]];
            return (_table.IndexOf(scripted.To), scripted.Exchange.Code);
        }

        var refused = move.Provokes >= 400;
        var edge = edges.Find(edge => edge.Exchange.Code == move.Provokes) ?? (refused ? null : edges[0]);
        return (edge is null ? state : _table.IndexOf(edge.To), 0);
    }

    // half of the sessions end as they should, a few of these say something more, and half are just dropped
    private void Finish(List<Step> steps, int state, int draw)
    {
        if (draw % 2 == 0 || _menus[state].Reads is not Reading.Commands || _table.Ending is not { } ending)
        {
            return;
        }

        var edges = _menus[state].Edges[ending];
        if (_isScripted && draw / 2 % 8 == 1)
        {
            // now and then the ending is refused first
            steps.Add(new Step(_palette.Valid(ending)[0], edges[draw / 16 % edges.Count].Exchange.Code));
        }

        steps.Add(new Step(_palette.Valid(ending)[0], _isScripted ? edges[0].Exchange.Code : 0));
        if (draw / 2 % 8 == 0)
        {
            var after = _table.Commands[draw / 16 % _table.Commands.Count].Command;
            if (_palette.Valid(after) is [var more, ..])
            {
                steps.Add(new Step(more));
            }
        }
    }
}
