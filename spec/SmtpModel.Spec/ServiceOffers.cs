using SmtpModel.Machines;

namespace SmtpModel.Spec;

/// <summary>A command that an extension brings and that this specification does not hold otherwise.</summary>
/// <param name="Keyword">What the reply to EHLO lists it by.</param>
/// <param name="Verb">The command.</param>
/// <param name="Probe">
/// A line that shows whether the command is there, and does as little as can be; <c>{0}</c> stands for the first parameter that
/// is listed with the keyword.
/// </param>
/// <param name="Clause">Where the command is defined.</param>
public sealed record OfferedCommand(string Keyword, string Verb, string Probe, Clause Clause)
{
    /// <summary>What stands for a parameter where none is listed.</summary>
    public string Default { get; init; } = "";

    /// <summary>What ends the dialogue that a 3yz reply to the probe begins; null where there is none.</summary>
    public string? Cancel { get; init; }

    /// <summary>Whether the command has its place behind a recipient that was taken, and nowhere else.</summary>
    public bool NeedsRecipient { get; init; }
}

/// <summary>What RFC 5321 asks of the list in the reply to EHLO, and the commands that keywords of extensions stand for.</summary>
public static class ServiceOffers
{
    private static Clause In5321(string section) => new("RFC 5321", section);

    /// <summary>What is listed is there: 500 and 502 say of a command that it is not.</summary>
    public static readonly Rule L1 = new("L1", In5321("4.2.4"), Level.Must,
        "A command that the reply to EHLO lists does not draw 500 or 502.");

    /// <summary>What 4.5.1 does not ask of every receiver has a keyword, apart from commands that two sides agreed on in
    /// private.</summary>
    public static readonly Rule L2 = new("L2", In5321("4.1.1.1"), Level.Must,
        "The reply to EHLO lists every command that is served and is not among those that all receivers have.");

    /// <summary>There is a grammar and no level; a client has to live with any text, so nothing stronger can be asked.</summary>
    public static readonly Rule L3 = new("L3", In5321("4.1.1.1"), Level.Should,
        "Behind its first line the reply to EHLO has a keyword and its parameters on each line, parted by single spaces.");

    /// <summary>The rules, for the part of RFC 5321.</summary>
    public static IReadOnlyList<Rule> Rules { get; } = [L1, L2, L3];

    /// <summary>
    /// Commands of extensions. AUTH is cancelled before anybody is authenticated, STARTTLS is left at its reply, BDAT gives no
    /// octets and not the last of them, and ETRN names a node that cannot exist.
    /// </summary>
    public static IReadOnlyList<OfferedCommand> Commands { get; } =
    [
        new("AUTH", "AUTH", "AUTH {0}", new("RFC 4954", "4")) { Default = "PLAIN", Cancel = "*" },
        new("STARTTLS", "STARTTLS", "STARTTLS", new("RFC 3207", "4")),
        new("CHUNKING", "BDAT", "BDAT 0", new("RFC 3030", "2")) { NeedsRecipient = true },
        new("ETRN", "ETRN", "ETRN nobody.invalid", new("RFC 1985", "5")),
    ];
}
