namespace SmtpModel.Machines;

/// <summary>A step of the exploration: an edge, and what is held in the configuration it leads to.</summary>
/// <param name="Edge">The edge taken.</param>
/// <param name="To">The state reached.</param>
/// <param name="Held">The buffers held then.</param>
public sealed record ConfigurationStep(Edge Edge, State To, IReadOnlySet<DataBuffer> Held);

/// <summary>The configurations of a machine: its control states, each with the buffers that are held.</summary>
public static class Configurations
{
    /// <summary>Every step out of every configuration that can be reached, breadth first from the first state with all buffers
    /// empty.</summary>
    /// <param name="table">The machine.</param>
    /// <param name="goOn">Whether the configuration a step leads to is explored further; all are when left out.</param>
    public static IReadOnlyList<ConfigurationStep> Explore(TransitionTable table, Func<ConfigurationStep, bool>? goOn = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        List<ConfigurationStep> steps = [];
        HashSet<string> seen = [Key(table.Start, [])];
        var open = new Queue<(State State, HashSet<DataBuffer> Held)>([(table.Start, [])]);
        while (open.TryDequeue(out var configuration))
        {
            foreach (var edge in table.From(configuration.State))
            {
                var held = After(configuration.Held, edge.Exchange.Effects);
                var step = new ConfigurationStep(edge, edge.To, held);
                steps.Add(step);
                if (goOn?.Invoke(step) != false && seen.Add(Key(edge.To, held)))
                {
                    open.Enqueue((edge.To, held));
                }
            }
        }

        return steps;
    }

    private static HashSet<DataBuffer> After(HashSet<DataBuffer> held, IEnumerable<Effect> effects)
    {
        HashSet<DataBuffer> after = [.. held];
        foreach (var effect in effects)
        {
            _ = effect.Kind is EffectKind.Clear ? after.Remove(effect.Buffer) : after.Add(effect.Buffer);
        }

        return after;
    }

    private static string Key(State state, IEnumerable<DataBuffer> held) =>
        $"{state.Name}:{string.Join(',', held.Select(buffer => buffer.Name).Order(StringComparer.Ordinal))}";
}
