using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Learning;

/// <summary>The learner, on machines in memory: what is learned is the machine, for what it may cost.</summary>
public class LearnerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly LearningLimits Thorough = new() { ExtraStates = 1, Middles = 300 };

    [Fact]
    public async Task Machines_drawn_at_random_are_learned_exactly_and_the_certificate_agrees()
    {
        var learned = 0;
        for (var seed = 1; seed <= 40; seed++)
        {
            var machine = Drawn(seed);
            if (machine is null)
            {
                continue;
            }

            var system = new MealySystem(machine);
            var result = await Learner.RunAsync(system, Thorough, cancellation: Cancellation);
            Assert.Null(result.Stopped);
            Assert.Equal(machine.States.Count, result.Machine.Count);
            Assert.Null(Difference(machine, system, result.Machine));
            Assert.Equal((system.Sessions, system.Sent), (result.Sessions, result.Inputs));
            var sessions = result.Played.Select(session => session.Inputs);
            var gaps = SuiteCertificate.Gaps(machine, sessions, Thorough.ExtraStates, result.Machine.Access);
            Assert.Empty(gaps.Select(gap => gap.Says(machine)));
            learned++;
        }

        Assert.True(learned >= 20, $"{learned} machines were drawn");
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task A_machine_that_is_what_it_should_be_costs_no_session_beyond_its_complete_suite(string name)
    {
        var machine = ResolvedMachine.Of(Profiles.Find(name)!.Table).Mealy;
        var suite = SuiteMaker.Make(machine);
        var system = new MealySystem(machine);
        var result = await Learner.RunAsync(system, new LearningLimits { Walks = 0 }, hints: suite.Sessions, cancellation: Cancellation);
        Assert.Null(Difference(machine, system, result.Machine));
        Assert.Equal((suite.SessionCount, suite.InputCount), (result.Sessions, result.Inputs));
    }

    [Theory]
    [InlineData("rfc821")]
    [InlineData("rfc5321")]
    [InlineData("esmtp")]
    [InlineData("lmtp")]
    public async Task The_machines_of_the_RFCs_are_learned_from_nothing_within_450_sessions_and_2000_inputs(string name)
    {
        var machine = ResolvedMachine.Of(Profiles.Find(name)!.Table).Mealy;
        var system = new MealySystem(machine);
        var result = await Learner.RunAsync(system, new LearningLimits(), cancellation: Cancellation);
        Say($"{name}: {result.Machine.Count} states, {result.Sessions} sessions, {result.Inputs} inputs");
        Assert.Null(Difference(machine, system, result.Machine));
        Assert.InRange(result.Sessions, 1, 450);
        Assert.InRange(result.Inputs, 1, 2000);
    }

    // other learners were measured on it with all that the table has: the channel that is not open yet, each greeting, mail data in vain
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_11_states_and_21_inputs_of_RFC_5321_are_learned_from_nothing_within_450_sessions_and_2000_inputs(int seed)
    {
        var machine = WholeMachine.Of(Profiles.Rfc5321.Table);
        Assert.Equal((11, 21), (machine.States.Count + 1, machine.Inputs.Count));
        var system = new MealySystem(machine);
        var result = await Learner.RunAsync(system, new LearningLimits { Seed = seed }, cancellation: Cancellation);
        Say($"{result.Machine.Count} states and the end, {result.Sessions} sessions, {result.Inputs} inputs");
        Assert.Null(Difference(machine, system, result.Machine));
        Assert.InRange(result.Sessions, 1, 450);
        Assert.InRange(result.Inputs, 1, 2000);
    }

    // the third VRFY adds a recipient, the second RSET leaves the sender: states that the RFC has not
    [Theory]
    [InlineData("VRFY", "MailGiven", "RecipientsGiven", 3)]
    [InlineData("RSET", "Ready", "MailGiven", 2)]
    public async Task A_counter_behind_the_states_of_the_RFC_is_learned(string input, string at, string to, int times)
    {
        var machine = Counting(ResolvedMachine.Of(Profiles.Rfc5321.Table).Mealy, input, at, to, times);
        var suite = SuiteMaker.Make(ResolvedMachine.Of(Profiles.Rfc5321.Table).Mealy);
        var system = new MealySystem(machine);
        var result = await Learner.RunAsync(system, new LearningLimits { Walks = 0, Middles = 2500 }, hints: suite.Sessions,
            cancellation: Cancellation);
        Say($"{input}: {result.Machine.Count} states of {machine.States.Count}, {result.Sessions} sessions, {result.Inputs} inputs");
        Assert.Null(Difference(machine, system, result.Machine));
    }

    [Fact]
    public async Task An_output_that_is_wrong_once_is_asked_again_and_never_learned()
    {
        var machine = ResolvedMachine.Of(Profiles.Rfc5321.Table).Mealy;
        var system = new MealySystem(machine) { Answer = (session, sent, output) => (session, sent.Count) == (40, 1) ? "451/0" : output };
        var result = await Learner.RunAsync(system, new LearningLimits(), cancellation: Cancellation);
        Assert.Null(result.Stopped);
        Assert.Null(Difference(machine, new MealySystem(machine), result.Machine));
        var unsteady = Assert.Single(result.Unsteady);
        Assert.Equal(("451/0", 40), (unsteady.Then, unsteady.ThenSession));
        Assert.Equal(unsteady.First, unsteady.Kept);
    }

    [Fact]
    public async Task An_output_that_was_wrong_the_first_time_is_replaced_by_what_most_sessions_draw()
    {
        var machine = ResolvedMachine.Of(Profiles.Rfc5321.Table).Mealy;
        var system = new MealySystem(machine) { Answer = (session, sent, output) => (session, sent.Count) == (2, 1) ? "451/0" : output };
        var result = await Learner.RunAsync(system, new LearningLimits(), cancellation: Cancellation);
        Assert.Null(result.Stopped);
        Assert.Null(Difference(machine, new MealySystem(machine), result.Machine));
        var unsteady = Assert.Single(result.Unsteady);
        Assert.Equal(("451/0", 2), (unsteady.First, unsteady.FirstSession));
        Assert.NotEqual("451/0", unsteady.Kept);
    }

    [Fact]
    public async Task A_system_that_never_answers_the_same_is_given_up_and_both_sessions_are_told()
    {
        var machine = ResolvedMachine.Of(Profiles.Rfc5321.Table).Mealy;
        var system = new MealySystem(machine)
        {
            Answer = (session, sent, output) => sent.Count == 1 && output.EndsWith("/0", StringComparison.Ordinal)
                ? $"{session}/0" : output,
        };
        var result = await Learner.RunAsync(system, new LearningLimits(), cancellation: Cancellation);
        Assert.Equal("the same inputs draw different outputs in different sessions", result.Stopped);
        Assert.Equal(-1, result.ExtraStates);
        var last = result.Unsteady[^1];
        Assert.Null(last.Kept);
        Assert.NotEqual(last.FirstSession, last.ThenSession);
        Assert.InRange(result.Sessions, 2, 100);
    }

    [Fact]
    public async Task A_run_that_is_cut_off_goes_on_from_what_was_observed_and_asks_nothing_twice()
    {
        var machine = ResolvedMachine.Of(Profiles.Rfc5321.Table).Mealy;
        var system = new MealySystem(machine);
        List<PlayedSession> saved = [];
        var few = new LearningLimits { MostInputs = 100 };
        var cut = await Learner.RunAsync(system, few, keep: saved.Add, cancellation: Cancellation);
        Assert.Equal("100 inputs were sent, as many as it may", cut.Stopped);
        Assert.Equal(-1, cut.ExtraStates);
        Assert.Equal(100, cut.Inputs);
        var tree = new LearningTree(system);
        Assert.All(saved, session => Assert.Null(tree.Add(session)));
        var before = saved.Select(session => string.Join(',', session.Inputs)).ToHashSet();
        var result = await Learner.RunAsync(system, new LearningLimits(), tree,
            keep: session => Assert.DoesNotContain(string.Join(',', session.Inputs), before),
            cancellation: Cancellation);
        Assert.Null(Difference(machine, system, result.Machine));
    }

    [Fact]
    public async Task A_system_with_more_states_than_may_be_is_given_up()
    {
        var machine = ResolvedMachine.Of(Profiles.Rfc5321.Table).Mealy;
        var result = await Learner.RunAsync(new MealySystem(machine), new LearningLimits { MostStates = 3 }, cancellation: Cancellation);
        Assert.Equal("it has more than 3 states", result.Stopped);
        Assert.Equal(3, result.Machine.Count);
    }

    private static void Say(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);

    // the shortest inputs that the two answer otherwise; null where there are none
    private static List<int>? Difference(Mealy machine, MealySystem system, LearnedMachine learned)
    {
        HashSet<(int, int)> seen = [(0, 0)];
        var open = new Queue<(int State, int Learned, List<int> Path)>([(0, 0, [])]);
        while (open.TryDequeue(out var at))
        {
            for (var input = 0; input < machine.Inputs.Count; input++)
            {
                if (!machine.IsDefined(at.State, input))
                {
                    Assert.Null(learned.Output[at.Learned, input]);
                    continue;
                }

                var next = machine.Next(at.State, input);
                if (learned.Output[at.Learned, input] != system.Says(machine.Output(at.State, input), next))
                {
                    return [.. at.Path, input];
                }

                if (next >= 0 && seen.Add((next, learned.Next[at.Learned, input])))
                {
                    open.Enqueue((next, learned.Next[at.Learned, input], [.. at.Path, input]));
                }
            }
        }

        return null;
    }

    // null where two states are alike, or one is not reached
    private static Mealy? Drawn(int seed)
    {
        var random = new Random(seed);
        var (states, inputs) = (random.Next(2, 9), random.Next(2, 6));
        var (next, output) = (new int[states, inputs], new int[states, inputs]);
        for (var state = 0; state < states; state++)
        {
            for (var input = 0; input < inputs; input++)
            {
                // that a session is over shows in the output, as with servers
                next[state, input] = random.Next(12) == 0 ? -1 : random.Next(states);
                output[state, input] = next[state, input] < 0 ? 2 : random.Next(2);
            }
        }

        var names = Enumerable.Range(0, states).Select(state => $"s{state}");
        var machine = new Mealy([.. names], [.. Enumerable.Range(0, inputs).Select(input => $"i{input}")], next, output);
        HashSet<int> reached = [0];
        for (var grew = true; grew;)
        {
            var behind = reached.SelectMany(state => Enumerable.Range(0, inputs).Select(input => next[state, input]));
            grew = behind.Where(state => state >= 0).ToList().ConvertAll(reached.Add).Contains(true);
        }

        return reached.Count == states && !new Separation(machine).Alike.Any() ? machine : null;
    }

    // at a state an input is counted, and leads elsewhere when it comes for the last time; what leads away forgets the count
    private static Mealy Counting(Mealy machine, string counted, string at, string to, int times)
    {
        var (names, input) = (machine.States.ToList(), machine.Inputs.ToList().IndexOf(counted));
        var (state, target) = (names.IndexOf(at), names.IndexOf(to));
        var count = machine.States.Count;
        List<string> states = [.. machine.States, .. Enumerable.Range(1, times - 1).Select(time => $"{at}{time}")];
        var (next, output) = (new int[states.Count, machine.Inputs.Count], new int[states.Count, machine.Inputs.Count]);
        for (var one = 0; one < states.Count; one++)
        {
            var of = one < count ? one : state;
            for (var each = 0; each < machine.Inputs.Count; each++)
            {
                (next[one, each], output[one, each]) = (machine.Next(of, each), machine.Output(of, each));
                // what stays, stays with the count
                next[one, each] = one >= count && next[one, each] == state ? one : next[one, each];
            }
        }

        for (var time = 0; time < times; time++)
        {
            next[time == 0 ? state : count + time - 1, input] = time == times - 1 ? target : count + time;
        }

        return new Mealy(states, machine.Inputs, next, output);
    }
}
