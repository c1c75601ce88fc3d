using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>RFC 7293, The Require-Recipient-Valid-Since Header Field and SMTP Service Extension (July 2014): RRVS at RCPT.</summary>
public static class Rfc7293
{
    private static Clause Section(string number) => new("RFC 7293", number);

    /// <summary>The parameter is taken.</summary>
    public static readonly Rule RV1 = new(
        "RV1",
        Section("3.1"),
        Level.Must,
        "A server that offers RRVS knows the parameter RRVS of RCPT, with C, R or nothing behind the time; it may refuse a recipient who "
            + "has not had the mailbox since then."
    );

    /// <summary>What EHLO lists.</summary>
    public static readonly Rule RV2 = new("RV2", Section("3.1"), Level.Must, "The keyword RRVS stands alone.");

    // RFC 3339 5.6, without parts of a second
    private const string Moment =
        @"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
            + @"[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])";

    /// <summary>The parameter: since when the recipient has to have had the mailbox, and what to do where it cannot be looked at
    /// (3.1).</summary>
    public static readonly Parameter RRVS = new("RRVS", [RCPT],
        new ValueSyntax("date-time [\";\" (\"C\" / \"R\")]", $"{Moment}(?:;[CcRr])?")
        {
            Valid = ["2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z;C", "2026-01-01T02:30:00+02:30;r"],
            Malformed = ["", "2026-01-01", "2026-01-01T00:00:00.5Z", "2026-01-01T00:00:00Z;X"],
        }, Taken: RV1);

    private static readonly Doubt[] Doubts =
    [
        new(
            "What does an RRVS draw that is malformed or given twice?",
            "RFC 7293 3.1",
            "501 from ours; a tester accuses nobody.",
            "The section gives the syntax and no reply."
        ),
        new(
            "Does a server have to refuse a recipient whose mailbox is younger?",
            "RFC 7293 5.1",
            "That is not looked at, since nobody outside knows how old a mailbox is; 550 is what comes.",
            "Relays leave the check to the server behind them (5.1.1)."
        ),
    ];

    // Left out: the header field (3.2, 5.2), relaying (5.1.1, 6) and special addresses (8), which are seen only where mail is delivered.

    /// <summary>RRVS as a part of a profile; it goes on top of RFC 5321.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.State(RV1, RV2);
            v.Parameter(RRVS);
            v.Doubt(Doubts);
        },
        static _ => { })
    {
        Extension = new ServiceExtension("RRVS", "a recipient has had the mailbox since then", Section("3.1")) { Form = RV2 },
    };
}
