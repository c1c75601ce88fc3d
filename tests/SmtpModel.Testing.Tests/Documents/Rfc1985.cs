using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>RFC 1985: ETRN, by which a client asks a server to begin sending the mail that waits for a host.</summary>
public static class Rfc1985
{
    private static readonly Clause Section5 = new("RFC 1985", "5");

    /// <summary>The command. It does nothing to the buffers.</summary>
    public static readonly Command ETRN = new("ETRN", InputKind.Line, OnAccept: [], OnRefuse: []);

    /// <summary>Where it is in order.</summary>
    public static readonly Rule Q1 = new("Q1", Section5, Level.Must, "ETRN is in order once the session is open and no transaction is, and changes nothing.");

    /// <summary>Where it is not.</summary>
    public static readonly Rule Q2 = new("Q2", Section5, Level.Must, "ETRN inside a transaction is out of order.");

    /// <summary>ETRN as a part of a profile; it goes on top of RFC 5321.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.Command(ETRN, Section5, Text, success: [250, 251, 252, 253], failure: [458, 459]);
            v.State(Q1, Q2);
        },
        m =>
        {
            m.Configure(Ready).Accept(ETRN, null, Q1, refused: R1);
            m.Configure(Session).OutOfOrder([503], Q2, [ETRN]);
            m.Configure(Rfc5321.TurnedAway).OutOfOrder([503], Rfc5321.E3, [ETRN]);
        });
}
