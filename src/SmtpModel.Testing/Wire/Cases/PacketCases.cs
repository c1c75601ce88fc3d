using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Packets that end where a server that takes one for a line is misled. Messages are delivered. Whether there was a reply
/// too many shows without any waiting: what a server owes comes before it answers QUIT and closes the channel.
/// </summary>
internal static class PacketCases
{
    private const string Header = "Subject: packets\r\n\r\n";

    // the end of the mail data behind a line of text, cut in two
    private static readonly (string Name, string First, string Second)[] Cuts =
    [
        ("behind-the-text", "", "\r\n.\r\n"),
        ("behind-CR", "\r", "\n.\r\n"),
        ("behind-CRLF", "\r\n", ".\r\n"),
        ("behind-the-dot", "\r\n.", "\r\n"),
        ("behind-the-last-CR", "\r\n.\r", "\n"),
    ];

    // no end, though the second packet, or the end of the first one, looks like one
    private static readonly (string Name, string What, string First, string Second)[] NoEnds =
    [
        (
            "dot-of-a-sentence",
            "A dot that ends a sentence and comes with its CRLF in a packet of its own",
            "the end of a sentence",
            ".\r\n"
        ),
        ("doubled-dot", "A doubled dot that is cut in two", "a line\r\n.", ".\r\n"),
        ("dot-before-text", "A dot that ends a packet, with the text of its line in the next one,", "a line\r\n.", "and text\r\n"),
    ];

    public static void AddTo(CaseList list)
    {
        var data = list.Model.Data;
        foreach (var (name, first, second) in Cuts)
        {
            var ends = Printable.Text(first.Length == 0 ? "text" : first);
            list.Add(
                Rfc821Lines.Pieces,
                $"end-of-data-cut-{name}",
                $"The end of the mail data is seen when one packet ends with {ends} and the next one is {Printable.Text(second)}.",
                Depth.Data,
                run => EndAsync(run, first, second),
                data
            );
        }

        foreach (var (name, what, first, second) in NoEnds)
        {
            list.Add(
                Rfc821Lines.EndOfData,
                $"{name}-in-two-packets-does-not-end-the-data",
                $"{what} does not end the mail data.",
                Depth.Data,
                run => NoEndAsync(run, first, second),
                data
            );
        }

        list.Add(
            Rfc821Lines.EndOfData,
            "blank-line-and-dot-ends-the-data",
            "Mail data of one empty line is ended by the dot behind it.",
            Depth.Data,
            run => EndAsync(run, null, "\r\n.\r\n"),
            data
        );
        list.Add(
            Rfc821Lines.AnyCode,
            "control-characters-in-the-data",
            "Mail data with control characters is taken as that without any is.",
            Depth.Data,
            ControlsAsync,
            data
        );
        var ending = list.Model.Ending;
        list.Add(
            Rfc821Lines.AfterQuit,
            $"nothing-is-answered-in-the-packet-of-{ending}",
            $"A command in one packet with {ending}, behind it, is not answered.",
            Depth.Greeting,
            WithQuitAsync,
            list.Model.Idle,
            ending
        );
    }

    // null for nothing at all before the second packet
    private static Task<WireOutcome> EndAsync(WireRun run, string? first, string second) => run.TalkAsync(async talk =>
    {
        if (await talk.ReachAsync(run.Model.Data) is { } stopped)
        {
            return stopped;
        }

        await talk.PacketsAsync(first is null ? [second] : [$"{Header}the last line{first}", second]);
        var what = first is null ? "an empty line and the end of the mail data"
            : $"the end of the mail data, in two packets before {Printable.Text(second)},";
        var end = await talk.AwaitAsync();
        if (end.Kind is ObservationKind.Silence && run.IsHasty)
        {
            return WireOutcome.Undecided($"{what} is not answered at once");
        }

        if (end.Kind is ObservationKind.Silence)
        {
            // it has missed the end, or is slow: then one more end would draw one reply too many
            await talk.WriteAsync("X\r\n.\r\n");
            var late = await talk.ReadAsync();
            return late.Kind is ObservationKind.Reply && await run.TooManyAsync(talk) is null
                ? WireOutcome.Broken($"{what} is not seen", "a reply to the mail data", $"{end}, and {late} when it is ended again")
                : WireOutcome.Undecided($"{what} is not answered in time");
        }

        return end.Kind is not ObservationKind.Reply || run.Policy(end) is not null ? WireOutcome.Undecided($"{what} drew {end}")
            : await run.TooManyAsync(talk) is { } more
                ? WireOutcome.Broken($"{what} draws more than one reply", "one reply", $"{end}, and then {more}")
            : WireOutcome.Kept;
    });

    private static async Task<WireOutcome> NoEndAsync(WireRun run, string first, string second)
    {
        var outcome = await CutAsync(run, first, second);
        return
            outcome.Standing is not Standing.Broken
            || (await run.AsideAsync(aside => DataCases.OneAsync(aside, first + second))).Standing is not Standing.Broken
            ? outcome
            : WireOutcome.Undecided($"it does so in one packet too, which is another case: {outcome.Reason}");
    }

    private static Task<WireOutcome> CutAsync(WireRun run, string first, string second) => run.TalkAsync(async talk =>
    {
        if (await talk.ReachAsync(run.Model.Data) is { } stopped)
        {
            return stopped;
        }

        // were the data over, the rest would be commands, each with a reply
        await talk.PacketsAsync(Header + first, second, $"X\r\n{run.Plain(run.Model.Nothing).Text}\r\n.\r\n");
        var what = $"'{Printable.Text(first + second)}' in two packets";
        var end = await talk.ReadAsync();
        if (end.Kind is not ObservationKind.Reply)
        {
            return WireOutcome.Undecided($"mail data with {what} drew {end}");
        }

        return await run.TooManyAsync(talk) is { } more
            ? end.IsAccepted() && more.Code != run.Model.Table.Faults.Closing
                ? WireOutcome.Broken(
                    $"{what} ends the mail data, and what follows is taken for commands",
                    "one reply to the whole of the mail data",
                    $"{end}, and then {more}"
                )
                : WireOutcome.Undecided($"the mail data drew {end}, and then {more}")
            : end.IsAccepted()
                ? WireOutcome.Kept
                : WireOutcome.Undecided($"the mail data drew {end}");
    });

    private static async Task<WireOutcome> ControlsAsync(WireRun run)
    {
        // NUL is left out: a message format that allows it is long gone (RFC 5322 2.3)
        var controls = string.Concat(
            Enumerable.Range(1, 31).Append(127).Where(code => code is not ('\r' or '\n')).Select(code => (char)code)
        );
        var plain = await SendAsync("text", came =>
            came.IsAccepted() ? WireOutcome.Kept : WireOutcome.Undecided($"a message without them drew {came}")
        );
        return plain != WireOutcome.Kept ? plain : await SendAsync(controls, came => came.IsAccepted() ? WireOutcome.Kept
                : !came.IsRefusal() ? WireOutcome.Undecided($"mail data with control characters drew {came}")
                : run.Policy(came)
                    ?? WireOutcome.Broken("mail data with control characters is refused", "250, as to mail data without them", $"{came}"));

        Task<WireOutcome> SendAsync(string line, Func<Observation, WireOutcome> judge) => run.TalkAsync(async talk =>
        {
            var data = new Move(run.PlainData().Command, MoveKind.Data, $"Subject: controls\r\n\r\n{line}\r\n");
            return await talk.ReachAsync(run.Model.Data) ?? judge(await talk.ExchangeAsync(data));
        });
    }

    private static Task<WireOutcome> WithQuitAsync(WireRun run) => run.TalkAsync(async talk =>
    {
        if (await talk.ReachAsync(run.Model.Idle) is { } stopped)
        {
            return stopped;
        }

        var (ending, nothing) = (run.Plain(run.Model.Ending).Text, run.Plain(run.Model.Nothing).Text);
        await talk.WriteAsync($"{ending}\r\n{nothing}\r\n");
        var came = await talk.ReadAsync();
        // what the server has not read when it closes can take the reply with it
        return !came.IsAccepted() ? WireOutcome.Undecided($"{ending} with a command behind it drew {came}")
            : await talk.EndAsync() is { Kind: ObservationKind.Reply } after
                ? WireOutcome.Broken(
                    $"a command in the packet of {ending} is answered",
                    $"nothing: {ending} has been answered",
                    $"{after}"
                )
            : WireOutcome.Kept;
    });
}
