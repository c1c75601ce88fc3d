namespace SmtpModel.Generator.Tests;

/// <summary>The lines that differ between two texts, as few as can be.</summary>
internal static class LineDiff
{
    /// <summary>Each line that only one text has, with <c>-</c> or <c>+</c> and its number; empty when the texts are equal.</summary>
    public static IReadOnlyList<string> Between(string before, string after)
    {
        string[] old = before.Split('\n'), now = after.Split('\n');
        int start = 0, end = 0;
        while (start < old.Length && start < now.Length && old[start] == now[start])
        {
            start++;
        }

        while (end < old.Length - start && end < now.Length - start && old[^(end + 1)] == now[^(end + 1)])
        {
            end++;
        }

        return [.. Middle(old[start..^end], now[start..^end], start)];
    }

    // what lies between the equal ends, by the longest common subsequence
    private static IEnumerable<string> Middle(string[] old, string[] now, int offset)
    {
        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        int a = 0, b = 0;
        while (a < old.Length || b < now.Length)
        {
            if (a < old.Length && b < now.Length && old[a] == now[b])
            {
                (a, b) = (a + 1, b + 1);
            }
            else if (a < old.Length && (b == now.Length || common[a + 1, b] >= common[a, b + 1]))
            {
                yield return $"-{offset + a + 1,5} {old[a++]}";
            }
            else
            {
                yield return $"+{offset + b + 1,5} {now[b++]}";
            }
        }
    }
}
