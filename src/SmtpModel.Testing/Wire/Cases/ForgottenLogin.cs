using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Whether a login in clear is forgotten behind the TLS handshake (RFC 3207 4.2). It shows where a second login of a session is refused
/// (RFC 4954 4), or where mail is taken behind a login only; with a server that does neither nothing shows.
/// </summary>
internal static class ForgottenLogin
{
    // who or what is wrong is not known (RFC 4954 6); other codes say that it is not to be done there
    private const int Refused = 535;

    // servers make one who logs in wait
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<WireOutcome> PlayAsync(WireRun run, Command secures)
    {
        var outcome = WireOutcome.Kept;
        var again = default(Observation);
        var ended = await InsideAsync(run, secures, logsIn: true, async (talk, login) =>
        {
            again = await AskAsync(talk, login);
            return WireOutcome.Kept;
        });
        if (ended != WireOutcome.Kept)
        {
            return ended;
        }

        if (again.Kind is ObservationKind.Reply && run.Model.Table.IsPlacedByTheOrder(again.Code))
        {
            // where it is refused to everybody it says nothing
            outcome = await run.AsideAsync(aside =>
                InsideAsync(aside, secures, logsIn: false, async (talk, login) =>
                    await AskAsync(talk, login) is var first && first.IsAccepted()
                        ? WireOutcome.Kept
                        : WireOutcome.Undecided($"behind the handshake a login draws {first} from who has not logged in before")
                )
            );
            return outcome != WireOutcome.Kept
                ? outcome
                : WireOutcome.Broken(
                    "a login behind the handshake is refused as the second of the session: the one in clear is remembered",
                    "235, as without the login in clear",
                    $"{again}"
                );
        }

        return !again.IsAccepted() ? WireOutcome.Undecided($"behind the handshake a login draws {again}")
            : await TwiceAsync(run, secures) is { Code: >= 500 } ? WireOutcome.Kept : await MailAsync(run, secures);
    }

    // a server that takes a second login of any session shows nothing by taking this one
    private static async Task<Observation> TwiceAsync(WireRun run, Command secures)
    {
        Observation second = default;
        await run.AsideAsync(aside => InsideAsync(aside, secures, logsIn: false, async (talk, login) =>
        {
            second = await AskAsync(talk, login) is var first && first.IsAccepted() ? await AskAsync(talk, login) : default;
            return WireOutcome.Kept;
        }));
        return second;
    }

    private static async Task<WireOutcome> MailAsync(WireRun run, Command secures)
    {
        var move = run.Plain(run.Model.Reverse.Command);
        Observation usual = default;
        var alone = await run.AsideAsync(aside => InsideAsync(aside, secures, logsIn: false, async (talk, _) =>
        {
            usual = await talk.ExchangeAsync(move);
            return WireOutcome.Kept;
        }));
        return alone != WireOutcome.Kept ? alone
            : !usual.IsRefusal()
                ? WireOutcome.NotApplicable(
                    $"nothing shows who is logged in: a second login is taken, and {move} draws {usual} from everybody"
                )
            : await InsideAsync(run, secures, logsIn: true, async (talk, _) => await talk.ExchangeAsync(move) is var came
                && came.IsRefusal()
                    ? WireOutcome.Kept
                : came.Kind is not ObservationKind.Reply ? WireOutcome.Undecided($"{move} drew {came}")
                : WireOutcome.Broken(
                    $"{move} is accepted behind the handshake from who logged in in clear, and refused otherwise: the login is remembered",
                    $"{usual}",
                    $"{came}"
                ));
    }

    private static Task<WireOutcome> InsideAsync(
        WireRun run,
        Command secures,
        bool logsIn,
        Func<WireTalk, string, Task<WireOutcome>> play
    ) =>
        run.ExtendedAsync(
            async (talk, offer) =>
            {
                if (run.LoginInClear(offer) is not { } login)
                {
                    return WireOutcome.NotApplicable(
                        $"{Entrance.Keyword} is not offered in clear, or nobody may log in there: --user NAME with --tls none says who "
                            + $"does"
                    );
                }

                if (logsIn && await AskAsync(talk, login) is var came && !came.IsAccepted())
                {
                    return came.IsRefusal() && came.Code != Refused
                        ? WireOutcome.NotApplicable($"nobody can log in in clear, though it is offered: {came}")
                        : WireOutcome.Undecided($"in clear the login draws {came}");
                }

                var move = run.Plain(secures);
                var begun = await talk.ExchangeAsync(move);
                if (!begun.IsAccepted())
                {
                    return logsIn && begun.IsRefusal()
                        ? WireOutcome.NotApplicable($"behind a login {move} draws {begun}, so there is nothing to forget")
                        : WireOutcome.Undecided($"{move} drew {begun}");
                }

                var listed = await talk.ExchangeAsync(run.Plain(run.Model.Extended!));
                return !listed.IsAccepted()
                    ? WireOutcome.Undecided($"inside TLS {run.Model.Extended} drew {listed}")
                    : await play(talk, login);
            }
        );

    private static async Task<Observation> AskAsync(WireTalk talk, string login)
    {
        await talk.WriteAsync($"{login}\r\n");
        return await talk.ReadAsync(Patience);
    }
}
