namespace SmtpModel.Testing.Engine;

/// <summary>Plays the cases about what is delivered, waits for all that was sent in the run, and holds it against what was
/// taken.</summary>
/// <param name="prober">The prober of the run, whose messages are looked at too.</param>
/// <param name="watch">Where what is delivered is looked for.</param>
/// <param name="palette">The moves.</param>
/// <param name="workers">Plays several at a time.</param>
internal sealed class DeliveryRun(Prober prober, DeliveryWatch watch, Palette palette, Workers workers)
{
    // for each case that is broken the session that shows it
    private readonly Dictionary<string, MailSession> _sessions = [];

    private readonly SceneWriter _writer = new(prober.Oracle.Table, palette);
    private readonly ScenePlayer _player = new(prober, watch);
    private readonly Dictionary<SentMessage, IReadOnlyList<DeliveryFault>> _faults = [];

    // what any server delivers, and behind other messages the one that shows that they had their time
    private Scene Plain => new(_writer.Message(_writer.Data(_writer.Text("text\r\n"))));

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
        var before = watch.Sent.ToList();
        told("sending a plain message");
        var plain = await _player.PlayAsync(Plain, cancellation);
        if (plain.Undecided is { } why || !await ComesAsync(plain, told, cancellation))
        {
            Headline = plain.Undecided is { } refused ? $"a plain message was not taken: {refused}"
                : $"a plain message was taken and has not come to {watch.Name} within {watch.Limit.TotalSeconds:0.#} s: does the server "
                    + $"deliver there?";
            return [.. cases.Select(one => new CaseResult(one.Case, CaseVerdict.Inconclusive, Headline!))];
        }

        told("sending what is to be delivered");
        var scenes = cases.Select(one => one.Play?.Invoke(_writer)).ToList();
        var played = await workers.AllAsync(
            cases.Count,
            async at => scenes[at] is { } scene ? await _player.PlayAsync(scene, cancellation) : null,
            cancellation
        );

        // behind it all: when it has come, what should not have come would have
        var last = await _player.PlayAsync(Plain, cancellation);
        await LookAsync(
            [.. before, .. plain.Mail!.Sent, .. played.SelectMany(one => one?.Mail?.Sent ?? []), .. last.Mail?.Sent ?? []],
            watch.Limit,
            told,
            cancellation
        );
        List<CaseResult> results = [];
        foreach (var (one, at) in cases.Select((one, at) => (one, at)))
        {
            var result =
                one.Play is null ? All(one, [.. before, .. plain.Mail.Sent])
                : scenes[at] is null ? new CaseResult(one.Case, CaseVerdict.NotApplicable, "what it needs is not offered")
                : Judge(one, played[at]!, plain.Mail.Sent, scenes[at]!.Manner is DataManner.Whole);
            results.Add(result.Verdict is CaseVerdict.Fail ? await AgainAsync(one, scenes[at], result, told, cancellation) : result);
        }

        return results;
    }

    private async Task<bool> ComesAsync(PlayedScene plain, Action<string> told, CancellationToken cancellation)
    {
        var found = await watch.WaitAsync(plain.Mail!.Sent, watch.Limit, (_, _) => told("waiting for a plain message"), cancellation);
        return plain.Mail.Sent.Any(message => found[message.Mark].Any());
    }

    private async Task LookAsync(
        IReadOnlyCollection<SentMessage> messages,
        TimeSpan limit,
        Action<string> told,
        CancellationToken cancellation
    )
    {
        var found = await watch.WaitAsync(
            messages,
            limit,
            (there, of) => told($"waiting for what was taken, {there} of {of} are there"),
            cancellation
        );
        foreach (var message in messages)
        {
            _faults[message] = [.. DeliveryComparison.Of(message, [.. found[message.Mark]], limit)];
        }
    }

    private CaseResult Judge(DeliveryCase one, PlayedScene played, IReadOnlyList<SentMessage> plain, bool isWhole)
    {
        if (played.Undecided is { } why)
        {
            return new CaseResult(
                one.Case,
                played.IsRefused ? CaseVerdict.NotApplicable : CaseVerdict.Inconclusive,
                played.IsRefused ? $"it is not taken: {why}" : why
            );
        }

        var messages = played.Mail!.Sent;
        if (messages.Any(message => message.Fate is Fate.Open))
        {
            return new CaseResult(one.Case, CaseVerdict.Inconclusive, "it is open what the server holds");
        }

        var faults = messages.SelectMany(message => _faults[message]).ToList();
        var mine = faults.Where(fault => one.About.Contains(fault.Kind)).ToList();
        if (mine.Find(fault => !fault.IsAllowed) is { } grave)
        {
            // one cause is one finding, and the plain message is told of all others
            return plain.SelectMany(message => _faults[message]).Any(fault => fault.Kind == grave.Kind && !fault.IsAllowed)
                ? new CaseResult(
                    one.Case,
                    CaseVerdict.Inconclusive,
                    $"a plain message shows the same: expected {grave.Expected}, came {grave.Came}"
                )
                : Broken(one.Case, grave, played.Mail, isWhole);
        }

        return faults.Find(fault => !fault.IsAllowed) is { } other
                ? new CaseResult(
                    one.Case,
                    CaseVerdict.Inconclusive,
                    $"another case tells it: expected {other.Expected}, came {other.Came}"
                )
            : mine.FirstOrDefault() is { } allowed
                ? new CaseResult(one.Case, CaseVerdict.Info, $"expected {allowed.Expected}, came {allowed.Came}")
            : new CaseResult(one.Case, CaseVerdict.Pass);
    }

    private CaseResult All(DeliveryCase one, IReadOnlyList<SentMessage> messages)
    {
        var isOfRefusal = one.About.Contains(DeliveryFaultKind.Refused);
        var looked = messages.Where(message => message.Fate == (isOfRefusal ? Fate.Refused : Fate.Taken)).ToList();
        if (looked.Count == 0)
        {
            return new CaseResult(
                one.Case,
                CaseVerdict.NotApplicable,
                isOfRefusal ? "the server refused no message at its end" : "no message was taken"
            );
        }

        var broken = looked
            .Select(message =>
                (Message: message, Fault: _faults[message].FirstOrDefault(fault => one.About.Contains(fault.Kind) && !fault.IsAllowed))
            )
            .Where(pair => pair.Fault is not null)
            .OrderBy(pair => pair.Message.Session.Moves.Count)
            .FirstOrDefault();
        var told = looked.SelectMany(message => _faults[message]).FirstOrDefault(fault => one.About.Contains(fault.Kind));
        return broken.Fault is { } grave ? Broken(one.Case, grave, broken.Message.Session, isWhole: true)
            : told is { } allowed ? new CaseResult(one.Case, CaseVerdict.Info, $"expected {allowed.Expected}, came {allowed.Came}")
            : new CaseResult(
                one.Case,
                CaseVerdict.Pass,
                $"{looked.Count} {(looked.Count == 1 ? "message was" : "messages were")} looked for"
            );
    }

    // what shows once may be somebody else's doing
    private async Task<CaseResult> AgainAsync(
        DeliveryCase one,
        Scene? scene,
        CaseResult result,
        Action<string> told,
        CancellationToken cancellation
    )
    {
        var moves = scene ?? new Scene(_sessions[result.Case.Id].Moves);
        var again = await _player.PlayAsync(moves, cancellation);
        var last = await _player.PlayAsync(Plain, cancellation);
        await LookAsync([.. again.Mail?.Sent ?? [], .. last.Mail?.Sent ?? []], watch.Usual, told, cancellation);
        return
            again.Mail?.Sent.SelectMany(message => _faults[message]).Any(fault => one.About.Contains(fault.Kind) && !fault.IsAllowed)
                is true
            ? result
            : result with
            {
                Verdict = CaseVerdict.Inconclusive,
                Reason = $"seen once and not again: {result.Reason}",
            };
    }

    // mail data in a manner of its own is no sequence of whole commands
    private CaseResult Broken(TestCase one, DeliveryFault fault, MailSession session, bool isWhole)
    {
        _sessions[one.Id] = session;
        return new CaseResult(one, CellJudge.Of(one.Rule), $"expected {fault.Expected}, came {fault.Came}")
        {
            Evidence = new Evidence(session.Transcript ?? new Transcript(), fault.Expected, fault.Came)
            {
                Session = isWhole ? new TestSession([.. session.Moves.Select(move => new Step(move))]) : null,
                NeedsDeliveries = true,
            },
        };
    }
}
