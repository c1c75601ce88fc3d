using SmtpModel.Interop.Tests.Support;
using SmtpModel.Peers;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Interop.Tests.Conformance;

/// <summary>Real servers are learned again, and are what is kept of them; a program that shares nothing with the learner finds them so
/// too.</summary>
public sealed class LearnedServerTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => File.Delete(_file);

    // nodemailer's takes ten times as long
    [Theory]
    [InlineData(PeerNames.Postfix)]
    [InlineData(PeerNames.Exim)]
    [InlineData(PeerNames.Aiosmtpd)]
    public async Task A_server_that_is_learned_again_is_the_one_that_is_kept(string name)
    {
        Installed.Server(name);
        Installed.Tool(PeerTools.LearnedReplay);
        var kept = LearnedJson.Read(
            await File.ReadAllTextAsync(Path.Combine(Repository.Root, "src", "SmtpModel.Cli", "Learned", name + ".json"), Cancellation)
        );
        await using var peer = await Peer.Start(name, null, Cancellation);
        await using var target = new TcpTarget(peer.EndPoint.Address.ToString(), peer.EndPoint.Port);

        var learned = await ServerLearning.RunAsync(Profiles.Find(kept.Base)!, target, new LearnOptions(), cancellation: Cancellation);
        await File.WriteAllTextAsync(_file, LearnedJson.Write(learned), Cancellation);

        Assert.Null(learned.Cost.Stopped);
        Assert.Empty(LearnedComparison.Compare(kept, LearnedJson.Read(await File.ReadAllTextAsync(_file, Cancellation)))
            .Select(contrast => $"{string.Join("; ", contrast.Session)}: {contrast.One} was kept, {contrast.Other} came"));
        await ReplayAsync(peer.EndPoint.Port, sessions: 200, "200 sessions", exitCode: 0);
    }

    [Fact]
    public async Task The_machine_of_the_embedded_server_is_found_again_in_a_thousand_random_sessions_and_one_that_is_wrong_is_not()
    {
        Installed.Tool(PeerTools.LearnedReplay);
        await using var server = await EmbeddedServer.StartAsync(Profiles.Rfc5321);
        var port = int.Parse(server.Name[(server.Name.LastIndexOf(':') + 1)..^1], System.Globalization.CultureInfo.InvariantCulture);

        var learned = LearnedJson.Write(
            await ServerLearning.RunAsync(Profiles.Rfc5321, server, new LearnOptions(), cancellation: Cancellation)
        );
        await File.WriteAllTextAsync(_file, learned, Cancellation);
        await ReplayAsync(port, sessions: 1000, "1000 sessions", exitCode: 0);

        var wrong = learned.Replace(
            "\"input\":\"DATA\",\"output\":\"354\"",
            "\"input\":\"DATA\",\"output\":\"250\"",
            StringComparison.Ordinal
        );
        Assert.NotEqual(learned, wrong);
        await File.WriteAllTextAsync(_file, wrong, Cancellation);
        await ReplayAsync(port, sessions: 1000, "DATA / 354, where 250 was learned", exitCode: 1);
    }

    private async Task ReplayAsync(int port, int sessions, string says, int exitCode)
    {
        var result = await PeerTools.Run(PeerTools.LearnedReplay, [_file, $"{port}", "821", $"{sessions}"], null, null, Cancellation);
        Assert.Contains(says, result.Output + result.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, result.ExitCode);
    }
}
