namespace SmtpModel.Testing.Engine;

/// <summary>
/// Reads a tape as plans, one behind the other: a way to a transition, the transition, a random middle, and what tells the
/// state reached from others. The number of a session says which transition comes first, so that each has its turn.
/// </summary>
internal sealed class PlanReader(Atlas atlas)
{
    // how often a transition is taken, by the round; what is wrong behind the third time mostly is behind more, so three come first
    private static readonly int[] Times = [3, 5, 4, 2];

    // a session has room for about so many: another round looks at others
    private const int LooksInSession = 4;
    private readonly List<(Choice Choice, IReadOnlyList<int> Identifier)>?[] _looks = new List<(Choice, IReadOnlyList<int>)>?[
        atlas.Choices.Length
    ];

    public void Read(int[] tape, long turn, Draft draft)
    {
        if (atlas.Targets.Length == 0)
        {
            return;
        }

        // what lingers is looked for in every session, and first, unless there is no way back to the transition from there
        var target = At(atlas.Targets, turn);
        var retreat = atlas.Retreats.Length == 0 ? null : At(atlas.Retreats, turn);
        var isFirst = retreat is not null && (retreat.From == target.From || atlas.Hop(retreat.From, target.From) is not null);
        if (isFirst)
        {
            Linger(retreat!, tape[^1], draft);
        }

        Verify(target, tape[1], draft, turn / atlas.Targets.Length);
        if (!isFirst && retreat is not null)
        {
            Linger(retreat, tape[^1], draft);
        }

        for (var at = 2; at < tape.Length - 1 && !draft.IsLongEnough; at++)
        {
            var drawn = atlas.Targets[(tape[at] & 0xFFFF) % atlas.Targets.Length];
            Verify(drawn, tape[at] >> 8, draft);
        }
    }

    /// <summary>
    /// The same transition two to five times, and then, in the state behind it, exchanges that lead on with what tells the state
    /// reached from another: what is counted stays counted, so one session looks at several of them, and another round at others.
    /// </summary>
    /// <param name="tape">The numbers that decide what nothing else does.</param>
    /// <param name="turn">Which transition it is.</param>
    /// <param name="before">How many sessions of this kind the run had before.</param>
    /// <param name="draft">The session.</param>
    public void Repeat(int[] tape, long turn, long before, Draft draft)
    {
        if (atlas.Targets.Length == 0)
        {
            return;
        }

        var (target, round) = (At(atlas.Targets, turn), before / atlas.Targets.Length);
        for (var left = Times[round % Times.Length]; left > 0 && Go(target.From, tape[^1], draft) && !draft.IsFull; left--)
        {
            draft.Take(target);
        }

        var looks = Looks(target.To);
        for (var at = round * LooksInSession; looks.Count > 0 && !draft.IsFull && Go(target.To, tape[^1], draft); at++)
        {
            var (choice, identifier) = looks[(int)(at % looks.Count)];
            draft.Take(choice);
            Play(identifier, draft);
        }
    }

    // what leads on comes first, of that what every server has, and of what is refused only the plainest is looked at
    private List<(Choice Choice, IReadOnlyList<int> Identifier)> Looks(int state) =>
        _looks[state] ??= [
            .. atlas
                .Choices[state]
                .Where(choice => choice.IsAccepted || choice.IsPreferred)
                .OrderByDescending(choice => choice.IsAccepted && choice.To != choice.From)
                .ThenBy(choice => choice.IsOptional)
                .ThenByDescending(choice => choice.IsPreferred)
                .SelectMany(choice => atlas.Identifiers(choice.To).Select(identifier => (choice, identifier.Sequence))),
        ];

    // a stride of the golden section: near turns are far from each other, and no choice comes twice before all have come
    private static Choice At(Choice[] all, long turn)
    {
        var stride = Math.Max(1, (int)(all.Length * 0.618));
        while (Gcd(stride, all.Length) != 1)
        {
            stride++;
        }

        return all[turn % all.Length * stride % all.Length];
    }

    private static int Gcd(int one, int other) => other == 0 ? one : Gcd(other, one % other);

    public void Verify(Choice target, int draw, Draft draft, long? round = null)
    {
        if (!Go(target.From, draw, draft) || draft.IsFull)
        {
            return;
        }

        draft.Take(target, draw);
        for (var left = Middle(draw >> 4); left > 0 && !draft.IsFull; left--)
        {
            var choices = atlas.Choices[draft.State];
            var choice = choices.Length == 0 ? null : choices[((draw >> 6) + (left * 7)) % choices.Length];
            if (choice is null || atlas.Choices[choice.To].Length == 0)
            {
                break;
            }

            draft.Take(choice);
        }

        if (atlas.Identifiers(draft.State) is { Count: > 0 } identifiers)
        {
            Play(identifiers[(int)((round ?? (draw >> 3)) % identifiers.Count)].Sequence, draft);
        }
    }

    // no middle half of the time, then one to three
    private static int Middle(int draw) => draw % 2 == 0 ? 0 : 1 + (draw / 2 % 3);

    // back, and then forward again: on the way each state must be itself and not the one that was left
    private void Linger(Choice retreat, int draw, Draft draft)
    {
        if (!Go(retreat.From, draw, draft) || draft.IsFull)
        {
            return;
        }

        draft.Take(retreat);
        for (
            var steps = 0;
            steps < 4 && draft.State != retreat.From && !draft.IsFull && atlas.Between(draft.State, retreat.From) is { } probe;
            steps++
        )
        {
            var before = draft.State;
            Play(probe, draft);
            if (draft.State == before && atlas.Hop(before, retreat.From, draw) is { } hop && !draft.IsFull)
            {
                draft.Take(hop);
            }
        }
    }

    // any of the shortest ways: what one command does another one like it may not do
    private bool Go(int state, int draw, Draft draft)
    {
        while (draft.State != state && !draft.IsFull)
        {
            if (atlas.Hop(draft.State, state, (draw >> 2) + draft.Steps.Count) is not { } hop)
            {
                return false;
            }

            draft.Take(hop);
        }

        return draft.State == state;
    }

    private void Play(IEnumerable<int> sequence, Draft draft)
    {
        foreach (var input in sequence)
        {
            if (draft.IsFull || atlas.Of(draft.State, input) is not { } choice)
            {
                return;
            }

            draft.Take(choice);
        }
    }
}
