using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>Makes a profile of a machine that was learned, so that it can be drawn, exported and verified as any other.</summary>
internal static class LearnedProfile
{
    /// <summary>What a server does where the specification has no rule for it.</summary>
    public static readonly Rule Observed = new("OBSERVED", new Clause("observed", "here"), Level.May, "The server does so.");

    /// <summary>The profile.</summary>
    /// <param name="name">The server.</param>
    /// <param name="profile">What it was held against: its commands and what they do to the buffers.</param>
    /// <param name="states">The states.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="line">What is sent in a state for an input.</param>
    /// <param name="rule">The rule that allows a reply; null where none does.</param>
    /// <param name="greeting">What the server greets with.</param>
    public static Profile Of(string name, Profile profile, IReadOnlyList<LearnedState> states, LearnedMachine machine,
        Func<int, int, Move> line, Func<int, int, int, Rule?> rule, int greeting)
    {
        var table = profile.Table;
        var opening = table.Commands.First(use => use.Command.Kind is InputKind.Opening);
        var known = states.Select(state => (Made(table, state), state.Like)).ToList();
        List<Drawn> drawn = [new(-1, opening.Command, greeting, 0, null)];
        for (var state = 0; state < machine.Count; state++)
        {
            for (var input = 0; input < machine.Inputs; input++)
            {
                var command = line(state, input).Command;
                // where several lines of one command draw the same reply, the plainest says where it leads
                if (TargetSystem.CodeOf(machine.Output[state, input] ?? "") is not 0 and var code
                    && !drawn.Exists(one => one.From == state && one.Command == command && one.Code == code))
                {
                    drawn.Add(new Drawn(state, command, code, machine.Next[state, input], rule(state, input, code)));
                }
            }
        }

        var part = new ProfilePart(v => Describe(v, table, drawn), m => Order(m, table, known, drawn));
        return new Profile("learned", $"{name}, as it was learned", part);
    }

    private static State Made(TransitionTable table, LearnedState state) => !state.IsExtra ? state.Like
        : new State(state.Name, $"as {state.Like}, behind {string.Join(", ", state.Access)}", state.Like.Holds)
        {
            Of = state.Like.Of ?? (table.Regions.Count == 0 ? null : state.Like),
            Facts = state.Like.Facts,
        };

    private static void Describe(Vocabulary vocabulary, TransitionTable table, List<Drawn> drawn)
    {
        foreach (var use in table.Commands)
        {
            var codes = drawn.Where(one => one.Command == use.Command).Select(one => one.Code).Distinct().Order().ToList();
            if (codes.Count > 0)
            {
                vocabulary.Command(use.Command, use.Clause, use.Argument, [.. codes.Where(code => code < 300)],
                    [.. codes.Where(code => code is >= 300 and < 400)], error: [.. codes.Where(code => code >= 400)]);
            }
        }

        Rule[] conduct = [table.Conduct.OneReply, table.Conduct.Form, table.Conduct.Closing, table.Conduct.Minimum];
        vocabulary.State([.. drawn.Select(one => one.Rule).OfType<Rule>().Concat(conduct).DistinctBy(rule => rule.Id), Observed]);
        vocabulary.Conducts(table.Conduct);
        vocabulary.FaultsDraw(table.Faults);
        vocabulary.ArgumentsFollow(table.Grammar);
        vocabulary.PlacedByTheOrder([.. Enumerable.Range(200, 400).Where(table.IsPlacedByTheOrder)]);
        bool IsThere(Command command) => drawn.Exists(one => one.Command == command);
        vocabulary.Greets(table.Greeting.Where(IsThere));
        if (table.Listing is { } listing && IsThere(listing))
        {
            vocabulary.Lists(listing);
        }

        foreach (var (command, rule) in table.Machine.Vocabulary.MovesWhenRefused.Where(pair => IsThere(pair.Key)))
        {
            vocabulary.State(rule);
            vocabulary.RefusalMoves(rule, command);
        }
    }

    private static void Order(ProtocolMachine machine, TransitionTable table, List<(State State, State Like)> states, List<Drawn> drawn)
    {
        // without an input that ends sessions nothing leads to their end, which is a state all the same
        var ending = drawn.Exists(one => one.Command == table.Ending) ? table.Ending : null;
        machine.Vocabulary.Bounds(table.Start, table.Final, ending!);
        machine.Configure(table.Final);
        HashSet<State> placed = [];
        foreach (var (state, like) in states)
        {
            var inner = state;
            foreach (var outer in table.Around(like).TakeWhile(_ => placed.Add(inner)))
            {
                machine.Configure(inner).SubstateOf(outer);
                inner = outer;
            }
        }

        foreach (var one in drawn)
        {
            var from = one.From < 0 ? table.Start : states[one.From].State;
            var to = one.To < 0 ? table.Final : states[one.To].State;
            var isRefused = one.Code >= 400 && to == from && one.From >= 0
                && table.OutOfOrder(states[one.From].Like, one.Command) is not null;
            _ = isRefused ? machine.Configure(from).OutOfOrder([one.Code], one.Rule ?? Observed, [one.Command])
                : machine.Configure(from).Permit([one.Command / one.Code], to == from ? null : to, one.Rule ?? Observed);
        }
    }

    private sealed record Drawn(int From, Command Command, int Code, int To, Rule? Rule);
}
