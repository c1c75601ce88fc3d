using SmtpModel.Spec;

namespace SmtpModel.Watching;

/// <content>The shapes that replies may have, and what may be offered.</content>
public static partial class ScenarioCatalogue
{
    private const int ManyLines = 20;

    private static IEnumerable<Scenario> Shapes(TransitionTable table, IReadOnlyList<Place> plain, TimeSpan late)
    {
        // of what is unusual where
        foreach (var place in plain)
        {
            yield return Shape(
                $"slow/{place.Name}",
                $"{Name(place.Command)} is answered {late.TotalSeconds} s late.",
                TrialRules.Patience,
                place.Command,
                new Answer { Delay = late }
            );
            yield return Shape(
                $"lines/{place.Name}",
                $"The reply to {Lower(place.Command)} has {ManyLines} lines more.",
                TrialRules.WholeReply,
                place.Command,
                new Answer { MoreLines = ManyLines }
            );
            yield return Shape(
                $"long/{place.Name}",
                $"The reply to {Lower(place.Command)} is as long as a line may be.",
                TrialRules.AnyText,
                place.Command,
                new Answer { IsLong = true }
            );
            if (!HasName(table, place.Command) && !IsRuled(table, place.Command))
            {
                yield return Shape(
                    $"bare/{place.Name}",
                    $"The reply to {Lower(place.Command)} is a code without text.",
                    TrialRules.AnyText,
                    place.Command,
                    new Answer { Text = "" }
                );
            }

            if (!HasName(table, place.Command))
            {
                yield return Shape(
                    $"text/{place.Name}",
                    $"The text of the reply to {Lower(place.Command)} looks like another code.",
                    TrialRules.AnyText,
                    place.Command,
                    new Answer { Text = "550 5.1.1 -no- 421" }
                );
            }
        }

        yield return Shape(
            "slow/every-reply",
            $"Each reply comes {late.TotalSeconds} s late.",
            TrialRules.Patience,
            null,
            new Answer { Delay = late }
        );
        yield return Shape(
            "octets/every-reply",
            "Each reply comes octet by octet.",
            TrialRules.WholeReply,
            null,
            new Answer { InOctets = true }
        );
        yield return Shape(
            "lines/every-reply",
            $"Each reply has {ManyLines} lines more.",
            TrialRules.WholeReply,
            null,
            new Answer { MoreLines = ManyLines }
        );
        foreach (var place in plain)
        {
            foreach (var scenario in Codes(table, place))
            {
                yield return scenario;
            }
        }
    }

    // codes that are in no row: only the first digit of them says something
    private static IEnumerable<Scenario> Codes(TransitionTable table, Place place)
    {
        var known = table.Commands.SelectMany(use => use.Replies.All.Concat(use.General)).ToHashSet();
        if (place.Command.Kind is InputKind.Opening || place.Command == table.Listing)
        {
            yield break;
        }

        foreach (var hundred in new[] { 200, 400, 500 })
        {
            var code = Enumerable.Range(hundred, 60).Last(code => !known.Contains(code));
            var isAccepting = hundred == 200;
            if (isAccepting ? Usual(table, place.Command) / 100 == 2 : place.Command != table.Ending)
            {
                yield return new Scenario(0, $"code/{place.Name}/{code}", $"{Name(place.Command)} draws {code}, which no standard has.")
                {
                    SameAsPlain = isAccepting ? TrialRules.FirstDigit : null,
                    Answers =
                    [
                        (new Moment(place.Command, place.Command == Rfc821.RCPT ? Nth.Every : Nth.First), new Answer { Code = code }),
                    ],
                };
            }
        }

        if (place.Command == Rfc821.DATA)
        {
            yield return new Scenario(0, "code/DATA/250", "DATA draws 250, which does not say that the data may come.")
            {
                Answers = [(new Moment(Rfc821.DATA), new Answer { Code = 250 })],
            };
        }
    }

    private static IEnumerable<Scenario> Offers(Profile profile, IReadOnlyList<Place> plain, TimeSpan late)
    {
        foreach (var scenario in DemandsOffers(profile.Table) ? [] : NoOffers(profile, plain, late))
        {
            yield return scenario;
        }

        yield return new Scenario(0, "offer/unknown", $"The reply to {profile.Table.Listing} lists much that no standard has.")
        {
            SameAsPlain = TrialRules.AnyText,
            MoreOffers = [.. Enumerable.Range(1, ManyLines).Select(number => $"XUNKNOWN{number} some words 250-{number}")],
            Answers = [(new Moment(profile.Table.Listing), new Answer())],
        };
    }

    // a server that has to offer something would be wrong
    private static bool DemandsOffers(TransitionTable table) => table.DemandedOffers.Any(offer => !offer.IsForbidden);

    private static IEnumerable<Scenario> NoOffers(Profile profile, IReadOnlyList<Place> plain, TimeSpan late)
    {
        var bare = Profiles.BaseOf(profile);
        yield return new Scenario(0, "offer/nothing", "The reply to EHLO lists nothing, and each reply comes late.")
        {
            Serves = bare,

            // one that is to log in, or to demand TLS, sends nothing where neither is offered
            SameAsPlain = bare.Table.Regions.Count == profile.Table.Regions.Count ? TrialRules.Patience : null,
            Answers = [(new Moment(null), new Answer { Delay = late })],
        };
        yield return new Scenario(0, "offer/nothing-and-RCPT-all", "The reply to EHLO lists nothing, and each RCPT is refused.")
        {
            Serves = bare,
            Answers =
            [
                (
                    new Moment(Rfc821.RCPT, Nth.Every),
                    new Answer { Code = Unusual(profile.Table, plain.First(place => place.Command == Rfc821.RCPT)).First(IsPermanent) }
                ),
            ],
        };
    }

    private static IEnumerable<Scenario> Secured(TransitionTable table) =>
        from use in table.Commands
        where use.Replies.Accepting.Any(code => table.Secures(use.Command / code)) && !DemandsOffers(table)
        select new Scenario(
            0,
            $"offer/nothing-behind-{use.Command}",
            $"Inside TLS, behind {use.Command}, the reply to {table.Listing} lists nothing."
        )
        {
            SameAsPlain = table.Commands.Any(one => one.Command == Rfc4954.AUTH) ? null : TrialRules.AnyText,
            ShrinksInside = true,
            Answers = [(new Moment(use.Command), new Answer())],
        };

    private static Scenario Shape(string id, string title, Rule rule, Command? command, Answer answer) => new(0, id, title)
    {
        SameAsPlain = rule,
        Answers = [(new Moment(command, command == Rfc821.RCPT ? Nth.Every : Nth.First), answer)],
    };

    // the greeting, and the reply to what opens a session, begin with a name (RFC 5321 4.2, 4.1.1.1)
    private static bool HasName(TransitionTable table, Command command) =>
        command.Kind is InputKind.Opening || table.Greeting.Contains(command);

    // an extension that is offered has the text begin with something (RFC 2034 4)
    private static bool IsRuled(TransitionTable table, Command command) =>
        table[command].Replies.Accepting.Any(code => table.ReplyTexts.Any(rule => rule.AppliesTo(command, code)));

    private static string Lower(Command command) =>
        command.Kind is InputKind.Opening ? "the connection"
        : command.Kind is InputKind.Data ? "the end of data"
        : command.Name;
}
