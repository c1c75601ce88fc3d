using System.Globalization;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// One of several equal shares of a run, so that each session and each mutant is in exactly one of them, however many they are.
/// </summary>
/// <param name="Number">Which share, from 1.</param>
/// <param name="Of">How many there are.</param>
internal readonly record struct Shard(int Number, int Of)
{
    /// <summary>The most shares of a run: more than any cluster starts at a time.</summary>
    public const int Most = 100_000;

    /// <summary>The whole run as one share.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>
    /// The numbers of a run that the share has, the second of them not counted in. They are neighbours, since sessions are drawn in
    /// batches.
    /// </summary>
    /// <param name="total">How many there are in the run, from 0.</param>
    public (long From, long To) Range(long total)
    {
        var count = (Int128)Of;
        return ((long)((Int128)total * (Number - 1) / count), (long)((Int128)total * Number / count));
    }

    /// <summary>
    /// Whether the share has what stands at this place of a list: neighbours, which cost much the same, go to different ones.
    /// </summary>
    /// <param name="place">The place, from 0.</param>
    public bool Has(int place) => place % Of == Number - 1;

    /// <summary>Reads <c>3/20</c>; null for what is no share.</summary>
    public static Shard? Parse(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 2 && IsNumber(parts[0], out var number) && IsNumber(parts[1], out var of) && number <= of && of <= Most
            ? new Shard(number, of) : null;
    }

    /// <summary>It as it is written on the command line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Of}");

    private static bool IsNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;
}
