using SmtpModel.Machines;

namespace SmtpModel.Spec.Tests.Verification;

/// <summary>A profile in which a line or two are others, so that one property does not hold. The change is made in its JSON.</summary>
/// <param name="Property">The property that is broken.</param>
/// <param name="Changes">What stands in the JSON, and what instead.</param>
public sealed record BrokenMachine(string Property, params IReadOnlyList<(string Old, string Now)> Changes)
{
    private const string ClearsForwardPath = """{"do":"clear","buffer":"forward-path"},""";

    private static (string, string) Stays =>
        ("\"command\":\"STARTTLS\",\"codes\":[220],\"to\":\"Connected\"", "\"command\":\"STARTTLS\",\"codes\":[220],\"to\":\"Ready\"");

    private static (string, string) Forgets =>
        ("{\"command\":\"STARTTLS\",\"codes\":[220],\"rule\":\"TLS3\"}", "{\"command\":\"STARTTLS\",\"codes\":[454],\"rule\":\"TLS3\"}");

    public static IReadOnlyList<BrokenMachine> All { get; } =
    [
        // DATA is in order before any RCPT
        new("data-after-rcpt", ("\"edges\": [", """
            "edges": [{"from":"MailGiven","command":"DATA","codes":[354],"to":"ReceivingData","rule":"O5"},
            """)),
        // a message can end in Ready, where none has begun
        new("handed-over-after-data", ("\"edges\": [", """
            "edges": [{"from":"Ready","command":"end of data","codes":[250],"to":"Ready","rule":"O7"},
            """)),
        // after the end of data the next one is awaited
        new(
            "handed-over-once",
            (
                "\"command\":\"end of data\",\"codes\":[250],\"to\":\"Ready\"",
                "\"command\":\"end of data\",\"codes\":[250],\"to\":\"ReceivingData\""
            )
        ),
        // nothing clears the forward-path buffer
        new("no-path-from-elsewhere", (ClearsForwardPath, "")),
        // a second RCPT takes the place of the first
        new("no-path-lost", ("{\"do\":\"append\",\"buffer\":\"forward-path\"}", "{\"do\":\"set\",\"buffer\":\"forward-path\"}")),
        // RSET leads into a transaction
        new(
            "reset-ends-transaction",
            ("\"command\":\"RSET\",\"codes\":[250],\"to\":\"Ready\"", "\"command\":\"RSET\",\"codes\":[250],\"to\":\"MailGiven\"")
        ),
        // QUIT is answered, and the session goes on
        new("nothing-after-quit", ("\"command\":\"QUIT\",\"codes\":[221],\"to\":\"Closed\"", "\"command\":\"QUIT\",\"codes\":[221]")),
        // RCPT without a transaction is not answered, and nothing closes the channel
        new(
            "one-reply",
            ("{\"from\":\"Channel\",\"command\":\"any\",\"codes\":[421],\"to\":\"Closed\",\"rule\":\"R2\"},\n    ", ""),
            (",\n    {\"in\":\"Session\",\"command\":\"RCPT\",\"codes\":[503],\"rule\":\"O9\",\"demands\":\"O9\"}", ""),
            (",\n    {\"in\":\"Session\",\"command\":\"RCPT\",\"codes\":[503],\"rule\":\"E4\",\"demands\":\"E4\"}", "")
        ),
        // DATA that is in order may be called out of order
        new("in-order-never-503", ("\"command\":\"DATA\",\"codes\":[354],", "\"command\":\"DATA\",\"codes\":[354,503],")),
        // QUIT is always refused
        new("can-be-ended", ("\"command\":\"QUIT\",\"codes\":[221],\"to\":\"Closed\"", "\"command\":\"QUIT\",\"codes\":[550]")),
        // what EHLO offered is still offered behind HELO; where there is no HELO, NOOP offers it, and MAIL is in order at once
        new(
            "parameter-after-EHLO",
            ("\"greeting\": [\"HELO\",\"EHLO\"]", "\"greeting\": [\"EHLO\"]"),
            ("\"greeting\": [\"LHLO\"]", "\"greeting\": [\"NOOP\"]"),
            ("\"listing\": \"LHLO\"", "\"listing\": \"NOOP\""),
            (
                "{\"from\":\"Connected\",\"command\":\"LHLO\",\"codes\":[250],",
                "{\"from\":\"Connected\",\"command\":\"MAIL\",\"codes\":[250],\"to\":\"MailGiven\",\"rule\":\"O5\"},"
                    + "{\"from\":\"Connected\",\"command\":\"LHLO\",\"codes\":[250],"
            )
        ),
        // ETRN is accepted with a transaction open
        new("no-ETRN-in-a-transaction", ("\"edges\": [", """
            "edges": [{"from":"MailGiven","command":"ETRN","codes":[250],"rule":"Q1"},
            """)),
        // commands may stand behind QUIT
        new("group-answered", ("\"anywhere\":[", "\"anywhere\":[\"QUIT\",")),
        // commands may stand behind DATA, and are read as mail data where it draws 354
        new("group-as-in-lockstep", ("\"anywhere\":[", "\"anywhere\":[\"DATA\",")),
        // a chunk is taken before any RCPT
        new("chunk-after-rcpt", ("\"edges\": [", """
            "edges": [{"from":"MailGiven","command":"BDAT","codes":[250],"to":"ChunksGiven","rule":"CH1"},
            """)),
        // DATA is in order behind a chunk
        new("no-DATA-behind-a-chunk", ("\"edges\": [", """
            "edges": [{"from":"ChunksGiven","command":"DATA","codes":[354],"to":"ReceivingData","rule":"O5"},
            """)),
        // LAST is forgotten: more chunks are awaited behind it
        new(
            "last-chunk-ends-transaction",
            (
                "{\"from\":\"ChunksGiven\",\"command\":\"BDAT LAST\",\"codes\":[250],\"to\":\"Ready\"",
                "{\"from\":\"ChunksGiven\",\"command\":\"BDAT LAST\",\"codes\":[250],\"to\":\"ChunksGiven\""
            )
        ),
        // nothing clears the mail data
        new("no-chunk-survives-RSET", ("{\"do\":\"clear\",\"buffer\":\"mail data\"}", "{\"do\":\"clear\",\"buffer\":\"forward-path\"}")),
        // a second chunk takes the place of the first
        new(
            "no-chunk-lost",
            ("{\"do\":\"append\",\"buffer\":\"mail data\"}],\"onRefuse\"", "{\"do\":\"set\",\"buffer\":\"mail data\"}],\"onRefuse\"")
        ),
        // ATRN is served to anybody
        new("ATRN-behind-a-login", ("{\"in\":\"Anonymous\",\"command\":\"ATRN\"", "{\"in\":\"Anonymous\",\"command\":\"TURN\"")),
        // BURL is taken before any RCPT
        new("part-after-rcpt", ("\"edges\": [", """
            "edges": [{"from":"MailGiven","command":"BURL","codes":[250],"to":"ChunksGiven","rule":"BU3"},
            """)),
        // LAST is forgotten
        new(
            "last-part-ends-transaction",
            (
                "{\"from\":\"ChunksGiven\",\"command\":\"BURL LAST\",\"codes\":[250],\"to\":\"Ready\"",
                "{\"from\":\"ChunksGiven\",\"command\":\"BURL LAST\",\"codes\":[250],\"to\":\"ChunksGiven\""
            )
        ),
        // nothing keeps DATA from a binary message
        new("no-DATA-for-binary", ("{\"in\":\"Binary\",\"command\":\"DATA\"", "{\"in\":\"Binary\",\"command\":\"TURN\"")),
        // RSET ends the transaction, and what was said of its body stays
        new(
            "binary-ends-with-the-transaction",
            (
                "{\"from\":\"Binary\",\"command\":\"RSET\",\"codes\":[250],\"to\":\"Textual\"",
                "{\"from\":\"Binary\",\"command\":\"RSET\",\"codes\":[250],\"to\":\"Binary\""
            )
        ),
        // the session goes on behind STARTTLS as if EHLO had been said inside
        new("STARTTLS-begins-again", Stays),
        // nothing keeps STARTTLS out of TLS
        new("no-TLS-in-TLS", ("{\"in\":\"Secured\",\"command\":\"STARTTLS\"", "{\"in\":\"Secured\",\"command\":\"TURN\"")),
        // nothing is forgotten behind STARTTLS
        new("login-in-clear-is-forgotten", Forgets),
        new("offer-in-clear-is-forgotten", Forgets, Stays),
        // AUTH is served with a transaction open
        new("no-AUTH-in-a-transaction", ("\"edges\": [", """
            "edges": [{"from":"MailGiven","command":"AUTH","codes":[235],"rule":"AU1"},
            """)),
        // nothing keeps a client from a second login
        new("AUTH-once", ("{\"in\":\"Authenticated\",\"command\":\"AUTH\"", "{\"in\":\"Authenticated\",\"command\":\"TURN\"")),
        // a challenge is enough
        new(
            "authenticated-by-235",
            (
                "{\"from\":\"Anonymous\",\"command\":\"AUTH\",\"codes\":[235]",
                "{\"from\":\"Anonymous\",\"command\":\"AUTH\",\"codes\":[235,334]"
            )
        ),
        // NOOP is answered in the dialogue
        new("a-response-is-no-command", ("\"edges\": [", """
            "edges": [{"from":"Challenged","command":"NOOP","codes":[250],"rule":"AU4"},
            """)),
    ];

    /// <summary>The smallest profile that the property applies to.</summary>
    public Profile Profile =>
        new[] { Profiles.Rfc821, Profiles.Rfc5321, Profiles.Esmtp }
            .Concat([
                Profiles.Composed("chunking"),
                Profiles.Composed("chunking", "binarymime"),
                Profiles.Composed("starttls"),
                Profiles.Composed("auth"),
                Profiles.Composed("starttls", "auth"),
                Profiles.Esmtpsa,
                Profiles.Composed("auth", "atrn"),
                Profiles.Composed("burl"),
            ])
            .First(AppliesTo);

    /// <summary>Whether the property applies to a profile.</summary>
    public bool AppliesTo(Profile profile) =>
        Verifier
            .Verify(profile, Properties.All)
            .Properties.Any(result => result.Property.Name == Property && result.Verdict is not PropertyVerdict.DoesNotApply);

    public static BrokenMachine Of(string property) => All.Single(machine => machine.Property == property);

    /// <summary>The profile so changed, as JSON.</summary>
    public string Json(Profile profile)
    {
        var text = MachineJson.Write(profile);
        var broken = Changes.Aggregate(text, (json, change) => json.Replace(change.Old, change.Now, StringComparison.Ordinal));
        return broken != text ? broken : throw new InvalidOperationException($"nothing of {profile} was changed to break {Property}");
    }

    /// <summary>The profile so changed.</summary>
    public Profile In(Profile profile) => MachineJson.Read(Json(profile)) switch
    {
        MachineRead read => read.Profile,
        MachineNotRead not => throw new InvalidOperationException($"{not.Where}: {not.Message}"),
        var other => throw new InvalidOperationException($"{other}"),
    };
}
