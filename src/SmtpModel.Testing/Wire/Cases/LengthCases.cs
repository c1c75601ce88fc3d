using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>Objects of the greatest length that everybody has to take, and longer ones.</summary>
internal static class LengthCases
{
    private const int Label = 63;

    // up to here a longer line is a mistake; several times as much may be taken for an attack, which a server may break off
    // when it has refused it (RFC 5321 7.8), and far beyond it need not say anything
    private const int Mistake = 1024;
    private const int Attack = 4096;

    public static void AddTo(CaseList list)
    {
        var model = list.Model;
        var (table, idle, accepting) = (model.Table, model.Idle, model.Accepting(model.Forward.Command));
        var (mail, rcpt) = (model.Reverse.Command, model.Forward.Command);
        int Size(Rule rule) => table.Stated(rule)?.Size ?? 0;
        var (line, path, local, domain) = (
            Size(Rfc821Lines.CommandLine),
            Size(Rfc821Lines.Path),
            Size(Rfc821Lines.LocalPart),
            Size(Rfc821Lines.Domain)
        );
        var (text, recipients, message) = (Size(Rfc821Lines.TextLine), Size(Rfc821Lines.Recipients), Size(Rfc5321Lines.Message));

        // shorter than the longest that a path has room for: the limit of a path has a case of its own
        var inPath = Math.Min(domain, path - "<x@>".Length - 2);
        var wide = new string('x', local);
        void AddPath(
            Rule rule,
            string name,
            string requirement,
            Command command,
            string word,
            Func<string, string> of,
            Func<string, string> plain
        )
        {
            var state = command == mail ? idle : accepting;
            string Host(WireRun run) => HostOf(command == mail ? run.Options.Palette.From : run.Options.Palette.Recipient);
            list.Add(rule, name, requirement, Depth.Envelope,
                run => AtLimitAsync(run, state, command, $" {word}:{of(Host(run))}", $" {word}:{plain(Host(run))}"), state, command);
        }

        list.Add(
            Rfc821Lines.CommandLine,
            $"command-line-of-{line}-octets",
            $"A command line of {line} octets is taken like a short one.",
            Depth.Greeting,
            run => LineAsync(run, line),
            idle,
            model.Texted.Command
        );
        list.Add(
            Rfc821Lines.OverTheLimit,
            "command-line-over-the-limit",
            $"A command line of more than {line} octets draws one reply.",
            Depth.Greeting,
            run => OverAsync(run, line),
            idle,
            model.Texted.Command
        );
        list.Add(
            Rfc821Lines.Domain,
            $"domain-of-{domain}-octets",
            $"A domain of {domain} octets is taken like a short one.",
            Depth.Greeting,
            run =>
                AtLimitAsync(
                    run,
                    model.Opened,
                    model.Hello.Command,
                    $" {Stretch("x." + run.Options.Palette.Helo, domain)}",
                    $" a.b.c.d.{run.Options.Palette.Helo}"
                ),
            model.Opened,
            model.Hello.Command
        );
        AddPath(
            Rfc821Lines.Path,
            $"reverse-path-of-{path}-octets",
            $"A reverse-path of {path} octets is taken like a short one.",
            mail,
            "FROM",
            host => LongPath(host, path, local, domain),
            host => ShortPath(host, path, local, domain)
        );
        AddPath(
            Rfc821Lines.LocalPart,
            $"local-part-of-{local}-octets-in-a-reverse-path",
            $"A local-part of {local} octets is taken like a short one.",
            mail,
            "FROM",
            host => $"<{wide}@{host}>",
            host => $"<xxx@{host}>"
        );
        AddPath(
            Rfc821Lines.LocalPart,
            $"local-part-of-{local}-octets-in-a-forward-path",
            $"A local-part of {local} octets is understood like a short one.",
            rcpt,
            "TO",
            host => $"<{wide}@{host}>",
            host => $"<xxx@{host}>"
        );
        AddPath(
            Rfc821Lines.Path,
            $"forward-path-of-{path}-octets",
            $"A forward-path of {path} octets is understood like a short one.",
            rcpt,
            "TO",
            host => LongPath(host, path, local, domain),
            host => ShortPath(host, path, local, domain)
        );
        AddPath(
            Rfc821Lines.Domain,
            $"domain-of-{inPath}-octets-in-a-forward-path",
            $"A forward-path with a domain of {inPath} octets is understood like one with a short one.",
            rcpt,
            "TO",
            host => $"<x@{Stretch("x." + host, inPath)}>",
            host => $"<x@a.b.c.d.{host}>"
        );
        list.Add(
            Rfc821Lines.OverTheLimit,
            "path-over-the-limit",
            $"A path of more than {path} octets draws one reply.",
            Depth.Envelope,
            run =>
                run.TalkAsync(async talk =>
                    await talk.ReachAsync(idle)
                    ?? await run.InStepAsync(
                        talk,
                        $"{mail} FROM:<{new string('x', local + 40)}@{Stretch("x." + HostOf(run.Options.Palette.From), path + 34)}>\r\n",
                        $"a path of {local + path + 77} octets"
                    )
                ),
            idle,
            mail
        );
        list.Add(
            Rfc821Lines.TextLine,
            $"text-line-of-{text}-octets",
            $"A text line of {text} octets is taken like a short one.",
            Depth.Data,
            run => TextAsync(run, text),
            model.Data
        );
        list.Add(
            Rfc5321Lines.Message,
            "message-of-64K-octets",
            "A message of 64K octets is taken like a short one.",
            Depth.Data,
            run => MessageAsync(run, message),
            model.Data
        );
        list.Add(
            Rfc821Lines.OverTheLimit,
            "text-line-over-the-limit",
            $"Mail data with a line of more than {text} octets draws one reply at its end.",
            Depth.Data,
            run => LongTextAsync(run, text),
            model.Data
        );
        list.Add(
            Rfc821Lines.Recipients,
            "one-hundred-recipients",
            "A hundred recipients of one transaction are taken.",
            Depth.Envelope,
            run => RecipientsAsync(run, recipients),
            accepting,
            rcpt
        );
        list.Add(
            Rfc821Lines.Recipients,
            "third-recipient",
            "A third recipient is taken as the first was.",
            Depth.Envelope,
            run => RecipientsAsync(run, 3),
            accepting,
            rcpt
        );
    }

    private static Task<WireOutcome> LineAsync(WireRun run, int length) => run.TalkAsync(async talk =>
    {
        if (await talk.ReachAsync(run.Model.Idle) is { } stopped)
        {
            return stopped;
        }

        var name = run.Model.Texted.Command.Name;
        var brief = await talk.ExchangeAsync($"{name} x");
        var came = await talk.ExchangeAsync(Filled(name, length));
        return came.Kind is ObservationKind.Closed && brief.IsRefusal()
                ? WireOutcome.Undecided($"the server closed the channel when it had refused a short one: {brief}")
            : came.Kind is not ObservationKind.Reply || (came.Code == 500 && brief.Code != 500)
                ? WireOutcome.Broken($"a command line of {length} octets is not taken", $"{brief.Code}, as to a short one", $"{came}")
            : run.Policy(came)
                ?? (
                    brief.IsAccepted() && !came.IsAccepted()
                        ? WireOutcome.Undecided($"what is in the line may be why it drew {came}")
                        : WireOutcome.Kept
                );
    });

    private static async Task<WireOutcome> OverAsync(WireRun run, int limit)
    {
        List<string> choices = [];
        foreach (var length in new[] { limit + 1, 2600, 20_000 })
        {
            // one that is answered as it should be shows nothing of a longer one
            run.Forget();
            var outcome = await run.TalkAsync(async talk =>
                await talk.ReachAsync(run.Model.Idle)
                ?? await run.InStepAsync(
                    talk,
                    Filled(run.Model.Texted.Command.Name, length) + "\r\n",
                    $"a command line of {length} octets",
                    length > Attack ? Leave.Silently
                        : length > Mistake ? Leave.AfterRefusal
                        : Leave.None
                )
            );
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
            return brief.Code is 500 or 501 || brief.Kind is not ObservationKind.Reply
                ? WireOutcome.Undecided($"a short one drew {brief}")
                : run.Policy(brief) ?? WireOutcome.Kept;
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
                    ? WireOutcome.Broken(
                        "it is not taken at its greatest length",
                        $"{brief.Code}, as to a short one, or a refusal that is not about its form",
                        $"{came}"
                    )
                : run.Policy(came)
                    ?? (
                        brief.IsAccepted() && came.IsRefusal()
                            ? WireOutcome.Undecided($"what it names may be why it drew {came}")
                            : WireOutcome.Kept
                    );
        });
    }

    private static async Task<WireOutcome> TextAsync(WireRun run, int length)
    {
        // as many octets, once in short lines; a line that begins with a dot is one longer on the wire
        var brief = string.Concat(Enumerable.Repeat(new string('x', 48) + "\r\n", 40));
        var lines = new string('x', length - 2) + "\r\n." + new string('x', length - 3) + "\r\n";
        var control = await SendAsync(brief, came =>
            came.IsAccepted() ? WireOutcome.Kept : WireOutcome.Undecided($"a message of short lines drew {came}")
        );
        return control != WireOutcome.Kept
            ? control
            : await SendAsync(lines, came =>
                came.Code == 500 || came.Kind is ObservationKind.Closed
                    ? WireOutcome.Broken($"text lines of {length} octets are not taken", "250, as to a message of short lines", $"{came}")
                    : run.Policy(came)
                        ?? (
                            came.IsAccepted()
                                ? WireOutcome.Kept
                                : WireOutcome.Undecided($"what is in the message may be why it drew {came}")
                        )
            );

        Task<WireOutcome> SendAsync(string text, Func<Observation, WireOutcome> judge) =>
            run.TalkAsync(async talk =>
                await talk.ReachAsync(run.Model.Data)
                ?? judge(await talk.ExchangeAsync(new Move(run.PlainData().Command, MoveKind.Data, $"Subject: long lines\r\n\r\n{text}")))
            );
    }

    private static async Task<WireOutcome> MessageAsync(WireRun run, int size)
    {
        const string Line = "of sixty-four octets, with the two that end it, there are 1024\r\n";
        var text = string.Concat(Enumerable.Repeat(Line, (size / Line.Length) - 1));
        var control = await SendAsync(Line, came =>
            came.IsAccepted() ? WireOutcome.Kept : WireOutcome.Undecided($"a short message drew {came}")
        );
        return control != WireOutcome.Kept
            ? control
            : await SendAsync(text, came =>
                came.Code is 552 or 500 || came.Kind is ObservationKind.Closed
                    ? WireOutcome.Broken("a message of 64K octets is not taken", "250, as to a short message", $"{came}")
                    : run.Policy(came)
                        ?? (
                            came.IsAccepted()
                                ? WireOutcome.Kept
                                : WireOutcome.Undecided($"what is in the message may be why it drew {came}")
                        )
            );

        // the header makes up for the line that is missing
        Task<WireOutcome> SendAsync(string lines, Func<Observation, WireOutcome> judge) =>
            run.TalkAsync(async talk =>
                await talk.ReachAsync(run.Model.Data)
                ?? judge(
                    await talk.ExchangeAsync(
                        new Move(
                            run.PlainData().Command,
                            MoveKind.Data,
                            $"Subject: a message of as many octets as all have to take {new string('-', 3)}\r\n\r\n{lines}"
                        )
                    )
                )
            );
    }

    private static Task<WireOutcome> LongTextAsync(WireRun run, int limit) =>
        run.TalkAsync(async talk =>
        {
            if (await talk.ReachAsync(run.Model.Data) is { } stopped)
            {
                return stopped;
            }

            return await run.InStepAsync(
                talk,
                $"Subject: long lines\r\n\r\n{new string('x', limit + 1)}\r\n{new string('y', 5000)}\r\n.\r\n",
                "mail data with lines of 1003 and 5002 octets",
                end: ".\r\n"
            );
        });

    private static Task<WireOutcome> RecipientsAsync(WireRun run, int enough) =>
        run.TalkAsync(async talk =>
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
                    return WireOutcome.Broken(
                        $"recipient {count} draws {came.Code}, and the one before was taken",
                        $"{enough} recipients are taken",
                        $"{came}"
                    );
                }

                // the two codes that the standards have for too many recipients; and to the line that was in order a moment ago "bad
                // sequence" can mean nothing else
                return count > 1 && (came.Code is 452 or 552 || IsBadSequence(run, came))
                    ? WireOutcome.Broken($"recipient {count} is one too many", $"{enough} recipients are taken", $"{came}")
                    : WireOutcome.Undecided($"recipient {count} drew {came}");
            }

            var data = await talk.ExchangeAsync(run.Plain(run.Options.Access(run.Model.Data)?[^1].Command ?? run.Model.Nothing));
            return data.IsAccepted() ? WireOutcome.Kept
                : IsBadSequence(run, data)
                    ? WireOutcome.Broken(
                        $"behind {enough} recipients that were taken the mail data is not asked for",
                        "what came behind one recipient",
                        $"{data}"
                    )
                : WireOutcome.Undecided($"{enough} recipients were taken, and then there came {data}");
        });

    private static bool IsBadSequence(WireRun run, Observation came) =>
        came.Code != run.Model.Table.Faults.Closing && run.Model.Table.IsPlacedByTheOrder(came.Code);

    private static string Filled(string name, int length) => $"{name} {new string('x', length - name.Length - 3)}";

    private static string HostOf(string mailbox) => mailbox[(mailbox.LastIndexOf('@') + 1)..];

    // source routes only where a domain is too short to fill a path
    private static bool IsFilledByADomain(int path, int local, int domain) => "<@>".Length + local + domain >= path;

    private static string LongPath(string host, int path, int local, int domain)
    {
        var wide = new string('x', local);
        return IsFilledByADomain(path, local, domain) ? $"<{wide}@{Stretch("x." + host, path - local - "<@>".Length)}>"
            : $"<@{Stretch("x." + host, domain - 3)},@{Stretch("x." + host, domain - 4)}:{wide}@{Stretch("x." + host, domain)}>";
    }

    private static string ShortPath(string host, int path, int local, int domain) =>
        IsFilledByADomain(path, local, domain) ? $"<xxx@a.b.c.d.{host}>" : $"<@a.{host},@b.{host}:xxx@c.{host}>";

    // a domain of a length, by labels in front of it; one of the length it has already is left as it is
    private static string Stretch(string domain, int length)
    {
        while (domain.Length < length)
        {
            var missing = length - domain.Length;
            // a label and its dot, or one more letter for the first label
            domain =
                missing == 1
                    ? "x" + domain
                    : new string('x', Math.Min(Label, missing == Label + 2 ? missing - 3 : missing - 1)) + "." + domain;
        }

        return domain;
    }
}
