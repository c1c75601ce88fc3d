using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>Keywords in either case, and lines that are no commands.</summary>
internal static class CommandCases
{
    // a reply with one of these is about the command's form, and not about what is asked for
    private const int FirstOfForm = 500;
    private const int LastOfForm = 504;

    public static void AddTo(CaseList list)
    {
        var model = list.Model;
        list.Add(
            Rfc821Lines.CaseOfKeywords,
            "keywords-in-lower-case",
            "Keywords in lower case are taken like those in upper case.",
            Depth.Greeting,
            run => SpelledAsync(run, Lower)
        );
        list.Add(
            Rfc821Lines.CaseOfKeywords,
            "keywords-in-mixed-case",
            "Keywords in mixed case are taken like those in upper case.",
            Depth.Greeting,
            run => SpelledAsync(run, Mixed)
        );
        list.Add(Rfc821Lines.EmptyLine, "empty-line", "An empty line draws 500.", Depth.Greeting, EmptyAsync, model.Idle);
        list.Add(
            Rfc821Lines.UnknownCommands,
            "unknown-commands-do-not-end-the-session",
            "Commands that are not known are each answered once and do not end the session.",
            Depth.Greeting,
            run => OddAsync(run, "X", "xyzzy plugh"),
            model.Idle
        );
        list.Add(
            Rfc821Lines.UnknownCommands,
            "ten-unknown-commands-do-not-end-the-session",
            "Ten commands that are not known are answered and do not end the session.",
            Depth.Greeting,
            ManyUnknownCases.TenAsync,
            model.Idle
        );
        list.Add(
            Rfc821Lines.OddLines,
            "lines-that-are-no-words-do-not-end-the-session",
            "Lines without a keyword are each answered once and do not end the session.",
            Depth.Greeting,
            run => OddAsync(run, "123", "."),
            model.Idle
        );
        if (model.Table.Utf8Paths is null)
        {
            list.Add(
                Rfc5321Lines.EightBit,
                "eight-bit-octets-in-a-path",
                "A path with octets over 127 is refused where SMTPUTF8 is not offered.",
                Depth.Envelope,
                run => EightBitAsync(run, model.Reverse.Command),
                model.Idle,
                model.Reverse.Command
            );
            list.Add(
                Rfc5321Lines.EightBit,
                "eight-bit-octets-in-a-forward-path",
                "A forward-path with octets over 127 is refused where SMTPUTF8 is not offered.",
                Depth.Envelope,
                run => EightBitAsync(run, model.Forward.Command),
                model.Accepting(model.Forward.Command),
                model.Forward.Command
            );
        }

        foreach (var (name, octet) in new[] { ("NUL", '\0'), ("control-character", '\u0001') })
        {
            list.Add(
                Rfc5321Lines.Controls,
                $"{name}-in-a-domain",
                $"A path with {Printable.Text($"{octet}")} in its domain is refused.",
                Depth.Envelope,
                run => ControlAsync(run, octet),
                model.Idle,
                model.Reverse.Command
            );
        }
    }

    private static async Task<WireOutcome> SpelledAsync(WireRun run, Func<string, string> spell)
    {
        var model = run.Model;
        if (run.Options.Access(model.Idle) is not { } idle)
        {
            return WireOutcome.Undecided($"no way to {model.Idle} is known on this server");
        }

        // everything that always does, and ends where it began; the command that ends the session comes last
        var always = model.Idlers.Select(run.Plain);
        var outcome = await ComparedAsync(run, [.. idle, .. always, run.Plain(model.Ending)], spell);
        var deep = run.Options.Depth >= Depth.Envelope ? run.Options.Access(model.Data) : null;
        return outcome != WireOutcome.Kept || deep is null ? outcome : await ComparedAsync(run, deep, spell);
    }

    private static async Task<WireOutcome> ComparedAsync(WireRun run, IReadOnlyList<Move> moves, Func<string, string> spell)
    {
        var plain = await run.TalkAsync(async talk => await talk.FollowAsync(moves) ?? WireOutcome.Kept);
        return plain != WireOutcome.Kept
            ? plain
            : await run.TalkAsync(async talk =>
            {
                foreach (var move in moves)
                {
                    var text = spell(move.Text);
                    var came = await talk.ExchangeAsync(text);
                    if (came is { Kind: ObservationKind.Reply, Code: >= FirstOfForm and <= LastOfForm })
                    {
                        return WireOutcome.Broken(
                            $"'{move}' is accepted, and '{Printable.Text(text)}' is not",
                            "a reply that accepts it, as it does in upper case",
                            $"{came}"
                        );
                    }

                    if (!came.IsAccepted())
                    {
                        return WireOutcome.Undecided($"'{Printable.Text(text)}' drew {came}");
                    }
                }

                return WireOutcome.Kept;
            });
    }

    private static Task<WireOutcome> EmptyAsync(WireRun run) =>
        run.TalkAsync(async talk =>
        {
            if (await talk.ReachAsync(run.Model.Idle) is { } stopped)
            {
                return stopped;
            }

            var expected = $"{run.Model.Table.Faults.Unrecognized}";
            await talk.WriteAsync("\r\n");
            // no command, so perhaps no reply: not worth the time that is given to one
            var came = await talk.ReadAsync(run.Options.Patience * 5);
            if (came.Kind is ObservationKind.Silence)
            {
                await talk.WriteAsync(run.Plain(run.Model.Nothing).Text + "\r\n");
                var replies = await talk.DrainAsync();
                return replies.Count == 1
                    ? WireOutcome.Broken("an empty line is not answered", expected, "(no reply)")
                    : WireOutcome.Undecided($"an empty line and a command drew {replies.Count} replies after a while");
            }

            return run.Policy(came)
                ?? (
                    came.IsRefusal()
                        ? WireOutcome.Kept
                        : WireOutcome.Broken(
                            came.IsAccepted() ? "an empty line is accepted" : "an empty line ends the session",
                            expected,
                            $"{came}"
                        )
                );
        });

    // two and no more: a server may hang up on a client that makes many mistakes
    private static Task<WireOutcome> OddAsync(WireRun run, string one, string other) => run.TalkAsync(async talk =>
    {
        if (await talk.ReachAsync(run.Model.Idle) is { } stopped)
        {
            return stopped;
        }

        var outcome = await run.InStepAsync(talk, one + "\r\n", $"the line '{one}'");
        return outcome != WireOutcome.Kept ? outcome : await run.InStepAsync(talk, other + "\r\n", $"the line '{other}'");
    });

    private static async Task<WireOutcome> EightBitAsync(WireRun run, Command command)
    {
        if (await run.OfferAsync() is { } offered && offered.Lists("SMTPUTF8"))
        {
            return WireOutcome.NotApplicable("SMTPUTF8 is offered");
        }

        return await OddAsync(run, command, path => path.Insert(1, "\u00e9"), "a path with an octet over 127");
    }

    private static Task<WireOutcome> ControlAsync(WireRun run, char octet) =>
        OddAsync(
            run,
            run.Model.Reverse.Command,
            path => path.Insert(path.LastIndexOf('@') + 2, $"{octet}"),
            $"a path with {Printable.Text($"{octet}")} in its domain"
        );

    // a path that has in it what no path may have, where the plain one is in order
    private static Task<WireOutcome> OddAsync(WireRun run, Command command, Func<string, string> spoil, string what) =>
        run.TalkAsync(async talk =>
        {
            if (await talk.ReachAsync(run.Model.Accepting(command)) is { } stopped)
            {
                return stopped;
            }

            var plain = run.Plain(command).Text;
            var path = plain.IndexOf('<', StringComparison.Ordinal);
            var came = await talk.ExchangeAsync(plain[..path] + spoil(plain[path..]));
            return came.IsAccepted() ? WireOutcome.Broken($"{what} is accepted", "a refusal, such as 501", $"{came}")
                : came.Kind is ObservationKind.Closed
                    ? WireOutcome.Broken($"{what} ends the session", "a refusal, such as 501", $"{came}") with
                    {
                        Rule = run.Model.Table.Conduct.Closing,
                    }
                : run.Policy(came) ?? (came.IsRefusal() ? WireOutcome.Kept : WireOutcome.Undecided($"{what}: {came}"));
        });

    // all that comes before a path, or the keyword: what a name means may depend on its case
    private static int Spellable(string text) => text.IndexOf('<', StringComparison.Ordinal) is var path and > 0 ? path
        : text.IndexOf(' ', StringComparison.Ordinal) is var space and > 0 ? space : text.Length;

    private static string Lower(string text) => text[..Spellable(text)].ToLowerInvariant() + text[Spellable(text)..];

    private static string Mixed(string text) => string.Concat(text.Select((letter, index) => index >= Spellable(text) ? letter
        : index % 2 == 0 ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter)));
}
