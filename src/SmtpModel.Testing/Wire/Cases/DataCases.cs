using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>What ends mail data and what does not. Messages are delivered.</summary>
internal static class DataCases
{
    private const string Header = "Subject: end of data\r\n\r\nfirst";

    // a line that begins with a dot and has more on it; a server that takes such a line for the end takes every other such line too
    private const string DotAndText = "\r\n.a\r\n";

    // each is no end of data, and has been taken for one by some server
    private static readonly (string Name, string Octets)[] NoEnds =
    [
        ("LF-dot-LF", "\n.\n"),
        ("LF-dot-CRLF", "\n.\r\n"),
        ("CRLF-dot-LF", "\r\n.\n"),
        ("CR-dot-CR", "\r.\r"),
        ("CRLF-dot-CR", "\r\n.\r"),
        ("CR-CRLF-dot-CR-CRLF", "\r\r\n.\r\r\n"),
        ("dot-and-blank", "\r\n. \r\n"),
    ];

    private static readonly (string Name, string Octets, string What)[] Dots =
    [
        ("doubled-dots-do-not-end-the-data", "\r\n..\r\n", "A line of two dots"),
        ("three-dots-do-not-end-the-data", "\r\n...\r\n", "A line of three dots"),
        ("doubled-dot-and-text-do-not-end-the-data", "\r\n..a\r\n", "A line that begins with a doubled dot"),
        ("dot-and-text-do-not-end-the-data", DotAndText, "A line that begins with a dot and has more on it"),
    ];

    public static void AddTo(CaseList list)
    {
        var data = list.Model.Data;
        foreach (var (name, octets) in NoEnds)
        {
            list.Add(
                Rfc821Lines.EndOfData,
                $"{name}-does-not-end-the-data",
                $"{Printable.Text(octets)} does not end the mail data.",
                Depth.Data,
                run => NoEndAsync(run, octets),
                data
            );
        }

        foreach (var (name, octets, what) in Dots)
        {
            list.Add(Rfc821Lines.Dots, name, $"{what} does not end the mail data.", Depth.Data, run => NoEndAsync(run, octets), data);
        }

        list.Add(
            Rfc821Lines.EndOfData,
            "commands-do-not-end-the-data",
            "A line of the mail data that reads like a command is text.",
            Depth.Data,
            run => NoEndAsync(run, "\r\nRSET\r\nNOOP\r\nQUIT\r\n"),
            data
        );
        list.Add(
            Rfc821Lines.EndOfData,
            "dot-at-once-ends-the-data",
            "A dot and CRLF as the first line ends the mail data.",
            Depth.Data,
            AtOnceAsync,
            data
        );
    }

    // one cause is one finding: where every line with a dot in front ends the mail data, this one says nothing more
    private static async Task<WireOutcome> NoEndAsync(WireRun run, string octets)
    {
        var outcome = await OneAsync(run, octets);
        var isCertain =
            outcome.Standing is not Standing.Broken || octets == DotAndText || !octets.Contains("\n.", StringComparison.Ordinal);
        return isCertain || (await run.AsideAsync(aside => OneAsync(aside, DotAndText))).Standing is not Standing.Broken
            ? outcome
            : WireOutcome.Undecided($"every line that begins with a dot ends the mail data, which is another case: {outcome.Reason}");
    }

    /// <summary>Sends octets within mail data, which do not end it.</summary>
    public static Task<WireOutcome> OneAsync(WireRun run, string octets) => run.TalkAsync(async talk =>
        await talk.ReachAsync(run.Model.Data) ?? await WithinAsync(run, talk, octets, Printable.Text(octets)));

    /// <summary>The same where mail data is read already.</summary>
    public static async Task<WireOutcome> WithinAsync(WireRun run, WireTalk talk, string octets, string shown)
    {
        const string Expected = "no reply before CRLF, dot, CRLF";
        var nothing = run.Plain(run.Model.Nothing).Text;
        await talk.WriteAsync(Header + octets);
        var early = await talk.ListenAsync();
        if (early.IsAccepted())
        {
            return WireOutcome.Broken($"{shown} ends the mail data", Expected, $"{early}");
        }

        if (early.Kind is not ObservationKind.Silence)
        {
            return WireOutcome.Chosen($"the server refuses mail data with {shown} in it at once: {early}");
        }

        // were the data over, these would be commands: each draws a reply too many, however slow the server is. With an X
        // before it, so that a held CR does not make a line of its own
        await talk.WriteAsync($"X\r\n{nothing}\r\n.\r\n");
        var end = await talk.ReadAsync();
        var extra = await talk.DrainAsync();
        if (extra.Count > 0)
        {
            return end.IsAccepted() && extra[0].Code != run.Model.Table.Faults.Closing
                ? WireOutcome.Broken(
                    $"{shown} ends the mail data, and what follows is taken for commands",
                    "one reply to the whole of the mail data",
                    $"{end}, and then {extra[0]}"
                )
                : WireOutcome.Undecided($"the mail data drew {end}, and then {extra[0]}");
        }

        if (end.Kind is not ObservationKind.Reply)
        {
            return end.Kind is ObservationKind.Closed
                ? WireOutcome.Chosen($"the server refuses mail data with {shown} in it by closing the channel")
                : WireOutcome.Undecided($"the end of the mail data drew {end}");
        }

        var next = await talk.ExchangeAsync(nothing);
        extra = await talk.DrainAsync();
        return extra.Count > 0 && end.IsAccepted() && extra[0].Code != run.Model.Table.Faults.Closing
                ? WireOutcome.Broken(
                    $"{shown} ends the mail data, and what follows is taken for commands",
                    "one reply to the whole of the mail data",
                    $"{end}, {next}, and then {extra[0]}"
                )
            : extra.Count > 0 || next.Kind is not ObservationKind.Reply
                ? WireOutcome.Undecided($"after the end of the mail data drew {end}, a command drew {next}")
            : end.IsRefusal() ? WireOutcome.Chosen($"the server refuses mail data with {shown} in it at its end: {end}")
            : WireOutcome.Kept;
    }

    private static Task<WireOutcome> AtOnceAsync(WireRun run) => run.TalkAsync(async talk =>
        await talk.ReachAsync(run.Model.Data) ?? await run.InStepAsync(talk, ".\r\n", "mail data without any text", end: "X\r\n.\r\n"));
}
