using FsCheck;
using FsCheck.Fluent;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Arguments that FsCheck draws.</summary>
internal sealed class DrawnArguments : IArgumentSource
{
    private const int Size = 30;
    private static readonly DrawnArguments Instance = new();

    /// <summary>The moves of a profile, with arguments that are drawn among them.</summary>
    /// <param name="table">The profile's table.</param>
    /// <param name="options">What the server is known to take, and how many are drawn.</param>
    public static Palette Palette(TransitionTable table, PaletteOptions options) => new(table, options with { Drawn = Instance });

    public IEnumerable<string> Paths(string host, int count, ulong seed) => PathGenerators.PathAt(host).Sample(count, new Rnd(seed), Size);

    public IEnumerable<string> Parameters(IReadOnlyList<IReadOnlyList<string>> parameters, int count, ulong seed)
    {
        var one = Gen.Elements(parameters.AsEnumerable()).SelectMany(values => Gen.Elements(values.AsEnumerable()));
        var some = Gen.SubListOf(parameters.AsEnumerable()).SelectMany(chosen => Gen.Shuffle(chosen.ToArray()))
            .SelectMany(chosen => Gen.CollectToArray(chosen, values => Gen.Elements(values.AsEnumerable()).SelectMany(InEitherCase)))
            .Where(texts => texts.Length > 1).Select(texts => string.Join(' ', texts));
        return (parameters.Count == 1 ? one.SelectMany(InEitherCase) : some).Sample(count, new Rnd(seed), Size);
    }

    // keywords and what is written with them mean the same in either case (RFC 5321 2.4); values may not
    private static Gen<string> InEitherCase(string text)
    {
        var end = text.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at ? at : text.Length;
        return Gen.Elements(text, text[..end].ToLowerInvariant() + text[end..]);
    }
}
