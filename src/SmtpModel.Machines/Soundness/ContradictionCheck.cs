namespace SmtpModel.Machines;

/// <summary>
/// No two parts say different things of one thing: a command, a parameter, a keyword, a rule, or whether a command of one
/// extension is in order in a state. Both files are named.
/// </summary>
internal static class ContradictionCheck
{
    public static IEnumerable<Diagnostic> Run(TransitionTable table)
    {
        foreach (var contradiction in table.Machine.Vocabulary.Contradictions)
        {
            yield return contradiction with { Profile = table.Profile.Name };
        }

        var extensions = table.Profile.Parts.Where(part => part.Extension is not null).Select(part => part.File).ToHashSet();
        foreach (var refusal in table.Machine.Refusals.Where(refusal => extensions.Contains(refusal.Place.File)))
        {
            var edge = table.DeclaredEdges.FirstOrDefault(edge => edge.From == refusal.In && edge.Exchange.Command == refusal.Command
                && edge.Place.File != refusal.Place.File && edge.Exchange.IsAccepted);
            if (edge is not null)
            {
                yield return new Diagnostic("SMTP016", table.Profile.Name,
                    $"state {refusal.In}: {refusal.Command} is in order by {edge.Place.File}({edge.Place.Line}), {edge.Rule}, "
                    + $"and out of order by {refusal.Place.File}({refusal.Place.Line}), {refusal.Rule}; keep one of them", refusal.Place);
            }
        }
    }
}
