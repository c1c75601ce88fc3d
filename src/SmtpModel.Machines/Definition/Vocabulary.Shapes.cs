namespace SmtpModel.Machines;

public sealed partial class Vocabulary
{
    private readonly Dictionary<Command, RepliesForEach> _forEach = [];
    private readonly Dictionary<Command, ProfilePart?> _withdrawn = [];
    private readonly List<DemandedOffer> _demandedOffers = [];
    private readonly List<CountLimit> _countLimits = [];
    private readonly Dictionary<Tag, List<State>> _tagged = [];
    private RepliesForEach? _forEachOfDeliveries;

    /// <summary>The inputs that draw more than one reply, or none, by what a buffer holds; every other one draws exactly one.</summary>
    public IReadOnlyDictionary<Command, RepliesForEach> ForEach => _forEach;

    /// <summary>The extensions that every receiver has to offer, or should, and those that none may.</summary>
    public IReadOnlyList<DemandedOffer> DemandedOffers => _demandedOffers;

    /// <summary>States of which a tag is true: several parts may say so of their own.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="states">The states, or states of a region.</param>
    public void Means(Tag tag, params IEnumerable<State> states)
    {
        if (!_tagged.TryGetValue(tag, out var known))
        {
            _tagged.Add(tag, known = []);
        }

        known.AddRange(states.Except(known));
    }

    /// <summary>The tags that are true of some state.</summary>
    public IEnumerable<Tag> Tags => _tagged.Keys.OrderBy(tag => tag.Name, StringComparer.Ordinal);

    /// <summary>The states of which a tag is true, whichever part brings them; none where no part of the profile does.</summary>
    /// <param name="tag">The tag.</param>
    public IReadOnlyList<State> Meaning(Tag tag) => _tagged.GetValueOrDefault(tag) ?? [];

    /// <summary>An input draws one reply for each thing that a buffer holds when it comes, in order, and none where it holds
    /// nothing.</summary>
    /// <param name="command">The input.</param>
    /// <param name="buffer">The buffer; commands append to it.</param>
    /// <param name="rule">The rule that says so.</param>
    public void AnswersForEach(Command command, DataBuffer buffer, Rule rule)
    {
        ArgumentNullException.ThrowIfNull(command);
        _ = this[command];
        _forEach[command] = new RepliesForEach(buffer, Current(rule));
    }

    /// <summary>
    /// Every input that hands a message over, apart from the end of data, draws one reply for each thing that a buffer holds when it
    /// comes, whichever part brings it (<see cref="Delivers"/>). Where it is out of order it draws one refusal, as any other does.
    /// </summary>
    /// <param name="buffer">The buffer; commands append to it.</param>
    /// <param name="rule">The rule that says so.</param>
    public void DeliveriesAnswerForEach(DataBuffer buffer, Rule rule)
    {
        _forEachOfDeliveries = new RepliesForEach(buffer, Current(rule));
        ShapeDeliveries();
    }

    // parts are described in an order that counts for nothing
    private void ShapeDeliveries() =>
        _delivering.ForEach(command => _ = _forEachOfDeliveries is { } shape && _forEach.TryAdd(command, shape));

    /// <summary>How often commands may come, where a server says so in its reply to EHLO.</summary>
    public IReadOnlyList<CountLimit> CountLimits => _countLimits;

    /// <summary>A server may say in its reply to EHLO how often commands may come.</summary>
    /// <param name="limit">The limit.</param>
    public void MayLimit(CountLimit limit)
    {
        ArgumentNullException.ThrowIfNull(limit);
        _countLimits.Add(limit with { Rule = Current(limit.Rule), Extension = Speaking?.Extension?.Keyword ?? limit.Extension });
    }

    /// <summary>
    /// Takes commands of an older standard out of its order: what parts before this one say of where they are in order counts no
    /// more, nor that they open a session. What is answered to them is said anew.
    /// </summary>
    /// <param name="commands">The commands.</param>
    public void Withdraws(params IEnumerable<Command> commands)
    {
        ArgumentNullException.ThrowIfNull(commands);
        foreach (var command in commands)
        {
            _withdrawn[command] = Speaking;
            _greeting.Remove(command);
            _demanded.Remove(command);
        }
    }

    /// <summary>Whether a line of the order counts: not where a later part has withdrawn its command.</summary>
    /// <param name="command">The command of the line.</param>
    internal bool IsMeant(Command command) => !_withdrawn.TryGetValue(command, out var part) || ReferenceEquals(part, Speaking);

    /// <summary>Extensions that every receiver offers.</summary>
    /// <param name="rule">The rule that wants it.</param>
    /// <param name="keywords">Their keywords.</param>
    public void DemandsOffers(Rule rule, params IEnumerable<string> keywords)
    {
        ArgumentNullException.ThrowIfNull(keywords);
        _demandedOffers.AddRange(keywords.Select(keyword => new DemandedOffer(keyword, Current(rule))));
    }

    /// <summary>Extensions that no receiver offers.</summary>
    /// <param name="rule">The rule that forbids it.</param>
    /// <param name="keywords">Their keywords.</param>
    public void ForbidsOffers(Rule rule, params IEnumerable<string> keywords)
    {
        ArgumentNullException.ThrowIfNull(keywords);
        _demandedOffers.AddRange(keywords.Select(keyword => new DemandedOffer(keyword, Current(rule)) { IsForbidden = true }));
    }
}
