using SmtpModel.Spec;

namespace SmtpModel.Testing.Tests.Learning;

/// <summary>Which of some machines a server is nearest to.</summary>
public class IdentificationTests
{
    private static readonly LearnedAutomaton[] Library = [Machine("says 250", "250"), Machine("says 251", "251")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_machine_that_answers_as_the_server_does_is_the_nearest()
    {
        await using var target = new PlantedTarget(_ => line => Task.FromResult<Observation?>(
            line.StartsWith("NOOP", StringComparison.Ordinal) ? new Observation(ObservationKind.Reply, 251) : null));

        var found = await ServerIdentification.RunAsync(Profiles.Rfc5321, target, new PaletteOptions(), Library, Cancellation);

        Assert.Equal("says 251", found.Ranking[0].Known.Server);
        Assert.Equal((1, 0), (found.Ranking[0].Agreeing, found.Ranking[1].Agreeing));
        Assert.Empty(found.Differences);
    }

    // whoever calls it knows what to do about a server that is not there
    [Fact]
    public async Task A_session_that_is_lost_ends_it_as_a_server_does_that_is_not_there()
    {
        await using var target = new PlantedTarget(_ => _ => throw new SessionLostException("the wire was cut"));

        var fault = await Assert.ThrowsAsync<TargetUnreachableException>(() =>
            ServerIdentification.RunAsync(Profiles.Rfc5321, target, new PaletteOptions(), Library, Cancellation));

        Assert.Equal("the wire was cut", fault.Message);
    }

    private static LearnedAutomaton Machine(string name, string answer) =>
        new(name, ["Greeted"], [new("NOOP", "NOOP")], [new LearnedTransition("Greeted", "NOOP", answer, "Greeted")]);
}
