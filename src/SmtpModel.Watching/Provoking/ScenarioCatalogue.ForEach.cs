using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <content>What is answered once for each recipient.</content>
public static partial class ScenarioCatalogue
{
    private static bool IsForEach(TransitionTable table, Place place) => table.ForEach.ContainsKey(place.Command);

    private static IEnumerable<Scenario> ForEach(TransitionTable table, IReadOnlyList<Place> plain, TimeSpan late)
    {
        foreach (var place in plain.Where(place => IsForEach(table, place)))
        {
            var codes = Unusual(table, place).ToList();

            // each reply speaks of one mailbox, and so do those that stand last in the row
            var forGood = codes.Last(IsPermanent);
            var later = codes.Last(code => !IsPermanent(code) && code >= 400 && code != table.Faults.Closing);
            var usual = Usual(table, place.Command);
            foreach (var (nth, code) in new[] { Nth.First, Nth.Middle, Nth.Last }.SelectMany(nth => new[] { (nth, forGood), (nth, later) }))
            {
                yield return Each(
                    place,
                    $"{Word(nth)}-{code}",
                    $"the one for the {Word(nth)} recipient is {code}, the others {usual}.",
                    new Answer { Each = [(nth, code)] },
                    nth is Nth.Middle ? 3 : 2
                );
            }

            yield return Each(
                place,
                "mixed",
                $"for the first recipient {usual}, for the middle one {later}, for the last {forGood}.",
                new Answer { Each = [(Nth.Middle, later), (Nth.Last, forGood)] },
                3
            );
            foreach (var code in new[] { forGood, later })
            {
                yield return Each(
                    place,
                    $"rest-{code}",
                    $"the first is {usual}, and {code} for each other recipient comes {late.TotalSeconds} s later.",
                    new Answer { Each = [(Nth.Rest, code)], DelayBetween = late }
                );
            }

            yield return Each(
                place,
                $"rest-{table.Faults.Closing}",
                $"behind {usual} for the first recipient {table.Faults.Closing} comes, and the connection is closed.",
                new Answer { Each = [(Nth.Rest, table.Faults.Closing)] }
            );
            yield return Each(
                place,
                "rest-closed",
                $"behind {usual} for the first recipient the connection is closed.",
                new Answer { Hangup = Hangup.Between }
            );
            yield return Each(
                place,
                "late",
                $"the one for each other recipient comes {late.TotalSeconds} s later.",
                new Answer { DelayBetween = late }
            ) with
            {
                SameAsPlain = TrialRules.Patience,
            };
        }
    }

    private static Scenario Each(Place place, string id, string title, Answer answer, int least = 2) =>
        new(0, $"each/{place.Name}/{id}", $"Of the replies to {Lower(place.Command)}, {title}")
        {
            Answers = [(new Moment(place.Command, Nth.First, least), answer)],
        };
}
