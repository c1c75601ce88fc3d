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
        return [.. Sets(extensions).AsParallel().AsOrdered().Select(set => SoundnessCheck.Run(Composed(profile, set)).ToList()).AsSequential()
            .SelectMany(faults => faults).DistinctBy(Said).Where(fault => !own.Contains(Said(fault)))];
    }

    private static (string Id, string Message) Said(Diagnostic fault) => (fault.Id, fault.Message);

    private static Profile Composed(Profile profile, IReadOnlyList<ProfilePart> set) =>
        profile.With($"{profile.Name}+{string.Join('+', set.Select(part => part.Extension?.Keyword.ToLowerInvariant()))}", "composed to be checked", set);

    private static IEnumerable<IReadOnlyList<ProfilePart>> Sets(IReadOnlyList<ProfilePart> extensions)
    {
        foreach (var part in extensions)
        {
            yield return [part];
        }

        foreach (var (at, part) in extensions.Index())
        {
            foreach (var other in extensions.Skip(at + 1))
            {
                yield return [part, other];
            }
        }

        if (extensions.Count > 2)
        {
            yield return extensions;
        }
    }
}
