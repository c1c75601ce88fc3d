using SmtpModel.Machines;
using SmtpModel.Server;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Testing.Tests.Mutants;

// Bugs that servers have had, each as a server of its own.
internal static class ClassicBugs
{
    public static IReadOnlyList<HandMutant> Of(Profile profile)
    {
        var table = profile.Table;
        HandMutant Table(string does, Func<TableOrder, TableOrder> change) => HandMutant.Of(profile, "bug", does, change);
        HandMutant Answers(string does, Func<Func<Said, Observation>> change) =>
            new("bug", does, () => new FaultyTarget(InMemoryTarget.Of(profile), change));
        IEnumerable<Edge> Accepted(State state, Command command) => table.Edges(state, command, accepted: true);
        return
        [
            Table("RSET loses the greeting", order =>
                table.Inside(Greeted).Aggregate(order, (changed, state) => changed.Lead(Accepted(state, RSET), Connected))
            ),
            Table("a nested MAIL is accepted and keeps the recipients", order =>
                order.WithRejection(RecipientsGiven, MAIL, 250, RecipientsGiven, BufferEffects.SetReversePath)
            ),
            Table("a refused MAIL begins a transaction", order => order.Lead(table.Edges(Ready, MAIL, accepted: false), MailGiven)),
            Table("the transaction stays open after an end of data that was refused", order =>
                order.Lead(table.Edges(ReceivingData, EndOfData, accepted: false), RecipientsGiven, BufferEffects.ClearMailData)
            ),
            Table("recipients from before a second HELO get the next message too", order =>
                order
                    .Lead(Accepted(RecipientsGiven, table.Greeting[0]), Ready, BufferEffects.ClearReversePath)
                    .Lead(Accepted(Ready, MAIL), MailGiven, BufferEffects.SetReversePath)
            ),
            Table("recipients of the last message get the next one too", order =>
                order
                    .Lead(Accepted(ReceivingData, EndOfData), Ready, BufferEffects.ClearReversePath | BufferEffects.ClearMailData)
                    .Lead(Accepted(Ready, MAIL), MailGiven, BufferEffects.SetReversePath)
            ),
            Table("354 without a recipient", order => order.WithAcceptance(MailGiven, DATA, ReceivingData)),
            Table("354 without a transaction", order => order.WithAcceptance(Ready, DATA, ReceivingData)),
            Answers("two replies to RSET", () =>
                said =>
                    said.Keyword == "RSET" && said.Came.Kind is ObservationKind.Reply
                        ? new Observation(ObservationKind.NoReply, said.Came.Code, Fault: "more than one reply")
                        : said.Came
            ),
            Answers("no reply to NOOP", () =>
                said =>
                    said.Keyword == "NOOP" && said.Came.Kind is ObservationKind.Reply
                        ? new Observation(ObservationKind.Silence)
                        : said.Came
            ),
            Answers("a reply after QUIT", () =>
                said => said.Came.Kind is ObservationKind.Closed ? new Observation(ObservationKind.Reply, 503) : said.Came
            ),
            Answers("the channel is closed after a line that is no command", () =>
            {
                var isClosing = false;
                return said =>
                {
                    var came = isClosing ? new Observation(ObservationKind.Closed) : said.Came;
                    isClosing |= said.Came.Code == table.Faults.Unrecognized;
                    return came;
                };
            }),
        ];
    }
}
