using SmtpModel.Machines;

namespace SmtpModel.Spec;

/// <summary>
/// What the standards ask of clients, each rule as binding as its words on clients are. Where a command has its place is not said here:
/// that is asked of the machine, and these rules say who may be blamed for it, and by which clause.
/// </summary>
public static class ClientRules
{
#pragma warning disable CS1591 // each rule says what it asks in its own text
    // ------------------------------------------------------------------ the order of commands

    public static readonly Rule Ehlo = In5321(
        "K1",
        "4.1.1.1",
        Level.Should,
        "A client begins a session with EHLO, and says HELO only where that was refused."
    );
    public static readonly Rule Hello = In5321(
        "K2",
        "4.1.1.1",
        Level.Must,
        "A client says EHLO or HELO before it begins a mail transaction."
    );
    public static readonly Rule HelloFirst = In5321(
        "K3",
        "4.1.4",
        Level.Should,
        "A client says EHLO before NOOP, HELP, EXPN, VRFY and RSET."
    );
    public static readonly Rule OneMail = In5321(
        "K4",
        "4.1.4",
        Level.Must,
        "A client does not send MAIL (or SEND, SOML, SAML) while a transaction is open."
    );
    public static readonly Rule Steps = In5321(
        "K5",
        "4.1.4",
        Level.Must,
        "In a transaction RCPT comes behind MAIL, and DATA behind RCPT."
    );
    public static readonly Rule Accepted = In5321(
        "K6",
        "3.3",
        Level.Should,
        "A client that has seen every MAIL or every RCPT of a transaction refused goes on to neither RCPT nor DATA."
    );
    public static readonly Rule QuitLast = In5321("K7", "4.1.4", Level.Must, "QUIT is the last command of a session.");
    public static readonly Rule Quit = In5321(
        "K8",
        "4.1.1.10",
        Level.Must,
        "A client does not close the channel on purpose before it has sent QUIT."
    );
    public static readonly Rule Farewell = In5321(
        "K9",
        "4.1.1.10",
        Level.Should,
        "Behind QUIT a client waits for the reply before it closes."
    );
    public static readonly Rule Place = In5321(
        "K10",
        "4.1.4",
        Level.Should,
        "A command of an extension is sent where the extension has a place for it."
    );

    // ------------------------------------------------------------------ waiting

    public static readonly Rule Greeting = In5321(
        "K11",
        "4.3.1",
        Level.Should,
        "A client waits for the greeting before it sends anything."
    );
    public static readonly Rule Reply = In5321(
        "K12",
        "4.3.1",
        Level.Must,
        "A client waits for the reply to each command before it sends more, unless an extension that is offered lets it."
    );
    public static readonly Rule Group = new(
        "K13",
        new Clause("RFC 2920", "3.1"),
        Level.Must,
        "In a group only RSET, MAIL, SEND, SOML, SAML, RCPT, the end of data, and what an extension names, stand before its end."
    );
    public static readonly Rule Go = In5321("K14", "3.3", Level.Must, "A client sends no mail data unless 354 has come.");
    public static readonly Rule Nobody = new(
        "K15",
        new Clause("RFC 2920", "3.1"),
        Level.Should,
        "Where 354 has come without an accepted recipient, a client sends a single dot."
    );

    // ------------------------------------------------------------------ lines

    public static readonly Rule LineEnd = In5321(
        "K16",
        "2.3.8",
        Level.Must,
        "A client sends CR and LF only together, as the end of a line."
    );
    public static readonly Rule CommandLength = In5321(
        "K17",
        "4.5.3.1.4",
        Level.Should,
        "A command line has at most 512 octets with its CRLF, not counting what extensions add."
    ) with
    {
        Size = 512,
    };
    public static readonly Rule TextLength = In5321(
        "K18",
        "4.5.3.1.6",
        Level.Should,
        "A line of mail data has at most 1000 octets with its CRLF, not counting a doubled dot."
    ) with
    {
        Size = 1000,
    };
    public static readonly Rule PathLength = In5321(
        "K19",
        "4.5.3.1",
        Level.Should,
        "A local-part has at most 64 octets, a domain 255, a path 256 with its brackets."
    );
    public static readonly Rule Syntax = In5321("K20", "4.1.2", Level.Must, "What stands behind a verb is written as its grammar has it.");
    public static readonly Rule NoArgument = In5321("K21", "4.1.1", Level.Must, "Nothing stands behind RSET, DATA and QUIT.");
    public static readonly Rule Colon = In5321("K22", "3.3", Level.Must, "No space stands beside the colon of MAIL FROM: and RCPT TO:.");
    public static readonly Rule CommandBits = In5321(
        "K23",
        "2.4",
        Level.Must,
        "Commands are in US-ASCII, unless an extension that is offered lets them be more."
    );
    public static readonly Rule DataBits = new(
        "K24",
        new Clause("RFC 6152", "3"),
        Level.Must,
        "Mail data has octets over 127 only where 8BITMIME is offered."
    );

    // ------------------------------------------------------------------ extensions

    public static readonly Rule MailParameter = In5321(
        "K25",
        "4.1.1.2",
        Level.Must,
        "Behind the reverse-path stand only parameters of extensions that the reply to EHLO lists."
    );
    public static readonly Rule RcptParameter = In5321(
        "K26",
        "4.1.1.3",
        Level.Must,
        "Behind the forward-path stand only parameters of extensions that the reply to EHLO lists."
    );
    public static readonly Rule Unoffered = In5321(
        "K27",
        "2.2.1",
        Level.Should,
        "A client uses the command of an extension only where the reply to EHLO lists the extension."
    );
    public static readonly Rule Size = new(
        "K28",
        new Clause("RFC 1870", "6.1"),
        Level.May,
        "A client may declare a size over the limit that is offered; the message will be refused."
    );
    public static readonly Rule AuthInside = new("K29", new Clause("RFC 4954", "4"), Level.Must, "AUTH is not sent in a transaction.");
    public static readonly Rule AuthOnce = new(
        "K30",
        new Clause("RFC 4954", "4"),
        Level.Must,
        "A client that has been authenticated does not send AUTH again."
    );
    public static readonly Rule TlsOnce = new(
        "K31",
        new Clause("RFC 3207", "4.2"),
        Level.Must,
        "A client does not send STARTTLS inside TLS."
    );
    public static readonly Rule TlsNow = new(
        "K32",
        new Clause("RFC 3207", "4"),
        Level.Must,
        "Behind 220 to STARTTLS a client begins the handshake before it sends any other command."
    );
    public static readonly Rule TlsHello = new(
        "K33",
        new Clause("RFC 3207", "4.2"),
        Level.Should,
        "The first command inside TLS is EHLO."
    );
    public static readonly Rule Chunks = new(
        "K34",
        new Clause("RFC 3030", "2"),
        Level.Must,
        "DATA and BDAT are not sent in one transaction, and nothing of a message behind its last chunk."
    );

    // ------------------------------------------------------------------ LMTP

    public static readonly Rule LocalHello = new(
        "K53",
        new Clause("RFC 2033", "4.1"),
        Level.Must,
        "A client of LMTP opens a session with LHLO, and sends neither HELO nor EHLO."
    );
#pragma warning restore CS1591

    /// <summary>All of them, by their numbers.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        Ehlo,
        Hello,
        HelloFirst,
        OneMail,
        Steps,
        Accepted,
        QuitLast,
        Quit,
        Farewell,
        Place,
        Greeting,
        Reply,
        Group,
        Go,
        Nobody,
        LineEnd,
        CommandLength,
        TextLength,
        PathLength,
        Syntax,
        NoArgument,
        Colon,
        CommandBits,
        DataBits,
        MailParameter,
        RcptParameter,
        Unoffered,
        Size,
        AuthInside,
        AuthOnce,
        TlsOnce,
        TlsNow,
        TlsHello,
        Chunks,
        LocalHello,
    ];

    /// <summary>A rule as it reads where another command than EHLO lists the extensions: LMTP's LHLO is what EHLO is (RFC 2033
    /// 4.1).</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="listing">The command; null where nothing is listed.</param>
    public static Rule Read(Rule rule, Command? listing)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return listing != Rfc2033.LHLO || rule == LocalHello
            ? rule
            : rule with
            {
                Asks = rule
                    .Asks.Replace($"{Rfc5321.EHLO} or {Rfc821.HELO}", listing.Name, StringComparison.Ordinal)
                    .Replace(Rfc5321.EHLO.Name, listing.Name, StringComparison.Ordinal),
            };
    }

    /// <summary>Where the words leave something open.</summary>
    public static IReadOnlyList<Doubt> Doubts { get; } =
    [
        new("May a client send DATA when it has seen every RCPT refused?", "RFC 5321 3.3, 4.1.4; RFC 2920 3.1",
            "It should not; one that never sent RCPT breaks the order. In a group, before the replies are there, it may.",
            "4.1.4 has one or more RCPT before DATA and does not say accepted; 3.3 has a reply for DATA behind refusals, and RFC 2920 "
                + "tells what to do when it is accepted."
        ),
        new(
            "Does a client that hangs up on an error break 4.1.1.10?",
            "RFC 5321 4.1.1.10, 3.8",
            "Yes, where it closes in order while nothing is owed to it; one that waits for a reply may have run out of time, and a reset "
                + "channel tells nothing.",
            "The section says \"even if there was an error response\", and says \"intentionally\"."
        ),
        new(
            "Is a parameter behind MAIL that is not offered as wrong as one behind RCPT?",
            "RFC 5321 4.1.1.2, 4.1.1.3",
            "Yes.",
            "Both sections speak of parameters of an extension \"offered by the server\"; only that of RCPT has MUST NOT with it."
        ),
        new(
            "May a client use a parameter that nobody knows where the server lists a keyword that nobody knows?",
            "RFC 5321 2.2.2, 4.1.1.11",
            "Nothing is said of it.",
            "The keyword may be what brings the parameter."
        ),
        new("Is a verb that no standard has wrong?", "RFC 5321 4.1.5, 2.2.2", "Nobody is blamed.", "Two sides may have agreed on it."),
        new(
            "Is STARTTLS or AUTH that was not offered wrong?",
            "RFC 5321 2.2.1, RFC 3207 4, RFC 4954 4",
            "It should not be sent.",
            "No sentence forbids it; what is offered is what a client goes by."
        ),
        new(
            "Does a client that closes without waiting for 221 break a rule?",
            "RFC 5321 4.1.1.10",
            "It is not strict: SHOULD.",
            "The sentence says so."
        ),
        new(
            "Is HELO or EHLO wrong in LMTP, and is it where LHLO was refused?",
            "RFC 2033 4.1",
            "Yes, as binding as a MUST where a session begins with it; behind an LHLO that was refused it is not strict.",
            "The section has LHLO replace both, so that two sides which do not speak the same protocol find out, and forbids a server to "
                + "accept them; of the client it says so without a word in capitals. Behind a refusal nothing comes of it but another one."
        ),
    ];

    private static Rule In5321(string id, string section, Level level, string asks) =>
        new(id, new Clause("RFC 5321", section), level, asks);
}
