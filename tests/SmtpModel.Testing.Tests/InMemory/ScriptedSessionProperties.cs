namespace SmtpModel.Testing.Tests.InMemory;

// The project's own session against the model it was generated from.
public class ScriptedSessionProperties
{
    [SessionProperty]
    public Task The_session_answers_as_the_machine_says_and_holds_what_it_says(ScriptedSession scripted) =>
        AgreesAsync(scripted, piece: 0);

    [SessionProperty]
    public async Task How_the_octets_are_split_makes_no_difference(ScriptedSession scripted)
    {
        foreach (var piece in new[] { 1, 2, 3, 7 })
        {
            await AgreesAsync(scripted, piece);
        }
    }

    [SessionProperty]
    public async Task The_oracle_finds_nothing_in_the_projects_own_session(ScriptedSession scripted)
    {
        ArgumentNullException.ThrowIfNull(scripted);
        var transcript = new Transcript();
        var runner = new SessionRunner(new Oracle(scripted.Profile.Table));
        var result = await runner.RunAsync(
            InMemoryTarget.Of(scripted.Profile),
            scripted.Session,
            transcript,
            TestContext.Current.CancellationToken
        );
        var wrong = result.Violation?.ToString() ?? result.Inconclusive ?? runner.NonStrict.Keys.FirstOrDefault()?.ToString();
        Assert.True(wrong is null, TestRun.Failure($"the oracle says: {wrong}", scripted.Session, transcript));
    }

    private static async Task AgreesAsync(ScriptedSession scripted, int piece)
    {
        TestRun.Agrees(await Memory.Of(scripted.Profile, piece).PlayAsync(scripted.Session, TestContext.Current.CancellationToken));
    }
}
