using System.Runtime.CompilerServices;
using Stateless;

namespace SmtpModel.Machines;

/// <summary>
/// The verbs a specification is written with, on Stateless's own configuration of a state. Each writes Stateless
/// transitions and notes the rule and the line they come from.
/// </summary>
public static class OrderExtensions
{
    /// <summary>
    /// The command is in order here: when it is accepted the session goes to <paramref name="to"/> (or stays, when that is
    /// null), when it is refused with a reply of its row the session stays.
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="command">The command.</param>
    /// <param name="to">Where acceptance leads; null to stay.</param>
    /// <param name="rule">The rule that puts it in order.</param>
    /// <param name="refused">The rule that says what a refusal does.</param>
    /// <param name="refusedTo">Where a refusal leads; null to stay, as all but a listed few do.</param>
    /// <param name="file">Given by the compiler.</param>
    /// <param name="line">Given by the compiler.</param>
    public static StateMachine<State, Exchange>.StateConfiguration Accept(
        this StateMachine<State, Exchange>.StateConfiguration state,
        Command command,
        State? to,
        Rule rule,
        Rule refused,
        State? refusedTo = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        state.Permit(Machine(state).Vocabulary[command].Replies.Accepting.Select(code => command / code), to, rule, file, line);
        return state.Refuse(command, refused, refusedTo, file, line);
    }

    /// <summary>The command is done: where the replies of its row lead that say so (2yz).</summary>
    /// <param name="state">The state.</param>
    /// <param name="command">The command.</param>
    /// <param name="to">Where they lead; null to stay.</param>
    /// <param name="rule">The rule that says so.</param>
    /// <param name="file">Given by the compiler.</param>
    /// <param name="line">Given by the compiler.</param>
    public static StateMachine<State, Exchange>.StateConfiguration Complete(
        this StateMachine<State, Exchange>.StateConfiguration state, Command command, State? to, Rule rule,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        state.Permit(Machine(state).Vocabulary[command].Replies.Success.Select(code => command / code), to, rule, file, line);

    /// <summary>The command goes on: where the replies of its row lead that ask for more (3yz).</summary>
    /// <param name="state">The state.</param>
    /// <param name="command">The command.</param>
    /// <param name="to">Where they lead; null to stay.</param>
    /// <param name="rule">The rule that says so.</param>
    /// <param name="file">Given by the compiler.</param>
    /// <param name="line">Given by the compiler.</param>
    public static StateMachine<State, Exchange>.StateConfiguration Continue(
        this StateMachine<State, Exchange>.StateConfiguration state, Command command, State? to, Rule rule,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        state.Permit(Machine(state).Vocabulary[command].Replies.Intermediate.Select(code => command / code), to, rule, file, line);

    /// <summary>The command is in order and not done: where the replies of its row lead that refuse it (4yz, 5yz).</summary>
    /// <param name="state">The state.</param>
    /// <param name="command">The command.</param>
    /// <param name="rule">The rule that says what a refusal does.</param>
    /// <param name="to">Where they lead; null to stay.</param>
    /// <param name="file">Given by the compiler.</param>
    /// <param name="line">Given by the compiler.</param>
    public static StateMachine<State, Exchange>.StateConfiguration Refuse(
        this StateMachine<State, Exchange>.StateConfiguration state, Command command, Rule rule, State? to = null,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var vocabulary = Machine(state).Vocabulary;
        var refusing = vocabulary[command].Replies.Refusing.Where(code => !vocabulary.IsPlacedByTheOrder(code));
        return state.Permit(refusing.Select(code => command / code), to, rule, file, line);
    }

    /// <summary>These exchanges lead to a state.</summary>
    /// <param name="state">The state they leave.</param>
    /// <param name="exchanges">The exchanges.</param>
    /// <param name="to">Where they lead; null to stay.</param>
    /// <param name="rule">The rule that says so.</param>
    /// <param name="file">Given by the compiler.</param>
    /// <param name="line">Given by the compiler.</param>
    public static StateMachine<State, Exchange>.StateConfiguration Permit(
        this StateMachine<State, Exchange>.StateConfiguration state, IEnumerable<Exchange> exchanges, State? to, Rule rule,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(exchanges);
        var machine = Machine(state);
        foreach (var exchange in machine.Vocabulary.Meant(exchanges))
        {
            _ = to is null ? state.InternalTransition(exchange, static _ => { })
                : to == state.State ? state.PermitReentry(exchange)
                : state.Permit(exchange, to);
            machine.Add(new DeclaredEdge(state.State, exchange, to, machine.Vocabulary.Current(rule), new SourcePlace(file, line)));
        }

        return state;
    }

    /// <summary>These commands are answered with a refusal where they are not in order in this state; the session stays.</summary>
    /// <param name="state">The state or superstate it holds for.</param>
    /// <param name="codes">The replies the standard names, the preferred one first.</param>
    /// <param name="rule">The rule that asks for the refusal; as binding as it is to refuse at all.</param>
    /// <param name="commands">The commands.</param>
    /// <param name="demands">The rule that demands one of these codes from whoever refuses; null where another code says it as
    /// well.</param>
    /// <param name="file">Given by the compiler.</param>
    /// <param name="line">Given by the compiler.</param>
    public static StateMachine<State, Exchange>.StateConfiguration OutOfOrder(
        this StateMachine<State, Exchange>.StateConfiguration state,
        int[] codes,
        Rule rule,
        IEnumerable<Command> commands,
        Rule? demands = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    )
    {
        ArgumentNullException.ThrowIfNull(commands);
        var machine = Machine(state);
        foreach (var command in machine.Vocabulary.Meant(commands))
        {
            // asked for its row, so that a command nobody described is not passed over in silence
            _ = machine.Vocabulary[command];
            var demanded = demands is null ? null : machine.Vocabulary.Current(demands);
            machine.Add(
                new DeclaredRefusal(state.State, command, codes, machine.Vocabulary.Current(rule), new SourcePlace(file, line))
                {
                    Demands = demanded,
                }
            );
        }

        return state;
    }

    /// <summary>
    /// Every command that is neither in order in this state nor named in <see cref="OutOfOrder"/> is answered with a refusal; the
    /// session stays. It holds for the commands of extensions too, which the standard of this state cannot name.
    /// </summary>
    /// <param name="state">The state or superstate it holds for.</param>
    /// <param name="codes">The replies the standard names, the preferred one first.</param>
    /// <param name="rule">The rule that asks for it.</param>
    /// <param name="file">Given by the compiler.</param>
    /// <param name="line">Given by the compiler.</param>
    public static StateMachine<State, Exchange>.StateConfiguration Otherwise(
        this StateMachine<State, Exchange>.StateConfiguration state, int[] codes, Rule rule,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var machine = Machine(state);
        foreach (
            var use in machine.Vocabulary.Commands.Where(use =>
                use.Command.Kind is InputKind.Line && machine.Vocabulary.IsMeant(use.Command)
            )
        )
        {
            machine.AddOtherwise(
                new DeclaredRefusal(state.State, use.Command, codes, machine.Vocabulary.Current(rule), new SourcePlace(file, line))
            );
        }

        return state;
    }

    /// <summary>
    /// Exchanges that are no edges of this machine, since its receiver answers otherwise, but that the standard leaves to
    /// others: they break nothing. They may lead to a state that only they lead to.
    /// </summary>
    /// <param name="state">The state they leave.</param>
    /// <param name="exchanges">The exchanges.</param>
    /// <param name="to">Where they lead.</param>
    /// <param name="rule">The rule that leaves it open.</param>
    /// <param name="file">Given by the compiler.</param>
    /// <param name="line">Given by the compiler.</param>
    public static StateMachine<State, Exchange>.StateConfiguration Tolerate(
        this StateMachine<State, Exchange>.StateConfiguration state,
        IEnumerable<Exchange> exchanges,
        State to,
        Rule rule,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => Besides(state, exchanges, to, rule, static edge => edge, new SourcePlace(file, line));

    /// <summary>
    /// Exchanges that are no edges of this machine and are not as the standard has them, though it does not forbid them to a
    /// receiver: who takes part in them is not strict, and is followed.
    /// </summary>
    /// <param name="state">The state or superstate they leave.</param>
    /// <param name="exchanges">The exchanges.</param>
    /// <param name="to">Where they lead.</param>
    /// <param name="rule">The rule that is not followed.</param>
    /// <param name="file">Given by the compiler.</param>
    /// <param name="line">Given by the compiler.</param>
    public static StateMachine<State, Exchange>.StateConfiguration Discourage(
        this StateMachine<State, Exchange>.StateConfiguration state,
        IEnumerable<Exchange> exchanges,
        State to,
        Rule rule,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0
    ) => Besides(state, exchanges, to, rule, static edge => edge with { IsDiscouraged = true }, new SourcePlace(file, line));

    /// <summary>
    /// Exchanges that may lead elsewhere too with another receiver, since the standard does not say where they lead: whoever watches
    /// one takes both for possible.
    /// </summary>
    /// <param name="state">The state or superstate they leave.</param>
    /// <param name="exchanges">The exchanges; one that refuses a command as out of order stands for all that refuse it, one that accepts
    /// it for all that accept it.</param>
    /// <param name="to">Where they may lead, besides where they lead with this one.</param>
    /// <param name="rule">The rule that leaves it open.</param>
    /// <param name="file">Given by the compiler.</param>
    /// <param name="line">Given by the compiler.</param>
    public static StateMachine<State, Exchange>.StateConfiguration MayAlsoLead(
        this StateMachine<State, Exchange>.StateConfiguration state, IEnumerable<Exchange> exchanges, State to, Rule rule,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Besides(state, exchanges, to, rule, static edge => edge with { IsOneOfSeveral = true }, new SourcePlace(file, line));

    private static StateMachine<State, Exchange>.StateConfiguration Besides(
        StateMachine<State, Exchange>.StateConfiguration state,
        IEnumerable<Exchange> exchanges,
        State to,
        Rule rule,
        Func<DeclaredEdge, DeclaredEdge> kind,
        SourcePlace place
    )
    {
        ArgumentNullException.ThrowIfNull(exchanges);
        var machine = Machine(state);
        foreach (var exchange in machine.Vocabulary.Meant(exchanges))
        {
            machine.AddTolerated(kind(new DeclaredEdge(state.State, exchange, to, machine.Vocabulary.Current(rule), place)));
        }

        return state;
    }

    private static ProtocolMachine Machine(StateMachine<State, Exchange>.StateConfiguration state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Machine as ProtocolMachine
            ?? throw new SpecificationException(
                "rules are noted on a ProtocolMachine; configure the states of one, not of a bare StateMachine"
            );
    }
}
