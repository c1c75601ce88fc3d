namespace SmtpModel.Machines;

/// <summary>
/// A parameter that an extension adds to commands (RFC 5321 4.1.1.11, 4.1.2): <c>SIZE=1000</c> behind the path of MAIL.
/// It may be given only where the extension is offered.
/// </summary>
/// <param name="Keyword">The keyword, letters of either case, digits and hyphens.</param>
/// <param name="Commands">The commands it may stand behind.</param>
/// <param name="Value">How its value is written; null for a parameter that has none.</param>
/// <param name="Taken">The rule that the parameter, well written, is taken.</param>
public sealed record Parameter(string Keyword, IReadOnlyList<Command> Commands, ValueSyntax? Value, Rule Taken)
{
    /// <summary>The rule that a value that is missing, wrong, or one too many is refused; null where the standard says nothing of
    /// it.</summary>
    public Rule? Malformed { get; init; }

    /// <summary>The rule that the parameter is not given twice; null where the standard says nothing of it.</summary>
    public Rule? Twice { get; init; }

    /// <summary>
    /// The rule that a value out of the bounds that EHLO lists behind the keyword is refused, and <see cref="LimitRefusing"/> with which
    /// replies; null for what has no such limit.
    /// </summary>
    public Rule? Limit { get; init; }

    /// <summary>How a value is held against what EHLO lists, where there is a <see cref="Limit"/>.</summary>
    public OfferedBound Bound { get; init; } = OfferedBound.Most;

    /// <summary>
    /// Which of the words behind the keyword is a value that is taken, where no other one can be known beforehand, as a time in the
    /// future; null where <see cref="Value"/> has the values.
    /// </summary>
    public int? OfferedAt { get; init; }

    /// <summary>Parameters of one group stand for each other: no two of them are given together, as none is given twice; empty for one
    /// that stands alone.</summary>
    public string Group { get; init; } = "";

    /// <summary>Replies by which a server may refuse a value that is well written, for a reason of its own, though elsewhere they find
    /// fault with the line.</summary>
    public IReadOnlyList<int> MayRefuse { get; init; } = [];

    /// <summary>The replies that refuse a number over the limit, the standard's own first; empty without a limit.</summary>
    public IReadOnlyList<int> LimitRefusing { get; init; } = [];

    /// <summary>The replies that refuse what is malformed or doubled, the standard's own first.</summary>
    public IReadOnlyList<int> Refusing { get; init; } = [501];

    /// <summary>The keyword that EHLO lists for it; set when the part that brings it is composed.</summary>
    public string Extension { get; init; } = "";

    /// <summary>The parameter as it is written, as <c>SIZE=1*20DIGIT</c>.</summary>
    public string Syntax => Value is null ? Keyword : $"{Keyword}={Value.Syntax}";

    /// <summary>The parameter with its plainest value.</summary>
    public string Plain => Value is null ? Keyword : $"{Keyword}={Value.Valid[0]}";

    /// <summary>The keyword.</summary>
    public override string ToString() => Keyword;
}
