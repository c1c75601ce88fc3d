namespace SmtpModel.Machines;

/// <summary>
/// Any set of extensions gives one sound machine. All sets are too many, so each extension alone is checked, each pair, and all
/// together: what is wrong between two of them shows in the pair, and an extension that only another one completes shows alone.
/// </summary>
public static class CompositionCheck
{
    /// <summary>What is wrong with the compositions, each fault once, in the smallest one that has it; empty when all are sound.</summary>
    /// <param name="profile">What the extensions go on top of; what is wrong with it by itself is left out.</param>
    /// <param name="extensions">The extensions.</param>
    public static IReadOnlyList<Diagnostic> Run(Profile profile, IReadOnlyList<ProfilePart> extensions)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(extensions);
        var own = SoundnessCheck.Run(profile).Select(Said).ToHashSet();
        List<Diagnostic> faults = [];
        foreach (var sets in Sizes(extensions))
        {
            // what is wrong in a small set is wrong in every larger one, with more states, and is said once
            var told = faults.Select(Where).ToHashSet();
            faults.AddRange(sets.AsParallel().AsOrdered().Select(set => SoundnessCheck.Run(Composed(profile, set))).AsSequential()
                .SelectMany(found => found).Where(fault => !own.Contains(Said(fault)) && !told.Contains(Where(fault))));
        }

        return [.. faults.DistinctBy(Said)];
    }

    private static (string Id, string Message) Said(Diagnostic fault) => (fault.Id, fault.Message);

    private static (string Id, object Place) Where(Diagnostic fault) =>
        (fault.Id, fault.Place == SourcePlace.Unknown ? fault.Message : fault.Place);

    private static Profile Composed(Profile profile, IReadOnlyList<ProfilePart> set) =>
        profile.With(
            $"{profile.Name}+{string.Join('+', set.Select(part => part.Extension?.Keyword.ToLowerInvariant()))}",
            "composed to be checked",
            set
        );

    // each alone, each pair, all
    private static IEnumerable<IReadOnlyList<IReadOnlyList<ProfilePart>>> Sizes(IReadOnlyList<ProfilePart> extensions)
    {
        yield return [.. extensions.Select(IReadOnlyList<ProfilePart> (part) => [part])];
        yield return
        [
            .. extensions
                .Index()
                .SelectMany(first => extensions.Skip(first.Index + 1).Select(IReadOnlyList<ProfilePart> (other) => [first.Item, other])),
        ];
        yield return extensions.Count > 2 ? [extensions] : [];
    }
}
