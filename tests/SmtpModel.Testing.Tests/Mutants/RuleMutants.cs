using SmtpModel.Machines;
using SmtpModel.Server;
using static SmtpModel.Spec.Rfc5321;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Testing.Tests.Mutants;

// For each rule servers that break it; where a rule has several sides, one for each.
internal static class RuleMutants
{
    /// <summary>What RFC 821 forbids, and RFC 5321 leaves to the server.</summary>
    public const string EarlyMail = "MAIL before HELO is accepted";

    public static IReadOnlyList<HandMutant> Of(Profile profile)
    {
        var table = profile.Table;
        // HELO, or what stands in its place
        var hello = table.Greeting[0];
        // of the greetings that come again only the one that lists extensions has its codes named (RFC 5321 4.1.4)
        var again = table.Listing ?? hello;
        HandMutant Table(Rule rule, string does, Func<TableOrder, TableOrder> change) => HandMutant.Of(profile, rule.Id, does, change);
        IEnumerable<Edge> Accepted(State state, Command command) => table.Edges(state, command, accepted: true);
        IEnumerable<Edge> Refused(State state, Command command) => table.Edges(state, command, accepted: false);

        List<HandMutant> mutants =
        [
            Table(O1, "HELO does not open the session", order => order.Lead(Accepted(Connected, hello), Connected)),
            Table(O2, "a second HELO keeps the transaction", order => order.Stay(Accepted(RecipientsGiven, hello))),
            Table(O2, $"a second {again} is refused", order => order.WithRefusal(Ready, again, 503)),
            Table(O3, "a refused HELO ends the transaction", order => order.Lead(Refused(RecipientsGiven, hello), Ready)),
            Table(O4, "NOOP ends the transaction", order => order.Lead(Accepted(RecipientsGiven, NOOP), Ready)),
            Table(O4, "VRFY empties the forward-path buffer", order =>
                order.Stay(Accepted(RecipientsGiven, VRFY), BufferEffects.ClearForwardPath)
            ),
            Table(O4, "NOOP is refused in a transaction", order => order.WithRefusal(MailGiven, NOOP, 503)),
            Table(O5, "a second RCPT is refused", order => order.WithRefusal(RecipientsGiven, RCPT, 503)),
            Table(O5, "DATA is accepted without a RCPT", order => order.WithAcceptance(MailGiven, DATA, ReceivingData)),
            Table(O6, "RSET keeps the transaction", order => order.Stay(Accepted(RecipientsGiven, RSET))),
            Table(O6, "RSET asks for HELO again", order => order.Lead(Accepted(Ready, RSET), Connected)),
            Table(O7, "a second transaction needs a new HELO", order => order.Lead(Accepted(ReceivingData, EndOfData), Connected)),
            Table(O8, "a refused MAIL begins a transaction", order => order.Lead(Refused(Ready, MAIL), MailGiven)),
            Table(O9, "MAIL out of order draws 543", order => order.WithRefusal(MailGiven, MAIL, 543)),
            Table(O9, "RCPT is accepted without MAIL", order => order.WithAcceptance(Ready, RCPT, RecipientsGiven)),
            new HandMutant(O9.Id, "MAIL out of order draws 503 and ends the transaction", () =>
                InMemoryTarget.Of(new MutantOrder(SpecifiedOrder.Of(table), new AbortingQuirk()), "a mutant whose 503 aborts")
            ),
            Table(O10, "QUIT does not end the session", order =>
                table.States.Aggregate(order, (changed, state) => changed.Stay(Accepted(state, QUIT)))
            ),
            Table(B1, "RCPT replaces the forward-path", order =>
                order.Lead(
                    Accepted(RecipientsGiven, RCPT),
                    RecipientsGiven,
                    BufferEffects.ClearForwardPath | BufferEffects.AppendForwardPath
                )
            ),
            Table(B1, "RCPT replaces the reverse-path", order =>
                order.Lead(Accepted(MailGiven, RCPT), RecipientsGiven, BufferEffects.SetReversePath | BufferEffects.AppendForwardPath)
            ),
            Table(B1, "MAIL sets no reverse-path", order => order.Lead(Accepted(Ready, MAIL), MailGiven, BufferEffects.None)),
            Table(B1, "mail data is kept for the next message", order =>
                order
                    .Lead(Accepted(ReceivingData, EndOfData), Ready, BufferEffects.ClearReversePath | BufferEffects.ClearForwardPath)
                    .Lead(Accepted(Ready, MAIL), MailGiven, BufferEffects.SetReversePath)
            ),
            Table(B2, "the transaction stays open when the end of data is refused", order =>
                order.Lead(Refused(ReceivingData, EndOfData), RecipientsGiven, BufferEffects.ClearMailData)
            ),
            Table(B2, "the transaction stays open when the end of data is accepted", order =>
                order.Lead(Accepted(ReceivingData, EndOfData), RecipientsGiven, BufferEffects.ClearMailData)
            ),
            Keywords(profile, S1, "a keyword is known by its first four letters", keyword => keyword[..Math.Min(keyword.Length, 4)]),
            Table(S2, "a mailbox that the site refuses is a recipient all the same", order =>
                order.Stay(Refused(RecipientsGiven, RCPT), BufferEffects.AppendForwardPath)
            ),
            Table(R1, "a refused RCPT is a recipient all the same", order =>
                order.Lead(Refused(MailGiven, RCPT), RecipientsGiven, BufferEffects.AppendForwardPath)
            ),
            Table(R2, "421 does not close the channel", order =>
                table
                    .Commands.Where(use => use.Command.Kind is InputKind.Line)
                    .Aggregate(order, (changed, use) =>
                        changed.With(new Edge(Ready, use.Command / 421, Closed, R2, SourcePlace.Unknown), Ready)
                    )
            ),
            Table(R3, "a line that is no command ends the transaction", order => order.Lead(table.From(RecipientsGiven, Unknown), Ready)),
        ];

        if (table.Listing == EHLO)
        {
            mutants.Add(Table(E1, "EHLO does not open the session", order => order.Lead(Accepted(Connected, EHLO), Connected)));
            mutants.Add(Table(O2, "a second EHLO keeps the transaction", order => order.Stay(Accepted(RecipientsGiven, EHLO))));
            mutants.Add(CaseSensitive(profile));
            mutants.Add(Table(E4, "RCPT without MAIL draws 543", order => order.WithRefusal(Ready, RCPT, 543)));
            mutants.Add(
                Table(E6, "MAIL and the like before EHLO are accepted and begin nothing", order =>
                    new[] { MAIL, SEND, SOML, SAML }.Aggregate(order, (changed, command) =>
                        changed.WithAcceptance(Connected, command, Connected)
                    )
                )
            );
            mutants.Add(
                Table(E7, "MAIL behind RCPT is accepted and forgets no recipient", order =>
                    order.WithRejection(RecipientsGiven, MAIL, 250, RecipientsGiven, BufferEffects.SetReversePath)
                )
            );
            mutants.Add(
                Table(O10, "QUIT draws 250", order =>
                    table.States.Aggregate(order, (changed, state) =>
                        Accepted(state, QUIT).Aggregate(changed, (before, edge) => before.With(edge, edge.To, reply: 250))
                    )
                )
            );
            mutants.Add(Table(E2, "after a 554 greeting QUIT is not served", order => order.WithRefusal(TurnedAway, QUIT, 503)));
        }
        else
        {
            mutants.Add(Table(O3, "a refused HELO opens the session", order => order.Lead(Refused(Connected, hello), Ready)));
            mutants.AddRange(
                table.FindTolerated(Connected, MAIL / 250) is not null
                    ? []
                    : new[] { Table(O1, EarlyMail, order => order.WithAcceptance(Connected, MAIL, MailGiven)) }
            );
            mutants.Add(Table(O9, "a nested MAIL is accepted", order => order.WithAcceptance(MailGiven, MAIL, MailGiven)));
            mutants.Add(Table(O1, "RSET before HELO opens the session", order => order.WithAcceptance(Connected, RSET, Ready)));
        }

        return mutants;
    }

    /// <summary>Rule C: a required command that is missing, by the code that says so, where nothing else could be meant by it.</summary>
    public static IEnumerable<HandMutant> Missing(Profile profile) =>
        from use in profile.Table.Commands
        where use.Command.Kind is InputKind.Line && use.Required
        from code in new[] { profile.Table.Faults.Unrecognized, profile.Table.Faults.NotImplemented }
        where !use.Replies.All.Contains(code)
        select HandMutant.Of(profile, C.Id, $"{use.Command} draws {code}",
            order => Without(order, profile.Table, other => other == use, code));

    /// <summary>A server that does not have some of the commands, and says so with a code.</summary>
    public static TableOrder Without(TableOrder order, TransitionTable table, Func<CommandUse, bool> isMissing, int code) =>
        table.Commands.Where(use => use.Command.Kind is InputKind.Line && isMissing(use))
            .SelectMany(use => table.States.Where(state => table.Reads(state) is Reading.Commands).Select(state => (state, use.Command)))
            .Aggregate(order, (changed, cell) => changed.WithRefusal(cell.state, cell.Command, code));

    /// <summary>Keywords in upper case only. In RFC 821 the row of every command lists 500, so that a fuzzer cannot call it wrong
    /// there.</summary>
    public static HandMutant CaseSensitive(Profile profile) =>
        Keywords(profile, S1, "keywords are known in upper case only", keyword => keyword.Any(char.IsLower) ? null : keyword);

    private static HandMutant Keywords(Profile profile, Rule rule, string does, Func<string, string?> keyword) =>
        new(rule.Id, does, () =>
            InMemoryTarget.Of(
                new MutantOrder(SpecifiedOrder.Of(profile.Table), new KeywordQuirk(keyword)),
                $"a mutant of {profile} in which {does}"
            )
        );
}
