using System.Diagnostics;

namespace SmtpModel.Testing.Engine;

/// <summary>Makes a round that shows a violation as small as it can be, by playing smaller ones against the server.</summary>
/// <param name="target">The server.</param>
/// <param name="oracle">The oracle.</param>
/// <param name="limit">For how long.</param>
internal sealed class LiveRoundShrinker(ITarget target, Oracle oracle, TimeSpan limit)
{
    // one message in so many that is wrong is seen then nearly always
    private const int TimesAlone = 8;
    private const int LeastAlone = 2;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    // rounds whose deliveries are waited for together: to wait takes far longer than to play
    private const int Together = 8;

    private TimeSpan? _wait;

    /// <summary>Where what is delivered is looked for behind each round; nowhere when null.</summary>
    public DeliveryWatch? Delivered { get; init; }

    /// <summary>The smallest round found, or null when the violation does not show again.</summary>
    public async Task<InterleavedFinding?> ShrinkAsync(
        Round round,
        RoundResult result,
        long number,
        CancellationToken cancellation
    )
    {
        var clock = Stopwatch.StartNew();
        var moves = round.Sessions.Sum(session => session.Steps.Count);
        var wanted = result.Violation!.Key;
        // that something does not come is believed only when it was waited for as long as was asked for
        var isLoss = Delivered is not null && wanted == DeliveryComparison.Key(DeliveryFaultKind.Lost);
        _wait = isLoss ? Delivered!.Limit : null;
        var best = RoundShrinker.Played(round, result.Taken);
        var shown = await PlayAsync(best, wanted, cancellation);
        if (shown is null)
        {
            best = round;
            shown = await PlayAsync(best, wanted, cancellation);
        }

        if (shown is null)
        {
            return null;
        }

        _wait = null;
        if (await AloneAsync(best, wanted, cancellation) is { } alone)
        {
            // one that comes now and then shows in no session for sure: what is left out would be left to chance
            return Finding(alone.Round, alone.Shown, isConcurrent: false);
        }

        if (Written(best, shown) is { } written && await PlayAsync(written, wanted, cancellation) is { } whole)
        {
            (best, shown) = (written, whole);
        }

        // sessions in lockstep are simpler than any with groups
        if (await InLockstepAsync(best, wanted, cancellation) is { } simple)
        {
            (best, shown) = simple;
        }

        List<(Round Round, RoundResult Shown)> larger = [];
        // what showed nothing before a smaller one was found will mostly show nothing of that one either, so it comes last
        for (var first = 0; clock.Elapsed < limit;)
        {
            List<Round> candidates = [.. RoundShrinker.Shrink(best)];
            first = candidates.Count == 0 ? 0 : first % candidates.Count;
            var (place, found) = await FirstAsync([.. candidates.Skip(first), .. candidates.Take(first)], wanted, clock, cancellation);
            if (found is null)
            {
                break;
            }

            larger.Add((best, shown));
            (best, shown, first) = (candidates[(first + place) % candidates.Count], found, first + place);
        }

        if (await InLockstepAsync(best, wanted, cancellation) is { } plain)
        {
            larger.Add((best, shown));
            (best, shown) = plain;
        }

        // a smaller one may have shown it by chance, as where one session was ending while another began: then one before it is told
        for (; larger.Count > 0; larger.RemoveAt(larger.Count - 1))
        {
            if (await PlayAsync(best, wanted, cancellation) is { } again)
            {
                shown = again;
                break;
            }

            (best, shown) = larger[^1];
        }

        if (isLoss)
        {
            _wait = Delivered!.Limit;
            if (await PlayAsync(best, wanted, cancellation) is not { } sure)
            {
                return null;
            }

            shown = sure;
        }

        var isConcurrent = true;
        foreach (var session in best.Sessions)
        {
            isConcurrent &= await PlayAsync(new Round([session], []), wanted, cancellation) is null;
        }

        return Finding(best, shown, isConcurrent);

        InterleavedFinding Finding(Round smallest, RoundResult last, bool isConcurrent) => new(
            last.Violation!,
            last.Session,
            smallest,
            last.Transcript,
            number,
            round.Sessions.Count,
            moves,
            isConcurrent
        )
        {
            NeedsGroup = smallest.Sessions.Any(session => session.HasGroups),
            NeedsDeliveries = Delivered is not null,
        };
    }

    // a server that delivers wrongly now and then does so with one session too; all are sent before any is waited for
    private async ValueTask<(Round Round, RoundResult Shown)?> AloneAsync(Round round, string wanted, CancellationToken cancellation)
    {
        if (Delivered is null || round.Sessions.Count < 2)
        {
            return null;
        }

        List<Round> alone =
        [
            .. Enumerable.Range(0, TimesAlone).SelectMany(_ => round.Sessions.Select(session => new Round([session], []))),
        ];
        List<(Round Round, RoundResult Shown)> showing = [];
        foreach (var (one, result) in alone.Zip(await PlayTogetherAsync(alone, Delivered, Delivered.Limit, cancellation)))
        {
            if (result.Showing(wanted) is { } shown)
            {
                showing.Add((one, shown));
            }
        }

        return showing.Count >= LeastAlone ? showing[0] : null;
    }

    // mail data that were put in where the session had none are written into it, so that the next input is not what draws them
    private Round? Written(Round round, RoundResult shown) =>
        shown.At >= 0
        && round.Sessions[shown.Session].Steps is var steps
        && steps[shown.At].Move is { Kind: not MoveKind.Data, Command.Block: null }
            ? round with
            {
                Sessions =
                [
                    .. round.Sessions.Select((session, index) =>
                        index == shown.Session
                            ? session with
                            {
                                Steps =
                                [
                                    .. steps.Take(shown.At),
                                    new Step(Tagging.PlainData(oracle.Table, index)),
                                    .. steps.Skip(shown.At),
                                ],
                            }
                            : session),
                ],
            }
            : null;

    // null where nothing is sent in a group, or where that is what it takes
    private async ValueTask<(Round Round, RoundResult Shown)?> InLockstepAsync(
        Round round,
        string wanted,
        CancellationToken cancellation
    )
    {
        var plain = round with { Sessions = [.. round.Sessions.Select(session => session.InLockstep())] };
        return round.Sessions.Any(session => session.HasGroups) && await PlayAsync(plain, wanted, cancellation) is { } shown
            ? (plain, shown)
            : null;
    }

    // the first of some rounds that shows it, and its place; no round when none does in time
    private async ValueTask<(int Place, RoundResult? Shown)> FirstAsync(
        IReadOnlyList<Round> rounds,
        string wanted,
        Stopwatch clock,
        CancellationToken cancellation
    )
    {
        for (var place = 0; place < rounds.Count && clock.Elapsed < limit;)
        {
            if (Delivered is null)
            {
                if (await PlayAsync(rounds[place], wanted, cancellation) is { } shown)
                {
                    return (place, shown);
                }

                place++;
                continue;
            }

            List<Round> some = [.. rounds.Skip(place).Take(Together)];
            foreach (var one in await PlayTogetherAsync(some, Delivered, Delivered.Usual, cancellation))
            {
                if (one.Showing(wanted) is { } shown)
                {
                    return (place, shown);
                }

                place++;
            }
        }

        return (0, null);
    }

    // rounds one after the other, all sent before what any of them delivers is waited for
    private async Task<IReadOnlyList<RoundResult>> PlayTogetherAsync(
        IReadOnlyList<Round> rounds,
        DeliveryWatch watch,
        TimeSpan longest,
        CancellationToken cancellation
    )
    {
        List<RoundResult> played = [];
        foreach (var round in rounds)
        {
            played.Add(round.Sessions.Count == 0 ? new RoundResult(null, 0, [], [], [])
                : await new RoundRunner(oracle) { Delivered = watch }.RunAsync(target, round, cancellation));
            // the server may be busy with the end of one when the next begins: then it is not alone
            await Task.Delay(Between, cancellation);
        }

        var found = await watch.WaitAsync([.. played.SelectMany(one => one.Sent).SelectMany(sent => sent)], longest, null, cancellation);
        return
        [
            .. played.Select(one => one with { Misdelivered = RoundRunner.Misdelivered(oracle.Table, one.Sent, found, longest) }),
        ];
    }

    private async ValueTask<RoundResult?> PlayAsync(Round round, string wanted, CancellationToken cancellation)
    {
        if (round.Sessions.Count == 0)
        {
            return null;
        }

        var runner = new RoundRunner(oracle) { Delivered = Delivered, DeliveryLimit = Delivered is null ? null : _wait ?? Delivered.Usual };
        return (await runner.RunAsync(target, round, cancellation)).Showing(wanted);
    }
}
