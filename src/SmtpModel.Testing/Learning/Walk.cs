namespace SmtpModel.Testing.Engine;

/// <summary>
/// A long session over a hypothesis. Behind each transition that leads to another state all inputs are tried that should stay
/// there, and then one that leads on: what the hypothesis takes for one state and is several shows in one of their replies.
/// </summary>
internal sealed class Walk(ILearnable system, LearnedMachine machine, LearningPlayer player, Walked walked, int seed)
{
    private readonly Random _random = new(seed);
    private (int State, int Input) _led = (-1, -1);
    private (int State, int Input) _ledBefore = (-1, -1);
    private int _state;

    /// <summary>Plays it.</summary>
    /// <param name="length">How many inputs it has at most.</param>
    /// <returns>Whether the hypothesis stands.</returns>
    public async ValueTask<bool> AgreesAsync(int length)
    {
        var (agrees, steps) = (true, 0);
        await player.PlayAsync([], node =>
        {
            if (node.Parent is not null)
            {
                agrees &= machine.Output[_state, node.Input] == node.Output;
                Step(node.Input);
            }

            return agrees && _state >= 0 && steps++ < length ? Choose(node.Mode) : null;
        });
        return agrees;
    }

    private void Step(int input)
    {
        var next = machine.Next[_state, input];
        if (next != _state)
        {
            (_ledBefore, _led) = (_led, (_state, input));
        }

        _state = next;
    }

    private int? Choose(int mode)
    {
        // an input that ends the session ends the walk
        var open = Enumerable.Range(0, system.Inputs).Where(input => system.Takes(mode, input) && machine.Next[_state, input] >= 0)
            .ToLookup(input => machine.Next[_state, input] == _state);
        var staying = open[true].Where(input => !walked.Near.Contains((_led, input))).ToList();
        if (staying.Count == 0 && _random.Next(2) == 0)
        {
            staying = [.. open[true].Where(input => !walked.Far.Contains((_ledBefore, _led, input)))];
        }

        List<int> leading = [.. open[false].OrderBy(input => walked.Far.Contains((_ledBefore, _led, input))).ThenBy(_ => _random.Next())];
        int? chosen = staying.Count > 0 ? staying[_random.Next(staying.Count)] : leading.Count > 0 ? leading[0]
            : open[true].Select(input => (int?)input).FirstOrDefault();
        if (chosen is { } input)
        {
            walked.Near.Add((_led, input));
            walked.Far.Add((_ledBefore, _led, input));
        }

        return chosen;
    }
}

/// <summary>What the walks over one hypothesis have tried: inputs behind the last transition to another state, and behind two.</summary>
internal sealed class Walked
{
    public HashSet<((int State, int Input) Led, int Input)> Near { get; } = [];

    public HashSet<((int State, int Input) LedBefore, (int State, int Input) Led, int Input)> Far { get; } = [];
}
