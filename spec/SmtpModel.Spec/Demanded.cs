using SmtpModel.Machines;
using static SmtpModel.Machines.When;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec;

/// <summary>
/// What a site may demand before it serves anybody: TLS (RFC 3207 4), a login (RFC 4954 6). That is its own choice, so that no profile has
/// these parts but <see cref="Profile"/>; it shows what follows where the choice is made.
/// </summary>
public static class Demanded
{
    /// <summary>The reply code of what is demanded first.</summary>
    public const int Code = 530;

    /// <summary>TLS is demanded; it goes on top of RFC 3207.</summary>
    public static readonly ProfilePart Tls = new(static _ => { }, static m => Demand(m, Rfc3207.Plain, Rfc3207.TLS8, Rfc3207.Part))
    {
        Properties =
        [
            Property.Never("no-mail-in-clear", new Clause("RFC 3207", "4"), "Where TLS is demanded, no transaction begins in clear.",
                Accepted(Beginning) & WasIn(Rfc3207.Plain)),
        ],
    };

    /// <summary>A login is demanded; it goes on top of RFC 4954.</summary>
    public static readonly ProfilePart Login = new(static _ => { }, static m => Demand(m, Rfc4954.Anonymous, Rfc4954.AU13, Rfc4954.Part))
    {
        Properties =
        [
            Property.Never(
                "no-mail-from-nobody",
                new Clause("RFC 4954", "6"),
                "Where a login is demanded, no transaction begins before one.",
                Accepted(Beginning) & WasIn(Rfc4954.Anonymous)
            ),
        ],
    };

    /// <summary>RFC 5321 with STARTTLS and AUTH, both of them demanded.</summary>
    public static Profile Profile { get; } =
        Profiles
            .Composed(Rfc3207.STARTTLS.Name, Rfc4954.AUTH.Name)
            .With("demanding", "RFC 5321 with STARTTLS and AUTH, both demanded", Tls, Login);

    // what is out of order as well may be said so
    private static void Demand(ProtocolMachine m, State without, Rule rule, ProfilePart part) =>
        m.Configure(without)
            .OutOfOrder(
                [Code, 503],
                rule,
                [
                    .. m
                        .Vocabulary.Commands.Select(use => use.Command)
                        .Where(command => command.Kind is InputKind.Line)
                        .Except(ServedFirst(m.Vocabulary, part)),
                ]
            );

    // what tells of the extensions, and what leads into TLS, is served besides, as the table has it
    private static IEnumerable<Command> ServedFirst(Vocabulary vocabulary, ProfilePart part) =>
        [.. part.Extension!.ServedFirst, Rfc5321.EHLO, .. vocabulary.Securing];
}
