using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Plays a session again for what it delivers, or several at the same time.</summary>
/// <param name="profile">The profile it was held against.</param>
/// <param name="watch">Where what is delivered is looked for.</param>
/// <param name="rule">The rule of the case that it was found for; null where it was no case's.</param>
internal sealed class DeliveryReplay(Profile profile, DeliveryWatch watch, Rule? rule)
{
    // what a server does now and then shows again
    private const int MoreTimes = 15;

    private readonly Oracle _oracle = new(profile.Table);

    public Task<ReplayOutcome> RunAsync(TestSession session, ITarget target, TimeSpan patience, CancellationToken cancellation) =>
        RunAsync(() => PlayAsync(session, target, patience, cancellation), target, patience, cancellation);

    public Task<ReplayOutcome> RunAsync(Round round, ITarget target, TimeSpan patience, CancellationToken cancellation) =>
        RunAsync(
            async () =>
            {
                var runner = new RoundRunner(_oracle) { Patience = patience, Delivered = watch };
                var result = await runner.RunAsync(target, round, cancellation);
                return new Played([.. result.Sent.SelectMany(sent => sent)], result.Inconclusive.FirstOrDefault(), result.Transcript);
            },
            target,
            patience,
            cancellation
        );

    private async Task<ReplayOutcome> RunAsync(
        Func<Task<Played>> play,
        ITarget target,
        TimeSpan patience,
        CancellationToken cancellation
    )
    {
        var first = await play();
        if (first.Sent.Count == 0)
        {
            return Error(first.Inconclusive ?? "no message was sent to its end", first);
        }

        var outcome = await JudgeAsync([first], target, patience, cancellation);
        if (outcome.Verdict is not ReplayVerdict.Fixed)
        {
            return outcome;
        }

        List<Played> more = [];
        for (var count = 0; count < MoreTimes; count++)
        {
            more.Add(await play());
        }

        return await JudgeAsync(more, target, patience, cancellation) is { Verdict: ReplayVerdict.Failed } failed
            ? failed with
            {
                Reason = $"{failed.Reason}; not each time",
            }
            : outcome with
            {
                Reason = $"{outcome.Reason}, in {MoreTimes + 1} plays; a fault that comes less often than that would not show",
            };
    }

    private async Task<ReplayOutcome> JudgeAsync(
        IReadOnlyList<Played> played,
        ITarget target,
        TimeSpan patience,
        CancellationToken cancellation
    )
    {
        // behind it a plain one: when that has come, the others had their time
        List<SentMessage> sent = [.. played.SelectMany(one => one.Sent)];
        var recipient = sent.SelectMany(one => one.To.Concat(one.NotTo)).FirstOrDefault();
        var palette = new Palette(profile.Table, recipient is null ? new PaletteOptions() : new PaletteOptions { Recipient = recipient });
        var plain = new TestSession([.. new SceneWriter(profile.Table, palette).PlainMessage().Select(move => new Step(move))]);
        List<SentMessage> last = [];
        for (var count = 0; count < 2; count++)
        {
            last.AddRange((await PlayAsync(plain, target, patience, cancellation)).Sent.Where(one => one.Fate is Fate.Taken));
        }

        var found = await watch.WaitAsync([.. sent, .. last], watch.Limit, null, cancellation);
        if (!last.Exists(message => found[message.Mark].Any()))
        {
            return Error(
                $"a plain message was not taken, or has not come to {watch.Name} within {watch.Limit.TotalSeconds:0.#} s: does the server "
                    + "deliver there?",
                played[0]
            );
        }

        foreach (var one in played)
        {
            if (DeliveryComparison.Wrong(one.Sent, found, watch.Limit).FirstOrDefault() is { Message: { } message, Fault: var fault })
            {
                var violation = DeliveryComparison.Violation(profile.Table, message, fault);
                var told = rule is null ? violation : violation with { Rule = rule };
                return new ReplayOutcome(ReplayVerdict.Failed, told.ToString(), []) { Transcript = one.Transcript };
            }
        }

        return new ReplayOutcome(ReplayVerdict.Fixed, "what was taken is delivered as it was sent, and nothing else", [])
        {
            Transcript = played[0].Transcript,
        };
    }

    private async Task<Played> PlayAsync(TestSession session, ITarget target, TimeSpan patience, CancellationToken cancellation)
    {
        var transcript = new Transcript();
        var runner = new SessionRunner(_oracle) { Patience = patience, Delivered = watch };
        var result = await runner.RunAsync(target, session, transcript, cancellation);
        return new Played([.. result.Mail?.Sent ?? []], result.Inconclusive, transcript.ToString());
    }

    private static ReplayOutcome Error(string why, Played played) => new(ReplayVerdict.Error, why, []) { Transcript = played.Transcript };

    // what a session sent, or several, of which it is known what became of it by the word of the server
    private sealed record Played(IReadOnlyList<SentMessage> All, string? Inconclusive, string Transcript)
    {
        public IReadOnlyList<SentMessage> Sent => [.. All.Where(message => message.Fate is not Fate.Open)];
    }
}
