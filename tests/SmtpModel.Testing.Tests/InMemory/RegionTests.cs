using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.InMemory;

/// <summary>The machine whose states are multiplied by what a session knows of its channel and its client, with its own session in
/// memory.</summary>
public class RegionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("esmtpsa", 23)]
    [InlineData("rfc5321+auth", 13)]
    [InlineData("rfc5321+starttls", 13)]
    public async Task The_session_does_what_the_machine_says_in_every_state_behind_STARTTLS_and_AUTH(string name, int states)
    {
        var profile = Profiles.Find(name)!;
        await using var target = InMemoryTarget.Of(profile);

        var report = await new Fuzzer(
            profile,
            new FuzzOptions
            {
                Seed = TestRun.Seed,
                Sessions = 4000,
                IsScripted = true,
            }
        ).RunAsync(target, cancellation: Cancellation);

        Assert.Empty(report.Findings);
        Assert.Equal(states, profile.Table.States.Count);
        Assert.Equal(states, report.Coverage.States.Covered);
    }

    [Fact]
    public async Task What_shows_a_mutant_of_STARTTLS_or_AUTH_shows_it_when_it_is_played()
    {
        var catalogue = MutantCatalogue.Of(Profiles.Composed("starttls", "auth"));
        var some = catalogue
            .All.Where(mutant =>
                mutant.Exchange.Command == Rfc3207.STARTTLS
                || mutant.Exchange.Command == Rfc4954.AUTH
                || mutant.Exchange.Command == Rfc4954.Response
            )
            .Where((_, at) => at % 41 == 0)
            .ToList();
        Assert.True(some.Count > 20, $"{some.Count} mutants");
        var faulty = 0;
        foreach (var mutant in some)
        {
            if (mutant is not { Class: MutantClass.Faulty, Killing: { } session })
            {
                continue;
            }

            faulty++;
            await using var target = InMemoryTarget.Of(mutant);
            var result = await new SessionRunner(new Oracle(catalogue.Table)).RunAsync(target, session, null, Cancellation);
            Assert.True(result.Violation is not null, $"{mutant.Id}: {mutant.Does} is not seen in {session}");
        }

        Assert.True(faulty > some.Count / 2, $"{faulty} of {some.Count} are faulty");
    }
}
