using SmtpModel.Machines;
using SmtpModel.Protocol;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>What becomes of a session that goes from clear into TLS (RFC 3207), beside where its commands are in order.</summary>
internal static class SecurityCases
{
    // a server that obeys what was sent in clear may take its time for the handshake
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static void AddTo(CaseList list)
    {
        var (model, table) = (list.Model, list.Model.Table);
        if (table.Machine.Vocabulary.Securing is not [var secures, ..] || model.Extended is not { } extended)
        {
            return;
        }

        list.Add(
            Rfc3207.TLS3,
            $"no-greeting-behind-{secures}",
            $"Behind the handshake nothing is said before the client speaks.",
            Depth.Greeting,
            run => InsideAsync(run, secures, SilentAsync),
            command: secures,
            isToldByItself: true
        );
        list.Add(
            Rfc3207.TLS6,
            $"{secures}-is-not-listed-inside-TLS",
            $"The reply to {extended} inside TLS does not list {secures}.",
            Depth.Greeting,
            run => InsideAsync(run, secures, talk => UnlistedAsync(run, talk, secures)),
            command: secures
        );
        list.Add(
            Rfc3207.TLS3,
            $"{extended}-is-forgotten-behind-{secures}",
            $"What needs {extended} is refused behind the handshake, where it is on a new connection.",
            Depth.Envelope,
            run => ForgottenAsync(run, secures),
            command: secures
        );
        list.Add(
            Rfc3207.TLS7,
            $"what-is-sent-in-clear-behind-{secures}",
            $"A command in one packet with {secures} is not obeyed inside TLS.",
            Depth.Greeting,
            run => InClearAsync(run, secures),
            command: secures
        );
        list.Add(
            Rfc3207.TLS3,
            $"a-login-is-forgotten-behind-{secures}",
            $"Who has logged in in clear is nobody behind the handshake, and logs in again.",
            Depth.Greeting,
            run => ForgottenLogin.PlayAsync(run, secures),
            command: secures
        );
    }

    private static Task<WireOutcome> InsideAsync(WireRun run, Command secures, Func<WireTalk, Task<WireOutcome>> play) =>
        run.ExtendedAsync(async (talk, _) => await talk.FollowAsync([run.Plain(secures)]) ?? await play(talk));

    private static async Task<WireOutcome> SilentAsync(WireTalk talk)
    {
        var came = await talk.ReadAsync(Patience);
        return came.Kind is ObservationKind.Silence ? WireOutcome.Kept
            : came.Kind is ObservationKind.Closed ? WireOutcome.Undecided("the server closes the channel behind the handshake")
            : WireOutcome.Broken("the server says something behind the handshake, to no command", "nothing", $"{came}");
    }

    private static async Task<WireOutcome> UnlistedAsync(WireRun run, WireTalk talk, Command secures)
    {
        var came = await talk.ExchangeAsync(run.Plain(run.Model.Extended!));
        return !came.IsAccepted() ? WireOutcome.Undecided($"inside TLS {run.Model.Extended} drew {came}")
            : !ServiceOffer.Read(came.Reply!).Lists(secures.Name) ? WireOutcome.Kept
            : WireOutcome.Broken($"{secures} is listed inside TLS", $"a reply that does not list {secures}", $"{came}");
    }

    // a server that takes it as the first command of a connection shows nothing by it
    private static async Task<WireOutcome> ForgottenAsync(WireRun run, Command secures)
    {
        var move = run.Plain(run.Model.Reverse.Command);
        Observation usual = default;
        var alone = await run.AsideAsync(aside =>
            aside.TalkAsync(async talk =>
            {
                usual = await talk.ExchangeAsync(move);
                return usual.Kind is ObservationKind.Reply
                    ? WireOutcome.Kept
                    : WireOutcome.Undecided($"{move} as the first command drew {usual}");
            })
        );
        if (alone != WireOutcome.Kept || !run.Model.Table.IsPlacedByTheOrder(usual.Code) || run.Policy(usual) is not null)
        {
            // one that wants TLS first, or refuses this client, says nothing of the order
            return alone != WireOutcome.Kept
                ? alone
                : WireOutcome.NotApplicable(
                    $"as the first command of a connection {move} draws {usual}, which says nothing of {run.Model.Extended}"
                );
        }

        return await InsideAsync(run, secures, async talk =>
        {
            var came = await talk.ExchangeAsync(move);
            return came.IsRefusal() ? WireOutcome.Kept
                : came.Kind is not ObservationKind.Reply ? WireOutcome.Undecided($"{move} drew {came}")
                : WireOutcome.Broken(
                    $"{move} is accepted behind the handshake, and refused as the first command of a connection: what was said in clear "
                        + $"is remembered",
                    $"{usual}",
                    $"{came}"
                );
        });
    }

    // our own guard is tried with a command that does nothing
    private static Task<WireOutcome> InClearAsync(WireRun run, Command secures) =>
        run.ExtendedAsync(
            async (talk, _) =>
            {
                await talk.WriteAsync($"{run.Plain(secures).Text}\r\n{run.Plain(run.Model.Nothing).Text}\r\n");
                var came = await talk.ReadAsync();
                if (!came.IsAccepted())
                {
                    return came.Kind is ObservationKind.Reply or ObservationKind.Closed
                        ? WireOutcome.Kept
                        : WireOutcome.Undecided($"{secures} drew {came}");
                }

                var upgrade = await talk.SecureAsync();
                if (upgrade.Outcome is not UpgradeOutcome.Secured)
                {
                    return WireOutcome.Chosen($"behind {came.Code} there is no TLS: {upgrade.What}");
                }

                var inside = await talk.ReadAsync(Patience);
                return inside.Kind is not ObservationKind.Reply
                    ? WireOutcome.Kept
                    : WireOutcome.Broken(
                        $"{run.Plain(run.Model.Nothing)} was sent in clear and is answered inside TLS",
                        "nothing",
                        $"{inside}"
                    );
            }
        );
}
