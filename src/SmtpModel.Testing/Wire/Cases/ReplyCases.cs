using System.Text;
using System.Text.RegularExpressions;
using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>What the text of a reply has to say.</summary>
internal static partial class ReplyCases
{
    public static void AddTo(CaseList list)
    {
        var model = list.Model;
        list.Add(
            Rfc5321Lines.GreetingName,
            "greeting-names-the-server",
            "The greeting begins with a domain or an address literal.",
            Depth.Greeting,
            run => run.TalkAsync(talk => Task.FromResult(Named(talk.Greeting, "the greeting"))),
            model.Table.Start
        );
        if (model.Extended is { } extended)
        {
            list.Add(
                Rfc5321Lines.OwnName,
                $"reply-to-{extended}-names-the-server",
                $"The reply to {extended} begins with a domain or an address literal.",
                Depth.Greeting,
                run => NamedAsync(run, extended),
                model.Opened,
                extended
            );
            list.Add(
                Rfc5321Lines.PlainHello,
                $"reply-to-{model.Hello.Command}-lists-no-extensions",
                $"The reply to {model.Hello.Command} lists none of the extensions that the reply to {extended} lists.",
                Depth.Greeting,
                PlainAsync,
                model.Opened,
                model.Hello.Command
            );
        }

        list.Add(
            Rfc5321Lines.Verified,
            "VRFY-names-the-mailbox",
            "VRFY that draws 250 or 551 has a mailbox in its reply.",
            Depth.Greeting,
            run => VerifiedAsync(run, Spec.Rfc821.VRFY),
            model.Idle,
            Spec.Rfc821.VRFY
        );
        list.Add(
            Rfc5321Lines.Unverified,
            "VRFY-of-a-mailbox-that-is-refused",
            "VRFY does not draw 250 for a mailbox that RCPT refuses with 550.",
            Depth.Envelope,
            run => RefusedAsync(run, Spec.Rfc821.VRFY),
            model.Accepting(model.Forward.Command),
            Spec.Rfc821.VRFY
        );
        list.Add(
            Rfc5321Lines.Verified,
            "EXPN-names-the-mailboxes",
            "EXPN that draws 250 has a mailbox in its reply.",
            Depth.Greeting,
            run => VerifiedAsync(run, Spec.Rfc821.EXPN),
            model.Idle,
            Spec.Rfc821.EXPN
        );
    }

    private static Task<WireOutcome> NamedAsync(WireRun run, Command command) =>
        run.TalkAsync(async talk =>
            await talk.ExchangeAsync(run.Plain(command)) is var came && came.IsAccepted()
                ? Named(came, $"the reply to {command}")
                : WireOutcome.Undecided($"{command} drew {came}")
        );

    private static WireOutcome Named(Observation came, string what)
    {
        var name = came.Reply?.Lines[0].Split(' ')[0] ?? "";
        return DomainGrammar.Parse(Encoding.Latin1.GetBytes(name), Dialect.Rfc5321, addressLiteral: true) is SyntaxFault.None
            ? WireOutcome.Kept
            : WireOutcome.Broken(
                $"{what} does not begin with the server's name",
                "a domain or an address literal behind the code",
                $"{came}"
            );
    }

    // several lines are anybody's right; the same extensions are what makes it the other reply
    private static async Task<WireOutcome> PlainAsync(WireRun run)
    {
        if (await run.OfferAsync() is not { Services.Count: > 0 } listed)
        {
            return WireOutcome.NotApplicable("no extensions are listed");
        }

        return await run.TalkAsync(async talk =>
        {
            var hello = run.Model.Hello.Command;
            var came = await talk.ExchangeAsync(run.Plain(hello));
            return !came.IsAccepted() ? WireOutcome.Undecided($"{hello} drew {came}")
                : came.Reply!.Lines.Skip(1).FirstOrDefault(line => listed.Lists(line.Split(' ')[0])) is not { } found ? WireOutcome.Kept
                : WireOutcome.Broken(
                    $"the reply to {hello} lists the extension {Printable.Text(found)}",
                    "a reply without extensions",
                    $"{came}"
                );
        });
    }

    private static Task<WireOutcome> VerifiedAsync(WireRun run, Command command)
    {
        string[] names = [run.Options.Palette.Recipient, run.Options.Palette.Recipient.Split('@')[0], "postmaster"];
        return run.TalkAsync(async talk =>
        {
            if (await talk.ReachAsync(run.Model.Idle) is { } stopped)
            {
                return stopped;
            }

            foreach (var name in names)
            {
                var came = await talk.ExchangeAsync($"{command} {name}");
                if (came.Code is 250 or 551 && !came.Reply!.Lines.Any(line => Mailbox().IsMatch(line)))
                {
                    return WireOutcome.Broken(
                        $"{command} {name} draws {came.Code} and no mailbox",
                        "<local-part@domain> in the reply",
                        $"{came}"
                    );
                }
            }

            // 252 verifies nobody, and so names nobody
            return WireOutcome.Kept;
        });
    }

    // 550 says that the mailbox is not to be had; what refuses it otherwise, as a relay does, says nothing about the mailbox
    private static Task<WireOutcome> RefusedAsync(WireRun run, Command command) => run.TalkAsync(async talk =>
    {
        if (await talk.ReachAsync(run.Model.Accepting(run.Model.Forward.Command)) is { } stopped)
        {
            return stopped;
        }

        var naming = run.Palette.Refusable(run.Model.Forward.Command).First();
        var refused = await talk.ExchangeAsync(naming);
        if (run.Policy(refused) is { } policy)
        {
            return policy;
        }

        if (refused.Code != 550)
        {
            return WireOutcome.NotApplicable($"{naming} draws {refused}; --bad-rcpt names a mailbox that is refused with 550");
        }

        var came = await talk.ExchangeAsync($"{command} {run.Options.Palette.BadRecipient}");
        return came.Kind is not ObservationKind.Reply ? WireOutcome.Undecided($"{command} drew {came}")
            : came.Code == 250
                ? WireOutcome.Broken(
                    $"{command} draws 250 for a mailbox that RCPT refuses with {refused}",
                    "another reply than 250",
                    $"{came}"
                )
            : WireOutcome.Kept;
    });

    [GeneratedRegex("<[^<>@ ]+@[^<>@ ]+>|(^|\\s)[^<>@\\s]+@[^<>@\\s]+")]
    private static partial Regex Mailbox();
}
