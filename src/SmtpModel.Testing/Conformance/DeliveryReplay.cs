using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Plays a session again for what it delivers.</summary>
/// <param name="profile">The profile it was held against.</param>
/// <param name="watch">Where what is delivered is looked for.</param>
internal sealed class DeliveryReplay(Profile profile, DeliveryWatch watch)
{
    private readonly Oracle _oracle = new(profile.Table);

    public async Task<ReplayOutcome> RunAsync(TestSession session, ITarget target, TimeSpan patience, CancellationToken cancellation)
    {
        var transcript = new Transcript();
        var played = await PlayAsync(session, target, patience, transcript, cancellation);
        var outcome = await JudgeAsync(played, target, patience, cancellation);
        return outcome with { Transcript = transcript.ToString() };
    }

    private async Task<ReplayOutcome> JudgeAsync(RunResult played, ITarget target, TimeSpan patience, CancellationToken cancellation)
    {
        if (played.Mail?.Sent.Where(sent => sent.Fate is not Fate.Open).ToList() is not { Count: > 0 } sent)
        {
            return Error(played.Inconclusive ?? "no message was sent to its end");
        }

        // behind it a plain one: when that has come, the others had their time
        var recipient = sent.SelectMany(one => one.To.Concat(one.NotTo)).FirstOrDefault();
        var palette = new Palette(profile.Table, recipient is null ? new PaletteOptions() : new PaletteOptions { Recipient = recipient });
        var writer = new SceneWriter(profile.Table, palette);
        var plain = new TestSession([.. writer.Message(writer.Data(writer.Text("text\r\n"))).Select(move => new Step(move))]);
        var last = await PlayAsync(plain, target, patience, new Transcript(), cancellation);
        var found = await watch.WaitAsync([.. sent, .. last.Mail?.Sent ?? []], watch.Limit, null, cancellation);
        if (last.Mail is not { Sent: [{ Fate: Fate.Taken } message] } || !found[message.Mark].Any())
        {
            return Error(
                $"a plain message was not taken, or has not come to {watch.Name} within {watch.Limit.TotalSeconds:0.#} s: does the server "
                    + "deliver there?"
            );
        }

        var fault = sent.SelectMany(one =>
                DeliveryComparison
                    .Of(one, [.. found[one.Mark]], watch.Limit)
                    .Where(fault => !fault.IsAllowed)
                    .Select(fault => DeliveryComparison.Violation(profile.Table, one, fault))
            )
            .FirstOrDefault();
        return fault is null
            ? new ReplayOutcome(ReplayVerdict.Fixed, "what was taken is delivered as it was sent, and nothing else", [])
            : new ReplayOutcome(ReplayVerdict.Failed, fault.ToString(), []);
    }

    private async Task<RunResult> PlayAsync(
        TestSession session,
        ITarget target,
        TimeSpan patience,
        Transcript transcript,
        CancellationToken cancellation
    ) =>
        await new SessionRunner(_oracle) { Patience = patience, Delivered = watch }.RunAsync(target, session, transcript, cancellation);

    private static ReplayOutcome Error(string why) => new(ReplayVerdict.Error, why, []);
}
