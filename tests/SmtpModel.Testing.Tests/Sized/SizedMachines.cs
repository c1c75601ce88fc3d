using SmtpModel.Machines;
using SmtpModel.Spec;
using static SmtpModel.Spec.Rfc821;
using static SmtpModel.Testing.Tests.Sized.Zone;

namespace SmtpModel.Testing.Tests.Sized;

/// <summary>
/// Machines of three sizes in the shape of SMTP with its extensions, for figures that depend on the size. They are profiles
/// like those of the specification and go through the same engine, but they are no reading of any RFC: every command has no
/// argument. A size counts the states a suite can get to, so neither the one before the greeting nor the one after QUIT.
/// </summary>
internal static class SizedMachines
{
    private static readonly Command EHLO = Rfc5321.EHLO;
    private static readonly Command STARTTLS = Line("STARTTLS");
    private static readonly Command AUTH = Line("AUTH");
    private static readonly Command RESPONSE = Line("RESPONSE");
    private static readonly Command CANCEL = Line("CANCEL");
    private static readonly Command ETRN = Line("ETRN");
    private static readonly Command LHLO = new("LHLO", InputKind.Line, HELO.OnAccept, HELO.OnRefuse);
    private static readonly Command BDAT = new("BDAT", InputKind.Line, DATA.OnAccept, DATA.OnRefuse);
    private static readonly Command LAST = new("LAST", InputKind.Line, HELO.OnAccept, HELO.OnRefuse);
    private static readonly Command BURL = new("BURL", InputKind.Line, DATA.OnAccept, DATA.OnRefuse);

    private static readonly State Challenged = new("Challenged", "334 has been sent, a line is the client's response");
    private static readonly State Secured = new("Secured", "TLS has begun, no EHLO yet");
    private static readonly State Plain = new("Plain", "EHLO was accepted, TLS has not begun");
    private static readonly State Greeted821 = new("Greeted821", "HELO was accepted: a session without extensions");
    private static readonly State PasswordAsked = new("PasswordAsked", "the name was given, a line is the password");

    /// <summary>Six states, twelve inputs: HELO to the end of data, and a dialogue of AUTH.</summary>
    public static Profile Small { get; } = Make("small", [HELO, EHLO, MAIL, RCPT, DATA, RSET, VRFY, NOOP, QUIT, AUTH, RESPONSE], machine =>
    {
        var zone = Of("");
        machine.Connected([EHLO, HELO], zone.Ready);
        machine.Transaction(zone, [EHLO, HELO], zone.Ready);
        machine.Configure(zone.Ready).Accept(AUTH, Challenged, O4, R1);
        machine.Dialogue(Challenged, [RESPONSE], zone.Ready, zone.Ready);
    });

    /// <summary>Eleven states, twenty-one inputs: with STARTTLS and AUTH; mail data only after authentication.</summary>
    public static Profile Medium { get; } =
        Make(
            "medium",
            [
                HELO,
                EHLO,
                MAIL,
                RCPT,
                DATA,
                RSET,
                VRFY,
                EXPN,
                HELP,
                NOOP,
                QUIT,
                TURN,
                SEND,
                SOML,
                SAML,
                STARTTLS,
                AUTH,
                RESPONSE,
                CANCEL,
                ETRN,
            ],
            machine =>
            {
                var (before, after) = (Of("Tls"), Of(""));
                machine.Connected([EHLO, HELO], Plain);
                machine.Idle(Plain, [EHLO, HELO], Plain).Accept(STARTTLS, Secured, O4, R1);
                machine.Idle(Secured, [EHLO, HELO], before.Ready);
                machine.Transaction(before, [EHLO, HELO], before.Ready, takesData: false);
                machine.Configure(before.Recipients).OutOfOrder([530], O9, [DATA]);
                machine.Configure(before.Ready).Accept(AUTH, Challenged, O4, R1);
                machine.Dialogue(Challenged, [RESPONSE, CANCEL], after.Ready, before.Ready);
                machine.Transaction(after, [EHLO, HELO], after.Ready);
                machine.Configure(after.Ready).Accept(ETRN, null, O4, R1);
            }
        );

    /// <summary>Sixteen states, twenty-five inputs: with chunks, LHLO, a session without extensions, and a dialogue of two
    /// responses.</summary>
    public static Profile Large { get; } =
        Make(
            "large",
            [
                HELO,
                EHLO,
                LHLO,
                MAIL,
                RCPT,
                DATA,
                BDAT,
                LAST,
                BURL,
                RSET,
                VRFY,
                EXPN,
                HELP,
                NOOP,
                QUIT,
                TURN,
                SEND,
                SOML,
                SAML,
                STARTTLS,
                AUTH,
                RESPONSE,
                CANCEL,
                ETRN,
            ],
            machine =>
            {
                var (before, after) = (Of("Tls"), Of(""));
                machine.Connected([EHLO, LHLO], Plain);
                machine.Configure(Connected).Accept(HELO, Greeted821, O2, O3);
                machine.Idle(Greeted821, [EHLO, LHLO], Plain).Accept(HELO, Greeted821, O2, O3).Accept(TURN, null, O4, R1);
                machine.Idle(Plain, [EHLO, LHLO], Plain).Accept(HELO, Greeted821, O2, O3).Accept(STARTTLS, Secured, O4, R1);
                machine.Idle(Secured, [EHLO, LHLO], before.Ready);
                machine.Transaction(before, [EHLO, LHLO], before.Ready);
                machine.Chunks(before, [EHLO, LHLO], before.Ready, BDAT, LAST);
                machine.Configure(before.Ready).Accept(AUTH, Challenged, O4, R1);
                machine.Dialogue(Challenged, [RESPONSE, CANCEL], PasswordAsked, before.Ready);
                machine.Dialogue(PasswordAsked, [RESPONSE, CANCEL], after.Ready, before.Ready);
                machine.Transaction(after, [EHLO, LHLO], after.Ready);
                machine.Chunks(after, [EHLO, LHLO], after.Ready, BDAT, LAST);
                machine.Configure(after.Ready).Accept(ETRN, null, O4, R1);
                machine.Configure(after.Chunks).Accept(BURL, null, O4, R1);
            }
        );

    public static IReadOnlyList<Profile> All { get; } = [Small, Medium, Large];

    public static Profile Named(string name) => All.Single(profile => profile.Name == name);

    public static ResolvedMachine Resolve(Profile profile) =>
        ResolvedMachine.Of(profile.Table, new Palette(profile.Table, new PaletteOptions()));

    private static Command Line(string name) => new(name, InputKind.Line, [], []);

    private static Profile Make(string name, Command[] lines, Action<ProtocolMachine> order) =>
        new(
            name,
            $"the {name} machine of the tests",
            new ProfilePart(
                v => Describe(v, lines),
                machine =>
                {
                    machine.Configure(Channel).Permit([Any / 421], Closed, R2);
                    machine.Configure(Opening).SubstateOf(Channel).Permit([Connection / 220], Rfc821.Connected, G1);
                    machine.Configure(Session).SubstateOf(Channel).OutOfOrder([503], O9, lines).Permit([Unknown / 500], null, R3);
                    order(machine);
                    machine.Configure(Closed);
                    machine.Vocabulary.Bounds(Opening, Closed, QUIT);
                    machine.Vocabulary.RefusalMoves(B2, EndOfData, RESPONSE, CANCEL);
                    machine.Vocabulary.RefusalMoves(R2, Any);
                }
            )
        );

    private static void Describe(Vocabulary v, Command[] lines)
    {
        var clause = new Clause("the tests", "1");
        v.Command(Connection, clause, success: [220]);
        foreach (var line in lines)
        {
            _ = line.Name switch
            {
                "DATA" => Row(intermediate: [354]),
                "AUTH" => Row(intermediate: [334]),
                "RESPONSE" => Row(success: [235], error: [535]),
                "CANCEL" => Row(error: [535]),
                "MAIL" or "RCPT" => Row(success: [250], error: [550]),
                "QUIT" => Row(success: [221]),
                "STARTTLS" => Row(success: [220]),
                "VRFY" => Row(success: [252]),
                "HELP" => Row(success: [214]),
                _ => Row(success: [250]),
            };

            bool Row(int[]? success = null, int[]? intermediate = null, int[]? error = null)
            {
                v.Command(line, clause, success: success, intermediate: intermediate, error: error, required: true);
                return true;
            }
        }

        v.Command(EndOfData, clause, success: [250], error: [554]);
        v.Command(Unknown, clause, error: [500]);
        v.Command(Any, clause, error: [421]);
        v.AnyCommandMayDraw(501);
        v.PlacedByTheOrder(503, 530, 421);
        v.FaultsDraw(new FaultReplies(500, 501, 502, 421));
        v.ArgumentsFollow("Rfc5321");
        v.State(O1, O2, O3, O4, O5, O6, O7, O8, O9, O10, B1, B2, G1, R1, R2, R3, R4, R5, R6, M1);
        v.Conducts(new ConductRules(OneReply: R5, Form: R6, Closing: R4, Minimum: M1));
    }
}
