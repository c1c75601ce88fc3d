using SmtpModel.Machines;
using static SmtpModel.Machines.When;
using static SmtpModel.Spec.Rfc5321;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>
/// What has to be true of every session, said from outside: these claims do not make the order, they are proved of it. A
/// change of the order that breaks one of them is a mistake in the order, or a reason to think again about the claim.
/// </summary>
public static class Properties
{
    private static Clause In821(string section) => new("RFC 821", section);

    private static Clause In5321(string section) => new("RFC 5321", section);

    // what puts a session into its initial state, and what hands a message over
    private static readonly Command[] Resetting = [RSET, HELO, EHLO, Rfc2033.LHLO];
    private static readonly Condition HandsOver = Accepted(EndOfData);

    private static readonly Condition HoldsAPath = Holds(ReversePath) | Holds(ForwardPath);
    private static readonly Condition HandedMarkedPath = HeldMarked(ReversePath) | HeldMarked(ForwardPath);
    private static readonly Condition PutsMarkedPath = PutsMarked & (HoldsMarked(ReversePath) | HoldsMarked(ForwardPath));

    // of RFC 821 and RFC 5321; extensions bring their own
    private static readonly Property[] OfTheBase =
    [
        Property.Only("data-after-rcpt", In5321("3.3"),
            "DATA is accepted only when a RCPT of the same transaction was accepted before.",
            what: Accepted(DATA), after: Accepted(RCPT), anewBehind: Accepted(Beginning) | Accepted(Resetting) | Answered(EndOfData)),

        Property.Only("handed-over-after-data", In5321("4.1.1.4"),
            "A message is handed over only at the end of data that follows a 354.",
            what: HandsOver,
            after: Drew(354) & Accepted(DATA),
            anewBehind: Accepted(Beginning) | Accepted(Resetting) | Refused(EndOfData)
        ),
        Property.Not(
            "handed-over-once",
            In5321("6.1"),
            "A message is handed over at most once: the next one needs a 354 of its own.",
            what: HandsOver, behind: HandsOver, until: Drew(354) & Accepted(DATA)),

        Property.Only("no-path-from-elsewhere", In5321("4.1.1"),
            "A message is handed over with no path but those that were accepted since its MAIL.",
            what: HandsOver & HandedMarkedPath, after: PutsMarkedPath, anewBehind: Accepted(Beginning) & !PutsMarkedPath),

        Property.Not("no-path-lost", In5321("4.1.1"),
            "A message is handed over with every path that was accepted since its MAIL.",
            what: HandsOver & !HandedMarkedPath, behind: PutsMarkedPath, until: Accepted(Beginning) & !PutsMarkedPath),

        Property.Never("reset-ends-transaction", In5321("4.1.4"),
            "An accepted RSET, HELO or EHLO leads to a state without a transaction and with empty buffers.",
            Accepted(Resetting) & (In(Transaction, ReceivingData) | HoldsAPath | Holds(MailData))),

        Property.Not("nothing-after-quit", In5321("4.1.1.10"),
            "When QUIT has been accepted no command is answered any more.",
            what: Answered(), behind: Accepted(QUIT)),

        // an exchange is a command with one reply, so no model made of exchanges can answer twice; it could fail to answer
        Property.LeadsTo("one-reply", In5321("4.2"),
            "Every command draws a reply, and only one.",
            first: Sent(), then: Answered()),

        Property.Only("in-order-never-503", In821("4.3"),
            "A session that sends only commands that can be accepted where they come never draws 503.",
            what: Drew(503), after: SentUnacceptable),

        Property.CanAlways("can-be-ended", In5321("4.1.1.10"),
            "From every state the session can still be ended by QUIT.",
            goal: Accepted(QUIT) & In(Closed), except: In(Closed)),

        Property.Only("parameter-after-EHLO", In5321("4.1.1.11"),
            "A parameter of an extension is taken only behind an EHLO that was accepted, and no more behind HELO.",
            what: Accepted() & HasParameter(), after: Accepted(EHLO, Rfc2033.LHLO), anewBehind: Accepted(HELO)),
    ];

    /// <summary>
    /// All properties, those that extensions bring too, for every profile; one that names what a profile does not have does not apply
    /// there.
    /// </summary>
    public static IReadOnlyList<Property> All { get; } = [.. OfTheBase, .. Profiles.Every.SelectMany(part => part.Properties)];
}
