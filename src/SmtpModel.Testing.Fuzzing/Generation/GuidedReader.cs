namespace SmtpModel.Testing.Engine;

/// <summary>
/// Reads a tape as a walk that takes what is not covered: a transition here, else the way to the nearest one elsewhere, and
/// when all are covered pairs of transitions that are not, with plans between. What the session itself has taken counts as covered.
/// </summary>
internal sealed class GuidedReader(Atlas atlas, PlanReader plan)
{
    public void Read(int[] tape, Coverage? coverage, Draft draft)
    {
        HashSet<Choice> open =
        [
            .. atlas
                .Choices.SelectMany(choices => choices)
                .Where(choice => coverage?.Has(choice.From, choice.Command, choice.Edge) != true),
        ];
        HashSet<(Choice, Choice)> pairs = [];
        Choice? before = null;
        for (var at = 1; at < tape.Length - 1 && !draft.IsLongEnough && !draft.IsFull; at++)
        {
            var choices = atlas.Choices[draft.State];
            if (choices.Length == 0)
            {
                return;
            }

            var (choice, draw) = (Pick(choices, open.Contains, tape[at]) ?? Towards(open, draft.State, tape[at]), tape[at]);
            if (choice is null && (draw >> 16) % 2 == 0)
            {
                choice = Pick(choices, IsNewPair, draw);
            }

            if (choice is null)
            {
                plan.Verify(atlas.Targets[(draw & 0xFFFF) % atlas.Targets.Length], draw >> 8, draft);
                before = null;
                continue;
            }

            _ = before is null || pairs.Add((before, choice));
            _ = open.Remove(choice);
            draft.Take(choice, draw >> 8);
            before = choice;

            bool IsNewPair(Choice next) => before is { Edge: { } first } && next.Edge is not null && !pairs.Contains((before, next))
                && coverage?.Has(next.From, next.Command, next.Edge, first) != true;
        }
    }

    // what ends the session is taken when nothing else is left here
    private Choice? Pick(Choice[] choices, Func<Choice, bool> isWanted, int draw)
    {
        for (var offset = 0; offset < choices.Length; offset++)
        {
            var choice = choices[((draw & 0xFFFF) + offset) % choices.Length];
            if (atlas.Choices[choice.To].Length > 0 && isWanted(choice))
            {
                return choice;
            }
        }

        return Array.Find(choices, choice => isWanted(choice));
    }

    private Choice? Towards(HashSet<Choice> open, int state, int draw) =>
        open.Where(choice => atlas.Hop(state, choice.From) is not null).MinBy(choice => atlas.Distances[state, choice.From]) is { } nearest
            ? atlas.Hop(state, nearest.From, draw)
            : null;
}
