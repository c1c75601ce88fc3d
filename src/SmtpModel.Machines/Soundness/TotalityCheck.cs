namespace SmtpModel.Machines;

/// <summary>A state that reads commands answers each of them: in order, or with a refusal; and it reads one kind of input only.</summary>
internal static class TotalityCheck
{
    public static IEnumerable<Diagnostic> Run(TransitionTable table)
    {
        var states = table.States.Where(state => state != table.Final).ToList();
        var reading = states.Where(state => table.Reads(state) is Reading.Commands).ToList();
        foreach (var use in table.Commands.Where(use => use.Command.Kind is InputKind.Line or InputKind.UnknownLine))
        {
            var mute = reading
                .Where(state => !table.IsInOrder(state, use.Command) && table.OutOfOrder(state, use.Command) is null)
                .ToList();
            if (mute.Count > 0)
            {
                var where = mute.Count == 1 ? $"state {mute[0]} has" : $"the states {string.Join(", ", mute)} have";
                yield return new Diagnostic("SMTP002", table.Profile.Name,
                    $"{where} no answer to {use.Command} ({use.Clause}): it is neither in order there nor named in OutOfOrder(...)",
                    table.Profile.PlaceOf(use.Extension) ?? table.From(mute[0]).FirstOrDefault()?.Place ?? SourcePlace.Unknown);
            }
        }

        foreach (var state in states)
        {
            var kinds = table.From(state).Select(edge => edge.Exchange.Command.Kind).Where(kind => kind is not InputKind.Any)
                .Select(kind => kind is InputKind.UnknownLine ? InputKind.Line : kind).Distinct().ToList();
            if (kinds.Count > 1)
            {
                var edge = table
                    .From(state)
                    .First(edge => edge.Exchange.Command.Kind is InputKind.Data or InputKind.Opening or InputKind.Response);
                yield return new Diagnostic(
                    "SMTP003",
                    table.Profile.Name,
                    $"state {state} reads both command lines and {edge.Exchange.Command} ({edge.Rule}); a state reads one kind of input",
                    edge.Place
                );
            }
        }
    }
}
