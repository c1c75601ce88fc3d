namespace SmtpModel.Machines;

/// <summary>Every edge carries its rule, its command is described, and its reply is in the command's row.</summary>
internal static class ClauseCheck
{
    public static IEnumerable<Diagnostic> Run(TransitionTable table)
    {
        var described = table.Commands.Select(use => use.Command).ToHashSet();
        foreach (var edge in table.Edges)
        {
            if (!described.Contains(edge.Exchange.Command))
            {
                yield return new Diagnostic(
                    "SMTP009",
                    table.Profile.Name,
                    $"state {edge.From} has an edge for {edge.Exchange}, but {edge.Exchange.Command} has no row of replies; rule "
                        + $"{edge.Rule?.ToString() ?? "none"}",
                    edge.Place
                );
            }
            else if (edge.Rule is null)
            {
                yield return new Diagnostic(
                    "SMTP010",
                    table.Profile.Name,
                    $"state {edge.From} has an edge for {edge.Exchange} without a rule; write it with Accept or Permit of "
                        + $"{nameof(OrderExtensions)}",
                    edge.Place
                );
            }
            else if (!table[edge.Exchange.Command].Replies.All.Contains(edge.Exchange.Code))
            {
                yield return new Diagnostic(
                    "SMTP011",
                    table.Profile.Name,
                    $"state {edge.From}, {edge.Exchange}: {edge.Exchange.Code} is not in the row of {edge.Exchange.Command} "
                        + $"({table[edge.Exchange.Command].Clause}); rule {edge.Rule}",
                    edge.Place
                );
            }
        }

        foreach (var rule in table.Rules.Where(rule => string.IsNullOrWhiteSpace(rule.Clause.Document)
            || string.IsNullOrWhiteSpace(rule.Clause.Section)))
        {
            yield return new Diagnostic("SMTP010", table.Profile.Name, $"rule {rule.Id} has no clause; cite the document and the section",
                table.Edges.FirstOrDefault(edge => edge.Rule == rule)?.Place ?? SourcePlace.Unknown);
        }

        foreach (var state in table.States)
        {
            foreach (var use in table.Commands.Where(use => use.Command.Kind is not InputKind.Any && table.IsInOrder(state, use.Command)))
            {
                foreach (var code in use.Replies.All.Where(code => !table.Machine.Vocabulary.IsPlacedByTheOrder(code)
                    && table.Find(state, use.Command / code) is null))
                {
                    yield return new Diagnostic(
                        "SMTP012",
                        table.Profile.Name,
                        $"state {state}: {use.Command} is in order, but its reply {code} ({use.Clause}) leads nowhere",
                        table.From(state, use.Command)[0].Place
                    );
                }
            }
        }
    }
}
