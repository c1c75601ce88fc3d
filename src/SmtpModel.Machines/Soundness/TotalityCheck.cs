namespace SmtpModel.Machines;

/// <summary>A state that reads commands answers each of them: in order, or with a refusal; and it reads one kind of input only.</summary>
internal static class TotalityCheck
{
    public static IEnumerable<Diagnostic> Run(TransitionTable table)
    {
        foreach (var state in table.States.Where(state => state != table.Final))
        {
            var reading = table.Reads(state);
            var place = table.From(state).FirstOrDefault()?.Place ?? SourcePlace.Unknown;
            if (reading is Reading.Commands)
            {
                foreach (var use in table.Commands.Where(use => use.Command.Kind is InputKind.Line or InputKind.UnknownLine))
                {
                    if (!table.IsInOrder(state, use.Command) && table.OutOfOrder(state, use.Command) is null)
                    {
                        yield return new Diagnostic("SMTP002", table.Profile.Name,
                            $"state {state} has no answer to {use.Command} ({use.Clause}): it is neither in order there nor named in OutOfOrder(...)", PlaceOf(table, use) ?? place);
                    }
                }
            }

            var kinds = table.From(state).Select(edge => edge.Exchange.Command.Kind).Where(kind => kind is not InputKind.Any)
                .Select(kind => kind is InputKind.UnknownLine ? InputKind.Line : kind).Distinct().ToList();
            if (kinds.Count > 1)
            {
                var edge = table.From(state).First(edge => edge.Exchange.Command.Kind is InputKind.Data or InputKind.Opening or InputKind.Response);
                yield return new Diagnostic("SMTP003", table.Profile.Name,
                    $"state {state} reads both command lines and {edge.Exchange.Command} ({edge.Rule}); a state reads one kind of input", edge.Place);
            }
        }
    }

    // the file of the extension that brings the command; null for a command of the base, which is looked at where the state is
    private static SourcePlace? PlaceOf(TransitionTable table, CommandUse use) =>
        table.Profile.Parts.FirstOrDefault(part => part.Extension is { } extension && extension.Keyword == use.Extension) is { } part
            ? new SourcePlace(part.File, 1) : null;
}
