using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>RFC 4865, SMTP Submission Service Extension for Future Message Release (May 2007): HOLDFOR and HOLDUNTIL at MAIL.</summary>
public static class Rfc4865
{
    private static Clause Section(string number) => new("RFC 4865", number);

    /// <summary>The parameters are taken.</summary>
    public static readonly Rule FR1 = new(
        "FR1",
        Section("4.2"),
        Level.Must,
        "A server that offers FUTURERELEASE takes MAIL with a valid HOLDFOR or HOLDUNTIL, up to the maximum that EHLO lists (item 4)."
    );

    /// <summary>What is refused.</summary>
    public static readonly Rule FR2 = new(
        "FR2",
        Section("4.2"),
        Level.Must,
        "MAIL whose HOLDFOR or HOLDUNTIL is not valid is refused (items 7 and 8); 501 is recommended (item 10)."
    );

    /// <summary>Both, or one of them twice.</summary>
    public static readonly Rule FR3 = new(
        "FR3",
        Section("4.2"),
        Level.Must,
        "MAIL with more than one of HOLDFOR and HOLDUNTIL is refused (item 9); 501 is recommended."
    );

    /// <summary>Over the maximum.</summary>
    public static readonly Rule FR4 = new(
        "FR4",
        Section("4.2"),
        Level.Must,
        "MAIL whose HOLDFOR or HOLDUNTIL is over the maximum that EHLO lists is refused (items 7 and 8); 501 is recommended."
    );

    /// <summary>What EHLO lists.</summary>
    public static readonly Rule FR5 = new(
        "FR5",
        Section("4.2"),
        Level.Must,
        "Behind the keyword FUTURERELEASE stand two words, the longest time in seconds and the last moment in UTC (item 3)."
    );

    // RFC 3339 5.6, in UTC
    private const string Moment =
        @"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
            + @"[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?(?:[Zz]|[+-]00:00)";

    // of a moment without parts of a second the digits can be compared
    private const string Compared = @"\A([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:[Zz]|[+-]00:00)\z";

    private static readonly int[] Refusals = [501, 500, 504, 550, 552, 553, 554, 555];

    /// <summary>How many seconds the message is held (3).</summary>
    public static readonly Parameter HOLDFOR = new(
        "HOLDFOR",
        [MAIL],
        new ValueSyntax("%x31-39 *8DIGIT", "[1-9][0-9]{0,8}") { Valid = ["1"], Malformed = ["", "0", "-1", "1000000000", "soon"] },
        Taken: FR1
    )
    {
        Malformed = FR2,
        Twice = FR3,
        Refusing = Refusals,
        Limit = FR4,
        LimitRefusing = Refusals,
        Bound = OfferedBound.Most with { Beyond = "999999999" },
        Group = "hold",
    };

    /// <summary>The moment until which the message is held (3); which ones are still to come and early enough, only the server's own
    /// maximum says.</summary>
    public static readonly Parameter HOLDUNTIL = new(
        "HOLDUNTIL",
        [MAIL],
        new ValueSyntax("date-time in UTC", Moment)
        {
            Valid = ["2099-12-31T23:59:59Z"],
            Malformed = ["", "tomorrow", "2099-13-01T00:00:00Z", "2099-12-31"],
        },
        Taken: FR1
    )
    {
        Malformed = FR2,
        Twice = FR3,
        Refusing = Refusals,
        Limit = FR4,
        LimitRefusing = Refusals,
        Bound = new OfferedBound(1, Compared, Compared, "9999-12-31T23:59:59Z"),
        OfferedAt = 1,
        Group = "hold",
    };

    private static readonly Doubt[] Doubts =
    [
        new(
            "May a server refuse what is not valid with another code than 501?",
            "RFC 4865 4.2",
            "Yes, with any 5yz; a tester says nothing of it.",
            "To reject is a MUST, the code a SHOULD."
        ),
        new(
            "Is a HOLDUNTIL that has passed valid?",
            "RFC 4865 3, 4.2",
            "A tester sends none.",
            "Item 4 of section 3 says \"future\", and no sentence says what is done with a moment that has just gone by."
        ),
        new(
            "Does the maximum that EHLO listed a while ago still count?",
            "RFC 4865 4.2",
            "It is taken at least: a server that counts from now lists a later one in the next session.",
            "Only what a server lists is known of its clock."
        ),
    ];

    // Left out: that nothing is released before its time (4.2, items 5 and 6), which is seen only where mail is delivered; that the
    // keyword is offered on the submission port only (item 2), since a test cannot tell which port is meant for what; a HOLD behind a BY
    // of RFC 2852 (5.2.2), notifications (5.1), quotas (6), and how enhanced codes go with them.

    /// <summary>FUTURERELEASE as a part of a profile; it goes on top of RFC 5321.</summary>
    public static readonly ProfilePart Part = new(
        v =>
        {
            v.State(FR1, FR2, FR3, FR4, FR5);
            v.Parameter(HOLDFOR);
            v.Parameter(HOLDUNTIL);
            v.Doubt(Doubts);
        },
        static _ => { })
    {
        Extension = new ServiceExtension("FUTURERELEASE", "a message is held back for a while", Section("3"))
        {
            Argument = new ValueSyntax("%x31-39 *8DIGIT SP date-time", $"[1-9][0-9]{{0,8}} {Moment}")
            {
                Valid = ["86400 2099-12-31T23:59:59Z"],
                Malformed = ["", "86400", "0 2099-12-31T23:59:59Z", "86400 2099-12-31"],
            },
            Form = FR5,
        },
    };
}
