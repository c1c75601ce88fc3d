namespace SmtpModel.Testing;

/// <summary>
/// Reads a tape as a walk that takes what is not covered: a transition here, else the way to the nearest one elsewhere, else
/// one that makes a new pair with the transition before. What the session itself has taken counts as covered.
/// </summary>
internal sealed class GuidedReader(Atlas atlas)
{
    public void Read(int[] tape, Coverage? coverage, Draft draft)
    {
        HashSet<Choice> open = [.. atlas.Targets.Where(choice => coverage?.Has(choice.From, choice.Command, choice.Edge) != true)];
        HashSet<(Choice, Choice)> pairs = [];
        Choice? before = null;
        for (var at = 1; at < tape.Length - 1 && !draft.IsFull; at++)
        {
            var choices = atlas.Choices[draft.State];
            if (choices.Length == 0)
            {
                return;
            }

            var choice = Pick(open, choices, tape[at]) ?? Towards(open, draft.State) ?? Pick([.. choices.Where(IsNewPair)], choices, tape[at]) ?? choices[tape[at] % choices.Length];
            if (before is not null)
            {
                pairs.Add((before, choice));
            }

            _ = open.Remove(choice);
            draft.Take(choice, tape[at] >> 8);
            before = choice;

            bool IsNewPair(Choice next) => before is not null && !pairs.Contains((before, next))
                && (before.Edge is null || next.Edge is null || coverage?.Has(next.From, next.Command, next.Edge, before.Edge) != true);
        }
    }

    private Choice? Pick(HashSet<Choice> wanted, Choice[] choices, int draw)
    {
        for (var offset = 0; wanted.Count > 0 && offset < choices.Length; offset++)
        {
            var choice = choices[((draw & 0xFFFF) + offset) % choices.Length];
            if (wanted.Contains(choice) && atlas.Choices[choice.To].Length > 0)
            {
                return choice;
            }
        }

        return Array.Find(choices, wanted.Contains);
    }

    private Choice? Towards(HashSet<Choice> open, int state) =>
        open.Where(choice => atlas.Hop(state, choice.From) is not null).MinBy(choice => atlas.Distances[state, choice.From]) is { } nearest ? atlas.Hop(state, nearest.From) : null;
}
