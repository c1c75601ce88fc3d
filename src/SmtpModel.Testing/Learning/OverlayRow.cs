using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>What a profile has for one input in one state.</summary>
internal sealed class OverlayRow
{
    private readonly TransitionTable _table;
    private readonly Move _line;
    private readonly IReadOnlyList<Edge> _accepted;
    private readonly IReadOnlyList<Edge> _refused;
    private readonly Refusal? _outOfOrder;

    public OverlayRow(TransitionTable table, State state, Move line)
    {
        (_table, _line) = (table, line);
        var edges = table.From(state, line.Command);
        _accepted = [.. edges.Where(edge => edge.Exchange.IsAccepted && line.Kind is not MoveKind.Malformed)];
        _refused = [.. edges.Where(edge => !edge.Exchange.IsAccepted)];
        _outOfOrder = table.OutOfOrder(state, line.Command);
    }

    /// <summary>The rule that says what the server should do.</summary>
    public Rule? Rule => _outOfOrder?.Rule ?? (_accepted.Count > 0 ? _accepted : _refused).FirstOrDefault()?.Rule;

    /// <summary>What it should do, in words.</summary>
    public string Expected => _outOfOrder is not null ? $"out of order, {Codes(_outOfOrder.Codes)}"
        : _accepted.Count > 0 ? $"{Codes(_accepted.Select(edge => edge.Exchange.Code))}{Where(_accepted[0])}"
        : _line.Kind is MoveKind.Malformed ? $"{_table.Faults.NotAcceptable}, since it is malformed"
        : _refused.Count > 0 ? $"{Codes(_refused.Select(edge => edge.Exchange.Code))}{Where(_refused[0])}" : "nothing is read here";

    /// <summary>The name of the input.</summary>
    public string Name(IReadOnlyList<LearningInput> inputs) =>
        inputs.FirstOrDefault(input => input.Line == _line)?.Name ?? inputs.First(input => input.Line.Kind is MoveKind.Data).Name;

    /// <summary>How a reply stands to it; where the reply leads is not looked at.</summary>
    /// <param name="code">The reply.</param>
    /// <param name="judgement">What the oracle says of it.</param>
    public LearnedKind KindOf(int code, Judgement judgement) => (code < 400, _accepted.Count > 0) switch
    {
        (true, false) => LearnedKind.Added,
        (false, true) => LearnedKind.Missing,
        (true, true) => _accepted.Any(edge => edge.Exchange.Code == code) ? LearnedKind.Same : LearnedKind.OtherReply,
        _ => _outOfOrder?.Codes.Contains(code) is true || judgement.Verdict is Verdict.Pass ? LearnedKind.Same : LearnedKind.OtherReply,
    };

    private static string Codes(IEnumerable<int> codes) => string.Join(" or ", codes.Distinct());

    private static string Where(Edge edge) => edge.To == edge.From ? "" : $" to {edge.To}";
}
