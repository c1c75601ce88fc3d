using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>A server written by hand has no finding, and with one fault each the fault is found under its clause.</summary>
public class PlantedFaultTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task The_server_without_a_fault_has_no_finding(int connections) => TestRun.None("accused of", await FindingsAsync(new Fault(), connections));

    [Fact]
    public async Task Every_planted_fault_is_found_under_its_clause()
    {
        var missed = new System.Collections.Concurrent.ConcurrentBag<string>();
        // mostly waiting: for replies that do not come, or come late
        var options = new ParallelOptions { MaxDegreeOfParallelism = 3, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(PlantedFaults.All, options, async (planted, _) =>
        {
            var findings = await FindingsAsync(planted.Fault, 8);
            var isFound = findings.Any(finding => planted.Cases.Any(name => finding.Contains(name, StringComparison.Ordinal)));
            TestRun.Print($"{(isFound ? "found" : findings.Count > 0 ? "ELSEWHERE" : "MISSED")}: {planted}: {string.Join(", ", findings)}");
            if (!isFound)
            {
                missed.Add($"{planted} ({string.Join(" or ", planted.Cases)}): {string.Join(", ", findings)}");
            }
        });

        TestRun.Print($"{PlantedFaults.All.Count - missed.Count} of {PlantedFaults.All.Count}");
        TestRun.None("not found where they are", missed);
    }

    internal static async Task<IReadOnlyList<string>> FindingsAsync(Fault fault, int connections)
    {
        await using var server = new MiniServer(fault);
        var report = await new ConformanceTest(Spec.Profiles.Rfc5321, new TestOptions { Depth = Depth.Data, Connections = connections, Patience = TimeSpan.FromMilliseconds(100) })
            .RunAsync(server.Target, cancellation: TestContext.Current.CancellationToken);
        return [.. report.Results.Where(result => result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict).Select(result => $"{result.Verdict} {result.Case.Id} ({result.Reason})")];
    }
}
