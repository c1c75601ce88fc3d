using SmtpModel.Machines;

namespace SmtpModel.Testing.Tests.Wire;

// The way to each state as the profile's own server takes it.
internal static class Ways
{
    public static WireOptions Options(Profile profile, Depth depth = Depth.Data) =>
        new() { Access = state => To(profile.Table, state), Depth = depth };

    /// <summary>Whether a case is about what a server lists, and this server does not list it.</summary>
    public static bool MayNotApply(CaseResult result) =>
        result.Verdict is CaseVerdict.NotApplicable && Spec.ServiceOffers.Rules.Any(rule => rule.Id == result.Case.Rule.Id);

    private static IReadOnlyList<Move>? To(TransitionTable table, State state)
    {
        var palette = new Palette(table, new PaletteOptions());
        return Paths.Shortest(table).TryGetValue(state, out var path)
            ?
            [
                .. path.Where(edge => edge.Exchange.Command.Kind is not InputKind.Opening)
                    .Select(edge =>
                        edge.Exchange.Command.Kind is InputKind.Data ? palette.Data[0] : palette.Valid(edge.Exchange.Command)[0]
                    ),
            ]
            : null;
    }
}
