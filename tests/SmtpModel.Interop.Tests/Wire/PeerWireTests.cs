using SmtpModel.Interop.Tests.Support;
using SmtpModel.Machines;
using SmtpModel.Peers;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Interop.Tests.Wire;

/// <summary>The wire cases find what real servers do otherwise, and accuse them of nothing else.</summary>
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

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join("\n", results.Select(result => $"{result.Verdict} {result.Case} {result.Reason}")));
        var known = KnownWireDeviations.Of(name);
        var found = results.Where(result => result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict).ToList();
        var unexpected = found.Where(result => !known.Any(deviation => deviation.Case == result.Case.Id && deviation.Verdict == result.Verdict));
        Assert.True(!unexpected.Any(), $"{peer.Version} is accused of what is not known of it:\n{string.Join("\n", unexpected.Select(Describe))}");
        var unseen = known.Where(deviation => found.All(result => result.Case.Id != deviation.Case));
        Assert.True(!unseen.Any(), $"{peer.Version} is known for what was not found: {string.Join("; ", unseen.Select(deviation => $"{deviation.Case} ({deviation.Does})"))}");

        // an empty list says something only when the cases were decided
        Assert.All(results, result => Assert.True(result.Verdict is not CaseVerdict.Inconclusive, Describe(result)));
        Assert.True(results.Count(result => result.Verdict is CaseVerdict.Pass) > results.Count / 2);
    }

    private static string Describe(CaseResult result) =>
        $"{result.Verdict} {result.Case}: {result.Reason}; expected {result.Evidence?.Expected}, came {result.Evidence?.Came}\n{result.Evidence?.Transcript}";

    private static IReadOnlyList<Move>? To(TransitionTable table, State state)
    {
        var palette = new Palette(table, new PaletteOptions());
        return Paths.Shortest(table).TryGetValue(state, out var path)
            ? [.. path.Where(edge => edge.Exchange.Command.Kind is not InputKind.Opening).Select(edge => edge.Exchange.Command.Kind is InputKind.Data ? palette.Data[0] : palette.Valid(edge.Exchange.Command)[0])]
            : null;
    }
}
