namespace SmtpModel.Testing.Engine;

/// <summary>Orders sections as a document does: 4.1.1.2 before 4.1.1.10, an appendix last.</summary>
internal sealed class SectionOrder : IComparer<string>
{
    public static SectionOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var (one, other) = (Parts(x), Parts(y));
        for (var at = 0; at < Math.Min(one.Length, other.Length); at++)
        {
            var order =
                int.TryParse(one[at], out var number) && int.TryParse(other[at], out var otherNumber) ? number.CompareTo(otherNumber)
                : int.TryParse(one[at], out _) ? -1
                : int.TryParse(other[at], out _) ? 1
                : string.CompareOrdinal(one[at], other[at]);
            if (order != 0)
            {
                return order;
            }
        }

        return one.Length.CompareTo(other.Length);
    }

    private static string[] Parts(string? section) => (section ?? "").Split('.', ' ');
}
