using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>A session while it is played: the states the server can be in, and what has gone wrong.</summary>
internal sealed class Play(Oracle oracle, Conversation conversation, Coverage? coverage, Transcript? transcript, IDictionary<NonStrict, Remark> nonStrict)
{
    // a server that hangs up on a client that makes many mistakes is within its rights
    internal const int Tolerance = 3;
    private readonly List<(Violation Violation, int At)> _besides = [];

    // how long a server may take from its last reply to closing the channel
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(200);
    private readonly OfferedCounts? _counts = oracle.Table.CountLimits.Count > 0 ? new OfferedCounts(oracle.Table) : null;
    private Violation? _violation;
    private string? _inconclusive;
    private Edge? _previous;
    private Command? _last;
    private int _exchanges;
    private int _refusals;
    private GroupCount _groups;

    /// <summary>The place of the move that is played; -1 before the first.</summary>
    public int At { get; set; } = -1;

    /// <summary>Whether what the machine is composed of has been offered in this session, and is still.</summary>
    public bool IsOffered { get; set; }

    /// <summary>Whether the move that is played was sent in one packet with the one before.</summary>
    public bool IsJoined { get; set; }

    /// <summary>The key of a violation behind which the session need not go on; null to go on as long as that can be.</summary>
    public string? Sought { get; init; }

    /// <summary>Where it is noted what is refused where it is in order; null to note nothing.</summary>
    public RefusalLog? Refusals { get; init; }

    /// <summary>What ended the session, if that was a violation.</summary>
    public Violation? Violation => _violation;

    /// <summary>What was wrong with replies that did not end the session, each with the place of its move.</summary>
    public IReadOnlyList<(Violation Violation, int At)> Besides => _besides;

    public StateSet States { get; private set; } = oracle.Start;

    public Edge? Edge { get; private set; }

    /// <summary>What the oracle made of the last reply; null when there was none.</summary>
    public Judgement? Judgement { get; private set; }

    /// <summary>Whether mail data is read only in states that a receiver of the machine never gets to: others may ask for data with nobody to send it to.</summary>
    public bool IsInVain => States.Overlaps(oracle.ReadingData)
        && States.Indexes().All(state => state >= Table.States.Count || !oracle.ReadingData.Contains(state));

    /// <summary>Whether there is nothing more to be said: the channel is closed, as it should be.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether the channel was closed, and the refusals before may be why.</summary>
    public bool IsExcused { get; private set; }

    /// <summary>The connection that it is played over.</summary>
    public Conversation Conversation => conversation;

    private TransitionTable Table => oracle.Table;

    private State State => Table.AllStates[States.First];

    private string OnlyAfter => $"the receiver closes only after {Table.Ending} or with {Table.Faults.Closing}";

    public RunResult Result(int at) => _violation is null && _besides.Count > 0
        ? new RunResult(_besides[0].Violation, _besides[0].At, _exchanges, _inconclusive) { Others = [.. _besides.Skip(1)], Groups = _groups }
        : _violation is null && _inconclusive is null ? RunResult.Fine(_exchanges) with { Groups = _groups }
        : new RunResult(_violation, at, _exchanges, _inconclusive) { Others = _besides, Groups = _groups };

    /// <summary>A packet of several inputs was sent.</summary>
    public void Grouped(int inputs) => _groups = _groups.Plus(GroupCount.Of(inputs));

    /// <summary>Whether a reply in the middle of a packet leaves what stands behind it without one, or read as something else; then it is not judged.</summary>
    public bool IsCutShort(Observation came)
    {
        if (States == oracle.Final)
        {
            // the server said that it closes: what was sent behind that is answered or not
            IsOver = true;
        }
        else if (States.Overlaps(oracle.ReadingData))
        {
            _inconclusive = $"the server asks for mail data in the middle of a group, with {came}";
        }

        return IsOver || _inconclusive is not null;
    }

    /// <summary>
    /// An empty message to nobody was accepted. All that is asked behind a group is that nothing is sent to anybody (RFC 2920 3.2),
    /// so that it is a remark, and the server is where it would be if it had refused it.
    /// </summary>
    public bool TakenForNobody(Move move, Observation came)
    {
        _exchanges++;
        (Edge, Judgement) = (null, null);
        Note(move, came, Verdict.NonStrict);
        Remember($"an empty message to nobody: {came.Code}", Table.GroupAnswers, move, came);
        States = States.Indexes().SelectMany(state => Table.From(Table.AllStates[state], move.Command))
            .Aggregate(StateSet.None, (set, edge) => set.Union(StateSet.Of(Table.IndexOf(edge.To))));
        return true;
    }

    /// <summary>What was sent in a packet behind what ended the session, and what came for it; it is shown and not judged.</summary>
    public void Unjudged(Move move, Observation came) => transcript?.Add(new TranscriptLine("", Sent(move), came.Told(), Verdict.Pass) { IsJoined = true });

    /// <summary>The channel was cut off behind a packet: replies may be lost; false, for the session cannot go on.</summary>
    public bool CutOff(Move move, Observation came)
    {
        Note(move, came, Verdict.Pass);
        (Edge, Judgement) = (null, null);
        _inconclusive = "the connection was reset behind a group, and replies may be lost";
        return false;
    }

    /// <summary>How many replies an input draws where the session is.</summary>
    public int Due(Move move) => Table.ForEach.Count == 0 || IsMisplaced(move) ? 1 : conversation.Due(move.Command);

    /// <summary>In words what of the server's offer the next inputs would go over; null where they keep to it.</summary>
    public string? Exceeded(IEnumerable<Move> next) => _counts?.Exceeded(next.Select(move => move.Command));

    // what is out of order draws one refusal, whatever is held
    private bool IsMisplaced(Move move) => move.Command.Kind is InputKind.Line
        && !States.Indexes().Any(state => state < Table.States.Count && Table.IsInOrder(Table.AllStates[state], move.Command));

    /// <summary>Judges an exchange; false when the session cannot go on.</summary>
    /// <param name="move">What was sent.</param>
    /// <param name="observation">What came.</param>
    /// <param name="isAsked">Whether a server of our own was asked for the reply, so that its code is no choice of its order.</param>
    public bool Judge(Move move, Observation observation, bool isAsked = false)
    {
        _exchanges++;
        (Edge, Judgement) = (null, null);
        _counts?.Note(move, observation);
        if (observation.Earlier is { } earlier && IsRefuted(move, earlier, observation, isAsked))
        {
            return false;
        }

        switch (observation.Kind)
        {
            case ObservationKind.NoneDue:
                return Unanswered(move, observation);
            case ObservationKind.Closed:
                return Closed(move, observation);
            case ObservationKind.Silence when States.Overlaps(oracle.Final):
                return LeftOpen(move, observation);
            case ObservationKind.Silence when Table.ForEach.ContainsKey(move.Command) && IsMisplaced(move) && !observation.IsFaultGrave:
                return Late(move, $"nothing came for the {move.Command}: where there is nobody to be answered for, none is as good as a refusal");
            case ObservationKind.Silence when observation.IsFaultGrave:
                return Fail(ViolationKind.Form, move, observation, "a reply as the standard has it", Table.Conduct.Form);
            case ObservationKind.Silence:
                return Fail(ViolationKind.Silence, move, observation, Expected(move), Number(move.Command));
            case ObservationKind.NoReply:
                return Fail(ViolationKind.Form, move, observation, "exactly one reply", Number(move.Command));
            default:
                break;
        }

        var judgement = oracle.Judge(States, move, observation.Code);
        Judgement = judgement;
        if (judgement is { Verdict: Verdict.Fail, After.IsEmpty: true })
        {
            return Fail(ViolationKind.Reply, move, observation, Expectation.Of(Table, State, move.Command, move.Kind, observation.Code), judgement.Rule);
        }

        Note(move, observation, judgement.Verdict);
        if (judgement.Verdict is Verdict.NonStrict && !Table.IsCondition(observation.Code) && (IsOffered || !move.NeedsOffer))
        {
            Remember($"{move.Command}{(move.Kind is MoveKind.Malformed ? " (malformed)" : "")}: {observation.Code}", judgement.Rule, move, observation);
        }

        if (IsOffered && move.Oversteps is { } limit && observation.Code < 400)
        {
            Remember($"{move.Command} over the limit that is offered: {observation.Code}", limit, move, observation);
        }

        // what is wrong with its code or its form takes nothing from what the reply means
        var isSought = judgement.Verdict is Verdict.Fail && !isAsked
            && Beside(new Violation(ViolationKind.Reply, State, move.Command, judgement.Rule, Expectation.OfCode(Table, State, move), observation.ToString()) { Miscode = observation.Code });
        if (observation.Fault is { } fault)
        {
            isSought |= Odd(move, move.Command, fault, observation, judgement.Rule);
        }

        if (isSought)
        {
            return false;
        }

        Edge = judgement.Edge;
        var taken = Taken(move.Command, observation.Code);
        coverage?.Take(States, move.Command, _previous, taken);
        _last = move.Command;
        _previous = taken;
        _refusals += observation.Code >= 400 ? 1 : 0;
        if (States.IsSingle)
        {
            Refusals?.Note(State, move, observation.Code);
        }

        Count(move.Command / observation.Code);
        States = judgement.After;
        coverage?.Visit(States);
        return true;
    }

    // each of several replies is one that the input may draw, whatever the others are
    private bool IsRefuted(Move move, IReadOnlyList<Observation> earlier, Observation all, bool isAsked)
    {
        foreach (var one in earlier)
        {
            var judgement = oracle.Judge(States, move, one.Code);
            if (judgement is { Verdict: Verdict.Fail, After.IsEmpty: true })
            {
                return !Fail(ViolationKind.Reply, move, all, Expectation.Of(Table, State, move.Command, move.Kind, one.Code), judgement.Rule);
            }

            if (judgement.Verdict is Verdict.NonStrict && !Table.IsCondition(one.Code))
            {
                Remember($"{move.Command}: {one.Code}", judgement.Rule, move, one);
            }

            if ((judgement.Verdict is Verdict.Fail && !isAsked
                    && Beside(new Violation(ViolationKind.Reply, State, move.Command, judgement.Rule, Expectation.OfCode(Table, State, move), one.ToString()) { Miscode = one.Code }))
                || (one.Fault is { } fault && Odd(move, move.Command, fault, one, judgement.Rule)))
            {
                return true;
            }
        }

        return false;
    }

    // what a server accepts though it is out of order may have done nothing: then what it holds stays counted as it was
    private void Count(Exchange exchange)
    {
        if (Table.ForEach.Count > 0 && States.Indexes().Select(state => Table.AllStates[state])
            .Any(state => Table.IsInOrder(state, exchange.Command) || Table.FindTolerated(state, exchange) is not null))
        {
            conversation.Follow(exchange);
        }
    }

    // no reply was due: the session is where any reply would have led it
    private bool Unanswered(Move move, Observation observation)
    {
        Note(move, observation, Verdict.Pass);
        var exchange = move.Command / Table[move.Command].Replies.Accepting.First();
        States = oracle.Judge(States, move, exchange.Code).After;
        _last = move.Command;
        conversation.Follow(exchange);
        coverage?.Visit(States);
        return !States.IsEmpty;
    }

    // the rule on how many replies an input draws
    private Rule Number(Command command) => Table.ForEach.TryGetValue(command, out var shape) ? shape.Rule : Table.Conduct.OneReply;

    // what is covered is what the machine itself does: where a server may be in several states, it is in the one its edge led to
    private Edge? Taken(Command command, int code) => _previous is null || States.IsSingle || !States.Contains(Table.IndexOf(_previous.To)) ? Edge
        : Table.Find(_previous.To, command / code) ?? Edge;

    /// <summary>Something came before anything was asked; false when the session cannot go on.</summary>
    public bool Unasked(Observation observation, Move next)
    {
        // what is no reply belongs to the one that it came with
        if (observation is { Kind: ObservationKind.NoReply, Fault: { } fault })
        {
            transcript?.Add(new TranscriptLine(State.Name, null, observation.ToString(), Verdict.Fail));
            return !Odd(null, _last ?? next.Command, fault, observation, Table.Conduct.Form);
        }

        if (observation.Kind is ObservationKind.Closed)
        {
            return Closed(next, observation);
        }

        // 421 may come on its own when the service shuts down (RFC 5321 3.8): it is the reply to what is sent next
        if (observation.Code == Table.Faults.Closing)
        {
            transcript?.Add(new TranscriptLine(State.Name, null, observation.ToString(), Verdict.Pass));
            _inconclusive = $"the server closed: {observation}";
            return false;
        }

        _ = Fail(ViolationKind.Form, null, next, observation, "no reply without a command", _last is null ? Table.Conduct.OneReply : Number(_last));
        _violation = _violation! with { Command = _last ?? next.Command, IsUnasked = true };
        return false;
    }

    /// <summary>Whether nothing came where a reply should have.</summary>
    public bool IsUnanswered(Observation observation) => observation is { Kind: ObservationKind.Silence, IsFaultGrave: false } && !States.Overlaps(oracle.Final);

    /// <summary>Nothing came for a move, and it may yet come; false, for the session cannot go on.</summary>
    public bool Late(Move move, string why)
    {
        Note(move, new Observation(ObservationKind.Silence), Verdict.Pass);
        (Edge, Judgement) = (null, null);
        _inconclusive = why;
        return false;
    }

    /// <summary>
    /// What a reply is that no rule allows, and that the channel is closed behind: a farewell. That it came at all is then no
    /// matter of the command.
    /// </summary>
    public async ValueTask PartingAsync(ITargetSession connection, Move move, Observation came, CancellationToken cancellation)
    {
        var isFarewell = _violation is { Kind: ViolationKind.Reply } && Table.Ending is { } ending && move.Command != ending && Table[ending].Replies.Accepting.Contains(came.Code);
        if (isFarewell && await connection.UnaskedAsync(Farewell, cancellation) is { Kind: ObservationKind.Closed } closed)
        {
            transcript?.Add(new TranscriptLine(State.Name, null, closed.ToString(), Verdict.Fail));
            _violation = new Violation(ViolationKind.Closed, State, move.Command, Table.Conduct.Closing, $"a reply; {OnlyAfter}", $"{came}, and then {closed}") { Key = $"{ViolationKind.Closed}|{Table.Conduct.Closing.Id}" };
        }
    }

    public void Misdelivered(Edge edge, Command command, string difference) =>
        _violation = new Violation(ViolationKind.Delivery, edge.From, command, edge.Rule, "what was accepted is handed over", difference);

    private void Note(Move move, Observation came, Verdict verdict) =>
        transcript?.Add(new TranscriptLine(State.Name, Sent(move), came.Told(), verdict) { IsJoined = IsJoined });

    // whether the session has shown what it was played for
    private bool Odd(Move? sent, Command command, string fault, Observation observation, Rule? rule)
    {
        if (!observation.IsFaultGrave)
        {
            Remember($"the reply to {command}: {fault}", rule, sent, observation);
            return false;
        }

        return Beside(Odd(new Violation(ViolationKind.Form, State, command, Table.Conduct.Form, "a reply as the standard has it", fault), fault));
    }

    // one fault, wherever it shows
    private static Violation Odd(Violation violation, string fault) => violation with { Key = $"{ViolationKind.Form}|{fault}" };

    private bool Beside(Violation violation)
    {
        _besides.Add((violation, At));
        if (violation.Key != Sought)
        {
            return false;
        }

        transcript?.MarkLast();
        return true;
    }

    private bool Closed(Move move, Observation observation)
    {
        Note(move, observation, Verdict.Pass);
        if (States.Overlaps(oracle.Final))
        {
            IsOver = true;
            return true;
        }

        // to close is what its ending asks for too, but only behind a reply
        if (_refusals >= Tolerance)
        {
            (_inconclusive, IsExcused) = ($"the server closed the channel after {_refusals} refusals", true);
            return false;
        }

        return Fail(ViolationKind.Closed, move, observation, $"a reply; {OnlyAfter}",
            move.Command == Table.Ending && Table.IsInOrder(State, move.Command) ? oracle.Ending : Table.Conduct.Closing, note: false);
    }

    // nothing is answered any more, as it should be; that the channel stays open is untidy and no more than that
    private bool LeftOpen(Move move, Observation observation)
    {
        Note(move, observation, Verdict.NonStrict);
        Remember("the channel stays open", oracle.Ending, move, observation);
        IsOver = true;
        return true;
    }

    private bool Fail(ViolationKind kind, Move move, Observation observation, string expected, Rule? rule, bool note = true) =>
        Fail(kind, note ? Sent(move) : null, move, observation, expected, rule, note);

    private bool Fail(ViolationKind kind, string? sent, Move move, Observation observation, string expected, Rule? rule, bool note = true)
    {
        if (note)
        {
            transcript?.Add(new TranscriptLine(State.Name, sent, observation.Told(), Verdict.Fail) { IsJoined = IsJoined && sent is not null });
        }

        var violation = new Violation(kind, State, move.Command, rule, expected, observation.ToString());

        // what comes unasked belongs to the command before, and a server that hangs up does so whatever comes next: one
        // fault each, in whichever state it shows
        _violation = kind switch
        {
            ViolationKind.Form when observation is { IsFaultGrave: true, Fault: { } fault } => Odd(violation, fault),
            ViolationKind.Form when sent is null => violation with { Key = $"{kind}|unasked|{_last}" },
            ViolationKind.Closed => violation with { Key = $"{kind}|{rule?.Id}" },
            _ => violation,
        };
        return false;
    }

    // it is seen time and again, and told of the first
    private void Remember(string what, Rule? rule, Move? move, Observation came)
    {
        var key = new NonStrict(State.Name, what);
        if (!nonStrict.ContainsKey(key))
        {
            nonStrict.TryAdd(key, new Remark(rule, move is null ? null : Octets(move), came.ToString()));
        }
    }

    private static string? Octets(Move move) => Sent(move) is not { } sent ? null : move.Kind is MoveKind.Data ? sent : $"{sent}\\r\\n";

    private static string? Sent(Move move) => move.Command.Kind is InputKind.Opening ? null : move.ToString();

    private string Expected(Move move) => Expectation.Of(Table, State, move.Command, move.Kind)
        + (Table.ForEach.TryGetValue(move.Command, out var shape) ? $", {Due(move)} times: for each {shape.Buffer}" : "");
}
