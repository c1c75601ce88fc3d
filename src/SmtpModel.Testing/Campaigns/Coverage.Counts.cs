using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>The counts of a <see cref="Coverage"/>, so that they can be kept in a file.</summary>
/// <param name="States">How often a session was in each state, in the table's order.</param>
/// <param name="Edges">How often each edge was taken.</param>
/// <param name="Cells">How often each command was sent, state by state.</param>
/// <param name="Pairs">For each pair of edges that was taken: the first, the second, how often.</param>
internal sealed record CoverageCounts(IReadOnlyList<int> States, IReadOnlyList<int> Edges, IReadOnlyList<int> Cells,
    IReadOnlyList<IReadOnlyList<int>> Pairs);

/// <content>What of it is kept between runs.</content>
public sealed partial class Coverage
{
    internal CoverageCounts ToCounts() => new(_states, _edges, [.. _cells.Cast<int>()],
        [.. from first in Enumerable.Range(0, _edges.Length)
            where _pairs[first] is not null
            from second in Enumerable.Range(0, _edges.Length)
            where _pairs[first]![second] > 0
            select (IReadOnlyList<int>)[first, second, _pairs[first]![second]]]);

    /// <summary>Brings counts back.</summary>
    /// <exception cref="FormatException">They are of another machine.</exception>
    internal static Coverage Of(TransitionTable table, CoverageCounts counts)
    {
        var coverage = new Coverage(table);
        if (counts.States.Count != coverage._states.Length || counts.Edges.Count != coverage._edges.Length
            || counts.Cells.Count != coverage._cells.Length
            || counts.States.Concat(counts.Edges).Concat(counts.Cells).Any(times => times < 0)
            || counts.Pairs.Any(pair => pair is not [var first, var second, > 0] || !coverage.IsPair(first, second)))
        {
            throw new FormatException($"its coverage is of another machine than the one that this smtpmodel has for {table.Profile.Name}");
        }

        for (var at = 0; at < counts.States.Count; at++)
        {
            coverage._states[at] = counts.States[at];
        }

        for (var at = 0; at < counts.Edges.Count; at++)
        {
            coverage._edges[at] = counts.Edges[at];
        }

        for (var at = 0; at < counts.Cells.Count; at++)
        {
            coverage._cells[at / table.Commands.Count, at % table.Commands.Count] = counts.Cells[at];
        }

        foreach (var pair in counts.Pairs)
        {
            (coverage._pairs[pair[0]] ??= new int[coverage._edges.Length])[pair[1]] = pair[2];
        }

        return coverage;
    }

    private bool IsPair(int first, int second) => first >= 0 && first < _edges.Length && second >= 0 && second < _edges.Length
        && _table.Edges[first].To == _table.Edges[second].From;
}
