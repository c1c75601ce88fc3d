namespace SmtpModel.Testing.Engine;

/// <summary>
/// A long session over a hypothesis. In each state all inputs are tried that should stay there, and then one that leads on, until each
/// that leads on was tried so: what the hypothesis takes for one state and is several shows in one of their replies.
/// </summary>
internal sealed class Walk(ILearnable system, LearnedMachine machine, LearningPlayer player, Walked walked, int seed)
{
    private readonly Random _random = new(seed);
    private readonly HashSet<int> _stayed = [];
    private bool _isSecond;
    private (int State, int Input) _led = (-1, -1);
    private (int State, int Input) _ledBefore = (-1, -1);
    private int _state;

    /// <summary>Plays it.</summary>
    /// <param name="length">How many inputs it has at most.</param>
    /// <returns>How many inputs it had; null where the hypothesis does not stand.</returns>
    public async ValueTask<int?> AgreesAsync(int length)
    {
        var (agrees, steps) = (true, 0);
        await player.PlayAsync([], node =>
        {
            if (node.Parent is not null)
            {
                agrees &= machine.Output[_state, node.Input] == node.Output;
                Step(node.Input);
            }

            return agrees && _state >= 0 && steps++ < length ? Choose() : null;
        });
        return agrees ? steps : null;
    }

    private void Step(int input)
    {
        var next = machine.Next[_state, input];
        if (next == _state)
        {
            _stayed.Add(input);
            return;
        }

        (_ledBefore, _led, _state, _isSecond) = (_led, (_state, input), next, false);
        _stayed.Clear();
    }

    private int? Choose()
    {
        List<int> staying = Staying();
        List<int> leading = [.. Leading(_state)];
        List<int> fresh = leading.FindAll(input => !walked.Behind.Contains((_state, input)));
        // what stays is tried behind each way to come here, and before each way to go on
        List<int> wanted = fresh.Count > 0 ? staying : staying.FindAll(input => !walked.Near.Contains((_led, input)));
        if (wanted.Count == 0 && _random.Next(2) == 0)
        {
            wanted = staying.FindAll(input => !walked.Far.Contains((_ledBefore, _led, input)));
        }

        // where nothing leads on and all was tried, the walk is at its end
        int? chosen = wanted.Count > 0 ? wanted[_random.Next(wanted.Count)]
            : fresh.Count > 0 ? fresh[_random.Next(fresh.Count)]
            : leading.OrderBy(Distance).ThenBy(input => walked.Far.Contains((_ledBefore, _led, input))).ThenBy(_ => _random.Next())
                .Select(input => (int?)input).FirstOrDefault();
        if (chosen is { } choice)
        {
            walked.Near.Add((_led, choice));
            walked.Far.Add((_ledBefore, _led, choice));
            if (wanted.Count == 0)
            {
                walked.Behind.Add((_state, choice));
            }
        }

        return chosen;
    }

    // in a state that is new all are tried twice, so that each comes behind each other
    private List<int> Staying()
    {
        List<int> all = [.. Open(_state).Where(input => machine.Next[_state, input] == _state)];
        if (!_isSecond && all.TrueForAll(_stayed.Contains) && !walked.Behind.Any(one => one.State == _state))
        {
            _isSecond = true;
            _stayed.Clear();
        }

        return all.FindAll(input => !_stayed.Contains(input));
    }

    // how far it is from where an input leads to a state in which something that leads on was not tried
    private int Distance(int input)
    {
        HashSet<int> seen = [machine.Next[_state, input]];
        List<int> layer = [.. seen];
        for (var distance = 0; layer.Count > 0; distance++)
        {
            if (layer.Exists(state => Leading(state).Any(next => !walked.Behind.Contains((state, next)))))
            {
                return distance;
            }

            layer = [.. layer.SelectMany(state => Leading(state).Select(next => machine.Next[state, next])).Where(seen.Add)];
        }

        return int.MaxValue;
    }

    // an input that ends the session ends the walk
    private IEnumerable<int> Open(int state) => Enumerable.Range(0, system.Inputs)
        .Where(input => system.Takes(machine.Modes[state], input) && machine.Next[state, input] >= 0);

    private IEnumerable<int> Leading(int state) => Open(state).Where(input => machine.Next[state, input] != state);
}

/// <summary>What the walks over one hypothesis have tried.</summary>
internal sealed class Walked
{
    /// <summary>Inputs behind the last transition to another state.</summary>
    public HashSet<((int State, int Input) Led, int Input)> Near { get; } = [];

    /// <summary>Inputs behind the last two.</summary>
    public HashSet<((int State, int Input) LedBefore, (int State, int Input) Led, int Input)> Far { get; } = [];

    /// <summary>Inputs that lead on, in a state in which all that stay were tried.</summary>
    public HashSet<(int State, int Input)> Behind { get; } = [];
}
