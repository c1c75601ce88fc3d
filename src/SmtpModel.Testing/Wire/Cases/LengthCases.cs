using SmtpModel.Machines;

namespace SmtpModel.Testing;

/// <summary>Objects of the greatest length that everybody has to take, and longer ones.</summary>
internal static class LengthCases
{
    private const int CommandLine = 512;
    private const int Path = 256;
    private const int LocalPart = 64;
    private const int TextLine = 1000;
    private const int Label = 63;

    // up to here a longer line is a mistake; several times as much may be taken for an attack, which a server may break off
    // when it has refused it (RFC 5321 7.8), and far beyond it need not say anything
    private const int Mistake = 1024;
    private const int Attack = 4096;

    public static void AddTo(CaseList list)
    {
        var model = list.Model;
        var isOld = model.Table.Grammar != nameof(Protocol.Dialect.Rfc5321);
        var (mail, rcpt) = (model.Reverse.Command, model.Forward.Command);
        var domain = isOld ? 64 : 253;
        list.Add(WireRules.CommandLine, "command-line-of-512-octets", "A command line of 512 octets is taken like a short one.", Depth.Greeting, LineAsync, model.Idle, model.Texted.Command);
        list.Add(WireRules.OverTheLimit, "command-line-over-the-limit", "A command line of more than 512 octets draws one reply.", Depth.Greeting, OverAsync, model.Idle, model.Texted.Command);
        list.Add(WireRules.Domain, $"domain-of-{domain}-octets", $"A domain of {domain} octets is taken like a short one.", Depth.Greeting,
            run => AtLimitAsync(run, model.Opened, model.Hello.Command, $" {Stretch("x." + run.Options.Palette.Helo, domain)}", $" a.b.c.d.{run.Options.Palette.Helo}"), model.Opened, model.Hello.Command);
        list.Add(WireRules.Path, "reverse-path-of-256-octets", "A reverse-path of 256 octets is taken like a short one.", Depth.Envelope,
            run => AtLimitAsync(run, model.Idle, mail, " FROM:" + LongPath(HostOf(run.Options.Palette.From), isOld), " FROM:" + ShortPath(HostOf(run.Options.Palette.From), isOld)), model.Idle, mail);
        list.Add(WireRules.LocalPart, "local-part-of-64-octets-in-a-reverse-path", "A local-part of 64 octets is taken like a short one.", Depth.Envelope,
            run => AtLimitAsync(run, model.Idle, mail, $" FROM:<{new string('x', LocalPart)}@{HostOf(run.Options.Palette.From)}>", $" FROM:<xxx@{HostOf(run.Options.Palette.From)}>"), model.Idle, mail);
        list.Add(WireRules.LocalPart, "local-part-of-64-octets-in-a-forward-path", "A local-part of 64 octets is understood like a short one.", Depth.Envelope,
            run => AtLimitAsync(run, model.Accepting(rcpt), rcpt, $" TO:<{new string('x', LocalPart)}@{HostOf(run.Options.Palette.Recipient)}>", $" TO:<xxx@{HostOf(run.Options.Palette.Recipient)}>"), model.Accepting(rcpt), rcpt);
        list.Add(WireRules.Path, "forward-path-of-256-octets", "A forward-path of 256 octets is understood like a short one.", Depth.Envelope,
            run => AtLimitAsync(run, model.Accepting(rcpt), rcpt, " TO:" + LongPath(HostOf(run.Options.Palette.Recipient), isOld), " TO:" + ShortPath(HostOf(run.Options.Palette.Recipient), isOld)), model.Accepting(rcpt), rcpt);
        // shorter than the longest that a path has room for: the limit of a path has a case of its own
        var inPath = isOld ? domain : Path - 6;
        list.Add(WireRules.Domain, $"domain-of-{inPath}-octets-in-a-forward-path", $"A forward-path with a domain of {inPath} octets is understood like one with a short one.", Depth.Envelope,
            run => AtLimitAsync(run, model.Accepting(rcpt), rcpt, $" TO:<x@{Stretch("x." + HostOf(run.Options.Palette.Recipient), inPath)}>", $" TO:<x@a.b.c.d.{HostOf(run.Options.Palette.Recipient)}>"), model.Accepting(rcpt), rcpt);
        list.Add(WireRules.OverTheLimit, "path-over-the-limit", "A path of more than 256 octets draws one reply.", Depth.Envelope, run => run.TalkAsync(async talk => await talk.ReachAsync(model.Idle)
            ?? await run.InStepAsync(talk, $"{mail} FROM:<{new string('x', LocalPart + 40)}@{Stretch("x." + HostOf(run.Options.Palette.From), 290)}>\r\n", "a path of 397 octets")), model.Idle, mail);
        list.Add(WireRules.TextLine, "text-line-of-1000-octets", "A text line of 1000 octets is taken like a short one.", Depth.Data, TextAsync, model.Data);
        list.Add(WireRules.Message, "message-of-64K-octets", "A message of 64K octets is taken like a short one.", Depth.Data, MessageAsync, model.Data);
        list.Add(WireRules.OverTheLimit, "text-line-over-the-limit", "Mail data with a line of more than 1000 octets draws one reply at its end.", Depth.Data, LongTextAsync, model.Data);
        list.Add(WireRules.Recipients, "one-hundred-recipients", "A hundred recipients of one transaction are taken.", Depth.Envelope, run => RecipientsAsync(run, 100), model.Accepting(rcpt), rcpt);
        list.Add(WireRules.Recipients, "third-recipient", "A third recipient is taken as the first was.", Depth.Envelope, run => RecipientsAsync(run, 3), model.Accepting(rcpt), rcpt);
    }

    private static Task<WireOutcome> LineAsync(WireRun run) => run.TalkAsync(async talk =>
    {
        if (await talk.ReachAsync(run.Model.Idle) is { } stopped)
        {
            return stopped;
        }

        var name = run.Model.Texted.Command.Name;
        var brief = await talk.ExchangeAsync($"{name} x");
        var came = await talk.ExchangeAsync(Filled(name, CommandLine));
        return came.Kind is ObservationKind.Closed && brief.IsRefusal() ? WireOutcome.Undecided($"the server closed the channel when it had refused a short one: {brief}")
            : came.Kind is not ObservationKind.Reply || (came.Code == 500 && brief.Code != 500)
            ? WireOutcome.Broken("a command line of 512 octets is not taken", $"{brief.Code}, as to a short one", $"{came}")
            : run.Policy(came) ?? (brief.IsAccepted() && !came.IsAccepted() ? WireOutcome.Undecided($"what is in the line may be why it drew {came}") : WireOutcome.Kept);
    });

    private static async Task<WireOutcome> OverAsync(WireRun run)
    {
        List<string> choices = [];
        foreach (var length in new[] { CommandLine + 1, 2600, 20_000 })
        {
            // one that is answered as it should be shows nothing of a longer one
            run.Forget();
            var outcome = await run.TalkAsync(async talk => await talk.ReachAsync(run.Model.Idle)
                ?? await run.InStepAsync(talk, Filled(run.Model.Texted.Command.Name, length) + "\r\n", $"a command line of {length} octets", length > Attack ? Leave.Silently : length > Mistake ? Leave.AfterRefusal : Leave.None));
            if (outcome.Standing is not (Standing.Kept or Standing.Chosen))
            {
                return outcome;
            }

            choices.AddRange(outcome.Standing is Standing.Chosen ? [outcome.Reason] : []);
        }

        return choices.Count == 0 ? WireOutcome.Kept : WireOutcome.Chosen(string.Join("; ", choices));
    }

    private static async Task<WireOutcome> AtLimitAsync(WireRun run, State state, Command command, string argument, string briefArgument)
    {
        Observation brief = default;
        var outcome = await run.TalkAsync(async talk =>
        {
            if ((state == run.Model.Opened ? null : await talk.ReachAsync(state)) is { } stopped)
            {
                return stopped;
            }

            brief = await talk.ExchangeAsync(command.Name + briefArgument);
            return brief.Code is 500 or 501 || brief.Kind is not ObservationKind.Reply ? WireOutcome.Undecided($"a short one drew {brief}") : run.Policy(brief) ?? WireOutcome.Kept;
        });
        return outcome != WireOutcome.Kept ? outcome : await run.TalkAsync(async talk =>
        {
            if ((state == run.Model.Opened ? null : await talk.ReachAsync(state)) is { } stopped)
            {
                return stopped;
            }

            var came = await talk.ExchangeAsync(command.Name + argument);
            // a server may look up for minutes what is named (RFC 5321 4.5.3.2)
            return came.Kind is ObservationKind.Silence ? WireOutcome.Undecided("it was not answered in time")
                : came.Code is 500 or 501 || came.Kind is not ObservationKind.Reply
                ? WireOutcome.Broken("it is not taken at its greatest length", $"{brief.Code}, as to a short one, or a refusal that is not about its form", $"{came}")
                : run.Policy(came) ?? (brief.IsAccepted() && came.IsRefusal() ? WireOutcome.Undecided($"what it names may be why it drew {came}") : WireOutcome.Kept);
        });
    }

    private static async Task<WireOutcome> TextAsync(WireRun run)
    {
        // as many octets, once in short lines; a line that begins with a dot is one longer on the wire
        var brief = string.Concat(Enumerable.Repeat(new string('x', 48) + "\r\n", 40));
        var lines = new string('x', TextLine - 2) + "\r\n." + new string('x', TextLine - 3) + "\r\n";
        var control = await SendAsync(brief, came => came.IsAccepted() ? WireOutcome.Kept : WireOutcome.Undecided($"a message of short lines drew {came}"));
        return control != WireOutcome.Kept ? control : await SendAsync(lines, came => came.Code == 500 || came.Kind is ObservationKind.Closed
            ? WireOutcome.Broken("text lines of 1000 octets are not taken", "250, as to a message of short lines", $"{came}")
            : run.Policy(came) ?? (came.IsAccepted() ? WireOutcome.Kept : WireOutcome.Undecided($"what is in the message may be why it drew {came}")));

        Task<WireOutcome> SendAsync(string text, Func<Observation, WireOutcome> judge) => run.TalkAsync(async talk =>
            await talk.ReachAsync(run.Model.Data) ?? judge(await talk.ExchangeAsync(new Move(run.PlainData().Command, MoveKind.Data, $"Subject: long lines\r\n\r\n{text}"))));
    }

    private static async Task<WireOutcome> MessageAsync(WireRun run)
    {
        const string Line = "of sixty-four octets, with the two that end it, there are 1024\r\n";
        var text = string.Concat(Enumerable.Repeat(Line, 1023));
        var control = await SendAsync(Line, came => came.IsAccepted() ? WireOutcome.Kept : WireOutcome.Undecided($"a short message drew {came}"));
        return control != WireOutcome.Kept ? control : await SendAsync(text, came => came.Code is 552 or 500 || came.Kind is ObservationKind.Closed
            ? WireOutcome.Broken("a message of 64K octets is not taken", "250, as to a short message", $"{came}")
            : run.Policy(came) ?? (came.IsAccepted() ? WireOutcome.Kept : WireOutcome.Undecided($"what is in the message may be why it drew {came}")));

        // the header makes up for the line that is missing
        Task<WireOutcome> SendAsync(string lines, Func<Observation, WireOutcome> judge) => run.TalkAsync(async talk =>
            await talk.ReachAsync(run.Model.Data) ?? judge(await talk.ExchangeAsync(new Move(run.PlainData().Command, MoveKind.Data, $"Subject: a message of as many octets as all have to take {new string('-', 3)}\r\n\r\n{lines}"))));
    }

    private static Task<WireOutcome> LongTextAsync(WireRun run) => run.TalkAsync(async talk =>
    {
        if (await talk.ReachAsync(run.Model.Data) is { } stopped)
        {
            return stopped;
        }

        return await run.InStepAsync(talk, $"Subject: long lines\r\n\r\n{new string('x', TextLine + 1)}\r\n{new string('y', 5000)}\r\n.\r\n", "mail data with lines of 1003 and 5002 octets", end: ".\r\n");
    });

    private static Task<WireOutcome> RecipientsAsync(WireRun run, int enough) => run.TalkAsync(async talk =>
    {
        var rcpt = run.Plain(run.Model.Forward.Command);
        if (await talk.ReachAsync(run.Model.Accepting(rcpt.Command)) is { } stopped)
        {
            return stopped;
        }

        for (var count = 1; count <= enough; count++)
        {
            var came = await talk.ExchangeAsync(rcpt);
            if (came is { Kind: ObservationKind.Reply, Code: >= 200 and < 300 })
            {
                continue;
            }

            // what is said of the line itself, or 3yz, cannot be meant for one that was in order a moment ago
            if (count > 1 && (came.IsAccepted() || run.IsAboutTheLine(came)))
            {
                return WireOutcome.Broken($"recipient {count} draws {came.Code}, and the one before was taken", $"{enough} recipients are taken", $"{came}");
            }

            // the two codes that the standards have for too many recipients; and to the line that was in order a moment ago "bad sequence" can mean nothing else
            return count > 1 && (came.Code is 452 or 552 || IsBadSequence(run, came))
                ? WireOutcome.Broken($"recipient {count} is one too many", $"{enough} recipients are taken", $"{came}")
                : WireOutcome.Undecided($"recipient {count} drew {came}");
        }

        var data = await talk.ExchangeAsync(run.Plain(run.Options.Access(run.Model.Data)?[^1].Command ?? run.Model.Nothing));
        return data.IsAccepted() ? WireOutcome.Kept
            : IsBadSequence(run, data) ? WireOutcome.Broken($"behind {enough} recipients that were taken the mail data is not asked for", "what came behind one recipient", $"{data}")
            : WireOutcome.Undecided($"{enough} recipients were taken, and then there came {data}");
    });

    private static bool IsBadSequence(WireRun run, Observation came) => came.Code != run.Model.Table.Faults.Closing && run.Model.Table.IsPlacedByTheOrder(came.Code);

    private static string Filled(string name, int length) => $"{name} {new string('x', length - name.Length - 3)}";

    private static string HostOf(string mailbox) => mailbox[(mailbox.LastIndexOf('@') + 1)..];

    // source routes only where a domain is too short to fill a path
    private static string LongPath(string host, bool isOld)
    {
        var local = new string('x', LocalPart);
        return isOld ? $"<@{Stretch("x." + host, 61)},@{Stretch("x." + host, 60)}:{local}@{Stretch("x." + host, 64)}>" : $"<{local}@{Stretch("x." + host, Path - LocalPart - 3)}>";
    }

    private static string ShortPath(string host, bool isOld) => isOld ? $"<@a.{host},@b.{host}:xxx@c.{host}>" : $"<xxx@a.b.c.d.{host}>";

    // a domain of a length, by labels in front of it; one of the length it has already is left as it is
    private static string Stretch(string domain, int length)
    {
        while (domain.Length < length)
        {
            var missing = length - domain.Length;
            // a label and its dot, or one more letter for the first label
            domain = missing == 1 ? "x" + domain : new string('x', Math.Min(Label, missing == Label + 2 ? missing - 3 : missing - 1)) + "." + domain;
        }

        return domain;
    }
}
