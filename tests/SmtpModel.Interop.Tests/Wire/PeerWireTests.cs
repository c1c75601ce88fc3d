using SmtpModel.Interop.Tests.Support;
using SmtpModel.Machines;
using SmtpModel.Peers;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Interop.Tests.Wire;

public sealed class PeerWireTests
{
    [Theory]
    [InlineData(PeerNames.Postfix)]
    [InlineData(PeerNames.PostfixStrict)]
    [InlineData(PeerNames.Exim)]
    [InlineData(PeerNames.Aiosmtpd)]
    [InlineData(PeerNames.Nodemailer)]
    [InlineData(PeerNames.SmtpSink)]
    public async Task A_real_server_is_accused_of_its_known_deviations_on_the_wire_and_of_nothing_else_RFC_5321(string name)
    {
        Installed.Server(name);
        var cancellation = TestContext.Current.CancellationToken;
        await using var peer = await Peer.Start(name, null, cancellation);
        await using var target = new TcpTarget(peer.EndPoint.Address.ToString(), peer.EndPoint.Port);
        var profile = Profiles.Rfc5321;
        var options = new WireOptions { Access = state => To(profile.Table, state), Depth = Depth.Data };
        var results = await new WireExaminer(profile, options).RunAsync(target, WireCatalogue.Of(profile), cancellation);
        foreach (var result in results)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{peer.Version} {result.Verdict} {result.Case} [{result.Case.Rule.Level}] {result.Reason}");
            if (Environment.GetEnvironmentVariable("WIRELOG") is { } log)
            {
                await File.AppendAllTextAsync(Path.Combine(log, name + ".log"), $"{result.Verdict} {result.Case} [{result.Case.Rule.Level}] {result.Reason}\n   expected {result.Evidence?.Expected}; came {result.Evidence?.Came}\n{result.Evidence?.Transcript}\n", cancellation);
            }
        }
    }

    private static IReadOnlyList<Move>? To(TransitionTable table, State state)
    {
        var palette = new Palette(table, new PaletteOptions());
        return Paths.Shortest(table).TryGetValue(state, out var path)
            ? [.. path.Where(edge => edge.Exchange.Command.Kind is not InputKind.Opening).Select(edge => edge.Exchange.Command.Kind is InputKind.Data ? palette.Data[0] : palette.Valid(edge.Exchange.Command)[0])]
            : null;
    }
}
