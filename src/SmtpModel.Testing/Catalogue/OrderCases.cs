using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Engine;

/// <summary>The cases about the order of commands: each state with each command.</summary>
internal static class OrderCases
{
    public static IEnumerable<TestCase> Of(TransitionTable table)
    {
        var opening = table.Commands.First(use => use.Command.Kind is InputKind.Opening).Command;
        var greeting = table.From(table.Start, opening)[0];
        yield return new TestCase(
            CaseName.Of(greeting.Rule!.Clause, "greeting"),
            CaseKind.Greeting,
            greeting.Rule,
            $"When the channel is opened the server greets with "
                + $"{Codes(table.From(table.Start, opening).Select(edge => edge.Exchange.Code))}.",
            Depth.Greeting
        )
        {
            State = table.Start,
            Command = opening,
        };
        foreach (var state in table.States)
        {
            foreach (var use in table.Commands)
            {
                foreach (var one in Of(table, state, use))
                {
                    yield return one with
                    {
                        State = state,
                        Command = use.Command,
                        Depth = CaseDepth.Of(table, state, use.Command, one.Kind),
                    };
                }
            }
        }
    }

    private static IEnumerable<TestCase> Of(TransitionTable table, State state, CommandUse use)
    {
        var edges = table.From(state, use.Command);
        var name = use.Command.Name;
        switch (use.Command.Kind)
        {
            case InputKind.Line when table.OutOfOrder(state, use.Command) is { } refusal:
                yield return Case(
                    CaseKind.OutOfOrder,
                    refusal.Rule,
                    $"{name}-out-of-order-in-{state}",
                    $"In {state} {name} is out of order: it draws {Codes(refusal.Codes)} and changes nothing."
                );
                break;
            case InputKind.Response when edges.Count > 0 && use.IsNeverAccepted:
                yield return Case(
                    CaseKind.Refused,
                    edges[0].Rule!,
                    $"{name}-in-{state}",
                    $"In {state} {name} draws {Codes(edges.Select(edge => edge.Exchange.Code))} and {Stays(edges[0])}."
                );
                break;
            case InputKind.Line or InputKind.Data or InputKind.Response when edges.Count > 0:
                if (edges.FirstOrDefault(edge => edge.Exchange.IsAccepted) is { } accepting)
                {
                    yield return Case(
                        CaseKind.InOrder,
                        accepting.Rule!,
                        $"{name}-in-{state}",
                        $"In {state} {name} is in order: {Accepted(table, use, accepting)}."
                    );
                }

                // a string that may be there can hardly be wrong
                if (
                    (use.Argument.Required || use.Argument == Argument.None || use.Command.Kind is InputKind.Response)
                    && edges.FirstOrDefault(edge => edge.Exchange.Code == table.Faults.NotAcceptable) is { } malformed
                )
                {
                    yield return Case(
                        CaseKind.Malformed,
                        MalformedRule(table, use) ?? malformed.Rule!,
                        $"{name}-malformed-in-{state}",
                        $"In {state} {name} with an argument that is not acceptable draws {table.Faults.NotAcceptable} and "
                            + $"{Stays(malformed)}."
                    );
                }

                // without an argument there is nothing a client could do to be refused
                if (
                    (use.Command.Kind is InputKind.Data || use.Argument != Argument.None)
                    && Refusals(table, use, edges).FirstOrDefault() is { } refused
                )
                {
                    yield return Case(
                        CaseKind.Refused,
                        refused.Rule!,
                        $"{name}-refused-in-{state}",
                        $"In {state} {name} that is refused {Stays(refused)}."
                    );
                }

                break;
            case InputKind.UnknownLine when edges.Count > 0:
                yield return Case(
                    CaseKind.UnknownLine,
                    edges[0].Rule!,
                    $"unknown-line-in-{state}",
                    $"In {state} a line that is no command draws {Codes(edges.Select(edge => edge.Exchange.Code))} and changes nothing."
                );
                break;
            default:
                // "any" is for the server to choose: a rule of conduct
                break;
        }
    }

    // what a command without an argument draws with one has a rule of its own where the standard has one; it names none that an extension
    // brings, which says of its own what that draws
    private static Rule? MalformedRule(TransitionTable table, CommandUse use) =>
        (use.Argument == Argument.None && use.Extension is null ? table.Stated(Rfc5321Arguments.NoArgument) : null)
        ?? table.MalformedDemands(use.Command);

    /// <summary>The refusals that a command may draw though nothing is wrong with its line.</summary>
    internal static IEnumerable<Edge> Refusals(TransitionTable table, CommandUse use, IReadOnlyList<Edge> edges) =>
        edges.Where(edge =>
            !edge.Exchange.IsAccepted
            && edge.Exchange.Code != table.Faults.NotAcceptable
            && !(use.IsAlwaysAccepted && use.General.Contains(edge.Exchange.Code))
        );

    private static TestCase Case(CaseKind kind, Rule rule, string about, string requirement) =>
        new(CaseName.Of(rule.Clause, about), kind, rule, requirement, Depth.Greeting);

    private static string Accepted(TransitionTable table, CommandUse use, Edge edge)
    {
        var leads =
            edge.To == table.Final ? "the session is over then"
            : edge.To == edge.From ? "the state stays"
            : $"the state is {edge.To} then";
        return $"where it is accepted ({Codes(use.Replies.Accepting)}) {leads}";
    }

    private static string Stays(Edge edge) => edge.To == edge.From ? "leaves the state as it was" : $"leads to {edge.To} all the same";

    internal static string Codes(IEnumerable<int> codes) => string.Join(" or ", codes.Distinct().Order());
}
