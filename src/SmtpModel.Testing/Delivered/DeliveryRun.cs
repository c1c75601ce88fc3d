namespace SmtpModel.Testing.Engine;

/// <summary>Plays the cases about what is delivered, waits for all that was sent in the run, and holds it against what was
/// taken.</summary>
/// <param name="prober">The prober of the run, whose messages are looked at too.</param>
/// <param name="watch">Where what is delivered is looked for.</param>
/// <param name="palette">The moves.</param>
/// <param name="workers">Plays several at a time.</param>
internal sealed class DeliveryRun(Prober prober, DeliveryWatch watch, Palette palette, Workers workers)
{
    // a server that loses some of its messages may lose the first plain one
    private const int PlainOnes = 3;

    private readonly SceneWriter _writer = new(prober.Oracle.Table, palette);
    private readonly ScenePlayer _player = new(prober, watch);

    // what any server delivers, and behind other messages the one that shows that they had their time
    private Scene Plain => new(_writer.PlainMessage());

    /// <summary>What the server is like where its plain message does not come; null where it does.</summary>
    public string? Headline { get; private set; }

    /// <summary>A result for each of the cases.</summary>
    /// <param name="isSelected">Which of them are meant.</param>
    /// <param name="told">Told what is done.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<CaseResult>> RunAsync(
        Func<TestCase, bool> isSelected,
        Action<string> told,
        CancellationToken cancellation
    )
    {
        var cases = DeliveryCatalogue.Cases(prober.Oracle.Table).Where(one => isSelected(one.Case)).ToList();
        if (cases.Count == 0)
        {
            return [];
        }

        try
        {
            return await PlayAsync(cases, told, cancellation);
        }
        catch (IOException fault)
        {
            Headline = fault.Message;
            return [.. cases.Select(one => new CaseResult(one.Case, CaseVerdict.Inconclusive, fault.Message))];
        }
    }

    private async Task<IReadOnlyList<CaseResult>> PlayAsync(List<DeliveryCase> cases, Action<string> told, CancellationToken cancellation)
    {
        told("sending plain messages");
        List<PlayedScene> plain = [];
        for (var count = 0; count < PlainOnes; count++)
        {
            plain.Add(await _player.PlayAsync(Plain, cancellation));
        }

        List<SentMessage> ofPlain = [.. plain.Where(one => one.Undecided is null).SelectMany(one => one.Mail!.Sent)];
        if (ofPlain.Count == 0 || !await watch.AnyAsync(ofPlain, () => told("waiting for a plain message"), cancellation))
        {
            Headline = ofPlain.Count == 0 ? $"a plain message was not taken: {plain[0].Undecided}"
                : $"a plain message was taken and has not come to {watch.Name} within {watch.Limit.TotalSeconds:0.#} s: does the server "
                    + $"deliver there?";
            return [.. cases.Select(one => new CaseResult(one.Case, CaseVerdict.Inconclusive, Headline!))];
        }

        told("sending what is to be delivered");
        var played = await workers.AllAsync(
            cases.Count,
            async at =>
            {
                var scene = cases[at].Play?.Invoke(_writer);
                return new PlayedCase(cases[at], scene, scene is null ? null : await _player.PlayAsync(scene, cancellation));
            },
            cancellation
        );

        // behind it all: when it has come, what should not have come would have
        await _player.PlayAsync(Plain, cancellation);
        var account = new DeliveryAccount(played, ofPlain);
        List<SentMessage> sent = [.. watch.Sent];
        account.Note(sent, await WaitAsync(sent, told, cancellation), watch.Limit);
        foreach (var isLast in (bool[])[false, true])
        {
            if (account.ToPlayAgain(isLast) is { Count: > 0 } again)
            {
                await AgainAsync(account, again, told, cancellation);
            }
        }

        if (account.HasLosses)
        {
            account.Late(await watch.NowAsync(cancellation), watch);
        }

        return account.Results();
    }

    // what shows once may be somebody else's doing
    private async Task AgainAsync(
        DeliveryAccount account,
        IReadOnlyList<(DeliveryGroup Group, Scene Scene)> again,
        Action<string> told,
        CancellationToken cancellation
    )
    {
        told("looking again at what was not delivered as it should be");
        var before = watch.Sent.Count;
        var played = await workers.AllAsync(
            again.Count,
            async at => (await _player.PlayAsync(again[at].Scene, cancellation)).Mail?.Sent ?? [],
            cancellation
        );
        await _player.PlayAsync(Plain, cancellation);
        List<SentMessage> sent = [.. watch.Sent.Skip(before)];
        account.NoteAgain(
            [.. again.Select((one, at) => (one.Group, played[at]))],
            await WaitAsync(sent, told, cancellation),
            watch.Limit
        );
    }

    private Task<ILookup<string, DeliveredMessage>> WaitAsync(
        IReadOnlyCollection<SentMessage> messages,
        Action<string> told,
        CancellationToken cancellation
    ) =>
        watch.WaitAsync(
            messages,
            watch.Limit,
            (there, of) => told($"waiting for what was taken, {there} of {of} are there"),
            cancellation
        );
}

/// <summary>A case, with what was played for it.</summary>
/// <param name="Of">The case.</param>
/// <param name="Scene">Its session; null where it is about all messages, or does not apply.</param>
/// <param name="Played">How that went.</param>
internal sealed record PlayedCase(DeliveryCase Of, Scene? Scene, PlayedScene? Played)
{
    /// <summary>Whether what its messages show is its own to tell.</summary>
    public bool IsDecided => Played is { Undecided: null, Mail: { } mail } && mail.Sent.All(message => message.Fate is not Fate.Open);
}
