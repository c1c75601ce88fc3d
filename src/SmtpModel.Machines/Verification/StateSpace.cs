namespace SmtpModel.Machines;

/// <summary>
/// Every moment that a session of a machine can come to, whatever client and receiver do, and what can follow each. Both
/// take turns: the client sends any command that the state can be sent, also out of order; the receiver gives any reply
/// that the machine permits. Buffers are abstracted (<see cref="Contents"/>), so that there are finitely many.
/// </summary>
public sealed class StateSpace
{
    private readonly Dictionary<Moment, int> _index = [];
    private readonly List<Moment> _moments = [];
    private readonly List<int> _parents = [];
    private readonly List<Rule?> _rules = [];
    private readonly List<IReadOnlyList<int>> _next = [];

    private StateSpace(TransitionTable table, bool tolerated, int longest = 0)
    {
        LongestGroup = longest;
        (Table, FollowsTolerated) = (table, tolerated);
        Buffers = [.. table.Commands.SelectMany(use => use.Command.OnAccept.Concat(use.Command.OnRefuse)).Select(effect => effect.Buffer)
            .Concat(table.AllStates.SelectMany(state => state.Holds)).Distinct()];
        Turns = new Turns(table, tolerated);
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
    public int Transitions => _next.Sum(next => next.Count);

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
        space.Explore(new Moment(null, 0, table.Start, table.Start, default, default, Mark.None), space.Follow);
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
        var start = new Moment(null, 0, table.Start, table.Start, default, default, Mark.None) { Lockstep = table.Start };
        space.Explore(start, new GroupTurns(space).Follow);
        return space;
    }

    private void Explore(Moment start, Func<Moment, IEnumerable<(Moment Moment, Rule? Rule)>> follow)
    {
        Add(start, -1, null);
        for (var at = 0; at < _moments.Count; at++)
        {
            _next.Add([.. follow(_moments[at]).Select(next => Add(next.Moment, at, next.Rule)).Distinct()]);
        }
    }

    /// <summary>What can follow a moment; nothing only where a command is never answered.</summary>
    /// <param name="moment">The moment's place in <see cref="Moments"/>.</param>
    public IReadOnlyList<int> Next(int moment) => _next[moment];

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

    private int Add(Moment moment, int parent, Rule? rule)
    {
        if (!_index.TryGetValue(moment, out var index))
        {
            _index[moment] = index = _moments.Count;
            _moments.Add(moment);
            _parents.Add(parent);
            _rules.Add(rule);
        }

        return index;
    }

    private IEnumerable<(Moment Moment, Rule? Rule)> Follow(Moment moment)
    {
        var mark = moment.Mark is Mark.None ? Mark.None : Mark.Earlier;
        if (!moment.IsSent)
        {
            var inputs = Turns.Inputs(moment.To);
            return inputs.Count == 0 ? [(Sent(null, null), null)]
                : inputs.SelectMany(command => Turns.Parameters(command).Select(parameter => (Sent(command, parameter), (Rule?)null)));
        }

        return Turns.Answers(moment.To, moment.Command!, moment.Parameter is not null && !moment.IsExtended)
            .SelectMany(answer => Marks(answer, mark).Select(now => (Answered(answer, now), answer.Rule)));

        Moment Sent(Command? command, string? parameter) => new(command, 0, moment.To, moment.To, moment.After, moment.After, mark)
        {
            Parameter = parameter,
            IsExtended = moment.IsExtended,
        };

        Moment Answered(Answer answer, Mark now) =>
            new(
                answer.Exchange.Command,
                answer.Exchange.Code,
                moment.To,
                answer.To,
                moment.After,
                After(moment.After, answer.Effects, now is Mark.Now),
                now
            )
            {
                Parameter = moment.Parameter,
                IsExtended = Turns.TellsParameters ? Table.LearnsOffer(answer.Exchange) ?? moment.IsExtended : false,
            };
    }

    private static IEnumerable<Mark> Marks(Answer answer, Mark mark) => mark is Mark.None && answer.Puts ? [Mark.None, Mark.Now] : [mark];

    internal Contents After(Contents contents, IReadOnlyList<Effect> effects, bool marked)
    {
        var item = marked ? 2 : 1;
        foreach (var effect in effects)
        {
            var buffer = IndexOf(effect.Buffer);
            contents = contents.With(
                buffer,
                effect.Kind switch
                {
                    EffectKind.Clear => 0,
                    EffectKind.Set => item,
                    _ => contents.Of(buffer) | item,
                }
            );
        }

        return contents;
    }

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
