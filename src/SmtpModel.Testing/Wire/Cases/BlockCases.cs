using System.Text;
using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Blocks of octets that follow the line of a command (RFC 3030). They are sent only where the server lists the extension: elsewhere
/// each of their lines is a command.
/// </summary>
internal static class BlockCases
{
    public static void AddTo(CaseList list)
    {
        var table = list.Model.Table;
        if (
            list.Model.Extended is null
            || table.Commands.FirstOrDefault(use => use.Command is { Block: not null, Variant: null }) is not { } use
        )
        {
            return;
        }

        var chunk = use.Command;
        var last = table.Commands.Select(other => other.Command).First(other => other.Keyword == chunk.Keyword && table.Delivers(other));
        var (idle, open) = (list.Model.Idle, list.Model.Accepting(chunk));
        list.Add(
            Rfc3030.CH3,
            $"{chunk}-that-is-refused-takes-its-block",
            $"A block behind {chunk} that is refused is no command, whatever is in it.",
            Depth.Greeting,
            run => OfferedAsync(run, idle, talk => run.InStepAsync(talk, Commands(run, chunk), $"{chunk} with commands in its block")),
            idle,
            chunk
        );
        list.Add(
            Rfc3030.CH3,
            $"{chunk}-octet-by-octet",
            $"{chunk} and its block may come octet by octet: it is answered once, behind the last.",
            Depth.Envelope,
            run => OfferedAsync(run, open, talk => TrickledAsync(run, talk, run.Plain(chunk))),
            open,
            chunk
        );
        list.Add(
            Rfc3030.CH12,
            $"{chunk}-without-a-number",
            $"{chunk} with a size that is no number is refused.",
            Depth.Greeting,
            run => OfferedAsync(run, idle, talk => NoNumberAsync(run, talk, chunk)),
            idle,
            chunk
        );
        list.Add(
            Rfc3030.CH6,
            $"{chunk}-behind-the-last-chunk",
            $"Behind the last chunk of a message {chunk} draws 503.",
            Depth.Data,
            run => OfferedAsync(run, open, talk => BehindLastAsync(run, talk, run.Plain(chunk), run.Plain(last))),
            open,
            chunk
        );
        foreach (var reset in list.Model.Idlers.Where(command => command.OnAccept.Count > 0))
        {
            list.Add(Rfc3030.CH10, $"{reset}-drops-the-chunks", $"Behind {reset} a transaction goes as if no chunk had come.",
                Depth.Envelope, run => run.ServesDataAsync(use.Extension, [chunk, reset]), open, reset);
        }

        list.Add(
            Rfc3030.CH11,
            "DATA-is-served-where-chunks-are",
            $"Where {use.Extension} is offered mail data may be given behind 354 as well.",
            Depth.Envelope,
            run => run.ServesDataAsync(use.Extension, []),
            open
        );
        if (table.Grouping is not null)
        {
            list.Add(
                Rfc3030.CH1,
                "chunks-in-one-packet",
                "Chunks in one packet are answered one by one.",
                Depth.Envelope,
                run => TogetherAsync(run, open, run.Plain(chunk), isTaken: true),
                open,
                chunk
            );
            list.Add(
                Rfc3030.CH3,
                "refused-chunks-in-one-packet",
                "Chunks behind one that is refused are taken and thrown away as well.",
                Depth.Greeting,
                run => TogetherAsync(run, idle, Spelling(run, chunk), isTaken: false),
                idle,
                chunk
            );
        }
    }

    // the block spells commands that a server obeys at any time
    private static Move Spelling(WireRun run, Command chunk)
    {
        var plain = run.Plain(chunk);
        var argument = plain.Text[(chunk.Keyword.Length + 1)..plain.Text.IndexOf("\r\n", StringComparison.Ordinal)];
        var content = string.Concat(run.Model.Idlers.Select(command => run.Plain(command).Text + "\r\n"));
        return new Move(chunk, MoveKind.Valid, $"{chunk.Keyword} {chunk.Block!.With(argument, content.Length)}\r\n{content}");
    }

    private static string Commands(WireRun run, Command chunk) => Encoding.Latin1.GetString(Spelling(run, chunk).Octets.Span);

    private static Task<WireOutcome> OfferedAsync(WireRun run, State state, Func<WireTalk, Task<WireOutcome>> play) =>
        run.ListedAsync(run.Model.Table.Commands.First(use => use.Command.Block is not null).Extension, state, play);

    private static async Task<WireOutcome> TrickledAsync(WireRun run, WireTalk talk, Move chunk)
    {
        await talk.TrickleAsync(chunk.Octets);
        return await run.OneReplyAsync(talk, $"{chunk.Command} octet by octet");
    }

    private static async Task<WireOutcome> NoNumberAsync(WireRun run, WireTalk talk, Command chunk)
    {
        var line = run.Palette.Malformed(chunk).First(move => move.Text.Length > chunk.Keyword.Length).Text;
        var came = await talk.ExchangeAsync(line);
        return came.IsAccepted() ? WireOutcome.Broken($"{line} draws {came.Code}", "a refusal", $"{came}")
            : came.Kind is ObservationKind.Silence ? WireOutcome.Undecided($"{line} is not answered in time")
            : (await talk.ExchangeAsync(run.Plain(run.Model.Nothing))).Kind is ObservationKind.Closed
                ? WireOutcome.Chosen($"the server ends the session on {line}: {came}")
            : WireOutcome.Kept;
    }

    private static async Task<WireOutcome> BehindLastAsync(WireRun run, WireTalk talk, Move chunk, Move last)
    {
        if (await talk.FollowAsync([last]) is { } stopped)
        {
            return stopped;
        }

        var came = await talk.ExchangeAsync(chunk);
        var demanded = run.Model.Table.OutOfOrder(run.Model.Idle, chunk.Command)!.Codes[0];
        return run.Policy(came) is { } policy ? policy
            : came.Code != demanded
                ? WireOutcome.Broken($"{chunk.Command} behind the last chunk draws {came.Code}", $"{demanded}", $"{came}")
            : await talk.DrainAsync() is [var extra, ..]
                ? WireOutcome.Broken($"{chunk.Command} behind the last chunk draws more than one reply", $"{demanded} alone", $"{extra}")
            : WireOutcome.Kept;
    }

    private static Task<WireOutcome> TogetherAsync(WireRun run, State state, Move chunk, bool isTaken) =>
        run.UnlikeLockstepAsync(
            one => OfferedAsync(one, state, talk => TogetherAsync(one, talk, chunk, isTaken)),
            one => OfferedAsync(one, state, talk => talk.LockstepAsync([chunk, chunk], _ => isTaken))
        );

    private static async Task<WireOutcome> TogetherAsync(WireRun run, WireTalk talk, Move chunk, bool isTaken)
    {
        var octets = Encoding.Latin1.GetString(chunk.Octets.Span);
        await talk.WriteAsync(octets + octets);
        for (var index = 0; index < 2; index++)
        {
            var came = await talk.ReadAsync();
            if (run.Policy(came) is { } policy)
            {
                return policy;
            }

            if (came.Kind is not ObservationKind.Reply || (isTaken && index == 1 && !came.IsAccepted()))
            {
                return WireOutcome.Broken(
                    $"the {(index == 0 ? "first" : "second")} of two chunks in one packet draws {came}",
                    isTaken ? "a reply that accepts it" : "a reply",
                    $"{came}"
                );
            }

            if (isTaken && !came.IsAccepted())
            {
                return WireOutcome.Undecided($"{chunk.Command} drew {came}");
            }
        }

        return await talk.DrainAsync() is [var extra, ..]
            ? WireOutcome.Broken("there are more replies than chunks in the packet", "2 replies", $"one more: {extra}") : WireOutcome.Kept;
    }
}
