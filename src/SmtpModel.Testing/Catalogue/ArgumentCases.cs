using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// The cases about arguments: what every receiver has to read, and what it should refuse. Each is tried where the command is
/// in order; the plain line of the same command is the control.
/// </summary>
internal static class ArgumentCases
{
    // what refuses a path that is written in a way that the grammar has not: its form, its name or the site
    private static readonly int[] Paths = [501, 500, 550, 551, 553, 554, 555];

    public static IEnumerable<TestCase> Of(TransitionTable table)
    {
        var line = table.Stated(Rfc821.S1)!;
        foreach (var use in table.Commands.Where(use => use.Command.Kind is InputKind.Line && use.Required))
        {
            var name = use.Command.Name;
            if (
                Plain(use) is { } plain
                && Make(
                    table,
                    name,
                    line,
                    "in-lower-case",
                    $"{name} in lower case is the same command.",
                    new ArgumentSample(options => name.ToLowerInvariant() + plain(options)[name.Length..]) { SameAs = plain }
                )
                    is { } one
            )
            {
                yield return one;
            }
        }

        foreach (var (name, word) in new[] { ("MAIL", "from:"), ("RCPT", "to:") })
        {
            string Spelled(string with, PaletteOptions options) => $"{name} {with}<{(name == "MAIL" ? options.From : options.Recipient)}>";
            var sample = new ArgumentSample(options => Spelled(word, options))
            {
                SameAs = options => Spelled(word.ToUpperInvariant(), options),
            };
            if (
                Make(table, name, line, $"with-{word[..^1]}-in-lower-case", $"{name} with {word} in lower case is the same.", sample) is
                { } one
            )
            {
                yield return one;
            }
        }

        foreach (var one in OfRfc5321(table))
        {
            if (one is not null)
            {
                yield return one;
            }
        }
    }

    private static IEnumerable<TestCase?> OfRfc5321(TransitionTable table)
    {
        yield return Make(
            table,
            "EHLO",
            Rfc5321Arguments.Literal,
            "with-address-literal",
            "EHLO with an address literal is accepted.",
            new(_ => "EHLO [127.0.0.1]")
        );
        yield return Make(
            table,
            "EHLO",
            Rfc5321Arguments.Literal6,
            "with-IPv6-literal",
            "EHLO with an address literal of IPv6 is accepted.",
            new(_ => "EHLO [IPv6:2001:db8::1]")
        );
        yield return Make(
            table,
            "EHLO",
            Rfc5321Arguments.Literal6,
            "with-IPv6-literal-in-other-letters",
            "EHLO with an address literal of IPv6 is accepted however its tag is spelled.",
            new(_ => "EHLO [ipV6:2001:DB8::1]") { SameAs = _ => "EHLO [IPv6:2001:db8::1]" }
        );
        yield return Make(
            table,
            "EHLO",
            Rfc5321Arguments.Literal6,
            "with-IPv6-literal-that-ends-as-IPv4",
            "EHLO with an address literal of IPv6 that ends in the form of IPv4 is accepted.",
            new(_ => "EHLO [IPv6:::ffff:192.0.2.1]")
        );
        yield return Make(
            table,
            "MAIL",
            Rfc5321Arguments.Null,
            "with-null-reverse-path",
            "MAIL FROM:<> is accepted.",
            new(_ => "MAIL FROM:<>") { Policy = CaseVerdict.NonStrict }
        );
        yield return Make(
            table,
            "MAIL",
            Rfc5321Arguments.Atoms,
            "with-every-character-of-an-atom",
            "MAIL with a local-part of all that an atom may have is accepted.",
            new(options => $"MAIL FROM:<az.AZ09!#$%&'*+-/=?^_`{{|}}~@{Domain(options.From)}>")
        );
        yield return Make(
            table,
            "RCPT",
            Rfc5321Arguments.DomainCase,
            "with-domain-in-upper-case",
            "RCPT with its domain in upper case is accepted as in lower case.",
            new(options => $"RCPT TO:<{Local(options.Recipient)}@{Domain(options.Recipient).ToUpperInvariant()}>")
            {
                Policy = CaseVerdict.NonStrict,
                SameAs = options => $"RCPT TO:<{options.Recipient}>",
            }
        );
        yield return Make(
            table,
            "MAIL",
            Rfc5321Arguments.Quoted,
            "with-quoted-local-part",
            "MAIL with a quoted string for a local-part is accepted.",
            new(options => $"MAIL FROM:<\"a sender\"@{Domain(options.From)}>")
        );
        yield return Make(
            table,
            "RCPT",
            Rfc5321Arguments.Quoted,
            "with-quoted-local-part",
            "RCPT with a quoted string for a local-part is read, whether or not there is such a mailbox.",
            new(options => $"RCPT TO:<\"{Local(options.Recipient)}\"@{Domain(options.Recipient)}>")
        );
        yield return Make(
            table,
            "RCPT",
            Rfc5321Arguments.Quoted,
            "with-blank-in-quoted-local-part",
            "RCPT with a blank in a quoted local-part is read, whether or not there is such a mailbox.",
            new(options => $"RCPT TO:<\"a recipient\"@{Domain(options.Recipient)}>")
        );
        yield return Make(
            table,
            "RCPT",
            Rfc5321Arguments.Quoted,
            "with-quoted-pair",
            "RCPT with a backslash and a character in a quoted local-part is read, whether or not there is such a mailbox.",
            new(options => $"RCPT TO:<\"a\\,recipient\"@{Domain(options.Recipient)}>")
        );
        yield return Make(
            table,
            "RCPT",
            Rfc5321Arguments.Postmaster,
            "Postmaster",
            "RCPT TO:<Postmaster> is accepted.",
            new(_ => "RCPT TO:<Postmaster>") { Policy = CaseVerdict.Fail }
        );
        yield return Make(
            table,
            "RCPT",
            Rfc5321Arguments.Postmaster,
            "postmaster-in-lower-case",
            "RCPT TO:<postmaster> is accepted as RCPT TO:<Postmaster> is.",
            new(_ => "RCPT TO:<postmaster>") { Policy = CaseVerdict.NonStrict, SameAs = _ => "RCPT TO:<Postmaster>" }
        );
        yield return Make(
            table,
            "RCPT",
            Rfc5321Arguments.Postmaster,
            "postmaster-at-domain",
            "RCPT with postmaster at a domain that takes mail is accepted.",
            new(options => $"RCPT TO:<postmaster@{Domain(options.Recipient)}>") { Policy = CaseVerdict.NonStrict }
        );
        yield return Make(
            table,
            "RCPT",
            Rfc5321Arguments.Route,
            "with-source-route",
            "RCPT with a source route is read, whether or not the site takes such mail.",
            new(options => $"RCPT TO:<@{Domain(options.Recipient)}:{options.Recipient}>")
        );
        yield return Make(
            table,
            "MAIL",
            Rfc5321Arguments.Blank,
            "with-blank-at-end",
            "MAIL with a blank at the end of the line is accepted.",
            new(options => $"MAIL FROM:<{options.From}> ")
        );
        foreach (
            var use in table.Commands.Where(use => use.Command.Kind is InputKind.Line && use.Required && use.Command.Name is not "MAIL")
        )
        {
            if (Plain(use) is { } plain)
            {
                var name = use.Command.Name;
                yield return Make(
                    table,
                    name,
                    Rfc5321Arguments.Blank,
                    "with-blank-at-end",
                    $"{name} with a blank at the end of the line is accepted.",
                    new(options => plain(options) + " ")
                );
            }
        }

        // one atom: a string with blanks in it is none by the grammar of 4.1.2
        yield return Make(
            table,
            "NOOP",
            Rfc5321Arguments.Ignored,
            "with-argument",
            "NOOP with an argument draws 250.",
            new(_ => "NOOP superfluous")
        );
        yield return Make(
            table,
            "MAIL",
            Rfc5321Arguments.Parameter,
            "with-unknown-parameter",
            "MAIL with a parameter that no server knows draws 555.",
            new(options => $"MAIL FROM:<{options.From}>{LineShapes.ForeignParameter}") { Refusing = [555, 455] }
        );
        yield return Make(
            table,
            "RCPT",
            Rfc5321Arguments.Parameter,
            "with-unknown-parameter",
            "RCPT with a parameter that no server knows draws 555.",
            new(options => $"RCPT TO:<{options.Recipient}>{LineShapes.ForeignParameter}") { Refusing = [555, 455] }
        );
        yield return Make(
            table,
            "MAIL",
            Rfc5321Arguments.Colon,
            "with-blank-behind-the-colon",
            "MAIL with a blank between FROM: and the path draws 501.",
            new(options => $"MAIL FROM: <{options.From}>") { Refusing = Paths }
        );
        yield return Make(
            table,
            "RCPT",
            Rfc5321Arguments.Colon,
            "with-blank-behind-the-colon",
            "RCPT with a blank between TO: and the path draws 501.",
            new(options => $"RCPT TO: <{options.Recipient}>") { Refusing = Paths }
        );
        yield return Make(
            table,
            "MAIL",
            Rfc5321Arguments.MailBrackets,
            "without-brackets",
            "MAIL with a reverse-path without brackets draws 501.",
            new(options => $"MAIL FROM:{options.From}") { Refusing = Paths }
        );
        yield return Make(
            table,
            "RCPT",
            Rfc5321Arguments.RcptBrackets,
            "without-brackets",
            "RCPT with a forward-path without brackets draws 501.",
            new(options => $"RCPT TO:{options.Recipient}") { Refusing = Paths }
        );
        yield return Make(
            table,
            "RCPT",
            Rfc5321Arguments.RcptBrackets,
            "Postmaster-without-brackets",
            "RCPT with Postmaster without brackets draws 501.",
            new(_ => "RCPT TO:Postmaster") { Refusing = Paths }
        );
    }

    // where the rule is stated, and the command is in order and has to be: the first such state
    private static TestCase? Make(TransitionTable table, string name, Rule rule, string about, string requirement, ArgumentSample sample)
    {
        if (
            table.Stated(rule) is not { } stated
            || table.Commands.FirstOrDefault(use => use.Command.Name == name)?.Command is not { } command
        )
        {
            return null;
        }

        var state = table.States.FirstOrDefault(state =>
            table.Reads(state) is Reading.Commands
            && table.From(state, command).Any(edge => edge.Exchange.IsAccepted && edge.Rule!.Level is Level.Must)
        );
        return state is null
            ? null
            : new TestCase(
                CaseName.Of(stated.Clause, $"{name}-{about}"),
                CaseKind.Argument,
                stated,
                requirement,
                CaseDepth.Of(table, state, command)
            )
            {
                State = state,
                Command = command,
                Sample = sample,
            };
    }

    private static Func<PaletteOptions, string>? Plain(CommandUse use)
    {
        var name = use.Command.Name;
        return use.Argument.Name switch
        {
            "none" or "optional string" => _ => name,
            "domain" or "domain or address literal" => options => $"{name} {options.Helo}",
            "string" => options => $"{name} {options.Recipient}",
            "reverse-path" or "reverse-path and parameters" => options => $"{name} FROM:<{options.From}>",
            "forward-path" or "forward-path and parameters" => options => $"{name} TO:<{options.Recipient}>",
            _ => null,
        };
    }

    private static string Domain(string mailbox) => mailbox[(mailbox.LastIndexOf('@') + 1)..];

    private static string Local(string mailbox) => mailbox[..Math.Max(0, mailbox.LastIndexOf('@'))];
}
