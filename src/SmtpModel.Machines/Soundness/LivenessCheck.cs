namespace SmtpModel.Machines;

/// <summary>Every state can be reached, from every state the session can be ended by its ending command where there is one, and the final
/// state has no way out.</summary>
internal static class LivenessCheck
{
    public static IEnumerable<Diagnostic> Run(TransitionTable table)
    {
        var reachable = Closure(table.Start, state => table.From(state).Select(edge => edge.To));
        var ending = table.Machine.Vocabulary.Ending;
        var endable = table.Edges.Where(edge => edge.To == table.Final && edge.Exchange.Command == ending && edge.Exchange.IsAccepted)
            .Select(edge => edge.From).ToHashSet();
        for (var before = -1; before != endable.Count;)
        {
            before = endable.Count;
            endable.UnionWith(table.Edges.Where(edge => endable.Contains(edge.To)).Select(edge => edge.From));
        }

        foreach (var state in table.States)
        {
            var place = table.From(state).FirstOrDefault()?.Place ?? SourcePlace.Unknown;
            if (ending is null && state == table.Final)
            {
                // where no command ends a session, as in a machine that was learned without one, nothing need lead there
                continue;
            }

            if (!reachable.Contains(state))
            {
                yield return new Diagnostic(
                    "SMTP004",
                    table.Profile.Name,
                    $"state {state} ({state.Meaning}) cannot be reached from {table.Start}",
                    place
                );
            }
            else if (ending is not null && state != table.Final && !endable.Contains(state))
            {
                yield return new Diagnostic("SMTP005", table.Profile.Name,
                    $"from state {state} no sequence ends the session with {ending}, which must lead to {table.Final}", place);
            }
        }

        foreach (var edge in table.From(table.Final))
        {
            yield return new Diagnostic("SMTP006", table.Profile.Name,
                $"state {table.Final} is final but has an edge for {edge.Exchange} ({edge.Rule})", edge.Place);
        }
    }

    private static HashSet<State> Closure(State start, Func<State, IEnumerable<State>> next)
    {
        HashSet<State> seen = [start];
        var open = new Queue<State>(seen);
        while (open.TryDequeue(out var state))
        {
            foreach (var to in next(state).Where(seen.Add))
            {
                open.Enqueue(to);
            }
        }

        return seen;
    }
}
