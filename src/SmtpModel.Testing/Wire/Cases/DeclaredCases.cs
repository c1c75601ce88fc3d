using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>What a client declares of a message by a parameter, and a parameter as long as everybody has to take it. They are played
/// where the server lists the extension.</summary>
internal static class DeclaredCases
{
    // fewer octets than any message here has, and more
    private const int Few = 20;
    private const int Many = 1000;

    public static void AddTo(CaseList list)
    {
        var (model, idle) = (list.Model, list.Model.Idle);
        if (model.Extended is null)
        {
            return;
        }

        if (Has(Rfc1870.SIZE))
        {
            list.Add(
                Rfc1870.SZ4,
                "declared-size-does-not-end-the-data",
                $"Mail data ends with its dot, whether {Rfc1870.SIZE} declared fewer octets or more.",
                Depth.Data,
                EndsAsync,
                model.Data
            );
            list.Add(
                Rfc1870.SZ5,
                "message-that-is-no-larger-than-was-declared",
                $"A message that is no larger than {Rfc1870.SIZE} declared does not draw 552.",
                Depth.Data,
                WithinAsync,
                model.Data
            );
        }

        if (Has(Rfc3461.ORCPT))
        {
            list.Add(
                Rfc3461.DN6,
                $"{Rfc3461.ORCPT}-of-{Rfc3461.LongestOrcpt}-characters",
                $"{Rfc3461.ORCPT} of {Rfc3461.LongestOrcpt} characters is taken like a short one.",
                Depth.Envelope,
                LongAsync,
                model.Accepting(model.Forward.Command),
                model.Forward.Command
            );
        }

        bool Has(Parameter parameter) => model.Table.Parameters.Any(one => one.Keyword == parameter.Keyword);
    }

    // to where mail data is read, with what MAIL declares
    private static Task<WireOutcome> DeclaredAsync(WireRun run, int? size, Func<WireTalk, Task<WireOutcome>> play) =>
        run.ListedAsync(Rfc1870.Part.Extension!.Keyword, run.Model.Idle, async talk =>
        {
            var (model, mail) = (run.Model, run.Plain(run.Model.Reverse.Command));
            var declaring = size is null ? mail : new Move(mail.Command, MoveKind.Valid, $"{mail.Text} {Rfc1870.SIZE}={size}");
            List<Move> way = [declaring, run.Plain(model.Forward.Command), run.Plain(model.Asking.Exchange.Command)];
            return await talk.FollowAsync(way) ?? await play(talk);
        });

    // a server that is wrong about every message is so without a declaration
    private static async Task<WireOutcome> EndsAsync(WireRun run)
    {
        var fewer = await JudgedAsync(run, Few, (one, talk) => DataCases.WithinAsync(one, talk, "", $"{Few} octets of it"));
        if (fewer.Standing is not (Standing.Kept or Standing.Chosen))
        {
            return fewer;
        }

        run.Forget();
        const string Text = "Subject: a short message\r\n\r\nfirst\r\n.\r\n";
        var rest = new string('x', Many - Text.Length - 2) + "\r\n";
        var more = await JudgedAsync(run, Many, (one, talk) =>
            one.InStepAsync(talk, Text, $"mail data of fewer than the {Many} octets that were declared", Leave.Silently, end: rest));
        return more.Standing is Standing.Kept ? fewer : more;
    }

    private static async Task<WireOutcome> JudgedAsync(WireRun run, int size, Func<WireRun, WireTalk, Task<WireOutcome>> play)
    {
        var outcome = await DeclaredAsync(run, size, talk => play(run, talk));
        return outcome.Standing is not Standing.Broken
            || await run.AsideAsync(aside => DeclaredAsync(aside, null, talk => play(aside, talk))) is { Standing: not Standing.Broken }
            ? outcome
            : WireOutcome.Undecided($"it is so without a declaration, too: {outcome.Reason}");
    }

    private static async Task<WireOutcome> WithinAsync(WireRun run)
    {
        Observation declared = default;
        var outcome = await DeclaredAsync(run, Many, async talk =>
        {
            declared = await talk.ExchangeAsync(run.PlainData());
            return declared.IsAccepted() ? WireOutcome.Kept
                : declared.Code == TooLarge
                    ? WireOutcome.Broken($"a message of fewer than {Many} octets is too large", "a reply that accepts it", $"{declared}")
                : WireOutcome.Undecided($"the message drew {declared}");
        });
        return outcome.Standing is not Standing.Broken || await run.AsideAsync(aside => DeclaredAsync(aside, null, async talk =>
                (await talk.ExchangeAsync(aside.PlainData())).IsAccepted() ? WireOutcome.Kept : WireOutcome.Undecided("it is refused")))
            is { Standing: Standing.Kept }
            ? outcome
            : WireOutcome.Undecided($"it is not taken without a declaration either: {outcome.Reason}");
    }

    // what SZ2 has for a size that is declared
    private static int TooLarge => Rfc1870.SIZE.LimitRefusing[0];

    private static Task<WireOutcome> LongAsync(WireRun run) =>
        run.ListedAsync(Rfc3461.Part.Extension!.Keyword, run.Model.Accepting(run.Model.Forward.Command), async talk =>
        {
            var (plain, before) = (run.Plain(run.Model.Forward.Command).Text, $"{Rfc3461.ORCPT}=rfc822;");
            var brief = await talk.ExchangeAsync($"{plain} {before}user@example.test");
            if (!brief.IsAccepted())
            {
                return WireOutcome.Undecided($"a short one drew {brief}");
            }

            // RFC 3461 4.2: the address need not be written as its kind has it
            var came = await talk.ExchangeAsync($"{plain} {before}{new string('x', Rfc3461.LongestOrcpt - before.Length)}");
            return came.IsAccepted() ? WireOutcome.Kept
                : came.Kind is ObservationKind.Closed || came.Code is 504 or 555 || run.IsAboutTheLine(came)
                    ? WireOutcome.Broken("it is not taken at its greatest length", $"{brief.Code}, as to a short one", $"{came}")
                : run.Policy(came) ?? WireOutcome.Undecided($"it drew {came}");
        });
}
