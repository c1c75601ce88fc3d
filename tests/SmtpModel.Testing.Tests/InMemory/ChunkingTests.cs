using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.InMemory;

/// <summary>The machine with BDAT and BDAT LAST, with its own session in memory: blocks that hold command lines and dots, alone and in
/// groups.</summary>
public class ChunkingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [
        InlineData("rfc5321+chunking", true),
        InlineData("rfc5321+chunking+pipelining", false),
        InlineData("rfc5321+chunking+pipelining+size+8bitmime", true),
        InlineData("lmtp+chunking", true),
        InlineData("rfc5321+chunking+binarymime+8bitmime", true)
    ]
    public async Task The_session_does_what_the_machine_says_and_hands_over_what_was_accepted(string name, bool isScripted)
    {
        var profile = Profiles.Find(name)!;
        await using var target = InMemoryTarget.Of(profile);

        var report = await new Fuzzer(
            profile,
            new FuzzOptions
            {
                Seed = TestRun.Seed,
                Sessions = TestRun.Cases(5000),
                IsScripted = isScripted,
            }
        ).RunAsync(target, cancellation: Cancellation);

        TestRun.NoFindings(report);
        TestRun.None("not strict", report.NonStrict.Keys);
        // without a script no greeting turns a client away
        Assert.Equal(profile.Table.States.Count - (isScripted ? 0 : 1), report.Coverage.States.Covered);
    }

    [Fact]
    [Trait("Rule", "LM7")]
    public async Task RFC_2033_4_3_a_mutant_of_LMTP_that_forgets_LAST_is_found()
    {
        var catalogue = MutantCatalogue.Of(Profiles.Find("lmtp+chunking")!);
        var mutant = catalogue.Find("transfer.ChunksGiven.BDATLAST-250.ChunksGiven");
        Assert.True(mutant is not null, string.Join(", ", catalogue.Near("transfer.ChunksGiven.BDATLAST-250.ChunksGiven")));
        await using var target = InMemoryTarget.Of(mutant);

        Assert.Equal(MutantClass.Faulty, mutant.Class);
        Assert.True(
            (await new SessionRunner(new Oracle(catalogue.Table)).RunAsync(target, mutant.Killing!, null, Cancellation)).Violation
                is not null,
            $"{mutant.Killing}"
        );
    }

    // a block that is cut anywhere is the same block
    [Theory, InlineData(1), InlineData(7)]
    public async Task Blocks_in_pieces_are_the_same(int piece)
    {
        var profile = Profiles.Composed("chunking");
        await using var target = InMemoryTarget.Of(profile, piece);

        TestRun.NoFindings(
            await new Fuzzer(
                profile,
                new FuzzOptions
                {
                    Seed = TestRun.Seed,
                    Sessions = TestRun.Cases(1000),
                    IsScripted = true,
                }
            ).RunAsync(target, cancellation: Cancellation)
        );
    }

    [Theory]
    // LAST is forgotten: the message goes on
    [InlineData("transfer.ChunksGiven.BDATLAST-250.ChunksGiven")]
    // RSET leaves the chunks where they are, or the transaction
    [InlineData("transfer.ChunksGiven.RSET-250.ChunksGiven")]
    // a chunk is not kept, so that DATA is served behind it
    [InlineData("transfer.RecipientsGiven.BDAT-250.RecipientsGiven")]
    public async Task A_server_that_is_wrong_about_chunks_is_found_by_the_session_that_shows_it_and_by_random_ones(string id)
    {
        var profile = Profiles.Composed("chunking");
        var mutant = MutantCatalogue.Of(profile).Find(id);

        Assert.NotNull(mutant);
        Assert.True(
            mutant is { Class: MutantClass.Faulty, Killing: not null },
            $"{id}: {mutant.Class}; near {string.Join(", ", MutantCatalogue.Of(profile).Near(id))}"
        );
        await using var target = InMemoryTarget.Of(mutant);
        Assert.NotNull(
            (await new SessionRunner(new Oracle(profile.Table)).RunAsync(target, mutant.Killing!, null, Cancellation)).Violation
        );
        await using var again = InMemoryTarget.Of(mutant);
        Assert.NotEmpty(
            (
                await new Fuzzer(profile, new FuzzOptions { Seed = TestRun.Seed, Sessions = 5000 }).RunAsync(
                    again,
                    cancellation: Cancellation
                )
            ).Findings
        );
    }

    [Fact]
    public async Task What_shows_a_mutant_of_BDAT_shows_it_when_it_is_played()
    {
        var catalogue = MutantCatalogue.Of(Profiles.Composed("chunking"));
        var some = catalogue.All.Where(mutant => mutant.Exchange.Command.Block is not null).Where((_, at) => at % 29 == 0).ToList();
        var faulty = some.Where(mutant => mutant is { Class: MutantClass.Faulty, Killing: not null }).ToList();
        foreach (var mutant in faulty)
        {
            await using var target = InMemoryTarget.Of(mutant);
            var result = await new SessionRunner(new Oracle(catalogue.Table)).RunAsync(target, mutant.Killing!, null, Cancellation);
            Assert.True(result.Violation is not null, $"{mutant.Id}: {mutant.Does} is not seen in {mutant.Killing}");
        }

        // where a refused chunk leaves a server is open, so many of them break nothing
        Assert.True(faulty.Count > 5, $"{faulty.Count} of {some.Count} are faulty");
    }
}
