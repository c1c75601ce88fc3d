namespace SmtpModel.Machines;

/// <summary>A machine has no more of anything than the sets of its states, contents and waiting inputs have room for.</summary>
internal static class LimitCheck
{
    // a bit for a state, those that only tolerated exchanges lead to among them
    private const int States = 8 * sizeof(ulong);

    // two bits for what a buffer holds
    private const int Buffers = 8 * sizeof(ulong) / 2;

    // an octet for an input that waits, and 0 for none
    private const int Commands = byte.MaxValue - 1;

    public static IEnumerable<Diagnostic> Run(TransitionTable table)
    {
        var buffers = table.AllStates.SelectMany(state => state.Holds).Distinct().Count();
        (string What, int Count, int Most)[] all =
        [
            ("states", table.AllStates.Count, States),
            ("buffers", buffers, Buffers),
            ("commands", table.Commands.Count, Commands),
        ];
        return all.Where(one => one.Count > one.Most)
            .Select(one => new Diagnostic(
                "SMTP019",
                table.Profile.Name,
                $"there are {one.Count} {one.What}, and room for {one.Most}; split the profile, or leave out what the machine does not "
                    + $"need",
                SourcePlace.Unknown
            ));
    }
}
