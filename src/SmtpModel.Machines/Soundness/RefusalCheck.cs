namespace SmtpModel.Machines;

/// <summary>An exchange that refuses its command changes neither state nor buffers, but for the commands the specification
/// lists.</summary>
internal static class RefusalCheck
{
    public static IEnumerable<Diagnostic> Run(TransitionTable table)
    {
        var mayMove = table.Machine.Vocabulary.MovesWhenRefused;
        foreach (var edge in table.Edges.Where(edge => !edge.Exchange.IsAccepted && !mayMove.ContainsKey(edge.Exchange.Command)))
        {
            if (edge.To != edge.From || edge.Exchange.Effects.Count > 0)
            {
                var what =
                    edge.To != edge.From ? $"leads to {edge.To}" : $"changes the buffers ({string.Join(", ", edge.Exchange.Effects)})";
                yield return new Diagnostic(
                    "SMTP008",
                    table.Profile.Name,
                    $"state {edge.From}: {edge.Exchange} refuses the command but {what} ({edge.Rule}); a refusal leaves everything as it "
                        + $"was, unless RefusalMoves(...) lists the command",
                    edge.Place
                );
            }
        }
    }
}
