using System.Globalization;
using System.Net;
using SmtpModel.Interop.Tests.Support;
using SmtpModel.Peers;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Interop.Tests.Delivery;

/// <summary>Real servers send on to a server of ours, which sees whether they deliver what they took.</summary>
public class DeliveredTests
{
    // only a server that refuses a message at its end can be seen to deliver it all the same
    private const string Refusal = "NotApplicable rfc5321/4.2.5/what-was-refused-is-not-delivered";

    // 6.4: a relay need not, and the first server may; mail from its own address is mail of its own to Postfix
    private const string HeaderPutIn =
        "Info rfc5321/3.6.3/message-without-text: expected nothing more in the header, came Message-Id, Date, From put in";

    private const string FieldsPutIn =
        "Info rfc5321/3.6.3/what-was-taken-is-delivered-as-it-was-sent: expected nothing more in the header, came Date, From put in";

    public static TheoryData<string, string[]> Known { get; } = new()
    {
        { PeerNames.Postfix, [Refusal, HeaderPutIn, FieldsPutIn] },
        { PeerNames.Exim, [Refusal] },
        { PeerNames.Aiosmtpd, [Refusal] },
        { PeerNames.Nodemailer, [Refusal] },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public async Task A_real_server_delivers_what_it_took_once_and_as_it_was_sent_RFC_5321(string name, string[] known)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var sink = await Deliveries.SmtpAsync(new IPEndPoint(IPAddress.Loopback, 0));
        await using var peer = await RelayAsync(name, sink, cancellation);
        await using var target = new TcpTarget(peer.EndPoint.Address.ToString(), peer.EndPoint.Port);
        var options = new TestOptions
        {
            Depth = Depth.Data,
            Connections = 4,
            Select = one => one.Kind is CaseKind.Delivered,
            Delivered = new DeliveryWatch(sink),
        };
        var offer = await SmtpModel.Testing.Engine.ServerOffer.ReadAsync(
            target,
            Profiles.Rfc5321,
            options.Palette,
            null,
            cancellation: cancellation
        );
        options = options with { Palette = options.Palette with { Offer = offer.Offer } };
        var report = await new ConformanceTest(Profiles.Rfc5321, options).RunAsync(target, null, cancellation);

        var others = report
            .Results.Where(result => result.Verdict is not CaseVerdict.Pass)
            .Select(result =>
                result.Verdict is CaseVerdict.NotApplicable
                    ? $"{result.Verdict} {result.Case}"
                    : string.Create(CultureInfo.InvariantCulture, $"{result.Verdict} {result.Case}: {result.Reason}")
            );
        Assert.Equal(string.Join('\n', known.Order(StringComparer.Ordinal)), string.Join('\n', others.Order(StringComparer.Ordinal)));
        Assert.True(report.Count(CaseVerdict.Pass) > 25, $"{report.Count(CaseVerdict.Pass)} passed");
    }

    [Theory]
    [InlineData(PeerNames.Postfix)]
    [InlineData(PeerNames.Exim)]
    [InlineData(PeerNames.Aiosmtpd)]
    [InlineData(PeerNames.Nodemailer)]
    public async Task A_real_server_delivers_what_each_of_several_sessions_gave_and_nothing_of_another(string name)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var sink = await Deliveries.SmtpAsync(new IPEndPoint(IPAddress.Loopback, 0));
        await using var peer = await RelayAsync(name, sink, cancellation);
        await using var target = new TcpTarget(peer.EndPoint.Address.ToString(), peer.EndPoint.Port);
        var options = new FuzzOptions { Sessions = 40, Connections = 4, Delivered = new DeliveryWatch(sink) };
        var report = await new SmtpModel.Testing.Engine.InterleavedFuzzer(Profiles.Rfc5321, options).RunAsync(target, null, cancellation);

        Assert.DoesNotContain(report.Findings, finding => finding.NeedsDeliveries);
        Assert.DoesNotContain(report.Run.Inconclusive.Keys, why => why.Contains("deliver", StringComparison.Ordinal));
    }

    // the server, which sends on to the sink what it takes
    private static Task<Peer> RelayAsync(string name, Deliveries sink, CancellationToken cancellation)
    {
        Installed.Server(name);
        if (name == PeerNames.Nodemailer)
        {
            Installed.Tool(PeerTools.NodemailerClient);
        }

        var port = sink.Name[(sink.Name.LastIndexOf(':') + 1)..];
        return Peer.Start(name, new Dictionary<string, string> { ["PEER_RELAY"] = port }, cancellation);
    }
}
