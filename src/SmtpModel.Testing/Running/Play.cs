using SmtpModel.Machines;
using SmtpModel.Protocol;

namespace SmtpModel.Testing.Engine;

/// <summary>A session while it is played: the states the server can be in, and what has gone wrong.</summary>
internal sealed partial class Play(Oracle oracle, Conversation conversation, Coverage? coverage, Transcript? transcript,
    IDictionary<NonStrict, Remark> nonStrict)
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

    /// <summary>The reply that lists what is offered; null where none does, or where its text is not known.</summary>
    public Protocol.Reply? Listing { get; set; }

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

    /// <summary>
    /// Whether mail data is read only in states that a receiver of the machine never gets to: others may ask for data with nobody
    /// to send it to.
    /// </summary>
    public bool IsInVain => States.Overlaps(oracle.ReadingData)
        && States.Indexes().All(state => state >= Table.States.Count || !oracle.ReadingData.Contains(state));

    /// <summary>Whether there is nothing more to be said: the channel is closed, as it should be.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether the channel was closed, and the refusals before may be why.</summary>
    public bool IsExcused { get; private set; }

    /// <summary>Where the messages are put that the server said it accepted, as the model has them; null to put them nowhere.</summary>
    public ICollection<StoredMessage>? Accepted { get; init; }

    /// <summary>The marked messages of the session; null where nobody looks for them.</summary>
    public MailSession? Mail { get; init; }

    /// <summary>The input as it is sent: with a mark where one is looked for.</summary>
    public Step Marked(Step step) =>
        Mail is null ? step : step with { Move = Mail.Mark(step.Move, oracle.Table.Delivers(step.Move.Command)) };

    /// <summary>What is said and not answered yet.</summary>
    public Conversation Conversation => conversation;

    /// <summary>The connection that it is played over.</summary>
    public ITargetSession Connection => conversation.Connection;

    private TransitionTable Table => oracle.Table;

    private State State => Table.AllStates[States.First];

    // of several states the one that what was taken has led to
    private State Blamed => States.IsSingle ? State : Table.AllStates[States.Indexes().Last()];

    private string OnlyAfter => $"the receiver closes only after {Table.Ending} or with {Table.Faults.Closing}";

    /// <summary>How it went.</summary>
    public RunResult Result() => _violation is null && _besides.Count > 0
        ? new RunResult(_besides[0].Violation, _besides[0].At, _exchanges, _inconclusive)
        {
            Others = [.. _besides.Skip(1)],
            Groups = _groups,
        }
        : _violation is null && _inconclusive is null ? RunResult.Fine(_exchanges) with { Groups = _groups }
        : new RunResult(_violation, At, _exchanges, _inconclusive) { Others = _besides, Groups = _groups };

    /// <summary>Judges the greeting; false when the session cannot go on.</summary>
    /// <param name="opening">The opening of the channel, which the greeting is the reply to.</param>
    public bool Begin(Move opening)
    {
        coverage?.Visit(oracle.Start);
        return Judge(opening, Connection.Greeting);
    }

    /// <summary>A packet of several inputs was sent.</summary>
    public void Grouped(int inputs) => _groups = _groups.Plus(GroupCount.Of(inputs));

    /// <summary>How many replies an input draws where the session is.</summary>
    public int Due(Move move) => Table.ForEach.Count == 0 || IsMisplaced(move) ? 1 : conversation.Due(move.Command);

    /// <summary>In words what of the server's offer the next inputs would go over; null where they keep to it.</summary>
    /// <param name="steps">All inputs.</param>
    /// <param name="start">The place of the first of the next ones.</param>
    /// <param name="count">How many they are.</param>
    public string? Exceeded(IReadOnlyList<Step> steps, int start, int count) =>
        _counts?.Exceeded(steps.Skip(start).Take(count).Select(step => step.Move.Command));

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
                return Late(move, $"nothing came for the {move.Command}: where there is nobody to be answered for, none is as good as a "
                    + "refusal");
            case ObservationKind.Silence when observation.IsFaultGrave:
                return Fail(ViolationKind.Form, move, observation, "a reply as the standard has it", Table.Conduct.Form);
            case ObservationKind.Silence:
                return Fail(ViolationKind.Silence, move, observation, Expected(move), Number(move.Command));
            case ObservationKind.NoReply:
                return Fail(ViolationKind.Form, move, observation, "exactly one reply", Number(move.Command));
            default:
                break;
        }

        var judgement = Excused(Barred(oracle.Judge(States, move, observation.Code), move, observation.Code), move, observation.Code);
        Judgement = judgement;
        if (judgement is { Verdict: Verdict.Fail, After.IsEmpty: true })
        {
            return Fail(ViolationKind.Reply, move, observation, Expected(move, observation.Code), judgement.Rule);
        }

        Note(move, observation, judgement.Verdict);
        if (judgement.Verdict is Verdict.NonStrict && !Table.IsCondition(observation.Code) && (IsOffered || !move.NeedsOffer))
        {
            var how = move.Kind is MoveKind.Malformed ? " (malformed)" : "";
            Remember($"{move.Command}{how}: {observation.Code}", judgement.Rule, move, observation);
        }

        if (!isAsked && move.Provokes != observation.Code && IsListedAndMissing(move, observation.Code))
        {
            Remember(
                $"{move.Command}, whose {Table[move.Command].Extension} is listed: {observation.Code}",
                Spec.ServiceOffers.L1,
                move,
                observation
            );
        }

        if (IsOffered && move.Oversteps is { } limit && observation.Code < 400)
        {
            Remember($"{move.Command} over the limit that is offered: {observation.Code}", limit, move, observation);
        }

        // what is wrong with its code or its form takes nothing from what the reply means
        var isSought = judgement.Verdict is Verdict.Fail && !isAsked && Beside(Miscoded(move, observation, judgement));
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

    // what is wrong for us may be right for the site, but for a parameter of which a rule says that it is refused
    private Judgement Barred(Judgement judgement, Move move, int code) =>
        move.Kind is MoveKind.Malformed
        && IsOffered
        && code < 400
        && judgement.Verdict is Verdict.NonStrict
        && Table.IsInOrder(State, move.Command)
        && ParameterLines.Barred(Table, move.Command, move.Text) is { } rule
            ? judgement with
            {
                Verdict = rule.Level is Level.Must ? Verdict.Fail : Verdict.NonStrict,
                Rule = rule,
            }
            : judgement;

    // what belongs to an extension that this session was not offered, as behind HELO, may be refused with any code, and so wherever it
    // stands
    private Judgement Excused(Judgement judgement, Move move, int code) =>
        !IsOffered
        && code >= 400
        && move.Kind is MoveKind.Valid or MoveKind.Malformed
        && judgement is { Verdict: not Verdict.Pass, After.IsEmpty: false }
        && (Table[move.Command].Extension is not null || ParameterLines.HasAny(Table, move.Command, move.Text))
            ? judgement with
            {
                Verdict = Verdict.Pass,
            }
            : judgement;

    // "no such command" to one whose keyword the server lists
    private bool IsListedAndMissing(Move move, int code) => IsOffered && move.Kind is MoveKind.Valid
        && (code == Table.Faults.NotImplemented || code == Table.Faults.Unrecognized) && Table[move.Command].Extension is { } extension
        && Table.IsInOrder(State, move.Command) && Listing is { } listing && Protocol.ServiceOffer.Read(listing).Lists(extension);

    // each of several replies is one that the input may draw, whatever the others are
    private bool IsRefuted(Move move, IReadOnlyList<Observation> earlier, Observation all, bool isAsked)
    {
        foreach (var one in earlier)
        {
            var judgement = oracle.Judge(States, move, one.Code);
            if (judgement is { Verdict: Verdict.Fail, After.IsEmpty: true })
            {
                return !Fail(ViolationKind.Reply, move, all, Expected(move, one.Code), judgement.Rule);
            }

            if (judgement.Verdict is Verdict.NonStrict && !Table.IsCondition(one.Code))
            {
                Remember($"{move.Command}: {one.Code}", judgement.Rule, move, one);
            }

            if ((judgement.Verdict is Verdict.Fail && !isAsked && Beside(Miscoded(move, one, judgement)))
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

    // the rule on how many replies an input draws
    private Rule Number(Command command) => Table.ForEach.TryGetValue(command, out var shape) ? shape.Rule : Table.Conduct.OneReply;

    // what is covered is what the machine itself does: where a server may be in several states, it is in the one its edge led to
    private Edge? Taken(Command command, int code) =>
        _previous is null || States.IsSingle || !States.Contains(Table.IndexOf(_previous.To)) ? Edge
        : Table.Find(_previous.To, command / code) ?? Edge;
}
