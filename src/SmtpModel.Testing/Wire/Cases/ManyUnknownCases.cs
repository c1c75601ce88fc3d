namespace SmtpModel.Testing.Engine;

/// <summary>Many commands that are not known, in one session.</summary>
internal static class ManyUnknownCases
{
    // so many are looked at in a case of their own, and so many in this one
    private const int Few = 2;
    private const int Many = 10;

    // a server that has had enough says so, with 421; to close without that is what the rule forbids
    public static async Task<WireOutcome> TenAsync(WireRun run)
    {
        var nothing = run.Plain(run.Model.Nothing).Text;
        var outcome = await ManyAsync(run, sent => sent < Many ? $"X{(char)('A' + sent)}" : nothing);
        // where as many commands that are known end it too, that they are unknown is not why
        return
            outcome.Standing is not Standing.Broken
            || (await run.AsideAsync(aside => ManyAsync(aside, _ => nothing))).Standing is not Standing.Broken
            ? outcome
            : WireOutcome.Undecided($"as many known commands end the session too: {outcome.Reason}");
    }

    private static Task<WireOutcome> ManyAsync(WireRun run, Func<int, string> line) =>
        run.TalkAsync(async talk =>
        {
            if (await talk.ReachAsync(run.Model.Idle) is { } stopped)
            {
                return stopped;
            }

            var before = default(Observation);
            for (var sent = 0; sent <= Many; sent++)
            {
                var came = await talk.ExchangeAsync(line(sent));
                if (came.Code == run.Model.Table.Faults.Closing)
                {
                    return WireOutcome.Chosen($"the server says after {sent} unknown commands: {came}");
                }

                if (came.Kind is ObservationKind.Closed)
                {
                    return sent <= Few
                        ? WireOutcome.Undecided($"the channel is closed after {sent} unknown commands, which is another case")
                        : WireOutcome.Broken(
                            $"{sent} unknown commands end the session",
                            $"a reply, or {run.Model.Table.Faults.Closing} before the channel is closed",
                            $"{before}, and then {came}"
                        );
                }

                if (came.Kind is not ObservationKind.Reply)
                {
                    return WireOutcome.Undecided($"command {sent + 1} drew {came}");
                }

                before = came;
            }

            return WireOutcome.Kept;
        });
}
