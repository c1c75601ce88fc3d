using SmtpModel.Machines;
using Stateless.Reflection;

namespace SmtpModel.Spec.Tests;

/// <summary>
/// The Stateless machine asked by brute force: each state, each command, each code from 200 to 599 is fired. It knows
/// nothing of <see cref="TransitionTable"/>, which it is there to check.
/// </summary>
internal sealed class Walk
{
    private readonly Dictionary<State, State> _parents;

    public Walk(Profile profile)
    {
        Machine = profile.BuildMachine();
        var infos = Machine.GetInfo().States.ToList();
        _parents = infos.Where(info => info.Superstate is not null).ToDictionary(Of, info => Of(info.Superstate));
        States = [.. infos.Where(info => !info.Substates.Any()).Select(Of)];
        Commands = [.. Machine.Vocabulary.Commands.Select(use => use.Command)];
        foreach (var state in States)
        {
            foreach (var exchange in Commands.SelectMany(command => Enumerable.Range(200, 400).Select(code => command / code)))
            {
                Machine.PlaceAt(state);
                if (Machine.CanFire(exchange))
                {
                    // throws where two transitions carry the exchange
                    Machine.Fire(exchange);
                    Steps.Add((state, exchange), Machine.State);
                }
            }
        }

        // a region's states are none of the order's: what they have to do with it comes last
        var apart = Machine.Regions.SelectMany(region => region.States).ToHashSet();
        var beside = Steps.Where(step => apart.Contains(step.Key.State)).ToDictionary();
        States = [.. States.Where(state => !apart.Contains(state))];
        foreach (var step in beside.Keys)
        {
            Steps.Remove(step);
        }

        // a state that only exchanges of other receivers lead to is none of this one's
        var others = Machine
            .Tolerated.Select(edge => edge.To!)
            .Where(state => Steps.All(step => step.Value != state || step.Key.State == state))
            .ToHashSet();
        States = [.. States.Where(state => !others.Contains(state))];
        foreach (var step in Steps.Keys.Where(step => others.Contains(step.State)).ToList())
        {
            Steps.Remove(step);
        }

        if (apart.Count > 0)
        {
            (States, Steps) = Multiplied(beside);
        }
    }

    // every state with every knowledge it can be reached with, breadth first
    private (List<State>, Dictionary<(State, Exchange), State>) Multiplied(Dictionary<(State State, Exchange Exchange), State> beside)
    {
        Dictionary<(State, Exchange), State> steps = [];
        var start = Known(Rfc821.Opening, [.. Machine.Regions.Select(region => region.States[0])]);
        List<State> reached = [start];
        for (var at = 0; at < reached.Count; at++)
        {
            var (state, facts) = (reached[at], reached[at].Facts);
            foreach (var (exchange, to) in From(state.Of ?? state))
            {
                if (facts.Any(fact => Machine.Refusals.Any(refusal => refusal.In == fact && refusal.Command == exchange.Command)))
                {
                    continue;
                }

                var next =
                    to == Rfc821.Closed
                        ? Rfc821.Closed
                        : Known(
                            to,
                            [
                                .. facts.Select(
                                    (fact, region) =>
                                        beside.TryGetValue((fact, exchange), out var then) ? then
                                        : Machine.Forgetting.ContainsKey(exchange) ? Machine.Regions[region].States[0]
                                        : fact
                                ),
                            ]
                        );
                steps.Add((state, exchange), next);
                if (!reached.Contains(next))
                {
                    reached.Add(next);
                }
            }
        }

        return (reached, steps);
    }

    private State Known(State state, IReadOnlyList<State> facts)
    {
        var more = string.Concat(facts.Where((fact, region) => fact != Machine.Regions[region].States[0]).Select(fact => fact.Name));
        return more.Length == 0 ? state with { Facts = facts } : state with { Name = state.Name + more, Of = state, Facts = facts };
    }

    public ProtocolMachine Machine { get; }

    public IReadOnlyList<State> States { get; private set; }

    public IReadOnlyList<Command> Commands { get; }

    public Dictionary<(State State, Exchange Exchange), State> Steps { get; private set; } = [];

    public bool IsIn(State state, State superstate) =>
        state == superstate
        || state.Of == superstate
        || (_parents.TryGetValue(state.Of ?? state, out var parent) && IsIn(parent, superstate));

    public IEnumerable<(Exchange Exchange, State To)> From(State state) =>
        Steps.Where(step => step.Key.State == state).Select(step => (step.Key.Exchange, step.Value));

    /// <summary>The refusal that the nearest superstate names for a command.</summary>
    public DeclaredRefusal? Refusal(State state, Command command) =>
        Machine.Refusals.LastOrDefault(refusal =>
            (state.Facts.Contains(refusal.In) || refusal.In == (state.Of ?? state)) && refusal.Command == command
        ) ?? (_parents.TryGetValue(state.Of ?? state, out var parent) ? Refusal(parent, command) : null);

    /// <summary>All pairs of a state and the buffers held in it that a session can come to.</summary>
    public HashSet<(State State, string Held)> Configurations()
    {
        HashSet<(State, string)> seen = [];
        Stack<(State State, string Held)> open = new([(Rfc821.Opening, "")]);
        while (open.TryPop(out var at))
        {
            if (!seen.Add(at))
            {
                continue;
            }

            foreach (var (exchange, to) in From(at.State))
            {
                open.Push((to, After(at.Held, exchange)));
            }
        }

        return seen;
    }

    private static string After(string held, Exchange exchange)
    {
        var buffers = new SortedSet<string>(held.Split('+', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
        foreach (var effect in exchange.Effects)
        {
            _ = effect.Kind is EffectKind.Clear ? buffers.Remove(effect.Buffer.Name) : buffers.Add(effect.Buffer.Name);
        }

        return string.Join('+', buffers);
    }

    private static State Of(StateInfo info) => (State)info.UnderlyingState;
}
