using SmtpModel.Testing.Tests.InMemory;

namespace SmtpModel.Testing.Tests.Coverages;

// All that the machine has is exercised, and all of it answers as predicted.
public class CoverageTests
{
    private const int RandomSessions = 20_000;

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task Random_sessions_and_the_tour_cover_every_state_edge_pair_and_cell(string name)
    {
        var profile = EveryProfile.Named(name);
        var coverage = new Coverage(profile.Table);
        var runner = new SessionRunner(new Oracle(profile.Table), coverage);
        var target = InMemoryTarget.Of(profile);
        var random = new SessionSource(ScriptedSessions.Of(profile), TestRun.Seed);
        for (var number = 0; number < TestRun.Cases(RandomSessions); number++)
        {
            await PlayAsync(runner, target, random[number]);
        }

        TestRun.Print($"{name}, {TestRun.Cases(RandomSessions)} random sessions: {coverage}");
        var (sessions, exchanges) = (0, 0);
        foreach (var session in new PairTour(profile.Table, ScriptedSessions.PaletteOf(profile)).Sessions())
        {
            sessions++;
            exchanges += session.Steps.Count;
            await PlayAsync(runner, target, session);
        }

        TestRun.Print($"{name}, then a tour of {sessions} sessions and {exchanges} exchanges: {coverage}");
        TestRun.None("not strict", runner.NonStrict.Keys);
        TestRun.None("edges not covered", coverage.MissingEdges);
        TestRun.None("pairs of edges not covered", coverage.MissingPairs.Select(pair => $"{pair.First}, then {pair.Second}"));
        TestRun.None("cells not covered", coverage.MissingCells);
        Assert.Equal(profile.Table.States.Count, coverage.States.Covered);
    }

    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task The_tour_alone_covers_every_pair_and_every_answer_of_it_is_the_predicted_one(string name)
    {
        var profile = EveryProfile.Named(name);
        var coverage = new Coverage(profile.Table);
        var runner = new SessionRunner(new Oracle(profile.Table), coverage);
        var target = InMemoryTarget.Of(profile);
        var conversation = Memory.Of(profile, target);
        foreach (var session in new PairTour(profile.Table, ScriptedSessions.PaletteOf(profile)).Sessions())
        {
            TestRun.Agrees(await conversation.PlayAsync(session, TestContext.Current.CancellationToken));
            await PlayAsync(runner, target, session);
        }

        TestRun.None("pairs of edges not covered", coverage.MissingPairs.Select(pair => $"{pair.First}, then {pair.Second}"));
    }

    private static async Task PlayAsync(SessionRunner runner, ITarget target, TestSession session)
    {
        var transcript = new Transcript();
        var result = await runner.RunAsync(target, session, transcript, TestContext.Current.CancellationToken);
        Assert.True(result.Violation is null, TestRun.Failure($"{result.Violation}", session, transcript));
    }
}
