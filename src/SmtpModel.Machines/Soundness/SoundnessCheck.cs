namespace SmtpModel.Machines;

/// <summary>Proves the invariants of a profile by exhaustive exploration; each that does not hold is a diagnostic.</summary>
public static class SoundnessCheck
{
    /// <summary>All that is wrong with a profile; empty when it is sound.</summary>
    /// <param name="profile">The profile.</param>
    public static IReadOnlyList<Diagnostic> Run(Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        TransitionTable table;
        try
        {
            table = profile.Table;
        }
        catch (SpecificationException fault)
        {
            // a specification that cannot even be flattened is reported like any other that is unsound
            return [new Diagnostic("SMTP000", profile.Name, fault.Message, fault.Place)];
        }

        return
        [
            .. ContradictionCheck.Run(table),
            .. DeterminismCheck.Run(table),
            .. ClauseCheck.Run(table),
            .. TotalityCheck.Run(table),
            .. LivenessCheck.Run(table),
            .. RefusalCheck.Run(table),
            .. BufferCheck.Run(table),
            .. ToleranceCheck.Run(table),
            .. GuardCheck.Run(table),
            .. ValueCheck.Run(table),
            .. FramingCheck.Run(table),
            .. LimitCheck.Run(table),
            .. ReplyShapeCheck.Run(table),
        ];
    }
}
