using FsCheck;
using FsCheck.Fluent;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// FsCheck's generator of sessions. FsCheck draws a tape of numbers, and the tape is read over the machine as the strategy
/// says. Shrinking works on the moves.
/// </summary>
public sealed class SessionGenerator
{
    // a short run is best spent on plans, also where a server may choose otherwise than was planned
    private const int PlannedAtFirst = 64;
    private readonly TransitionTable _table;
    private readonly Palette _palette;
    private readonly Strategy _strategy;
    private readonly int _most;
    private readonly bool _isScripted;
    private readonly bool _isLive;
    private readonly Menu[] _menus;
    private readonly WalkReader _walk;
    private readonly Lazy<PlanReader> _plan;
    private readonly Lazy<GuidedReader> _guided;

    /// <summary>A generator.</summary>
    /// <param name="table">The profile's table.</param>
    /// <param name="palette">The moves to pick from.</param>
    /// <param name="maxLength">The most moves of a session, the ending included.</param>
    /// <param name="weights">How often a walk draws each kind of move.</param>
    /// <param name="isScripted">Whether the server takes scripts: then replies are drawn as well, from the edges of the machine.</param>
    /// <param name="strategy">How the tape is read.</param>
    /// <param name="isLive">Whether the server makes choices of its own that nobody foresees: then a long mixture walks more and plans
    /// less.</param>
    public SessionGenerator(
        TransitionTable table,
        Palette palette,
        int maxLength = 24,
        Weights? weights = null,
        bool isScripted = false,
        Strategy strategy = Strategy.Mixed,
        bool isLive = false
    )
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(palette);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        (_table, _palette, _strategy, _most, _isScripted) = (table, palette, strategy, maxLength, isScripted);
        _isLive = isLive;
        _menus = [.. table.States.Select(state => new Menu(table, state))];
        _walk = new WalkReader(table, palette, weights ?? new Weights(), _menus, isScripted);
        var atlas = new Lazy<Atlas>(() => new Atlas(table, palette, _menus, isScripted));
        _plan = new Lazy<PlanReader>(() => new PlanReader(atlas.Value));
        _guided = new Lazy<GuidedReader>(() => new GuidedReader(atlas.Value, _plan.Value));
        Tapes = Gen.Choose(1, maxLength).SelectMany(length => Gen.Choose(0, int.MaxValue).ArrayOf(length + 2));
        Arbitrary = Arb.From(Tapes.Select(tape => Read(tape, tape[^1])), SessionShrinker.Shrink);
    }

    /// <summary>Sessions, and how to make them smaller.</summary>
    public Arbitrary<TestSession> Arbitrary { get; }

    internal Gen<int[]> Tapes { get; }

    /// <summary>
    /// Reads a tape: its first number opens the channel, its last one ends the session, each other picks a move or a plan. The
    /// turn, which is 0 or more, says which of the strategies a mixture takes, and with which transition a plan begins; the number
    /// is that of the session in its run.
    /// </summary>
    internal TestSession Read(int[] tape, long turn, Coverage? coverage = null, long number = 0)
    {
        var (state, greeting) = Open(_table.IndexOf(_table.Start), tape[0]);
        var draft = new Draft(state, tape.Length - 2, _most);
        var isForGroups = number >= PlannedAtFirst && GroupDraw.IsForGroups(_table, tape);
        var (strategy, place) = _strategy switch
        {
            Strategy.Mixed => number < PlannedAtFirst ? MixAtFirst(turn) : _isLive ? MixLive(turn) : Mix(turn),
            Strategy.Thorough => MixThorough(turn),
            _ => (_strategy, turn),
        };
        switch (strategy)
        {
            case Strategy.Middle:
                _plan.Value.Read(tape, place, draft);
                break;
            case Strategy.Memory:
                _plan.Value.Repeat(tape, place, Repeating(number), draft);
                break;
            case Strategy.Guided:
                _guided.Value.Read(tape, coverage, draft);
                break;
            default:
                _walk.Read(tape, strategy, draft, isForGroups);
                break;
        }

        Finish(draft.Steps, draft.State, tape[^1]);
        GroupDraw.Join(_table, draft.Steps, tape);
        return new TestSession(draft.Steps, greeting);
    }

    // how many of the sessions before repeat, by the mixtures below
    private long Repeating(long number) => _strategy switch
    {
        Strategy.Mixed => number / (_isLive ? 8 : 4),
        Strategy.Thorough => number / 8 * 6,
        _ => number,
    };

    // of eight sessions six are planned, one walks and one is a swarm; the planned ones count by themselves, so that no target is left out
    private static (Strategy Strategy, long Turn) MixAtFirst(long turn) => (turn % 8) switch
    {
        3 => (Strategy.Walk, turn),
        7 => (Strategy.Swarm, turn),
        _ => (Strategy.Middle, (turn / 4 * 3) + (turn % 4)),
    };

    // of eight sessions four are planned, two repeat, one walks and one is a swarm; those of a kind count by themselves
    private static (Strategy Strategy, long Turn) Mix(long turn) => (turn % 8) switch
    {
        1 or 5 => (Strategy.Memory, turn / 4),
        3 => (Strategy.Walk, turn),
        7 => (Strategy.Swarm, turn),
        _ => (Strategy.Middle, turn / 2),
    };

    // what the cases of a test have seen already comes less
    private static (Strategy Strategy, long Turn) MixThorough(long turn) => (turn % 8) switch
    {
        3 => (Strategy.Middle, turn / 8),
        7 => (Strategy.Swarm, turn),
        var at => (Strategy.Memory, (turn / 8 * 6) + at - (at > 3 ? 1 : 0)),
    };

    // a plan goes wrong where a server chooses otherwise than was planned, a walk does not mind
    private static (Strategy Strategy, long Turn) MixLive(long turn) => (turn % 8) switch
    {
        0 or 4 => (Strategy.Middle, turn / 4),
        2 => (Strategy.Memory, turn / 8),
        6 => (Strategy.Swarm, turn),
        _ => (Strategy.Walk, turn),
    };

    private (int State, int Greeting) Open(int state, int draw)
    {
        var edges = _menus[state].Opening;
        var edge = _isScripted && draw % 8 == 0 ? edges[draw / 8 % edges.Count] : edges[0];
        return (_table.IndexOf(edge.To), _isScripted ? edge.Exchange.Code : 0);
    }

    // half of the sessions end as they should, a few of these say something more, and half are just dropped
    private void Finish(List<Step> steps, int state, int draw)
    {
        if (
            draw % 2 == 0
            || _menus[state].Reads is not Reading.Commands
            || _table.Ending is not { } ending
            || !_menus[state].Edges.TryGetValue(ending, out var edges)
        )
        {
            return;
        }

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
