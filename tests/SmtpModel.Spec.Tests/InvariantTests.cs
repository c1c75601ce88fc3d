using SmtpModel.Machines;
using static SmtpModel.Spec.Rfc821;

namespace SmtpModel.Spec.Tests;

/// <summary>The invariants of the model, proved over the Stateless machine itself, apart from the checks of the engine.</summary>
public class InvariantTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, Walk> Walks = Profiles.All.ToDictionary(
        profile => profile.Name,
        profile => new Walk(profile)
    );

    [Theory, ClassData(typeof(EachProfile))]
    public void Each_profile_is_sound(string name)
    {
        var profile = EachProfile.Named(name);

        Assert.Empty(SoundnessCheck.Run(profile));
        var configurations = Walks[name].Configurations();
        output.WriteLine(
            $"{name}: {profile.Table.States.Count} states, {profile.Table.Commands.Count} inputs, {profile.Table.Edges.Count} edges, "
                + $"{configurations.Count} configurations"
        );
        Assert.Equal(
            configurations,
            Configurations.Explore(profile.Table).Select(step => (step.To, Held(step.Held))).Append((Opening, "")).ToHashSet());
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void The_table_has_the_edges_of_the_machine_and_no_others(string name)
    {
        var table = EachProfile.Named(name).Table;

        Assert.Equal(
            Walks[name].Steps.Select(step => $"{step.Key.State}: {step.Key.Exchange} -> {step.Value}").Order(StringComparer.Ordinal),
            table.Edges.Select(edge => edge.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(Walks[name].States.ToHashSet(), table.States.ToHashSet());
        Assert.Empty(table.States.Intersect(table.ToleratedStates));
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void Deterministic__no_two_transitions_of_a_state_carry_one_exchange(string name)
    {
        // each exchange has been fired in each state, which throws where there are two; and none is written twice
        foreach (var info in Walks[name].Machine.GetInfo().States)
        {
            var labels = info.FixedTransitions.Select(transition => (Exchange)transition.Trigger.UnderlyingTrigger).ToList();
            Assert.Equal(labels.Distinct().Count(), labels.Count);
            Assert.Empty(info.DynamicTransitions);
        }
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void Total__each_state_answers_each_command_in_order_or_with_a_refusal(string name)
    {
        var walk = Walks[name];
        foreach (var state in walk.States.Where(state => walk.IsIn(state, Session) || state == Rfc5321.TurnedAway))
        {
            foreach (var command in walk.Commands.Where(command => command.Kind is InputKind.Line))
            {
                var inOrder = walk.From(state).Any(step => step.Exchange.Command == command);
                var refusal = walk.Refusal(state, command);

                // what is served nowhere is no command
                var isServed = walk.Steps.Keys.Any(step => step.Item2.Command == command && step.Item2.IsAccepted);
                Assert.True(inOrder || refusal?.Codes[0] == (isServed ? 503 : 500), $"{state} does not answer {command}");
                Assert.All(refusal?.Codes ?? [], code => Assert.InRange(code, 400, 599));
            }

            Assert.Contains(walk.From(state), step => step.Exchange == Unknown / 500);
        }
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void Live__each_state_is_reached_and_QUIT_leads_from_each_to_the_end_which_is_final(string name)
    {
        var walk = Walks[name];
        Assert.Equal(walk.States.ToHashSet(), walk.Configurations().Select(configuration => configuration.State).ToHashSet());
        foreach (var state in walk.States.Where(state => state != Closed))
        {
            // where QUIT cannot be said at once, one input leads to where it can
            var next = walk.From(state).Where(step => step.Exchange.IsAccepted).Select(step => step.To).Append(state);
            Assert.Contains(next, at => walk.Steps.TryGetValue((at, QUIT / 221), out var to) && to == Closed);
        }

        Assert.Empty(walk.From(Closed));
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void Buffers__all_are_empty_outside_a_transaction_and_the_reverse_path_is_held_inside(string name)
    {
        var walk = Walks[name];
        foreach (var (state, held) in walk.Configurations())
        {
            var buffers = held.Split('+', StringSplitOptions.RemoveEmptyEntries);
            var inside = walk.IsIn(state, Transaction) || walk.IsIn(state, ReceivingData);
            Assert.Equal(inside, buffers.Contains(ReversePath.Name));
            Assert.True(inside || buffers.Length == 0, $"{state} holds {held}");
        }
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void Buffers__data_is_received_with_a_forward_path_only(string name)
    {
        var walk = Walks[name];
        var receiving = walk.Configurations()
            .Where(configuration => walk.From(configuration.State).Any(step => step.Exchange.Command.Kind is InputKind.Data))
            .ToList();

        Assert.NotEmpty(receiving);
        Assert.All(receiving, configuration => Assert.Contains(ForwardPath.Name, configuration.Held.Split('+')));
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void Rejection_is_inert__4yz_and_5yz_change_nothing_but_for_the_listed_exceptions(string name)
    {
        var walk = Walks[name];
        List<Command> exceptions = name is "rfc821" or "lmtp" ? [EndOfData, Any]
            : name == "esmtpsa" ? [EndOfData, Any, Connection, Rfc4954.Response, Rfc4954.Cancel] : [EndOfData, Any, Connection];

        Assert.Equal(exceptions.ToHashSet(), walk.Machine.Vocabulary.MovesWhenRefused.Keys.ToHashSet());
        foreach (
            var ((state, exchange), to) in walk.Steps.Where(step =>
                step.Key.Exchange.Code >= 400 && !exceptions.Contains(step.Key.Exchange.Command)
            )
        )
        {
            Assert.True(to == state && exchange.Effects.Count == 0, $"{state}: {exchange} -> {to}");
        }
    }

    private static string Held(IEnumerable<DataBuffer> buffers) =>
        string.Join('+', buffers.Select(buffer => buffer.Name).Order(StringComparer.Ordinal));
}
