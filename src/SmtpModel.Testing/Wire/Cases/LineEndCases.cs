using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>What ends a command line and what does not.</summary>
internal static class LineEndCases
{
    public static void AddTo(CaseList list)
    {
        var idle = list.Model.Idle;
        list.Add(
            Rfc821Lines.LineEnd,
            "bare-LF-does-not-end-a-command",
            "An LF without a CR does not end a command line.",
            Depth.Greeting,
            run => BareAsync(run, "\n", "an LF"),
            idle
        );
        list.Add(
            Rfc821Lines.LineEnd,
            "bare-CR-does-not-end-a-command",
            "A CR without an LF does not end a command line.",
            Depth.Greeting,
            run => BareAsync(run, "\r", "a CR"),
            idle
        );
        list.Add(
            Rfc821Lines.NothingBefore,
            "nothing-is-done-before-CRLF",
            "A command without its CRLF is not answered.",
            Depth.Greeting,
            UnfinishedAsync,
            idle
        );
        list.Add(Rfc821Lines.Nul, "NUL-in-a-command", "A line with a NUL in it draws one reply.", Depth.Greeting, NulAsync, idle);
    }

    // two commands with only that between them: one line, and so one reply
    private static Task<WireOutcome> BareAsync(WireRun run, string end, string what) => run.TalkAsync(async talk =>
    {
        if (await talk.ReachAsync(run.Model.Idle) is { } stopped)
        {
            return stopped;
        }

        var expected = $"no reply before CRLF, for {what} alone ends no line";
        var nothing = run.Plain(run.Model.Nothing).Text;
        await talk.WriteAsync(nothing + end);
        var early = await talk.ListenAsync();
        if (early.IsAccepted())
        {
            return WireOutcome.Broken($"{what} alone ends a command", expected, $"{early}");
        }

        if (early.Kind is not ObservationKind.Silence)
        {
            return WireOutcome.Chosen($"the server will have none of {what} alone: {early}");
        }

        await talk.WriteAsync(nothing + "\r\n");
        var first = await talk.ReadAsync();
        var extra = await talk.DrainAsync();
        return first.Kind is ObservationKind.Closed ? WireOutcome.Chosen($"the server will have none of {what} alone: {first}")
            : first.Kind is not ObservationKind.Reply ? WireOutcome.Undecided($"the whole line drew {first}")
            : extra.Count == 0 ? WireOutcome.Kept
            // the same mistake, seen later; a refusal of the line that leaves its rest to be read is something else
            : first.IsAccepted()
                ? WireOutcome.Broken($"{what} alone ends a command", "one reply to the one line", $"{first}, and then {extra[0]}")
            : WireOutcome.Undecided($"the line drew {first}, and then {extra[0]}");
    });

    private static async Task<WireOutcome> UnfinishedAsync(WireRun run)
    {
        var outcome = await UnfinishedAsync(run, run.Model.Nothing);
        return outcome != WireOutcome.Kept ? outcome : await UnfinishedAsync(run, run.Model.Ending);
    }

    private static Task<WireOutcome> UnfinishedAsync(WireRun run, Command command) => run.TalkAsync(async talk =>
    {
        if (await talk.ReachAsync(run.Model.Idle) is { } stopped)
        {
            return stopped;
        }

        foreach (var piece in new[] { run.Plain(command).Text, "\r" })
        {
            await talk.WriteAsync(piece);
            var early = await talk.ListenAsync();
            if (early.Kind is not ObservationKind.Silence)
            {
                return early.IsRefusal()
                    ? WireOutcome.Undecided($"the server did not wait for the rest: {early}")
                    : WireOutcome.Broken("a command is answered before its CRLF has come", "no reply before CRLF", $"{early}");
            }
        }

        if (command != run.Model.Ending)
        {
            return await run.InStepAsync(talk, "\n", "a command whose CRLF came late", Leave.AfterRefusal);
        }

        await talk.WriteAsync("\n");
        return await talk.ReadAsync() is { Kind: not ObservationKind.Reply } came
            ? WireOutcome.Undecided($"{command} whose CRLF came late drew {came}")
            : WireOutcome.Kept;
    });

    private static Task<WireOutcome> NulAsync(WireRun run) =>
        run.TalkAsync(async talk =>
        {
            if (await talk.ReachAsync(run.Model.Idle) is { } stopped)
            {
                return stopped;
            }

            var nothing = run.Plain(run.Model.Nothing).Text;
            foreach (var line in new[] { $"{nothing[..2]}\0{nothing[2..]}", $"{nothing}\0{nothing}" })
            {
                var outcome = await run.InStepAsync(talk, line + "\r\n", $"the line '{Printable.Text(line)}'", Leave.Silently);
                if (outcome != WireOutcome.Kept)
                {
                    return outcome;
                }
            }

            return WireOutcome.Kept;
        });
}
