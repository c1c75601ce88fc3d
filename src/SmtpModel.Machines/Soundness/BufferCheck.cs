namespace SmtpModel.Machines;

/// <summary>
/// Explores the machine with its buffers abstracted to empty or held: in each state exactly those buffers are held that the state says.
/// </summary>
internal static class BufferCheck
{
    public static IEnumerable<Diagnostic> Run(TransitionTable table)
    {
        // what comes behind a wrong configuration is wrong because of it: only the step that leads there is reported
        HashSet<string> reported = [];
        foreach (var step in Configurations.Explore(table, IsRight))
        {
            var holds = step.To.Holds.ToHashSet();
            if (!IsRight(step) && reported.Add($"{step.To}|{step.Edge.From}|{step.Edge.Exchange.Command}"))
            {
                yield return new Diagnostic("SMTP007", table.Profile.Name,
                    $"state {step.To} is reached from {step.Edge.From} by {step.Edge.Exchange} ({step.Edge.Rule}) holding "
                        + $"{Names(step.Held)}, but it says it holds {Names(holds)}",
                    step.Edge.Place);
            }
        }
    }

    private static bool IsRight(ConfigurationStep step) => step.Held.SetEquals(step.To.Holds);

    private static string Names(IEnumerable<DataBuffer> buffers)
    {
        var names = string.Join(", ", buffers.Select(buffer => buffer.Name).Order(StringComparer.Ordinal));
        return names.Length == 0 ? "nothing" : names;
    }
}
