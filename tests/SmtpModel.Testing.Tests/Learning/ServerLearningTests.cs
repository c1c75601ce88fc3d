using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Learning;

/// <summary>Servers learned: one that keeps the rules, some that count, and some that will not be learned.</summary>
public class ServerLearningTests
{
    private static readonly string[] Few = ["EHLO", "MAIL", "RCPT", "DATA", "end of data", "RSET", "VRFY", "QUIT"];

    private static readonly LearnOptions Deep = new() { Middles = 600, Inputs = Few };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("rfc821")]
    [InlineData("rfc5321")]
    [InlineData("esmtp")]
    [InlineData("lmtp")]
    public async Task The_embedded_session_is_learned_without_a_violation_and_what_is_learned_is_proved(string name)
    {
        var profile = Profiles.Find(name)!;
        await using var target = InMemoryTarget.Of(profile);
        var learned = await ServerLearning.RunAsync(profile, target, new LearnOptions(), cancellation: Cancellation);
        Assert.Null(learned.Cost.Stopped);
        Assert.Empty(learned.Violations);
        Assert.DoesNotContain(learned.Differences, one => one.Kind is not LearnedKind.Missing || one.Verdict is not Verdict.Pass);
        Assert.DoesNotContain(learned.States, state => state.IsExtra);
        Assert.Empty(SoundnessCheck.Run(learned.Machine).Select(fault => fault.Message));
        var report = Verifier.Verify(learned.Machine, Properties.All);
        Assert.Empty(report.Properties.Where(result => result.Verdict is PropertyVerdict.Violated).Select(result => result.Property.Name));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_chunks_are_offered_and_no_input_the_other_states_are_found_all_the_same(bool isFromNothing)
    {
        await using var target = InMemoryTarget.Of(Profiles.Composed("chunking", "binarymime"));

        var learned = await ServerLearning.RunAsync(Profiles.Composed("chunking", "binarymime"), target,
            new LearnOptions { IsFromNothing = isFromNothing }, cancellation: TestContext.Current.CancellationToken);

        Assert.Contains(learned.States, state => state.Like.Name.StartsWith("RecipientsGiven", StringComparison.Ordinal));
        Assert.Equal(5, learned.States.Count);
        Assert.Empty(learned.Violations);
    }

    [Fact]
    public async Task A_server_that_is_what_the_specification_says_costs_its_suite_and_what_is_asked_of_unknown_lines()
    {
        await using var target = InMemoryTarget.Of(Profiles.Rfc5321);
        var learned = await LearnAsync(target, new LearnOptions());
        Assert.Equal((69, 265L), (learned.Cost.Sessions, learned.Cost.Inputs));
        await using var again = InMemoryTarget.Of(Profiles.Rfc5321);
        var scratch = await LearnAsync(again, new LearnOptions { IsFromNothing = true });
        Assert.Equal(learned.Transitions.Select(Said).Order(), scratch.Transitions.Select(Said).Order());
        Assert.InRange(scratch.Cost.Sessions, 70, 450);
        Assert.InRange(scratch.Cost.Inputs, 266, 2000);
    }

    // planted counters: what needs five to eight inputs, and which of the states of the specification it is like
    public static TheoryData<string, int, string> Planted => new()
    {
        { CountingServer.ThirdVrfy, 7, "MAIL / 250; VRFY / 252; VRFY / 252; VRFY / 252; DATA / 354" },
        { CountingServer.SecondRset, 6, "MAIL / 250; RSET / 250" },
        { CountingServer.RsetBehindMessage, 6, "end of data / 250; RSET / 250; MAIL / 503" },
    };

    [Theory]
    [MemberData(nameof(Planted))]
    public async Task A_planted_counter_is_found_and_shown_by_its_session(string what, int fewest, string shown)
    {
        await using var target = new PlantedTarget(send => CountingServer.Of(what, send));
        var learned = await LearnAsync(target, Deep);
        Say($"{what}: {learned.States.Count} states, {learned.Cost.Sessions} sessions, {learned.Cost.Inputs} inputs");
        Assert.Equal((target.Sessions, target.Inputs), (learned.Cost.Sessions, learned.Cost.Inputs));
        Assert.InRange(learned.States.Count, fewest, 20);
        Assert.Contains(learned.States, state => state.IsExtra);
        var wrong = learned.Differences.Concat(learned.Violations).Where(one => one.Verdict is not Verdict.Pass);
        var sessions = wrong.Select(Session).ToList();
        Assert.Contains(sessions, session => session.Contains(shown, StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_extra_states_a_counter_of_two_is_found_without_luck_and_without_them_it_may_be_missed()
    {
        const string what = CountingServer.SecondRset;
        await using var target = new PlantedTarget(send => CountingServer.Of(what, send));
        var shallow = await LearnAsync(target, new LearnOptions());
        var deep = await LearnAsync(target, new LearnOptions { ExtraStates = 2, Inputs = ["EHLO", "MAIL", "RCPT", "RSET", "DATA"] });
        Assert.Equal(5, shallow.States.Count);
        Assert.InRange(deep.States.Count, 6, 20);
        Assert.Equal(2, deep.Cost.ExtraStates);
    }

    [Fact]
    public async Task A_message_without_a_recipient_is_a_violation_and_breaks_a_property()
    {
        await using var target = new PlantedTarget(send => CountingServer.Of(CountingServer.ThirdVrfy, send));
        var learned = await LearnAsync(target, Deep);
        var report = Verifier.Verify(learned.Machine, Properties.All);
        var broken = Assert.Single(report.Properties, result => result.Property.Name == "data-after-rcpt");
        Assert.Equal(PropertyVerdict.Violated, broken.Verdict);
        var violation = Assert.Single(learned.Violations, one => one.Input == "end of data");
        Assert.Equal("EHLO / 250; MAIL / 250; VRFY / 252; VRFY / 252; VRFY / 252; DATA / 354; end of data / 250", Session(violation));
    }

    [Fact]
    public async Task A_server_that_closes_behind_three_errors_is_learned_with_its_count()
    {
        await using var target = new PlantedTarget(send => CountingServer.Of("closes behind three errors", send));
        var learned = await LearnAsync(target, new LearnOptions { Middles = 200, Inputs = ["EHLO", "MAIL", "RCPT", "NOOP", "unknown"] });
        Assert.Null(learned.Cost.Stopped);
        Assert.Contains(learned.Transitions, one => one is { Input: "unknown", Output: "421, closed", To: null });
        Assert.Empty(learned.Violations.Select(Session));
    }

    [Fact]
    public async Task A_server_that_never_answers_the_same_is_given_up_and_both_sessions_are_told()
    {
        var random = new Random(1);
        await using var target = new PlantedTarget(_ => line => Task.FromResult<Observation?>(
            line == "NOOP" ? new Observation(ObservationKind.Reply, 200 + random.Next(50)) : null));
        var learned = await LearnAsync(target, new LearnOptions());
        Assert.Equal("the same inputs draw different outputs in different sessions", learned.Cost.Stopped);
        Assert.False(learned.Cost.IsWhole);
        Assert.Contains(learned.Notes, note => note.EndsWith("no reply was drawn by most sessions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_dies_in_mid_run_leaves_what_is_known()
    {
        var sessions = 0;
        await using var target = new PlantedTarget(_ => ++sessions > 30 ? throw new TargetUnreachableException("it is gone")
            : _ => Task.FromResult<Observation?>(null));
        var learned = await LearnAsync(target, new LearnOptions());
        Assert.Equal("the server lets no more sessions in: it is gone", learned.Cost.Stopped);
        Assert.Equal(-1, learned.Cost.ExtraStates);
        Assert.NotEmpty(learned.Transitions);
        Assert.Empty(learned.Violations);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task However_soon_a_run_ends_nothing_is_told_that_no_session_showed(bool isFromNothing)
    {
        foreach (var most in Enumerable.Range(1, 30).Select(one => one * 8L))
        {
            await using var target = InMemoryTarget.Of(Profiles.Rfc5321);
            using var kept = new StringWriter();
            using var log = new LearningLog(null, () => kept);
            var learned = await LearnAsync(target, new LearnOptions { IsFromNothing = isFromNothing, MostInputs = most }, log);
            var names = learned.Inputs.Select(input => input.Key).ToList();
            var seen = kept.ToString();

            Assert.NotNull(learned.Cost.Stopped);
            Assert.Empty(learned.Violations.Select(Session));
            Assert.All(learned.Differences, one => Assert.Contains(
                $"\"Inputs\":[{string.Join(',', one.Session.Select(name => names.IndexOf(name)))}", seen, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_was_kept_is_read_again_and_a_file_that_was_cut_off_too()
    {
        await using var target = new PlantedTarget(_ => _ => Task.FromResult<Observation?>(null));
        using var written = new StringWriter { NewLine = "\n" };
        using (var log = new LearningLog(null, () => written))
        {
            await LearnAsync(target, new LearnOptions { MostInputs = 150 }, log);
        }

        var lines = written.ToString().TrimEnd().Split('\n');
        using var cut = new LearningLog([.. lines[..^1], lines[^1][..5]], null);
        var before = target.Inputs;
        var learned = await LearnAsync(target, new LearnOptions(), cut);
        Assert.Null(learned.Cost.Stopped);
        Assert.InRange(target.Inputs - before, 265 - 150, 265 - 130);
        using var broken = new LearningLog([lines[0], "{", lines[1]], null);
        var fault = await Assert.ThrowsAsync<FormatException>(() => LearnAsync(target, new LearnOptions(), broken));
        Assert.Equal("line 2 is no JSON", fault.Message);
        using var other = new LearningLog(lines, null);
        await Assert.ThrowsAsync<FormatException>(() =>
            ServerLearning.RunAsync(Profiles.Rfc821, target, new LearnOptions(), other, cancellation: Cancellation)
        );
    }

    [Fact]
    public async Task What_was_learned_is_written_as_a_machine_and_read_back()
    {
        await using var target = InMemoryTarget.Of(Profiles.Rfc5321);
        var learned = await LearnAsync(target, new LearnOptions());
        var text = LearnedJson.Write(learned);
        var read = Assert.IsType<MachineRead>(MachineJson.Read(text));
        Assert.Equal(
            learned.Machine.Table.Edges.Select(edge => edge.ToString()),
            read.Profile.Table.Edges.Select(edge => edge.ToString())
        );
        var back = LearnedJson.Read(text);
        Assert.Equal(learned.Transitions, back.Transitions);
        Assert.Throws<FormatException>(() => LearnedJson.Read(MachineJson.Write(Profiles.Rfc5321)));
    }

    private static Task<LearnedServer> LearnAsync(ITarget target, LearnOptions options, LearningLog? log = null) =>
        ServerLearning.RunAsync(Profiles.Rfc5321, target, options, log, cancellation: Cancellation);

    private static string Said(LearnedTransition one) => $"{one.From}: {one.Input} / {one.Output} -> {one.To}";

    private static string Session(LearnedDifference one) =>
        string.Join("; ", one.Session.Zip(one.Outputs, (input, output) => $"{input} / {output}"));

    private static void Say(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);
}
