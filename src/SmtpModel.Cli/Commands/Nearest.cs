using SmtpModel.Cli.Output;

namespace SmtpModel.Cli.Commands;

/// <summary>Words that are like one that there is not.</summary>
internal static class Nearest
{
    private const int ShortestPrefix = 2;

    /// <summary>What stands behind "there is no x": "; did you mean 'y'?", or something else where nothing is like it.</summary>
    /// <param name="word">The word that there is not.</param>
    /// <param name="words">Those that there are.</param>
    /// <param name="otherwise">What is said where none is like it.</param>
    public static string Or(string word, IEnumerable<string> words, string otherwise) =>
        Find(word, words) is { Count: > 0 } found ? Question(found) : otherwise;

    /// <summary>The question, and all that there are behind it: for words of which there are few.</summary>
    public static string Among(string word, IReadOnlyList<string> words) =>
        $"{(Find(word, words) is { Count: > 0 } found ? $"{Question(found)} There" : "; there")} are {Words.List(words)}";

    /// <summary>"; did you mean 'x' or 'y'?".</summary>
    public static string Question(IReadOnlyList<string> found) =>
        $"; did you mean {string.Join(" or ", found.Select(one => $"'{one}'"))}?";

    /// <summary>The words that are most like it, in either case: as few changes of a letter away, or longer; at most three.</summary>
    public static IReadOnlyList<string> Find(string word, IEnumerable<string> words)
    {
        var most = Math.Max(1, word.Length / 3);
        var near = words
            .Distinct()
            .Select(one => (Word: one, Away: Begins(one, word) ? 1 : Distance(word.ToUpperInvariant(), one.ToUpperInvariant())))
            .Where(one => one.Away <= most)
            .ToList();
        return near.Count == 0 ? [] : [.. near.Where(one => one.Away == near.Min(other => other.Away)).Select(one => one.Word).Take(3)];
    }

    private static bool Begins(string one, string word) =>
        word.TrimStart('-').Length >= ShortestPrefix && one.StartsWith(word, StringComparison.OrdinalIgnoreCase);

    // Damerau's: letters put in, left out, changed, or two exchanged
    private static int Distance(string one, string other)
    {
        var (before, row) = (new int[other.Length + 1], Enumerable.Range(0, other.Length + 1).ToArray());
        for (var i = 1; i <= one.Length; i++)
        {
            var next = new int[other.Length + 1];
            next[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                next[j] = Math.Min(row[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1), Math.Min(row[j], next[j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    next[j] = Math.Min(next[j], before[j - 2] + 1);
                }
            }

            (before, row) = (row, next);
        }

        return row[^1];
    }
}
