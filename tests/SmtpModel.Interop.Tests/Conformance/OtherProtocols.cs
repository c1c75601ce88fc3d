using System.Collections.Concurrent;
using SmtpModel.Interop.Tests.Support;
using SmtpModel.Peers;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Interop.Tests.Conformance;

/// <summary>Tests real servers as LMTP and as submission servers, each once. All at a time: most of a test is waiting.</summary>
internal static class OtherProtocols
{
    private static readonly ConcurrentDictionary<string, Task<IReadOnlyList<CaseResult>>> Played = [];

    /// <summary>The results for a server that speaks LMTP.</summary>
    public static Task<IReadOnlyList<CaseResult>> OfLmtpAsync(string name) => Start()[$"lmtp {name}"];

    /// <summary>The results for a submission server.</summary>
    public static Task<IReadOnlyList<CaseResult>> OfSubmissionAsync(string name) => Start()[$"submission {name}"];

    private static ConcurrentDictionary<string, Task<IReadOnlyList<CaseResult>>> Start()
    {
        lock (Played)
        {
            foreach (
                var name in KnownOtherwise.LmtpServers.Where(one => !Played.ContainsKey($"lmtp {one}") && Peer.WhyUnavailable(one) is null)
            )
            {
                Played[$"lmtp {name}"] = PlayLmtpAsync(name);
            }

            foreach (
                var name in KnownOtherwise.SubmissionServers.Where(one =>
                    !Played.ContainsKey($"submission {one}") && Peer.WhyUnavailable(one) is null
                )
            )
            {
                Played[$"submission {name}"] = PlaySubmissionAsync(name);
            }

            return Played;
        }
    }

    private static async Task<IReadOnlyList<CaseResult>> PlayLmtpAsync(string name)
    {
        var folder = Directory.CreateTempSubdirectory("smtpmodel-lmtp-");
        try
        {
            var socket = Path.Combine(folder.FullName, "lmtp");
            await using var peer = await Peer.Start(
                name,
                new Dictionary<string, string> { ["PEER_PROTOCOL"] = "lmtp", ["PEER_SOCKET"] = socket }
            );
            // one that misses replies is waited for again and again
            var times = new TcpTimeouts { Reply = TimeSpan.FromSeconds(2) };
            await using var target = File.Exists(socket) ? new TcpTarget(TcpTarget.Unix + socket, 0, times)
                : new TcpTarget(peer.EndPoint.Address.ToString(), peer.EndPoint.Port, times);
            var options = KnownOtherwise.WhollyLmtp.Contains(name) ? Options
                : Options with
                {
                    Select = one => one.Rule.Clause.Document is "RFC 2033" or "RFC 2034",
                };
            return (await new ConformanceTest(Profiles.Lmtp, options).RunAsync(target)).Results;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<CaseResult>> PlaySubmissionAsync(string name)
    {
        using var files = new SubmissionFiles();
        await using var peer = await Peer.Start(name, files.Environment);
        await using var target = SubmissionFiles.Target(peer, "PLAIN");
        // what Postfix does inside is held against RFC 5321 by another test
        var options =
            name == PeerNames.PostfixSubmission ? Options with { Select = one => one.Rule.Clause.Document == "RFC 6409" } : Options;
        var offer = await ServerOffer.ReadAsync(target, Profiles.Submission, options.Palette);
        List<CaseResult> results = [.. (await new ConformanceTest(Profiles.Submission, options).RunAsync(target)).Results];
        foreach (var test in ApartTest.Of(target, Profiles.Submission, offer.Offer, options, [Rfc4954.AUTH.Name]))
        {
            await using var inside = test.Target;
            results.AddRange((await test.RunAsync()).Results);
        }

        return results;
    }

    private static TestOptions Options => new() { Depth = Depth.Data, Connections = 6 };
}
