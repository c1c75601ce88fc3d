using SmtpModel.Machines;
using SmtpModel.Protocol;

namespace SmtpModel.Testing.Engine;

/// <summary>What was seen, in any session, of the rules that hold whatever the command.</summary>
internal sealed class ConductLog(TransitionTable table)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ProbeResult> _broken = [];
    private readonly Dictionary<string, int> _times = [];
    private readonly HashSet<Command> _served = [];
    private readonly Dictionary<Command, Rule> _unanswered = [];
    private readonly Dictionary<string, (ProbeResult Session, int Step, string Line)> _texts = [];

    private readonly RefusalLog _refusals = new(table);
    private int _grave;

    /// <summary>What was odd about the form of a reply, with the session it was seen in; what is forbidden goes before what is
    /// discouraged.</summary>
    public (string What, Evidence Evidence, bool IsGrave)? OddForm { get; private set; }

    /// <summary>Whether what is forbidden about the form of a reply was seen, and not only once.</summary>
    public bool IsFormBroken => OddForm is { IsGrave: true } && _grave > 1;

    /// <summary>The first session that broke a rule; null when none did.</summary>
    public ProbeResult? Broken(Rule rule)
    {
        lock (_lock)
        {
            return _broken.GetValueOrDefault(rule.Id);
        }
    }

    /// <summary>Whether a rule was broken in more sessions than one.</summary>
    public bool IsBrokenAgain(Rule rule)
    {
        lock (_lock)
        {
            return _times.GetValueOrDefault(rule.Id) > 1;
        }
    }

    /// <summary>Whether any command was answered with a reply.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>Whether a command was accepted anywhere, so that it is there.</summary>
    public bool IsServed(Command command)
    {
        lock (_lock)
        {
            return _served.Contains(command);
        }
    }

    /// <summary>The rule that a command was seen to break by drawing no reply, more than one, or the end of the session; null when it was
    /// not.</summary>
    public Rule? Breaks(Command command)
    {
        lock (_lock)
        {
            return _unanswered.GetValueOrDefault(command);
        }
    }

    /// <summary>The first reply, in any session, whose text is not as an extension has it; null when there was none.</summary>
    /// <param name="rule">The rule.</param>
    public (ProbeResult Session, int Step, string Line)? BrokenText(Rule rule)
    {
        lock (_lock)
        {
            return _texts.TryGetValue(rule.Id, out var found) ? found : null;
        }
    }

    // the extension is offered in a session that was opened by the command that lists it
    private void NoteTexts(ProbeResult result)
    {
        if (table.ReplyTexts.Count == 0)
        {
            return;
        }

        var behind = result
            .Steps.Select((step, at) => (Step: step, At: at))
            .SkipWhile(one => one.Step.Move.Command != table.Listing || !one.Step.Came.IsAcceptance())
            .Skip(1)
            .ToList();
        var offer = ChangingOffer.Lists(table, result).FirstOrDefault();
        foreach (var text in table.ReplyTexts.Where(text => IsOffered(text, offer)))
        {
            var (at, line) = behind.Select(one => (one.At, Line: Broken(text, one.Step))).FirstOrDefault(one => one.Line is not null);
            lock (_lock)
            {
                if (line is not null && (!_texts.TryGetValue(text.Rule.Id, out var known) || known.Step > at))
                {
                    _texts[text.Rule.Id] = (result, at, line);
                }
            }
        }
    }

    // a profile may ask for an extension that the server does not offer, and then what its text says is its own
    private bool IsOffered(ReplyTextRule text, ServiceOffer? offer) =>
        offer is null
        || table.Extensions.FirstOrDefault(extension => extension.Clause.Document == text.Rule.Clause.Document) is not { } extension
        || offer.Lists(extension.Keyword);

    private static string? Broken(ReplyTextRule text, ProbeStep step) =>
        step.Came is not { Kind: ObservationKind.Reply, Reply: { } reply } || !text.AppliesTo(step.Move.Command, step.Came.Code)
            ? null
            : text.Broken(reply.Lines.Select((line, index) => $"{step.Came.Code}{(index < reply.Lines.Count - 1 ? '-' : ' ')}{line}"));

    /// <summary>Whether a code that came out of order is one that the server chose, and says nothing about the order.</summary>
    public bool IsChosen(State state, Move move, int code)
    {
        lock (_lock)
        {
            return _refusals.Explains(state, move, code);
        }
    }

    public bool IsConduct(Rule? rule) =>
        rule is not null
        && (
            rule.Id == table.Conduct.OneReply.Id
            || rule.Id == table.Conduct.Form.Id
            || rule.Id == table.Conduct.Closing.Id
            || rule.Id == table.Conduct.Minimum.Id
            || IsNumber(rule)
        );

    // on how many replies an input draws
    private bool IsNumber(Rule rule) => table.ForEach.Values.Any(shape => shape.Rule.Id == rule.Id);

    public void Note(Observation came, Transcript transcript, IReadOnlyList<Move> moves, int sent)
    {
        if (came.Fault is not { } fault)
        {
            return;
        }

        lock (_lock)
        {
            _grave += came.IsFaultGrave ? 1 : 0;
            if (OddForm is null || (came.IsFaultGrave && !OddForm.Value.IsGrave))
            {
                var seen = transcript.Copy();
                seen.MarkLast();
                OddForm = (
                    fault,
                    new Evidence(seen, "a reply as the standard has it", fault)
                    {
                        Session = new TestSession([.. moves.Take(sent).Select(move => new Step(move))]),
                    },
                    came.IsFaultGrave
                );
            }
        }
    }

    public void Note(ProbeResult result)
    {
        lock (_lock)
        {
            IsAnswered |= result.Steps.Any(step => step.Came.Kind is ObservationKind.Reply);
            foreach (var step in result.Steps.Where(step => step.Came.Kind is ObservationKind.Reply && step.Before.IsSingle))
            {
                _refusals.Note(table.AllStates[step.Before.First], step.Move, step.Came.Code);
            }

            _served.UnionWith(result.Steps.Where(step => step.Came.IsAcceptance()).Select(step => step.Move.Command));
        }

        NoteTexts(result);
        if (result.Violation?.Rule is not { } rule || !IsConduct(rule))
        {
            return;
        }

        lock (_lock)
        {
            _times[rule.Id] = _times.GetValueOrDefault(rule.Id) + 1;
            if (rule.Id == table.Conduct.OneReply.Id || rule.Id == table.Conduct.Closing.Id || IsNumber(rule))
            {
                _unanswered.TryAdd(result.Violation.Command, rule);
            }

            if (!_broken.TryGetValue(rule.Id, out var known) || known.Steps.Count > result.Steps.Count)
            {
                _broken[rule.Id] = result;
            }
        }
    }
}
