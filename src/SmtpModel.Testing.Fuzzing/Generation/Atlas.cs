using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>The machine as the planning strategies need it: what can be sent where, ways from state to state, and what tells states
/// apart.</summary>
internal sealed class Atlas
{
    // a way that a server need not have is taken one time in so many
    private const int Seldom = 8;
    private readonly TransitionTable _table;
    private readonly List<Choice>?[,] _hops;

    // of these the ones that every server has; all of them where it need have none
    private readonly List<Choice>?[,] _sure;
    private readonly Choice?[,] _preferred;
    private readonly ResolvedMachine _resolved;
    private readonly Separation _separation;
    private readonly Identification? _identification;
    private readonly int[] _place;

    public Atlas(TransitionTable table, Palette palette, Menu[] menus, bool isScripted)
    {
        _table = table;
        var count = table.States.Count;
        Choices = [.. table.States.Select((state, index) => Engine.Choices.In(table, palette, menus[index], state, isScripted).ToArray())];
        _preferred = new Choice?[count, table.Commands.Count];
        foreach (var choice in Choices.SelectMany(choices => choices).Where(choice => choice.IsPreferred))
        {
            _preferred[choice.From, choice.Command] = choice;
        }

        (_hops, _sure) = (new List<Choice>?[count, count], new List<Choice>?[count, count]);
        Distances = new int[count, count];
        for (var to = 0; to < count; to++)
        {
            FindWays(to);
        }

        _resolved = ResolvedMachine.Of(table, palette);
        _place = [.. table.States.Select(state => _resolved.States.ToList().IndexOf(state))];
        _separation = new Separation(_resolved.Mealy);
        _identification = _separation.Alike.Any() ? null : new Identification(_separation, StateCover.Of(_resolved.Mealy));
        var first = _resolved.States[0];
        Targets = [.. Choices.SelectMany(choices => choices).Where(choice => IsReached(table.IndexOf(first), choice.From))];
        Retreats = [.. Targets.Where(choice => choice.IsPreferred && IsRetreat(table.IndexOf(first), choice))];
    }

    /// <summary>What can be sent, by the place of the state.</summary>
    public Choice[][] Choices { get; }

    /// <summary>How many steps it takes from one state to another; int.MaxValue where there is no way.</summary>
    public int[,] Distances { get; }

    /// <summary>All that can be sent anywhere behind the greeting.</summary>
    public Choice[] Targets { get; }

    /// <summary>What leads back to where the session was before, so that something of the state left might linger.</summary>
    public Choice[] Retreats { get; }

    /// <summary>The first step of a shortest way, one of those that are accepted if there are such; null when there is none or it is
    /// there.</summary>
    public Choice? Hop(int from, int to, int which = 0) =>
        (which % Seldom == 0 ? _hops : _sure)[from, to] is { } hops ? hops[which % hops.Count] : null;

    /// <summary>The sequences that tell a state from all others; none where it is not known how.</summary>
    public IReadOnlyList<Identifier> Identifiers(int state) =>
        _identification is null || _place[state] < 0 ? [] : _identification.Sets[_place[state]];

    /// <summary>A shortest sequence that tells a state from another; null where there is none.</summary>
    public IReadOnlyList<int>? Between(int state, int other) =>
        _place[state] < 0 || _place[other] < 0 || state == other ? null : _separation.Of(_place[state], _place[other]);

    /// <summary>What an input of a sequence is in a state; null where it cannot be sent.</summary>
    public Choice? Of(int state, int input) => _preferred[state, _table.IndexOf(_resolved.Inputs[input].Command)];

    private bool IsReached(int first, int state) => first == state || _hops[first, state] is not null;

    // back means nearer to the first state; what ends the session leaves nothing that could linger
    private bool IsRetreat(int first, Choice choice) =>
        choice.To != choice.From
        && _place[choice.To] >= 0
        && _place[choice.From] >= 0
        && Distances[first, choice.To] < Distances[first, choice.From];

    private void FindWays(int to)
    {
        for (var state = 0; state < _table.States.Count; state++)
        {
            Distances[state, to] = state == to ? 0 : int.MaxValue;
        }

        for (var length = 1; length < _table.States.Count; length++)
        {
            foreach (
                var choice in Choices
                    .SelectMany(choices => choices)
                    .Where(choice =>
                        choice.IsPreferred && Distances[choice.To, to] == length - 1 && choice.To != _table.IndexOf(_table.Final)
                    )
            )
            {
                if (Distances[choice.From, to] >= length && choice.From != to)
                {
                    Distances[choice.From, to] = length;
                    (_hops[choice.From, to] ??= []).Add(choice);
                }
            }
        }

        // what is refused and leads on all the same is for where nothing else does
        for (var state = 0; state < _table.States.Count; state++)
        {
            if (_hops[state, to] is not { } hops)
            {
                continue;
            }

            if (hops.Exists(choice => choice.IsAccepted))
            {
                _ = hops.RemoveAll(choice => !choice.IsAccepted);
            }

            _sure[state, to] = hops.FindAll(choice => !choice.IsOptional) is { Count: > 0 } sure ? sure : hops;
        }
    }
}
