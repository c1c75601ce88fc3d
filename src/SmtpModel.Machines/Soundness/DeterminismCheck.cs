namespace SmtpModel.Machines;

/// <summary>No two edges of one state carry the same exchange. Stateless accepts two and fails only when one is fired.</summary>
internal static class DeterminismCheck
{
    public static IEnumerable<Diagnostic> Run(TransitionTable table)
    {
        foreach (var (state, exchange) in table.Conflicts)
        {
            var edges = table.DeclaredEdges.Where(edge => edge.From == state && edge.Exchange == exchange).ToList();
            var inOneFile = edges.Select(edge => edge.Place.File).Distinct().Count() == 1;
            var targets = string.Join(" and ", edges.Select(edge =>
                $"{edge.To ?? state} ({edge.Rule}, {(inOneFile ? $"line {edge.Place.Line}" : $"{edge.Place.File}({edge.Place.Line})")})"));
            yield return new Diagnostic("SMTP001", table.Profile.Name,
                $"state {state} has more than one edge for {exchange}: to {targets}; keep one of them",
                edges.LastOrDefault()?.Place ?? SourcePlace.Unknown);
        }
    }
}
