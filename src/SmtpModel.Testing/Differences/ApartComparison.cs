using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// Two servers compared in an extension that is tested by itself (<see cref="ApartTest"/>): the sessions that show its cases, and what
/// each server came to in those about octets. Nobody logs in wrongly: a site counts that.
/// </summary>
/// <param name="Keyword">The extension's keyword.</param>
public sealed record ApartComparison(string Keyword)
{
    /// <summary>Why it is not compared; null where it is.</summary>
    public string? Reason { get; private init; }

    /// <summary>Where they answer differently.</summary>
    public IReadOnlyList<Difference> Differences { get; private init; } = [];

    /// <summary>Where they come out differently; what is not decided for one of them is no difference.</summary>
    public IReadOnlyList<Contrast> Contrasts { get; private init; } = [];

    /// <summary>Compares two servers in each of these extensions that one of them offers.</summary>
    /// <param name="profile">The base that they are held against.</param>
    /// <param name="options">How they are tested.</param>
    /// <param name="one">The first server, as its other sessions are let in.</param>
    /// <param name="other">The second server.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="TargetUnreachableException">One of them is not there.</exception>
    public static async Task<IReadOnlyList<ApartComparison>> RunAsync(
        Profile profile,
        TestOptions options,
        TcpTarget one,
        TcpTarget other,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var parts = ApartTest.Parts(profile).ToList();
        if (parts.Count == 0)
        {
            return [];
        }

        var ours = (await ServerOffer.ReadAsync(one, profile, options.Palette, cancellation: cancellation)).Offer;
        var theirs = (await ServerOffer.ReadAsync(other, profile, options.Palette, cancellation: cancellation)).Offer;
        List<ApartComparison> all = [];
        foreach (var part in parts)
        {
            var keyword = part.Extension!.Keyword;
            var (first, second) = (
                ApartTest.Pair(one, ours, other, theirs, profile, part, options),
                ApartTest.Pair(other, theirs, one, ours, profile, part, options)
            );
            if (first is not null && second is not null)
            {
                all.Add(await CompareAsync(first, second, cancellation));
            }
            else if (first is not null || second is not null || (ours.Lists(keyword) && theirs.Lists(keyword)))
            {
                all.Add(
                    new ApartComparison(keyword)
                    {
                        Reason =
                            ours.Lists(keyword) && theirs.Lists(keyword)
                                ? "they have no mechanism in common"
                                : $"only {(first is null ? other : one).Name} offers it",
                    }
                );
            }
        }

        return all;
    }

    private static async Task<ApartComparison> CompareAsync(ApartTest one, ApartTest other, CancellationToken cancellation)
    {
        await using var first = one.Target;
        await using var second = other.Target;
        var differences = await ServerComparison.RunAsync(one.Profile, one.Options, first, second, cancellation);
        return new ApartComparison(one.Keyword) { Differences = differences, Contrasts = await ContrastsAsync(one, other, cancellation) };
    }

    private static bool IsOpen(CaseResult result) => result.Verdict is CaseVerdict.Inconclusive or CaseVerdict.NotApplicable;

    private static async Task<IReadOnlyList<Contrast>> ContrastsAsync(ApartTest one, ApartTest other, CancellationToken cancellation)
    {
        var results = (await one.OfOctets().RunAsync(null, cancellation))
            .Results.Where(result => result.Case.Kind is CaseKind.Wire)
            .ToList();
        var beside = (await other.OfOctets().RunAsync(null, cancellation)).Results.ToDictionary(result => result.Case.Id);
        return
        [
            .. results
                .Select(result => new Contrast(result.Case, result, beside[result.Case.Id]))
                .Where(pair => pair.One.Verdict != pair.Other.Verdict && !IsOpen(pair.One) && !IsOpen(pair.Other)),
        ];
    }
}
