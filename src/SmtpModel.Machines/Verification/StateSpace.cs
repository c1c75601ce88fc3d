using System.Runtime.InteropServices;

namespace SmtpModel.Machines;

/// <summary>
/// Every moment that a session of a machine can come to, whatever client and receiver do, and what can follow each. Both
/// take turns: the client sends any command that the state can be sent, also out of order; the receiver gives any reply
/// that the machine permits. Buffers are abstracted (<see cref="Contents"/>), so that there are finitely many.
/// </summary>
public sealed class StateSpace
{
    private readonly Dictionary<PackedMoment, int> _index = [];
    private readonly List<PackedMoment> _packed = [];
    private readonly List<Moment> _moments = [];
    private readonly List<int> _parents = [];
    private readonly List<Rule?> _rules = [];

    // what follows the moments, one list behind the other; what has happened just now does not count for what follows, so that many
    // moments have one list
    private readonly List<int> _next = [];
    private readonly List<(int From, int Behind)> _lists = [];
    private readonly List<int> _listOf = [];
    private readonly Dictionary<PackedMoment, int> _shared = [];

    // the list in which each moment was last put
    private readonly List<int> _putIn = [];
    private int _at;

    private readonly PackedTurns _turns;

    private StateSpace(TransitionTable table, bool tolerated, int longest = 0)
    {
        LongestGroup = longest;
        (Table, FollowsTolerated) = (table, tolerated);
        Buffers = [.. table.Commands.SelectMany(use => use.Command.OnAccept.Concat(use.Command.OnRefuse)).Select(effect => effect.Buffer)
            .Concat(table.AllStates.SelectMany(state => state.Holds)).Distinct()];
        Turns = new Turns(table, tolerated);
        _turns = new PackedTurns(table, Turns, IndexOf);
    }

    /// <summary>The machine.</summary>
    public TransitionTable Table { get; }

    /// <summary>Whether exchanges are followed that only other receivers take part in.</summary>
    public bool FollowsTolerated { get; }

    /// <summary>How many inputs may wait for their replies at once; 0 where each waits for the reply before it.</summary>
    public int LongestGroup { get; }

    /// <summary>The buffers, in the order of <see cref="Contents"/>.</summary>
    public IReadOnlyList<DataBuffer> Buffers { get; }

    /// <summary>All moments, breadth first from the start, which is the first.</summary>
    public IReadOnlyList<Moment> Moments => _moments;

    /// <summary>How often one moment can follow another.</summary>
    public int Transitions => _listOf.Sum(list => _lists[list].Behind - _lists[list].From);

    /// <summary>How many pairs of a state and what the buffers hold there can be reached; which argument is marked does not
    /// count.</summary>
    public int Configurations => _moments.Select(moment => (moment.To, Held(moment.After))).Distinct().Count();

    /// <summary>How many states can be reached.</summary>
    public int States => _moments.Select(moment => moment.To).Distinct().Count();

    /// <summary>What each side can do in a state.</summary>
    public Turns Turns { get; }

    /// <summary>Goes through all of a machine.</summary>
    /// <param name="table">The machine.</param>
    /// <param name="tolerated">Whether exchanges are followed that only other receivers take part in.</param>
    public static StateSpace Explore(TransitionTable table, bool tolerated = false)
    {
        ArgumentNullException.ThrowIfNull(table);
        var space = new StateSpace(table, tolerated);
        space.Explore(space.Start, space.Follow, Rest);
        return space;
    }

    /// <summary>
    /// Goes through all of a machine with a client that sends its inputs in groups, as <see cref="TransitionTable.Grouping"/> lets it.
    /// Arguments are not marked here, and parameters not told apart.
    /// </summary>
    /// <param name="table">The machine; one that lets nothing be grouped.</param>
    /// <param name="longest">How many inputs may wait for their replies at once, 1 to <see cref="WaitingInputs.Most"/>.</param>
    public static StateSpace ExploreGroups(TransitionTable table, int longest)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(longest, WaitingInputs.Most);
        var space = new StateSpace(table, tolerated: false, longest);
        space.Explore(space.Start with { Lockstep = space.Start.To }, new GroupTurns(space, space._turns).Follow, GroupTurns.Idle);
        return space;
    }

    private PackedMoment Start
    {
        get
        {
            var at = (short)Table.IndexOf(Table.Start);
            return new PackedMoment(-1, 0, at, at, 0, 0);
        }
    }

    // rest: the moment without what has just happened, as far as that does not count for what follows
    private void Explore(PackedMoment start, Action<PackedMoment> follow, Func<PackedMoment, PackedMoment> rest)
    {
        Add(start, -1, null);
        for (_at = 0; _at < _packed.Count; _at++)
        {
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(_shared, rest(_packed[_at]), out var isKnown);
            if (!isKnown)
            {
                list = _lists.Count;
                var from = _next.Count;
                follow(_packed[_at]);
                _lists.Add((from, _next.Count));
            }

            _listOf.Add(list);
        }
    }

    /// <summary>A moment that can follow the one that is being looked at.</summary>
    /// <param name="moment">The moment.</param>
    /// <param name="rule">The rule of the reply that leads to it; null where none does.</param>
    internal void Reach(in PackedMoment moment, Rule? rule)
    {
        var to = Add(moment, _at, rule);
        if (_putIn[to] != _lists.Count)
        {
            _putIn[to] = _lists.Count;
            _next.Add(to);
        }
    }

    /// <summary>What can follow a moment; nothing only where a command is never answered.</summary>
    /// <param name="moment">The moment's place in <see cref="Moments"/>.</param>
    public IReadOnlyList<int> Next(int moment) => [.. Following(moment)];

    /// <inheritdoc cref="Next"/>
    internal ReadOnlySpan<int> Following(int moment) =>
        CollectionsMarshal.AsSpan(_next)[_lists[_listOf[moment]].From.._lists[_listOf[moment]].Behind];

    /// <summary>Which list of what can follow a moment has; those of one list are followed by the same.</summary>
    /// <param name="moment">The moment's place in <see cref="Moments"/>.</param>
    internal int ListOf(int moment) => _listOf[moment];

    /// <summary>The rule of the reply that led to a moment; null where none did.</summary>
    /// <param name="moment">The moment's place in <see cref="Moments"/>.</param>
    public Rule? RuleOf(int moment) => _rules[moment];

    /// <summary>The shortest way from the start to a moment, both included.</summary>
    /// <param name="moment">The moment's place in <see cref="Moments"/>.</param>
    public IReadOnlyList<int> WayTo(int moment)
    {
        List<int> way = [];
        for (var at = moment; at >= 0; at = _parents[at])
        {
            way.Insert(0, at);
        }

        return way;
    }

    private int Add(in PackedMoment moment, int parent, Rule? rule)
    {
        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_index, moment, out var isKnown);
        if (!isKnown)
        {
            index = _moments.Count;
            _packed.Add(moment);
            _moments.Add(Unpacked(moment));
            _parents.Add(parent);
            _rules.Add(rule);
            _putIn.Add(-1);
        }

        return index;
    }

    private Moment Unpacked(in PackedMoment moment) =>
        new(
            moment.Command < 0 ? null : Table.Commands[moment.Command].Command,
            moment.Code,
            Table.AllStates[moment.From],
            Table.AllStates[moment.To],
            new Contents(moment.Before),
            new Contents(moment.After),
            moment.Mark
        )
        {
            Parameter = moment.Parameter < 0 ? null : _turns.Keywords[moment.Parameter],
            IsExtended = moment.IsExtended,
            Waiting = moment.Waiting,
            Lockstep = moment.Lockstep < 0 ? null : Table.AllStates[moment.Lockstep],
        };

    private static Mark Later(Mark mark) => mark is Mark.None ? Mark.None : Mark.Earlier;

    private static PackedMoment Rest(PackedMoment moment) =>
        moment.IsSent ? moment : new PackedMoment(-1, 0, moment.To, moment.To, moment.After, moment.After)
        {
            Mark = Later(moment.Mark),
            IsExtended = moment.IsExtended,
        };

    private void Follow(PackedMoment moment)
    {
        if (moment.IsSent)
        {
            Answer(moment, Later(moment.Mark));
            return;
        }

        var idle = Rest(moment);
        var inputs = _turns.Inputs(moment.To);
        if (inputs.Length == 0)
        {
            Reach(idle, null);
        }

        foreach (var command in inputs)
        {
            foreach (var parameter in _turns.Parameters(command))
            {
                Reach(idle with { Command = command, Parameter = parameter }, null);
            }
        }
    }

    private void Answer(PackedMoment moment, Mark mark)
    {
        foreach (var answer in _turns.Answers(moment.To, moment.Command))
        {
            // a parameter that is not offered is not taken
            if (answer.IsAccepted && moment.Parameter >= 0 && !moment.IsExtended)
            {
                continue;
            }

            Reach(Answered(moment, answer, mark), answer.Answer.Rule);
            if (mark is Mark.None && answer.Puts)
            {
                Reach(Answered(moment, answer, Mark.Now), answer.Answer.Rule);
            }
        }
    }

    private static PackedMoment Answered(PackedMoment moment, PackedAnswer answer, Mark now) =>
        new(
            answer.Command,
            answer.Code,
            moment.To,
            answer.To,
            moment.After,
            answer.Behind(new Contents(moment.After), now is Mark.Now).Bits
        )
        {
            Mark = now,
            Parameter = moment.Parameter,
            IsExtended = answer.Learns < 0 ? moment.IsExtended : answer.Learns > 0,
        };

    private ulong Held(Contents contents) =>
        Enumerable
            .Range(0, Buffers.Count)
            .Where(buffer => contents.Of(buffer) != 0)
            .Aggregate(0UL, (held, buffer) => held | (1UL << buffer));

    internal int IndexOf(DataBuffer buffer)
    {
        for (var index = 0; index < Buffers.Count; index++)
        {
            if (Buffers[index] == buffer)
            {
                return index;
            }
        }

        return -1;
    }
}
