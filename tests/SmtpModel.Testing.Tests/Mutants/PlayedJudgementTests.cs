using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Mutants;

/// <summary>The judge of mutants never plays. Here a sample of what it says is held against sessions that the one player plays.</summary>
public class PlayedJudgementTests
{
    private const int Mutants = 60;
    private const int Sessions = 40;

    [Theory]
    [InlineData("rfc5321"), InlineData("esmtp"), InlineData("lmtp"), InlineData("rfc5321+chunking"), InlineData("esmtpsa")]
    public async Task What_the_judge_says_of_a_mutant_is_what_sessions_show_that_are_played(string name)
    {
        var profile = Profiles.Find(name)!;
        var random = new Random((int)TestRun.Seed);
        Mutant[] mutants = [.. random.GetItems(MutantCatalogue.Of(profile).All.ToArray(), TestRun.Cases(Mutants)).Distinct()];
        // sessions that are known to show something, each of another one
        TestSession[] all = [.. mutants.Select(mutant => mutant.Killing).OfType<TestSession>()];
        var runner = new SessionRunner(new Oracle(profile.Table));
        List<string> wrong = [];
        var (faulty, accused) = (0, 0);
        foreach (var mutant in mutants)
        {
            await using var target = InMemoryTarget.Of(mutant);
            var shown = await AccusingAsync(runner, target, random.GetItems(all, Sessions));
            if (mutant.Class is not MutantClass.Faulty)
            {
                wrong.AddRange(shown is { } session ? [$"{mutant} ({mutant.Class}) is accused by {session}"] : Array.Empty<string>());
                continue;
            }

            (faulty, accused) = (faulty + 1, accused + (shown is null ? 0 : 1));
            if (await AccusingAsync(runner, target, [mutant.Killing!]) is null)
            {
                wrong.Add($"{mutant} (faulty) is not accused by {mutant.Killing}");
            }
        }

        TestRun.None("judged otherwise than played", wrong);
        // a sample that shows nothing would prove nothing
        Assert.True(faulty > 5 && accused > 0, $"{faulty} faulty mutants, {accused} of them accused");
    }

    [Fact]
    public async Task A_server_that_counts_is_accused_by_the_session_that_is_said_to_show_it_and_by_none_that_is_shorter()
    {
        var runner = new SessionRunner(new Oracle(Profiles.Rfc5321.Table));
        var counters = MutantCatalogue.Of(Profiles.Rfc5321).Counters;
        Assert.Equal(
            [1, 2, 3],
            counters
                .Select(mutant => int.Parse(mutant.Id.Split('.')[^1], System.Globalization.CultureInfo.InvariantCulture))
                .Distinct()
                .Order()
        );
        foreach (
            var mutant in new Random((int)TestRun.Seed).GetItems(
                counters.Where(mutant => mutant.Class is MutantClass.Faulty).ToArray(),
                TestRun.Cases(Mutants)
            )
        )
        {
            await using var target = InMemoryTarget.Of(mutant);
            var killing = mutant.Killing!;
            Assert.NotNull(await AccusingAsync(runner, target, [killing]));
            Assert.Null(await AccusingAsync(runner, target, [new TestSession([.. killing.Steps.SkipLast(1)], killing.Greeting)]));
        }
    }

    private static async Task<TestSession?> AccusingAsync(SessionRunner runner, InMemoryTarget target, IEnumerable<TestSession> sessions)
    {
        foreach (var session in sessions)
        {
            if ((await runner.RunAsync(target, session, cancellation: TestContext.Current.CancellationToken)).Violation is not null)
            {
                return session;
            }
        }

        return null;
    }
}
