using System.Globalization;
using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>Whether what the reply to EHLO lists and what the server serves are the same.</summary>
internal static class OfferCases
{
    // it wants TLS or a password first (RFC 3207 4, RFC 4954 6): whether the command is there is not seen
    private const int NotYet = 530;

    private const string NoCommand = "XQZZY";

    public static void AddTo(CaseList list)
    {
        var model = list.Model;
        if (model.Extended is not { } extended)
        {
            return;
        }

        list.Add(
            ServiceOffers.L3,
            $"reply-to-{extended}-has-keywords",
            $"Each further line of the reply to {extended} is a keyword and its parameters.",
            Depth.Greeting,
            WellFormedAsync,
            model.Opened,
            extended
        );
        // one behind which a block follows is asked for by a line without one
        foreach (
            var use in model.Table.Commands.Where(use =>
                use.Command is { Kind: InputKind.Line, Block: null, Variant: null } && IsOptional(model.Table, use)
            )
        )
        {
            var name = use.Command.Name;
            // an extension may bring a command whose verb is not its keyword
            var asked = new Asked(
                use.Extension ?? name,
                name,
                run => run.Plain(use.Command).Text,
                CaseDepth.Of(model.Table, use.Command),
                IsListedIfServed: !use.Required
            );
            Add(list, asked, use.Command);
        }

        foreach (
            var offered in ServiceOffers.Commands.Where(offered =>
                model.Table.Commands.All(use => use.Command.Keyword != offered.Verb || use.Command.Block is not null)
            )
        )
        {
            var depth = offered.NeedsRecipient ? Depth.Envelope : Depth.Greeting;
            Add(
                list,
                new Asked(offered.Keyword, offered.Verb, _ => offered.Probe, depth, IsListedIfServed: true) { Offered = offered },
                null
            );
        }
    }

    // one that need not be served; also where it has to be known and may be served in name only
    private static bool IsOptional(TransitionTable table, CommandUse use) =>
        !use.Required || (use.Command.OnAccept.Count == 0 && use.Replies.Refusing.Contains(table.Faults.NotImplemented));

    private static void Add(CaseList list, Asked asked, Command? command)
    {
        var (model, verb, faults) = (list.Model, asked.Verb, list.Model.Table.Faults);
        var state = asked.Offered is { NeedsRecipient: true } ? null : model.Idle;
        list.Add(
            ServiceOffers.L1,
            $"{verb}-is-there-where-it-is-listed",
            $"Where {model.Extended} lists {asked.Keyword}, {verb} draws neither {faults.Unrecognized} nor {faults.NotImplemented}.",
            asked.Depth,
            run => ListedAsync(run, asked),
            state,
            command
        );
        if (asked.IsListedIfServed)
        {
            list.Add(
                ServiceOffers.L2,
                $"{verb}-is-listed-where-it-is-served",
                $"Where {verb} is served, {model.Extended} lists {asked.Keyword}.",
                asked.Depth,
                run => ServedAsync(run, asked),
                state,
                command
            );
        }
    }

    private static Task<WireOutcome> WellFormedAsync(WireRun run) => run.TalkAsync(async talk =>
    {
        var came = await talk.ExchangeAsync(run.Plain(run.Model.Extended!));
        if (!came.IsAccepted())
        {
            return WireOutcome.Undecided($"{run.Model.Extended} drew {came}");
        }

        var remarks = ServiceOffer.Read(came.Reply!).Remarks;
        var wrong = remarks.Where(remark => remark.IsAgainstGrammar).Select(remark => $"line {remark.Line}, {Told(remark)}").ToList();
        return wrong.Count > 0 ? WireOutcome.Broken(wrong[0], "a keyword, and its parameters behind single spaces", $"{came}")
            : remarks.Count > 0 ? WireOutcome.Chosen(string.Join("; ", remarks.Select(Told)))
            : WireOutcome.Kept;
    });

    private static string Told(OfferRemark remark) => $"'{Printable.Text(remark.Text)}': {remark.Describe()}";

    private static Task<WireOutcome> ListedAsync(WireRun run, Asked asked) => OfferedAsync(run, asked, async (talk, offer) =>
    {
        if (!offer.Lists(asked.Keyword))
        {
            return WireOutcome.NotApplicable($"{asked.Keyword} is not listed");
        }

        // RFC 4954 4: behind a login a further one is out of order, whatever the code
        if (run.HasUsed(asked.Keyword))
        {
            return WireOutcome.NotApplicable($"{asked.Keyword} has been used already");
        }

        var (line, came) = await AskAsync(run, talk, offer, asked);
        var faults = run.Model.Table.Faults;
        return IsOpen(run, came) ? WireOutcome.Undecided($"{line} drew {came}")
            : came.Code != faults.Unrecognized && came.Code != faults.NotImplemented ? WireOutcome.Kept
            : WireOutcome.Broken($"{run.Model.Extended} lists {asked.Keyword}, and {line} draws {came.Code}",
                $"neither {faults.Unrecognized} nor {faults.NotImplemented}", $"{came}");
    });

    // a server that accepts whatever it does not know serves none of it
    private static async Task<WireOutcome> ServedAsync(WireRun run, Asked asked)
    {
        var outcome = await TakenAsync(run, asked);
        return
            outcome.Standing is not Standing.Broken
            || (await run.AsideAsync(aside => TakenAsync(aside, asked with { Line = _ => NoCommand }))).Standing is not Standing.Broken
            ? outcome
            : WireOutcome.Undecided($"a command that nobody knows is accepted too: {outcome.Reason}");
    }

    // 252, with which a site that switched VRFY or EXPN off answers it (RFC 5321 3.5.3, 7.3)
    private const int DoesNotSay = 252;

    private static Task<WireOutcome> TakenAsync(WireRun run, Asked asked) => OfferedAsync(run, asked, async (talk, offer) =>
    {
        if (offer.Lists(asked.Keyword))
        {
            return WireOutcome.Kept;
        }

        // RFC 3207 4.2 and RFC 4954 4: what may be done once is not listed behind that
        if (run.HasUsed(asked.Keyword))
        {
            return WireOutcome.NotApplicable($"{asked.Keyword} has been used already, so it need not be listed any more");
        }

        var (line, came) = await AskAsync(run, talk, offer, asked);
        return came.IsAccepted() && came.Code != DoesNotSay
            ? WireOutcome.Broken($"{line} is served, and {run.Model.Extended} does not list {asked.Keyword}",
                $"{asked.Keyword} in the reply to {run.Model.Extended}", $"{came}")
            : IsOpen(run, came) ? WireOutcome.Undecided($"{line} drew {came}")
            : WireOutcome.NotApplicable($"neither listed nor served: {line} draws {came}");
    });

    // nothing that says whether the command is there
    private static bool IsOpen(WireRun run, Observation came) =>
        came.Kind is not ObservationKind.Reply || came.Code == NotYet || came.Code == run.Model.Table.Faults.Closing;

    // EHLO is said where its keywords are asked of, and goes before all else: some commands are there only behind it
    private static Task<WireOutcome> OfferedAsync(WireRun run, Asked asked, Func<WireTalk, ServiceOffer, Task<WireOutcome>> judge) =>
        run.OfferedAsync(asked.Offered is { NeedsRecipient: true } ? run.Model.Data : run.Model.Idle, judge);

    private static async Task<(string Line, Observation Came)> AskAsync(WireRun run, WireTalk talk, ServiceOffer offer, Asked asked)
    {
        var parameter = offer[asked.Keyword]?.Parameters is { Count: > 0 } listed ? listed[0] : asked.Offered?.Default ?? "";
        var line = asked.Line(run);
        line = asked.Offered is null ? line : string.Format(CultureInfo.InvariantCulture, line, parameter);
        var came = await talk.ExchangeAsync(line);
        if (came.Code / 100 == 3 && asked.Offered?.Cancel is { } cancel)
        {
            _ = await talk.ExchangeAsync(cancel);
        }

        return (Printable.Text(line), came);
    }

    /// <summary>A command that is asked for: its keyword in the offer, and the line that shows whether it is there.</summary>
    private sealed record Asked(string Keyword, string Verb, Func<WireRun, string> Line, Depth Depth, bool IsListedIfServed)
    {
        /// <summary>The extension that brings it; null for a command of the machine.</summary>
        public OfferedCommand? Offered { get; init; }
    }
}
