using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>
/// RFC 7504, SMTP 521 and 556 Reply Codes (June 2015), which updates RFC 5321: a host that never accepts mail greets with 521, and 556
/// says
/// of a recipient's domain that it accepts none. Ours says neither; a server that does breaks nothing.
/// </summary>
public static class Rfc7504
{
    private static Clause Section(string number) => new("RFC 7504", number);

    /// <summary>The greeting was 521: 521 goes on, or the connection ends.</summary>
    public static readonly State AcceptsNoMail = new("AcceptsNoMail", "521 has been sent: the host never accepts mail");

    /// <summary>The greeting.</summary>
    public static readonly Rule NM1 = new(
        "NM1",
        Section("3"),
        Level.May,
        "A host that never accepts mail greets with 521; behind that it answers 521 to all but QUIT, or closes the connection."
    );

    /// <summary>A recipient's domain.</summary>
    public static readonly Rule NM2 = new(
        "NM2",
        Section("4"),
        Level.May,
        "RCPT draws 556 where the recipient's domain is known to accept no mail."
    );

    private static readonly Doubt[] Doubts =
    [
        new("May a server that greeted with 521 close without a reply?", "RFC 7504 3, RFC 5321 3.8",
            "Yes.", "The section lets it; it is the later one, and about this greeting only."),
        new("May 521 answer a command behind another greeting?", "RFC 7504 3",
            "It refuses as any other 5yz.", "The code is reserved for the opening of a connection; nothing says what it is elsewhere."),
    ];

    // Left out: when 521 and 556 should be said, and when not, which is for the site to know.

    /// <summary>The two codes as a part of a profile; they go on top of RFC 5321.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.State(NM1, NM2);
            v.Doubt(Doubts);
        },
        m =>
        {
            m.Configure(Opening)
                .Tolerate([Connection / 521], AcceptsNoMail, NM1)
                .MayAlsoLead([Connection / 521], Closed, NM1);
            m.Configure(AcceptsNoMail).SubstateOf(Channel)
                .Permit([QUIT / 221], Closed, NM1)
                .Permit(
                    m.Vocabulary.Commands.Select(use => use.Command)
                        .Where(command => command.Kind is InputKind.Line or InputKind.UnknownLine)
                        .Select(command => command / 521),
                    AcceptsNoMail,
                    NM1
                )
                .MayAlsoLead(
                    m.Vocabulary.Commands.Select(use => use.Command)
                        .Where(command => command.Kind is InputKind.Line or InputKind.UnknownLine)
                        .Select(command => command / 503),
                    Closed,
                    NM1
                );
            m.Configure(MailGiven).Tolerate([RCPT / 556], MailGiven, NM2);
            m.Configure(RecipientsGiven).Tolerate([RCPT / 556], RecipientsGiven, NM2);
        });
}
