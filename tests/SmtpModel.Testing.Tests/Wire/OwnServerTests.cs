namespace SmtpModel.Testing.Tests.Wire;

public sealed class OwnServerTests
{
    [Theory]
    [ClassData(typeof(EveryProfile))]
    public async Task Our_own_server_keeps_every_wire_rule(string name)
    {
        var profile = EveryProfile.Named(name);
        await using var server = await EmbeddedServer.StartAsync(profile);
        var results = await new WireExaminer(profile, Ways.Options(profile)).RunAsync(
            server,
            WireCatalogue.Of(profile),
            TestContext.Current.CancellationToken
        );
        foreach (var result in results)
        {
            TestRun.Print($"{result.Verdict} {result.Case} [{result.Case.Rule.Clause}, {result.Case.Rule.Level}] {result.Reason}");
        }

        TestRun.None("not kept", results.Where(result => !Ways.MayNotApply(result) && result.Verdict is not CaseVerdict.Pass)
            .Select(result => $"{result.Verdict} {result.Case}: {result.Reason}\n{result.Evidence?.Transcript}"));
    }
}
