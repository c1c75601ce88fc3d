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

        // a state that only exchanges of other receivers lead to is none of this one's
        var others = Machine.Tolerated.Select(edge => edge.To!).Where(state => Steps.All(step => step.Value != state || step.Key.State == state)).ToHashSet();
        States = [.. States.Where(state => !others.Contains(state))];
        foreach (var step in Steps.Keys.Where(step => others.Contains(step.State)).ToList())
        {
            Steps.Remove(step);
        }
    }

    public ProtocolMachine Machine { get; }

    public IReadOnlyList<State> States { get; }

    public IReadOnlyList<Command> Commands { get; }

    public Dictionary<(State State, Exchange Exchange), State> Steps { get; } = [];

    public bool IsIn(State state, State superstate) =>
        state == superstate || (_parents.TryGetValue(state, out var parent) && IsIn(parent, superstate));

    public IEnumerable<(Exchange Exchange, State To)> From(State state) =>
        Steps.Where(step => step.Key.State == state).Select(step => (step.Key.Exchange, step.Value));

    /// <summary>The refusal that the nearest superstate names for a command.</summary>
    public DeclaredRefusal? Refusal(State state, Command command) =>
        Machine.Refusals.LastOrDefault(refusal => refusal.In == state && refusal.Command == command)
        ?? (_parents.TryGetValue(state, out var parent) ? Refusal(parent, command) : null);

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
