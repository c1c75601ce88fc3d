using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <summary>The scenarios of a profile, made from its table: each reply of each row where a client comes by, and the shapes replies may
/// have.</summary>
public static partial class ScenarioCatalogue
{
    /// <summary>How long a late reply is waited for. What comes meanwhile was sent without waiting.</summary>
    internal static readonly TimeSpan Late = TimeSpan.FromMilliseconds(300);

    /// <summary>What is said where there are too many recipients.</summary>
    internal const string TooManyText = "too many recipients";

    /// <summary>All scenarios of a profile, the plain one first; the same profile gives the same ones.</summary>
    /// <param name="profile">A profile of SMTP or LMTP.</param>
    public static IReadOnlyList<Scenario> Of(Profile profile) => Of(profile, Late);

    internal static IReadOnlyList<Scenario> Of(Profile profile, TimeSpan late)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var table = profile.Table;
        var plain = PlainSession.Of(table);
        var besides = PlainSession.Besides(table, plain);
        List<Scenario> all =
        [
            new(0, Scenario.PlainId, "Nothing is unusual, and all is accepted."),
            .. Replies(table, plain),
            .. ForEach(table, plain, late),
            .. BesidesReplies(table, plain, besides, late),
            .. Hangups([.. plain, .. PlainSession.Login(table, plain[2].State).Take(1)]),
            .. Logins(profile, plain),
            .. Shapes(table, plain, late),
            .. Offers(profile, plain, late),
            .. Secured(table),
        ];
        return [.. all.Select((one, at) => one with { Number = at + 1 })];
    }

    // ------------------------------------------------------------------ each reply of each row

    private static IEnumerable<Scenario> Replies(TransitionTable table, IReadOnlyList<Place> plain)
    {
        foreach (var place in plain)
        {
            var codes = Unusual(table, place).ToList();
            if (place.Command != Rfc821.RCPT)
            {
                foreach (var code in codes)
                {
                    yield return Reply(
                        table,
                        place,
                        code,
                        Nth.First,
                        place.Name,
                        $"{Name(place.Command)} draws {code}{(IsForEach(table, place) ? " for each recipient" : "")}."
                    );
                }

                continue;
            }

            foreach (var code in codes)
            {
                yield return Reply(table, place, code, Nth.Every, "RCPT-all", $"Each RCPT draws {code}.");
            }

            // one code that is for good and one that is not, and those by which a receiver says that there are too many
            int[] some =
            [
                codes.First(IsPermanent),
                codes.First(code => !IsPermanent(code) && code >= 400 && code != table.Faults.Closing),
            ];
            foreach (var (nth, code) in new[] { Nth.First, Nth.Middle, Nth.Last }.SelectMany(nth => some.Select(code => (nth, code))))
            {
                yield return Reply(
                    table,
                    place,
                    code,
                    nth,
                    $"RCPT-{Word(nth)}",
                    $"The {Word(nth)} RCPT draws {code}, the others are accepted."
                );
            }

            // 552 for too many is of RFC 821, which LMTP goes by; RFC 5321 4.5.3.1.10 takes it back
            foreach (var code in codes.Where(code => code is 452 || (code is 552 && table.Listing != Rfc2033.LHLO)))
            {
                yield return Reply(
                    table,
                    place,
                    code,
                    Nth.Last,
                    "RCPT-last",
                    $"The last RCPT draws {code}, as where there are too many.",
                    TooManyText
                );
            }
        }
    }

    private static IEnumerable<Scenario> BesidesReplies(
        TransitionTable table,
        IReadOnlyList<Place> plain,
        IReadOnlyList<Place> besides,
        TimeSpan late
    )
    {
        foreach (var place in besides)
        {
            var lead = LeadTo(table, plain, place);
            foreach (var code in PlainSession.Codes(table, place).Where(code => code >= 400))
            {
                yield return new Scenario(0, $"reply/{place.Name}/{code}", $"{Name(place.Command)} draws {code}{lead.Words}.")
                {
                    Answers = [.. lead.Answers, (new Moment(place.Command), new Answer { Code = code })],
                };
            }
        }

        var rcpt = plain.First(place => place.Command == Rfc821.RCPT);
        if (table.ToleratedStates.Count > 0)
        {
            yield return new Scenario(
                0,
                "reply/DATA/354-in-vain",
                "Each RCPT is refused late, and DATA, where it comes all the same, draws 354."
            )
            {
                Answers =
                [
                    (new Moment(Rfc821.RCPT, Nth.Every), new Answer { Code = Unusual(table, rcpt).First(IsPermanent), Delay = late / 3 }),
                    (new Moment(Rfc821.DATA), new Answer { Code = 354 }),
                ],
            };
        }
    }

    // HELO comes only where EHLO is refused, and RSET where something else is
    private static (string Words, IReadOnlyList<(Moment, Answer)> Answers) LeadTo(
        TransitionTable table,
        IReadOnlyList<Place> plain,
        Place place
    )
    {
        var (behind, words) =
            table.Greeting.Contains(place.Command) ? (plain[1], $", behind an {plain[1].Command} that was refused")
            : place.Command == Rfc821.RSET ? (plain[2], $", behind a {plain[2].Command} that was refused")
            : (null, "");
        return behind is null
            ? ("", [])
            : (words, [(new Moment(behind.Command), new Answer { Code = Unusual(table, behind).First(IsPermanent) })]);
    }

    private static Scenario Reply(
        TransitionTable table,
        Place place,
        int code,
        Nth nth,
        string name,
        string title,
        string? text = null
    ) =>
        new(0, $"reply/{name}/{code}", title)
        {
            SameAsPlain = code < 400 && place.Command.Kind is not InputKind.Opening ? TrialRules.Accepting : null,
            Answers =
            [
                (
                    new Moment(place.Command, nth),
                    new Answer { Code = code, Text = code == table.Faults.Closing ? "mx.example.test closing" : text }
                ),
            ],
        };

    // what accepts in the usual way is in the plain scenario
    private static IEnumerable<int> Unusual(TransitionTable table, Place place) =>
        PlainSession.Codes(table, place).Where(code => code != Usual(table, place.Command));

    private static int Usual(TransitionTable table, Command command) => table[command].Replies.Accepting.FirstOrDefault();

    private static bool IsPermanent(int code) => code >= 500;

    private static string Word(Nth nth) => nth.ToString().ToLowerInvariant();

    private static string Name(Command command) =>
        command.Kind is InputKind.Opening ? "The connection"
        : command.Kind is InputKind.Data ? "The end of data"
        : command.Name;

    // ------------------------------------------------------------------ the connection is lost

    private static IEnumerable<Scenario> Hangups(IReadOnlyList<Place> plain)
    {
        foreach (var place in plain)
        {
            yield return new Scenario(0, $"close/{place.Name}/before", $"{Name(place.Command)} is not answered: the connection is closed.")
            {
                Answers = [(new Moment(place.Command), new Answer { Hangup = Hangup.Before })],
            };
            yield return new Scenario(
                0,
                $"close/{place.Name}/behind",
                $"{Name(place.Command)} is accepted, and the connection is closed at once."
            )
            {
                Answers = [(new Moment(place.Command), new Answer { Hangup = Hangup.Behind })],
            };
        }
    }
}
