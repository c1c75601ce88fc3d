namespace SmtpModel.Machines;

/// <summary>From a state that only other receivers come to, something leads back to the states of this one.</summary>
internal static class ToleranceCheck
{
    public static IEnumerable<Diagnostic> Run(TransitionTable table)
    {
        foreach (var state in table.ToleratedStates.Where(state => table.From(state).All(edge => table.ToleratedStates.Contains(edge.To))))
        {
            var way = table.Tolerated.First(edge => edge.To == state);
            yield return new Diagnostic("SMTP014", table.Profile.Name,
                $"state {state} is reached by {way.Exchange}, which is tolerated ({way.Rule}), and from there nothing leads back", way.Place);
        }
    }
}
