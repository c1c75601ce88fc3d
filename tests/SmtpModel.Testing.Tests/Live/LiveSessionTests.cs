using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;

namespace SmtpModel.Testing.Tests.Live;

// The live server over real sockets, in lockstep with the model.
public class LiveSessionTests
{
    private const int Sessions = 300;
    private const int SessionsByteByByte = 200;

    [Theory]
    [ClassData(typeof(EveryProtocol))]
    public async Task The_live_server_answers_as_the_machine_says(string name) => await AgreesAsync(name, isByteByByte: false, Sessions);

    [Theory]
    [ClassData(typeof(EveryProtocol))]
    public async Task The_live_server_answers_alike_when_every_octet_comes_alone(string name) =>
        await AgreesAsync(name, isByteByByte: true, SessionsByteByByte);

    [Theory]
    [ClassData(typeof(EveryProtocol))]
    public async Task The_tour_of_all_edge_pairs_finds_no_difference_in_the_live_server(string name)
    {
        var profile = EveryProfile.Named(name);
        await using var server = await ScriptedServer.StartAsync(profile);
        var conversation = new Conversation(profile.Table, server);
        var clock = Stopwatch.StartNew();
        var sessions = 0;
        foreach (var session in new PairTour(profile.Table, ScriptedSessions.PaletteOf(profile)).Sessions())
        {
            TestRun.Agrees(await conversation.PlayAsync(session, TestContext.Current.CancellationToken));
            sessions++;
        }

        TestRun.Print(
            $"{name}: the whole tour, {sessions} sessions and {conversation.Exchanges} exchanges in {clock.Elapsed.TotalSeconds:0.0} s"
        );
        Assert.Empty(server.Faults);
    }

    // FsCheck draws and shrinks; a failure carries the shrunk session
    private static async Task AgreesAsync(string name, bool isByteByByte, int sessions)
    {
        var profile = EveryProfile.Named(name);
        await using var server = await ScriptedServer.StartAsync(profile, isByteByByte);
        var conversation = new Conversation(profile.Table, server);
        var clock = Stopwatch.StartNew();
        var property = Prop.ForAll(ScriptedSessions.Of(profile).Arbitrary, async session =>
            TestRun.Agrees(await conversation.PlayAsync(session, TestContext.Current.CancellationToken))
        );
        Check.One(
            Config.QuickThrowOnFailure.WithReplay(TestRun.Seed, 5321).WithMaxTest(TestRun.Cases(sessions)).WithQuietOnSuccess(true),
            property
        );
        TestRun.Print($"{name}: {conversation.Exchanges} exchanges in {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.Empty(server.Faults);
    }
}
