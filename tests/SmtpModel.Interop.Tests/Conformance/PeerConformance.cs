using System.Collections.Concurrent;
using SmtpModel.Peers;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Interop.Tests.Conformance;

/// <summary>Tests the real servers, each once, whichever test asks first.</summary>
internal static class PeerConformance
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<(string Version, TestReport Report)>>> Reports = [];

    /// <summary>A server's version and what the test makes of it.</summary>
    public static Task<(string Version, TestReport Report)> Of(string name) => Reports.GetOrAdd(name, _ => new(async () =>
    {
        await using var peer = await Peer.Start(name, null, CancellationToken.None);
        return (peer.Version, await TestAsync(peer, Depth.Data, 6, CancellationToken.None));
    })).Value;

    public static async Task<TestReport> TestAsync(Peer peer, Depth depth, int connections, CancellationToken cancellation)
    {
        await using var target = new TcpTarget(peer.EndPoint.Address.ToString(), peer.EndPoint.Port);
        return await new ConformanceTest(Profiles.Rfc5321, new TestOptions { Depth = depth, Connections = connections }).RunAsync(
            target,
            null,
            cancellation
        );
    }

    public static IEnumerable<CaseResult> Findings(TestReport report) =>
        report.Results.Where(result => result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict);

    public static string Describe(CaseResult result) => $"{result.Verdict} {result.Case}: {result.Reason}\n{result.Evidence?.Transcript}";
}
