namespace SmtpModel.Cli.Output;

/// <summary>What is allowed but not strict, with all states in which it was seen.</summary>
/// <param name="What">What it is, safe to print.</param>
/// <param name="Rule">The rule; null where there is none.</param>
/// <param name="States">The names of the states.</param>
/// <param name="Sent">What was sent in the first of them, with C: before it.</param>
/// <param name="Came">What came there, with S: before it.</param>
internal sealed record FuzzRemark(string What, Machines.Rule? Rule, IReadOnlyList<string> States, string Sent, string Came)
{
    /// <summary>Those of a run, each with all its states.</summary>
    public static IEnumerable<FuzzRemark> Of(IReadOnlyDictionary<NonStrict, Remark> notes) => notes
        .GroupBy(note => (note.Key.What, note.Value.Rule))
        .OrderBy(group => group.Key.What, StringComparer.Ordinal)
        .Select(group => Of([.. group.OrderBy(note => note.Key.State, StringComparer.Ordinal)]));

    // one exchange, as it was seen first in the first of the states
    private static FuzzRemark Of(List<KeyValuePair<NonStrict, Remark>> alike)
    {
        var (where, remark) = alike[0];
        return new FuzzRemark(Printable.Text(where.What), remark.Rule, [.. alike.Select(note => note.Key.State)],
            remark.Sent is { } sent ? $"C: {sent}" : "(unasked)", $"S: {remark.Came}");
    }
}
