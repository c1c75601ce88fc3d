using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Learning;

/// <summary>What is said of a difference is about that difference: what is expected is expected where the session is, and a state is not
/// blamed for a reply that would be as wrong in another.</summary>
public class LearnedWordsTests
{
    private static readonly string[] Few = ["MAIL", "RCPT", "DATA", "end of data", "RSET", "QUIT"];

    [Fact]
    public void Chunks_are_inputs_only_where_they_are_named_RFC_3030_2()
    {
        var table = Profiles.Composed("chunking", "binarymime").Table;
        var palette = new Palette(table, new PaletteOptions());
        string[] chunks = ["BDAT", "BDAT LAST", "MAIL BINARYMIME"];

        Assert.Empty(LearningAlphabet.Of(table, palette).Select(input => input.Name).Intersect(chunks));
        Assert.Equal(chunks, LearningAlphabet.Of(table, palette, chunks).Select(input => input.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_state_from_the_beginning_is_not_blamed_for_another_code_that_RCPT_draws_in_each()
    {
        var learned = await LearnAsync(send =>
        {
            var isGreeted = false;
            return async line =>
            {
                if (!isGreeted)
                {
                    isGreeted = true;
                    await send("EHLO client.example.test");
                }

                return line.StartsWith("RCPT", StringComparison.Ordinal)
                    ? new Observation(ObservationKind.Reply, await send(line) is var code && code == 503 ? 501 : code)
                    : null;
            };
        });
        var began = Assert.Single(learned.Differences, one => one is { Kind: LearnedKind.OtherTarget, Input: "connection" });
        Assert.Equal((Verdict.NonStrict, "MAIL / 250"), (began.Verdict, Session(began)));
        Assert.Equal("RCPT / 501", Session(Assert.Single(learned.Violations)));
    }

    [Fact]
    public async Task A_state_from_the_beginning_that_nobody_minds_is_no_difference_RFC_2033_4_1()
    {
        var learned = await LearnAsync(send =>
        {
            var isGreeted = false;
            return async line =>
            {
                if (!isGreeted)
                {
                    isGreeted = true;
                    await send("LHLO client.example.test");
                }

                return null;
            };
        }, Profiles.Lmtp);
        Assert.Empty(learned.Violations);
        Assert.DoesNotContain(learned.Differences, one => one.Verdict is not Verdict.Pass);
    }

    [Fact]
    public async Task What_is_expected_of_a_violation_is_what_the_state_has_that_the_session_is_in()
    {
        var learned = await LearnAsync(_ =>
        {
            var isGreeted = false;
            return line =>
            {
                var isAgain = isGreeted && line.StartsWith("EHLO", StringComparison.Ordinal);
                isGreeted |= line.StartsWith("EHLO", StringComparison.Ordinal);
                return Task.FromResult<Observation?>(isAgain ? new Observation(ObservationKind.Reply, 250) : null);
            };
        });
        var violation = Assert.Single(learned.Violations, one => Session(one) == "EHLO / 250; MAIL / 250; EHLO / 250; RCPT / 250");
        Assert.Equal("out of order, 503", violation.Expected);
        Assert.Contains(learned.Differences, one => one is { Kind: LearnedKind.OtherTarget, Input: "EHLO", Verdict: Verdict.Fail });
    }

    private static string Session(LearnedDifference one) =>
        string.Join("; ", one.Session.Zip(one.Outputs, (input, output) => $"{input} / {output}"));

    private static async Task<LearnedServer> LearnAsync(
        Func<Func<string, Task<int>>, Func<string, Task<Observation?>>> plant,
        Machines.Profile? profile = null
    )
    {
        await using var target = new PlantedTarget(plant, profile);
        return await ServerLearning.RunAsync(
            profile ?? Profiles.Rfc5321,
            target,
            new LearnOptions { Inputs = [(profile ?? Profiles.Rfc5321).Table.Listing!.Name, .. Few] },
            cancellation: TestContext.Current.CancellationToken
        );
    }
}
