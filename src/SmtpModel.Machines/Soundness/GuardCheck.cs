using Stateless.Reflection;

namespace SmtpModel.Machines;

/// <summary>
/// What decides about order is a state, never a lambda: the answer of a guard, or of a dynamic transition, could change
/// after the machine was flattened.
/// </summary>
internal static class GuardCheck
{
    public static IEnumerable<Diagnostic> Run(TransitionTable table)
    {
        foreach (var info in table.Machine.GetInfo().States)
        {
            var state = (State)info.UnderlyingState;
            var decided = info.FixedTransitions.Where(IsGuarded).Select(transition => transition.Trigger)
                .Concat(info.IgnoredTriggers.Where(IsGuarded).Select(ignored => ignored.Trigger))
                .Concat(info.DynamicTransitions.Select(transition => transition.Trigger));
            foreach (var trigger in decided)
            {
                yield return new Diagnostic("SMTP013", table.Profile.Name,
                    $"state {state}: a lambda decides about {trigger.UnderlyingTrigger}; write a state for each answer it may give",
                    table.DeclaredEdges.FirstOrDefault(edge => edge.From == state)?.Place ?? SourcePlace.Unknown);
            }
        }
    }

    // Stateless itself gives each internal transition a guard that is always true
    private static bool IsGuarded(TransitionInfo transition) => transition.GuardConditionsMethodDescriptions
        .Any(guard => !guard.MethodName.StartsWith("<InternalTransition>", StringComparison.Ordinal));
}
