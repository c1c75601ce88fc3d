namespace SmtpModel.Machines;

/// <summary>From a state that only other receivers come to, something leads back to the states of this one, and with the buffers that are
/// held there.</summary>
internal static class ToleranceCheck
{
    public static IEnumerable<Diagnostic> Run(TransitionTable table)
    {
        foreach (var state in table.ToleratedStates.Where(state => table.From(state).All(edge => table.ToleratedStates.Contains(edge.To))))
        {
            var way = table.Tolerated.First(edge => edge.To == state);
            yield return new Diagnostic(
                "SMTP014",
                table.Profile.Name,
                $"state {state} is reached by {way.Exchange}, which is tolerated ({way.Rule}), and from there nothing leads back",
                way.Place
            );
        }

        foreach (
            var edge in table.Tolerated.Where(edge =>
                !table.ToleratedStates.Contains(edge.From) && !table.ToleratedStates.Contains(edge.To)
            )
        )
        {
            var held = edge.From.Holds.ToHashSet();
            foreach (var effect in edge.Exchange.Effects)
            {
                _ = effect.Kind is EffectKind.Clear ? held.Remove(effect.Buffer) : held.Add(effect.Buffer);
            }

            if (!held.SetEquals(edge.To.Holds))
            {
                yield return new Diagnostic(
                    "SMTP018",
                    table.Profile.Name,
                    $"state {edge.From}: {edge.Exchange} is tolerated and leads to {edge.To} ({edge.Rule}), which holds "
                        + $"{Names(edge.To.Holds)}; behind it {Names(held)} would be held",
                    edge.Place
                );
            }
        }
    }

    private static string Names(IEnumerable<DataBuffer> buffers) =>
        string.Join(", ", buffers.Select(buffer => buffer.Name).DefaultIfEmpty("nothing"));
}
