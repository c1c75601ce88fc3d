using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>RFC 8689, SMTP Require TLS Option (November 2019): REQUIRETLS at MAIL, in sessions inside TLS.</summary>
public static class Rfc8689
{
    private static Clause Section(string number) => new("RFC 8689", number);

    /// <summary>The parameter is taken.</summary>
    public static readonly Rule RQ1 = new(
        "RQ1",
        Section("2"),
        Level.Must,
        "Inside TLS a server that offers REQUIRETLS takes MAIL with the parameter REQUIRETLS."
    );

    /// <summary>The parameter; it has no value.</summary>
    public static readonly Parameter REQUIRETLS = new("REQUIRETLS", [MAIL], null, Taken: RQ1);

    private static readonly Doubt[] Doubts =
    [
        new("May REQUIRETLS be offered in clear?", "RFC 8689 2, 4.2.1",
            "Ours does not; a tester says nothing of a server that does, and sends the parameter inside TLS only.",
            "The section binds the client to TLS, and wants the keyword in the reply to EHLO behind STARTTLS; no sentence forbids it "
                + "elsewhere."
        ),
        new(
            "What does REQUIRETLS draw that has a value, or is given twice?",
            "RFC 8689 2",
            "501 from ours; a tester accuses nobody.",
            "The text says that there is no value, and gives no reply."
        ),
        new(
            "May anything stand behind the keyword?",
            "RFC 8689 2",
            "A tester says nothing of it.",
            "The section registers the keyword and says nothing of what may stand behind it."
        ),
    ];

    // Left out: how the message is sent on (4.2), the header field (3, 4.1) and what is returned (5), which are seen only where mail is
    // relayed; how a client makes sure of the server it talks to (2, 4.2.1).

    /// <summary>REQUIRETLS as a part of a profile; it goes on top of RFC 5321.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.State(RQ1);
            v.Parameter(REQUIRETLS);
            v.Doubt(Doubts);
        },
        static _ => { })
    {
        Extension = new ServiceExtension("REQUIRETLS", "a message is sent on inside TLS or not at all", Section("2")) { IsForTls = true },
    };
}
