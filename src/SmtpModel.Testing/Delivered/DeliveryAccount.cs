using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Accounts for every message of a run: what was not delivered as it should be is told by one of the cases, and it is said at the end
/// which.
/// </summary>
/// <param name="cases">The cases that were chosen.</param>
/// <param name="plain">Plain messages: what these show is no matter of what other messages are like.</param>
internal sealed class DeliveryAccount(IReadOnlyList<PlayedCase> cases, IReadOnlyList<SentMessage> plain)
{
    private readonly Dictionary<SentMessage, IReadOnlyList<DeliveryFault>> _faults = [];
    private readonly List<DeliveryNote> _notes = [];
    private readonly Dictionary<SentMessage, PlayedCase> _owners = [];
    private readonly Dictionary<DeliveryNote, DeliveryGroup> _told = [];
    private List<DeliveryGroup> _groups = [];

    /// <summary>Whether a message was missed.</summary>
    public bool HasLosses => _notes.Exists(note => note.Fault.Kind is DeliveryFaultKind.Lost);

    /// <summary>Notes what was delivered of all messages.</summary>
    public void Note(IReadOnlyList<SentMessage> sent, ILookup<string, DeliveredMessage> found, TimeSpan limit)
    {
        Compare(sent, found, limit);
        // a session that was cut short, or looked at twice, was played more than once
        foreach (var message in sent)
        {
            if (cases.FirstOrDefault(one => ReferenceEquals(one.Scene?.Moves, message.Session.Moves)) is { } owner)
            {
                _owners[message] = owner;
            }
        }

        _notes.AddRange(
            from message in sent
            from fault in _faults[message]
            where !fault.IsAllowed
            select new DeliveryNote(message, fault, _owners.GetValueOrDefault(message))
        );
        _groups = Grouped(note => IsOwn(note) ? note.Of : General(note.Fault));
    }

    /// <summary>What is to be played to see again what was seen.</summary>
    /// <param name="isLast">Whether that was done once: then what was not seen again is looked for at length.</param>
    public IReadOnlyList<(DeliveryGroup Group, Scene Scene)> ToPlayAgain(bool isLast)
    {
        if (isLast)
        {
            Regroup();
        }

        return
        [
            .. from one in _groups
               where one.Again == 0 && one.Notes.Count > 0
               from scene in one.ToPlay(_faults.Count, isLast)
               select (one, scene),
        ];
    }

    /// <summary>Notes what was delivered of messages that were sent again.</summary>
    public void NoteAgain(
        IReadOnlyList<(DeliveryGroup Group, IReadOnlyList<SentMessage> Sent)> played,
        ILookup<string, DeliveredMessage> found,
        TimeSpan limit
    )
    {
        foreach (var (group, sent) in played)
        {
            Compare(sent, found, limit);
            group.PlayedAgain(sent.SelectMany(message => _faults[message]));
        }
    }

    /// <summary>Where something came late, nothing can be said to be lost.</summary>
    /// <param name="found">What is there at the end.</param>
    /// <param name="watch">The watch.</param>
    public void Late(ILookup<string, DeliveredMessage> found, DeliveryWatch watch)
    {
        var missed = _faults.Where(one => one.Value.Any(fault => fault.Kind is DeliveryFaultKind.Lost)).Select(one => one.Key);
        var excuse = watch.Excuse(missed, found);
        foreach (var group in _groups.Where(group => group.Notes.Count > 0))
        {
            // what is wrong besides is no matter of time
            group.Notes.Sort((one, other) => IsLoss(one).CompareTo(IsLoss(other)));
            group.Excuse = IsLoss(group.Notes[0]) ? excuse : null;
        }
    }

    private static bool IsLoss(DeliveryNote note) => note.Fault.Kind is DeliveryFaultKind.Lost;

    /// <summary>A result for each case.</summary>
    public IReadOnlyList<CaseResult> Results() => [.. cases.Select(Result)];

    private CaseResult Result(PlayedCase one)
    {
        var group = _groups.Find(group => group.Teller == one);
        return group is { IsSure: true } ? Broken(group)
            : one.Of.Play is null ? OfAll(one, group)
            : one.Scene is null ? new CaseResult(one.Of.Case, CaseVerdict.NotApplicable, "what it needs is not offered")
            : OfScene(one, one.Played!);
    }

    private CaseResult OfScene(PlayedCase one, PlayedScene played)
    {
        if (played.Undecided is { } why)
        {
            return new CaseResult(
                one.Of.Case,
                played.IsRefused ? CaseVerdict.NotApplicable : CaseVerdict.Inconclusive,
                played.IsRefused ? $"it is not taken: {why}" : why
            );
        }

        if (!one.IsDecided)
        {
            return new CaseResult(one.Of.Case, CaseVerdict.Inconclusive, "it is open what the server holds");
        }

        if (_notes.Find(note => note.Of == one) is { } seen)
        {
            return new CaseResult(one.Of.Case, CaseVerdict.Inconclusive, Elsewhere(seen));
        }

        var allowed = played.Mail!.Sent.SelectMany(message => _faults[message]).FirstOrDefault(fault => one.Of.About.Contains(fault.Kind));
        return allowed is null
            ? new CaseResult(one.Of.Case, CaseVerdict.Pass)
            : new CaseResult(one.Of.Case, CaseVerdict.Info, $"expected {allowed.Expected}, came {allowed.Came}");
    }

    // that another case tells it is said only where it does
    private string Elsewhere(DeliveryNote seen) =>
        (_told.GetValueOrDefault(seen) ?? _groups.Find(group => group.Notes.Contains(seen))) is not { } group
                ? $"it is not what this case is about, and no case that is was chosen: {seen.Told}"
            : !group.IsSure ? group.Doubt
            : IsOfPlain(seen.Fault) ? $"a plain message shows the same, and {group.Teller.Of.Case.Id} tells it: {seen.Told}"
            : $"another case tells it, {group.Teller.Of.Case.Id}: {seen.Told}";

    private CaseResult OfAll(PlayedCase one, DeliveryGroup? group)
    {
        var isOfRefusal = one.Of.About.Contains(DeliveryFaultKind.Refused);
        var looked = _faults.Keys.Where(message => message.Fate == (isOfRefusal ? Fate.Refused : Fate.Taken)).ToList();
        var allowed = looked
            .SelectMany(message => _faults[message].Select(fault => (Message: message, Fault: fault)))
            .Where(pair => one.Of.About.Contains(pair.Fault.Kind) && pair.Fault.IsAllowed)
            .FirstOrDefault(pair => _owners.GetValueOrDefault(pair.Message)?.Of.About.Contains(pair.Fault.Kind) is not true)
            .Fault;
        return _notes.Find(note => _told.ContainsKey(note) && one.Of.About.Contains(note.Fault.Kind)) is { } seen && group?.Notes.Count is 0
                ? new CaseResult(one.Of.Case, CaseVerdict.Inconclusive, Elsewhere(seen))
            : group is { Notes.Count: > 0 } ? new CaseResult(one.Of.Case, CaseVerdict.Inconclusive, group.Doubt)
            : looked.Count == 0 ? new CaseResult(
                one.Of.Case,
                CaseVerdict.NotApplicable,
                isOfRefusal ? "the server refused no message at its end" : "no message was taken"
            )
            : allowed is not null ? new CaseResult(one.Of.Case, CaseVerdict.Info, $"expected {allowed.Expected}, came {allowed.Came}")
            : new CaseResult(
                one.Of.Case,
                CaseVerdict.Pass,
                $"{looked.Count} {(looked.Count == 1 ? "message was" : "messages were")} looked for"
            );
    }

    // mail data in a manner of its own is no sequence of whole commands
    private static CaseResult Broken(DeliveryGroup group)
    {
        var (one, shown) = (group.Teller.Of.Case, group.Notes[0]);
        var count = group.Notes.Select(note => note.Message).Distinct().Count();
        return new CaseResult(
            one,
            CellJudge.Of(one.Rule),
            shown.Told + (group.Teller.Of.Play is null && count > 1 ? $"; so with {count} messages of the test" : "")
        )
        {
            Evidence = new Evidence(shown.Message.Session.Transcript ?? new Transcript(), shown.Fault.Expected, shown.Fault.Came)
            {
                Session = shown.IsWhole ? new TestSession([.. shown.Message.Session.Moves.Select(move => new Step(move))]) : null,
                NeedsDeliveries = true,
            },
        };
    }

    private void Compare(IReadOnlyList<SentMessage> sent, ILookup<string, DeliveredMessage> found, TimeSpan limit)
    {
        foreach (var message in sent)
        {
            _faults[message] = [.. DeliveryComparison.Of(message, [.. found[message.Mark]], limit)];
        }
    }

    private List<DeliveryGroup> Grouped(Func<DeliveryNote, PlayedCase?> teller) =>
        [
            .. _notes
                .Select(note => (Note: note, Teller: teller(note)))
                .Where(pair => pair.Teller is not null)
                .GroupBy(pair => pair.Teller!, pair => pair.Note)
                .Select(group => new DeliveryGroup(group.Key)
                {
                    Notes = [.. group.OrderByDescending(note => note.IsWhole).ThenBy(note => note.Message.Session.Moves.Count)],
                }),
        ];

    // what a case showed and does not show every time is no matter of its session, and what such a case tells is told
    private void Regroup()
    {
        foreach (var group in _groups.Where(group => group.Teller.Of.Play is not null && !group.IsSteady).ToList())
        {
            if (General(group.Notes[0].Fault) is { } teller && teller != group.Teller)
            {
                if (_groups.Find(other => other.Teller == teller) is not { } general)
                {
                    _groups.Add(general = new DeliveryGroup(teller));
                }

                general.TakeOn(group);
                _groups.Remove(group);
            }
        }

        var steady = _groups.Where(group => group.Teller.Of.Play is not null && group.IsSteady).ToList();
        foreach (var general in _groups.Where(group => group.Teller.Of.Play is null))
        {
            foreach (var note in general.Notes.Where(note => note.Fault.Rule != DeliveryComparison.RuleOf(note.Fault.Kind)).ToList())
            {
                if (steady.Find(group => group.Notes.Exists(other => other.Fault.Rule == note.Fault.Rule)) is { } group)
                {
                    _told[note] = group;
                    general.Notes.Remove(note);
                }
            }
        }
    }

    // one cause is one finding: what a plain message shows too is told of all messages
    private bool IsOwn(DeliveryNote note) =>
        note.Of is { IsDecided: true } of
        && of.Of.About.Contains(note.Fault.Kind)
        && !((IsOfPlain(note.Fault) || IsBeside(of, note.Fault)) && General(note.Fault) is not null);

    // what is changed in a message of dots, and is no dot
    private static bool IsBeside(PlayedCase of, DeliveryFault fault) =>
        fault.Kind is DeliveryFaultKind.Data && fault.Rule == DeliveryRules.Content && of.Of.Case.Rule != DeliveryRules.Content;

    private bool IsOfPlain(DeliveryFault fault) =>
        fault.Kind is not DeliveryFaultKind.Lost
        && plain.Any(message => _faults[message].Any(other => other.Kind == fault.Kind && !other.IsAllowed));

    // the case that tells it of all messages, or of such
    private PlayedCase? General(DeliveryFault fault) =>
        cases.FirstOrDefault(one => one.Of.Play is null && one.Of.About.Contains(fault.Kind))
        ?? (
            fault.Kind is DeliveryFaultKind.RecipientCase or DeliveryFaultKind.SenderCase
                ? cases.FirstOrDefault(one => one.Of.About.Contains(fault.Kind))
                : null
        );
}
