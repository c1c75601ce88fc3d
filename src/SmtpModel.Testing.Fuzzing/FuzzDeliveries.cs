namespace SmtpModel.Testing.Engine;

/// <summary>What a session of a run, or a round of them, sent with marks.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Session">The session; of a round the first.</param>
/// <param name="Sent">The messages.</param>
internal sealed record FuzzedMail(long Number, TestSession Session, IReadOnlyList<SentMessage> Sent)
{
    /// <summary>The round, where several were played at the same time.</summary>
    public Round? Round { get; init; }
}

/// <summary>Waits for what a run of random sessions sent, and holds what came against it.</summary>
/// <param name="oracle">The oracle.</param>
/// <param name="palette">The moves.</param>
/// <param name="watch">Where what is delivered is looked for.</param>
/// <param name="isShare">Whether the run is a share of a campaign: then of each fault the first session with it is worked up first, so
/// that what all shares show together does not depend on how many they are.</param>
internal sealed class FuzzDeliveries(Oracle oracle, Palette palette, DeliveryWatch watch, bool isShare = false)
{
    // a server that loses some of its messages may lose one of these
    private const int PlainOnes = 3;

    private const int MostOfAKind = 4;

    private readonly List<SentMessage> _lost = [];

    /// <summary>Why nothing is said of what is delivered; null where something is.</summary>
    public string? Unseen { get; private set; }

    /// <summary>How many of the messages that were taken have come, and of how many; null where nobody could see.</summary>
    public (int There, int Of)? Seen { get; private set; }

    /// <summary>A session that sends a plain message.</summary>
    public TestSession Plain(string? from = null, string? to = null) =>
        new([.. new SceneWriter(oracle.Table, palette).PlainMessage(from, to is null ? null : [to]).Select(move => new Step(move))]);

    /// <summary>Has each message that was not delivered as it should be worked up, and notes why nothing is said where nothing
    /// is.</summary>
    /// <param name="target">The server.</param>
    /// <param name="mail">What the run sent.</param>
    /// <param name="told">Is told how many messages came, and of how many.</param>
    /// <param name="work">Works up a violation.</param>
    /// <param name="forget">Takes back the finding of a key; false where there is none.</param>
    /// <param name="note">Is told what could not be found out.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task AccountAsync(
        ITarget target,
        IReadOnlyList<FuzzedMail> mail,
        Action<int, int> told,
        Func<FuzzedMail, SentMessage, Violation, Task> work,
        Func<string, bool> forget,
        Action<string> note,
        CancellationToken cancellation
    )
    {
        try
        {
            foreach (var (one, (message, fault)) in await WrongAsync(target, mail, told, cancellation))
            {
                await work(one, message, DeliveryComparison.Violation(oracle.Table, message, fault));
            }

            if (await ExcuseAsync(cancellation) is { } excuse && forget(DeliveryComparison.Key(DeliveryFaultKind.Lost)))
            {
                note(excuse);
            }

        }
        catch (IOException fault)
        {
            Unseen = fault.Message;
        }
        catch (TargetUnreachableException fault)
        {
            Unseen = fault.IsRefusal ? fault.Message : $"the server went away: {fault.Message}";
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Unseen = "what was delivered was not waited for to its end";
        }

        if (Unseen is { } why)
        {
            note(why);
        }
    }

    // what was not delivered as it should be, that of the shortest sessions first, which are made short soonest
    private async Task<IReadOnlyList<(FuzzedMail Mail, (SentMessage Message, DeliveryFault Fault) Wrong)>> WrongAsync(
        ITarget target,
        IReadOnlyList<FuzzedMail> mail,
        Action<int, int> told,
        CancellationToken cancellation
    )
    {
        List<SentMessage> plain = [];
        for (var count = 0; count < PlainOnes; count++)
        {
            var played = await new SessionRunner(oracle) { Delivered = watch }.RunAsync(target, Plain(), null, cancellation);
            plain.AddRange(played.Mail?.Sent.Where(message => message.Fate is Fate.Taken) ?? []);
        }

        var found = await watch.WaitAsync(
            [.. mail.SelectMany(one => one.Sent), .. plain],
            watch.Limit,
            (there, of) =>
            {
                Seen = (there, of);
                told(there, of);
            },
            cancellation
        );
        if (!plain.Exists(message => found[message.Mark].Any()))
        {
            Unseen =
                $"a plain message was not taken, or has not come to {watch.Name} within {watch.Limit.TotalSeconds:0.#} s, so nothing is "
                    + "said of what is delivered";
            return [];
        }

        List<(FuzzedMail Mail, (SentMessage Message, DeliveryFault Fault) Wrong)> wrong =
        [
            .. from one in mail.OrderBy(one => isShare ? 0 : Length(one)).ThenBy(one => one.Number)
               from fault in DeliveryComparison.Wrong(one.Sent, found, watch.Limit)
               select (one, fault),
        ];
        // each is looked at again, and one that is not seen again is not by the next either
        wrong = [.. wrong.GroupBy(one => one.Wrong.Fault.Kind).SelectMany(kind => kind.Take(MostOfAKind))];
        _lost.AddRange(wrong.Where(one => one.Wrong.Fault.Kind is DeliveryFaultKind.Lost).Select(one => one.Wrong.Message));
        return wrong;
    }

    private static int Length(FuzzedMail one) => one.Round?.Sessions.Sum(session => session.Steps.Count) ?? one.Session.Steps.Count;

    // why nothing can be said to be lost; null where nothing says so
    private async Task<string?> ExcuseAsync(CancellationToken cancellation) =>
        _lost.Count == 0 ? null : watch.Excuse(_lost, await watch.NowAsync(cancellation));
}
