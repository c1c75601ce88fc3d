namespace SmtpModel.Machines;

/// <summary>
/// An input that draws several replies may be accepted by one of them and refused by another: so all of them lead to one state and do
/// the same, and the machine need not know how they are mixed. What it is counted by is a buffer that something is appended to.
/// </summary>
internal static class ReplyShapeCheck
{
    public static IEnumerable<Diagnostic> Run(TransitionTable table)
    {
        foreach (var (command, shape) in table.ForEach)
        {
            var place = table.Edges.FirstOrDefault(edge => edge.Exchange.Command == command)?.Place ?? SourcePlace.Unknown;
            if (!table.Commands.Any(use => use.Command.OnAccept.Contains(new Effect(shape.Buffer, EffectKind.Append))))
            {
                yield return new Diagnostic(
                    "SMTP021",
                    table.Profile.Name,
                    $"{command} draws a reply for each {shape.Buffer} ({shape.Rule}), but no command appends to that buffer",
                    place
                );
            }

            if (!command.OnAccept.SequenceEqual(command.OnRefuse))
            {
                yield return new Diagnostic(
                    "SMTP021",
                    table.Profile.Name,
                    $"{command} draws a reply for each {shape.Buffer} ({shape.Rule}), of which some may accept and some refuse; what it "
                        + $"does to the buffers has to be the same",
                    place
                );
            }

            foreach (
                var from in table
                    .Edges.Where(edge => edge.Exchange.Command == command)
                    .GroupBy(edge => edge.From)
                    .Where(edges => edges.Select(edge => edge.To).Distinct().Count() > 1)
            )
            {
                yield return new Diagnostic("SMTP021", table.Profile.Name,
                    $"state {from.Key}: {command} draws a reply for each {shape.Buffer} ({shape.Rule}), and its replies lead to "
                        + $"{string.Join(" and to ", from.Select(edge => edge.To.Name).Distinct())}; "
                    + "they have to lead to one state", from.First().Place);
            }
        }
    }
}
