using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>What is played only where a server lists an extension.</summary>
internal static class ListedSteps
{
    /// <summary>Plays in a state; the case does not apply where the keyword, if there is one, is not listed.</summary>
    public static Task<WireOutcome> ListedAsync(this WireRun run, string? keyword, State state, Func<WireTalk, Task<WireOutcome>> play) =>
        run.OfferedAsync(
            state,
            (talk, _) => play(talk),
            offer => keyword is not null && !offer.Lists(keyword) ? WireOutcome.NotApplicable($"{keyword} is not listed") : null
        );

    /// <summary>Some commands, and behind them one with mail data, which is not sent. They come inside a transaction where they do not
    /// begin one.</summary>
    public static Task<WireOutcome> ServesDataAsync(this WireRun run, string? keyword, IReadOnlyList<Command> before)
    {
        var (model, open, data) = (run.Model, run.Model.Asking.From, run.Model.Asking.Exchange.Command);
        var start = before is [var first, ..] && first.OnAccept.SequenceEqual(model.Reverse.Command.OnAccept) ? model.Idle : open;
        return run.ListedAsync(keyword, start, async talk =>
        {
            if (await talk.FollowAsync(before.Select(run.Plain)) is { } stopped)
            {
                return stopped;
            }

            IEnumerable<Command> again = before.Count == 0 ? [data] : [model.Reverse.Command, model.Forward.Command, data];
            foreach (var move in again.Select(run.Plain))
            {
                var came = await talk.ExchangeAsync(move);
                if (!came.IsAccepted())
                {
                    return run.Policy(came)
                        ?? (
                            !model.Table.IsPlacedByTheOrder(came.Code) && move.Command != data
                                ? WireOutcome.Undecided($"{move} drew {came}")
                                : WireOutcome.Broken(
                                    $"{move} draws {came.Code}{(before.Count == 0 ? "" : $" behind {before[^1]}")}",
                                    "a reply that accepts it",
                                    $"{came}"
                                )
                        );
                }
            }

            return WireOutcome.Kept;
        });
    }
}
