using SmtpModel.Machines;
using static SmtpModel.Machines.When;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>
/// RFC 4954, SMTP Service Extension for Authentication (July 2007): AUTH begins a dialogue of challenges and responses (SASL, RFC 4422),
/// in which lines are no commands.
/// </summary>
public static class Rfc4954
{
    private static Clause Section(string number) => new("RFC 4954", number);

    // base64 as a whole, without anything between (RFC 4648 4)
    private const string Base64 = "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?";

    /// <summary>The command.</summary>
    public static readonly Command AUTH = new("AUTH", InputKind.Line, OnAccept: [], OnRefuse: []);

    /// <summary>The client's answer to a challenge: a line in base64, empty for an empty answer (4).</summary>
    public static readonly Command Response = new("response", InputKind.Response, OnAccept: [], OnRefuse: []);

    /// <summary>The client gives up: a line of a single asterisk (4).</summary>
    public static readonly Command Cancel = new("cancel", InputKind.Response, OnAccept: [], OnRefuse: []);

    /// <summary>The name of a mechanism, and what it begins with where the client speaks first; <c>=</c> for an empty beginning
    /// (4).</summary>
    public static readonly Argument Mechanism = new("mechanism", "mechanism[ initial-response]", Required: true)
    {
        Value = new ValueSyntax("sasl-mech [SP (base64 / \"=\")]", $"[A-Za-z0-9_-]{{1,20}}(?: (?:=|(?=[^ ]){Base64}))?")
        {
            Valid = ["PLAIN", "PLAIN AG5vYm9keQB3cm9uZw==", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256", "EXTERNAL ="],
            Malformed = ["PLAIN AG5vYm9keQB3cm9uZw==x", "PLAIN A=G5", "PLAIN *", "PLAIN AG5vYm9keQB3cm9uZw== more"],
        },
    };

    /// <summary>A response.</summary>
    public static readonly Argument Answer = new("response", "base64", Required: false)
    {
        Value = new ValueSyntax("base64", Base64)
        {
            Valid = ["bm9ib2R5", "AG5vYm9keQB3cm9uZw==", ""],
            Malformed = ["bm9i=2R5", "b", "bm9ib2R5!"],
        },
    };

    /// <summary>The line that cancels.</summary>
    public static readonly Argument Asterisk = new("asterisk", "*", Required: true)
    {
        Value = new ValueSyntax("\"*\"", @"\*") { Valid = ["*"] },
    };

#pragma warning disable CS1591 // each state says what it means in its own text, each rule what it asks
    public static readonly State Challenged = new("Challenged", "334 has been sent, the next line answers the challenge");

    // some servers begin the dialogue before EHLO
    public static readonly State ChallengedEarly = new(
        "ChallengedEarly",
        "334 has been sent before EHLO, the next line answers the challenge"
    );

    // what a session knows of its client, whatever else it does
    public static readonly State Anonymous = new("Anonymous", "nobody has been authenticated");
    public static readonly State Authenticated = new("Authenticated", "the client has been authenticated");

    public static readonly Rule AU1 = new(
        "AU1",
        Section("4"),
        Level.Must,
        "AUTH is in order where no transaction is open; 235 ends its dialogue, and the client is authenticated."
    );
    public static readonly Rule AU2 = new("AU2", Section("4"), Level.Must, "Once a client is authenticated, a further AUTH draws 503.");
    public static readonly Rule AU3 = new("AU3", Section("4"), Level.Must, "AUTH inside a transaction draws 503.");
    public static readonly Rule AU4 = new(
        "AU4",
        Section("4"),
        Level.Must,
        "A challenge is 334 with base64 behind a space, empty where the client begins; the line that follows is the response, "
            + "whatever it looks like."
    );
    public static readonly Rule AU5 = new("AU5", Section("4"), Level.Must, "A line of a single asterisk draws 501 and ends the dialogue.");
    public static readonly Rule AU6 = new("AU6", Section("4"), Level.Must, "A response that is not base64 draws 501.");
    public static readonly Rule AU7 = new(
        "AU7",
        Section("6"),
        Level.Must,
        "A refused response ends the dialogue: nobody is authenticated, and commands are read again."
    );
    public static readonly Rule AU8 = new("AU8", Section("4"), Level.May, "Before EHLO AUTH is served, or is out of order.");
    public static readonly Rule AU9 = new(
        "AU9",
        Section("4"),
        Level.Must,
        "An initial response that is not base64, or has = elsewhere than at its end, draws 501."
    );
    public static readonly Rule AU10 = new(
        "AU10",
        Section("4"),
        Level.Must,
        "An initial response to a mechanism in which the server speaks first draws 501."
    );
    public static readonly Rule AU11 = new("AU11", Section("9"), Level.Should, "At least three failed logins are borne on a connection.");
    public static readonly Rule AU12 = new(
        "AU12",
        Section("4"),
        Level.Must,
        "A response may be as long as the mechanisms need; one that is longer than the server has room for draws 500, as one line."
    );
    public static readonly Rule AU13 = new(
        "AU13",
        Section("6"),
        Level.Should,
        "What needs a login draws 530 without one; AUTH, EHLO, HELO, NOOP, RSET and QUIT do not need it."
    );
    public static readonly Rule AU14 = new(
        "AU14",
        Section("5"),
        Level.Must,
        "AUTH= at MAIL is taken, from a client that is not authenticated as well."
    );
    public static readonly Rule AU15 = new(
        "AU15",
        Section("3"),
        Level.Must,
        "Behind the keyword AUTH stand the names of mechanisms, parted by single spaces."
    );
#pragma warning restore CS1591

    /// <summary>Who first sent the message, in xtext, or <c>&lt;&gt;</c> (5).</summary>
    public static readonly Parameter AuthOfMail = new(
        "AUTH",
        [MAIL],
        new ValueSyntax("xtext / \"<>\"", @"<>|(?:[!-*,-<>-~]|\+[0-9A-F]{2})+")
        {
            Valid = ["<>", "someone@example.test", "a+2Bb@example.test"],
            Malformed = ["", "+ZZ", "a=b"],
        },
        Taken: AU14
    );

    private static readonly Doubt[] Doubts =
    [
        new("Is AUTH in order before EHLO, or behind HELO?", "RFC 4954 4",
            "Before EHLO ours says 503, and a server that serves it breaks nothing; behind HELO it is served, and 503 is no breach.",
            "The section binds it to the offer, which is the client's to have read, and says nothing of a client that has not."
        ),
        new(
            "What do RSET and EHLO do to the authentication?",
            "RFC 4954 4",
            "Nothing; it ends with the session, and behind STARTTLS.",
            "Only a security layer of SASL puts the session back, and no other sentence takes the authentication away."
        ),
        new(
            "What is answered to AUTH where it is not allowed in clear?",
            "RFC 4954 4, 6",
            "504, 534 or 538, or what refuses an unknown command; ours does not offer it there.",
            "6 lists 538 as one of the older replies, and 4 lets a server name 504."
        ),
        new(
            "What is answered to a response that is too long?",
            "RFC 4954 4",
            "Any refusal, or an end of the session: a tester cannot know how much a server holds. Up to 12288 octets nothing of it may be "
                + "read as a command.",
            "The section names 500, and what mechanisms need is theirs to say; RFC 5321 7.8 lets a server defend itself."
        ),
        new(
            "Does a wrong password on a connection count as an error of the protocol?",
            "RFC 4954 6, 9",
            "No: 535 is a legal reply to every response, and a server should bear three of them.",
            "9 says SHOULD NOT of a server that closes sooner."
        ),
    ];

    // Left out: which mechanisms there are and what they say (RFC 4422, 4616, 5802, 7677); security layers, which no mechanism in use
    // over SMTP has. To demand a password is the site's to choose: Demanded has a machine in which it does (AU13).

    /// <summary>AUTH as a part of a profile; it goes on top of RFC 5321.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.Command(
                AUTH,
                Section("4"),
                Mechanism,
                success: [235],
                intermediate: [334],
                failure: [432, 454, 534, 535, 538],
                error: [501, 504]
            );
            v.Command(
                Response,
                Section("4"),
                Answer,
                success: [235],
                intermediate: [334],
                failure: [432, 454, 534, 535, 538],
                error: [500, 501]
            );
            v.Command(Cancel, Section("4"), Asterisk, error: [501]);
            v.State(AU1, AU2, AU3, AU4, AU5, AU6, AU7, AU8, AU9, AU10, AU11, AU12, AU13, AU14, AU15);
            v.Means(Rfc5321.KnownClient, Authenticated);
            v.Means(Rfc5321.UnknownClient, Anonymous);
            v.MalformedDemands(AU6, Response);
            v.MalformedDemands(AU9, AUTH);
            v.FailuresCount(AUTH, Response);
            v.Parameter(AuthOfMail);
            v.Doubt(Doubts);
        },
        m =>
        {
            m.Region("authentication", Anonymous, Authenticated);
            m.Configure(Anonymous).Permit([AUTH / 235, Response / 235], Authenticated, AU1);
            m.Configure(Authenticated).OutOfOrder([503], AU2, [AUTH], demands: AU2);

            // AUTH ends with 235, goes on behind 334, and is over with whatever refuses it
            m.Configure(Ready)
                .Complete(AUTH, Stay, AU1)
                .Continue(AUTH, Challenged, AU4)
                .Refuse(AUTH, R1);
            m.Configure(Transaction).OutOfOrder([503], AU3, [AUTH], demands: AU3);

            m.Configure(Challenged).SubstateOf(Channel)
                .Complete(Response, Ready, AU1)
                .Continue(Response, null, AU4)
                .Refuse(Response, AU7, Ready)
                .Refuse(Cancel, AU5, Ready);

            // left to other servers, ours never does it: the same before EHLO
            m.Configure(Connected).OutOfOrder([503], AU8, [AUTH])
                .Tolerate([AUTH / 235, AUTH / 432, AUTH / 454, AUTH / 534, AUTH / 535, AUTH / 538, AUTH / 501, AUTH / 504], Connected, AU8)
                .Tolerate([AUTH / 334], ChallengedEarly, AU8);
            m.Configure(ChallengedEarly).SubstateOf(Channel)
                .Complete(Response, Connected, AU8)
                .Continue(Response, null, AU8)
                .Refuse(Response, AU8, Connected)
                .Refuse(Cancel, AU8, Connected);

            m.Vocabulary.RefusalMoves(AU7, Response);
            m.Vocabulary.RefusalMoves(AU5, Cancel);
        })
    {
        Extension = new ServiceExtension("AUTH", "the client says who it is", Section("3"))
        {
            Argument = new ValueSyntax("sasl-mech *(SP sasl-mech)", "[A-Z0-9_-]{1,20}(?: [A-Z0-9_-]{1,20})*")
            {
                Valid = ["PLAIN", "PLAIN LOGIN CRAM-MD5"],
                Malformed = ["", "PLAIN  LOGIN", "=PLAIN"],
            },
            Form = AU15,
            FromSite = new SiteValue("sasl-mechanisms"),
            ServedFirst = [AUTH, HELO, NOOP, RSET, QUIT],
        },
        Properties =
        [
            Property.Never("no-AUTH-in-a-transaction", Section("4"), "AUTH is not accepted while a transaction is open.",
                Accepted(AUTH) & WasIn(Transaction)),
            Property.Never("AUTH-once", Section("4"), "A client that has been authenticated is not authenticated again.",
                Drew(235) & WasIn(Authenticated)),
            Property.Only("authenticated-by-235", Section("4"), "Nobody is authenticated but by 235, behind AUTH or a response.",
                what: In(Authenticated), after: Accepted(AUTH, Response) & Drew(235), anewBehind: In(Anonymous)),
            Property.Never("a-response-is-no-command", Section("4"), "In the dialogue behind 334 no line is read as a command.",
                Answered() & WasIn(Challenged) & !Answered(Response, Cancel, Any)),
        ],
    };
}
