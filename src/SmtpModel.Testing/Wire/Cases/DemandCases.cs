using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>What a server serves that wants TLS (RFC 3207 4) or a login (RFC 4954 6) first, and what it does not. One that wants neither
/// has nothing to show.</summary>
internal static class DemandCases
{
    public static void AddTo(CaseList list)
    {
        foreach (var extension in list.Model.Table.Extensions.Where(one => one.ServedFirst.Count > 0))
        {
            var (keyword, table) = (extension.Keyword, list.Model.Table);
            var isTls = keyword == StartTls.Keyword;
            var rule = isTls ? Rfc3207.TLS8 : Rfc4954.AU13;
            var command = table.Commands.First(use => use.Command.Name == keyword).Command;
            var served = string.Join(", ", table.ServedFirst(extension));
            list.Add(
                rule,
                $"served-where-{keyword}-is-demanded",
                $"Where {keyword} is demanded first (530), {served} are served all the same.",
                Depth.Greeting,
                run => ServedAsync(run, extension, command),
                command: command
            );
            list.Add(
                rule,
                $"refused-where-{keyword}-is-demanded",
                isTls
                    ? $"Where {keyword} is demanded first (530), all but {served} is refused, whatever was said before."
                    : $"Where {keyword} is demanded first (530), no mail is taken without it, whatever was said before.",
                Depth.Envelope,
                run => RefusedAsync(run, extension),
                command: command
            );
        }
    }

    private static bool IsTls(ServiceExtension extension) => extension.Keyword == StartTls.Keyword;

    // behind MAIL that drew 530 for this extension, and for no other that is offered
    private static Task<WireOutcome> DemandedAsync(WireRun run, ServiceExtension extension, Func<WireTalk, Task<WireOutcome>> play) =>
        run.ExtendedAsync(
            async (talk, offer) =>
            {
                var other = IsTls(extension) ? Entrance.Keyword : StartTls.Keyword;
                if (!offer.Lists(extension.Keyword) || offer.Lists(other))
                {
                    return WireOutcome.NotApplicable(
                        offer.Lists(other)
                            ? $"{other} is offered as well, so that 530 would not say which of the two is wanted"
                            : $"{extension.Keyword} is not offered there"
                    );
                }

                var move = run.Plain(run.Model.Reverse.Command);
                var came = await talk.ExchangeAsync(move);
                return run.Model.Table.IsCondition(came.Code) ? await play(talk)
                    : came.Kind is ObservationKind.Reply
                        ? WireOutcome.NotApplicable($"{extension.Keyword} is not demanded: {move} draws {came}")
                    : WireOutcome.Undecided($"{move} drew {came}");
            }
        );

    private static async Task<WireOutcome> ServedAsync(WireRun run, ServiceExtension extension, Command own)
    {
        var ending = run.Model.Ending;
        var outcome = await DemandedAsync(run, extension, async talk =>
        {
            foreach (var command in run.Model.Table.ServedFirst(extension).Where(one => one != own && one != ending).Append(ending))
            {
                if (await ServesAsync(run, talk, extension, run.Plain(command)) is { } wrong)
                {
                    return wrong;
                }
            }

            return WireOutcome.Kept;
        });
        return outcome != WireOutcome.Kept ? outcome : await DemandedAsync(run, extension, async talk =>
            await ServesAsync(run, talk, extension, run.Palette.Continuing(own).FirstOrDefault() ?? run.Plain(own)) ?? WireOutcome.Kept);
    }

    private static async Task<WireOutcome?> ServesAsync(WireRun run, WireTalk talk, ServiceExtension extension, Move move)
    {
        var came = await talk.ExchangeAsync(move);
        return run.Model.Table.IsCondition(came.Code)
                ? WireOutcome.Broken($"{move} is refused where {extension.Keyword} is demanded", "a reply that serves it", $"{came}")
            : came.Kind is not ObservationKind.Reply ? WireOutcome.Undecided($"{move} drew {came}")
            : run.Policy(came);
    }

    // a connection for each: who is refused too often may be sent away
    private static async Task<WireOutcome> RefusedAsync(WireRun run, ServiceExtension extension)
    {
        var (table, mail) = (run.Model.Table, run.Plain(run.Model.Reverse.Command));
        var first = table.ServedFirst(extension).ToList();
        var isAll = IsTls(extension) && await IsWantedAloneAsync(run, extension);
        foreach (
            var command in table
                .Commands.Where(use => use.Required && use.Command.Kind is InputKind.Line && use.Command != run.Model.Ending)
                .Select(use => use.Command)
        )
        {
            var outcome = await DemandedAsync(run, extension, async talk =>
            {
                var move = run.Plain(command);
                var came = await talk.ExchangeAsync(move);
                if (
                    came.IsAccepted()
                    && !first.Contains(command)
                    && (
                        isAll
                        || command.OnAccept.Any(effect => effect.Kind is not EffectKind.Clear)
                        || table.From(run.Model.Idle, command).Count == 0
                    )
                )
                {
                    return WireOutcome.Broken($"{move} is served where {extension.Keyword} is demanded", "530", $"{came}");
                }

                if (came.Kind is not ObservationKind.Reply || came.Code / 100 == 3)
                {
                    return came.Kind is ObservationKind.Reply ? WireOutcome.Kept : WireOutcome.Undecided($"{move} drew {came}");
                }

                var again = await talk.ExchangeAsync(mail);
                return again.IsAccepted()
                        ? WireOutcome.Broken(
                            $"{mail} is accepted behind {move}, though {extension.Keyword} is demanded",
                            "530, as before",
                            $"{again}"
                        )
                    : again.Kind is ObservationKind.Reply ? WireOutcome.Kept
                    : WireOutcome.Undecided($"{mail} drew {again}");
            });
            if (outcome != WireOutcome.Kept)
            {
                return outcome;
            }
        }

        return WireOutcome.Kept;
    }

    // one that wants a login inside TLS may want no more than that: then the list of RFC 4954 counts too, and it is the longer one
    private static async Task<bool> IsWantedAloneAsync(WireRun run, ServiceExtension extension) =>
        await run.AsideAsync(aside =>
            aside.ExtendedAsync(
                async (talk, _) =>
                    await talk.FollowAsync([
                        aside.Plain(run.Model.Table.Commands.First(use => use.Command.Name == extension.Keyword).Command),
                        aside.Plain(run.Model.Extended!),
                        aside.Plain(run.Model.Reverse.Command),
                    ]) ?? WireOutcome.Kept
            )
        ) == WireOutcome.Kept;
}
