using SmtpModel.Testing.Tests.Conformance.Servers;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>A server written by hand has no finding, and with one fault each the fault is found under its clause.</summary>
public class PlantedFaultTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task The_server_without_a_fault_has_no_finding(int connections) =>
        TestRun.None("accused of", await FindingsAsync(new Fault(), connections));

    [Fact]
    public async Task Every_planted_fault_is_found_under_its_clause()
    {
        List<string> missed = [];
        var again = new System.Collections.Concurrent.ConcurrentBag<PlantedFault>();
        // mostly waiting: for replies that do not come, or come late
        var options = new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(PlantedFaults.All, options, async (planted, _) =>
        {
            var findings = await FindingsAsync(planted.Fault, 8);
            var isFound = findings.Any(finding => planted.Cases.Any(name => finding.Contains(name, StringComparison.Ordinal)));
            TestRun.Print(
                $"{(isFound ? "found" : findings.Count > 0 ? "ELSEWHERE" : "MISSED")}: {planted}: {string.Join(", ", findings)}"
            );
            if (!isFound)
            {
                again.Add(planted);
            }
        });

        // what one session does to all others shows under another name where the machine is busy: then it is looked for alone
        foreach (var planted in again)
        {
            var findings = await FindingsAsync(planted.Fault, 8);
            if (!findings.Any(finding => planted.Cases.Any(name => finding.Contains(name, StringComparison.Ordinal))))
            {
                missed.Add($"{planted} ({string.Join(" or ", planted.Cases)}): {string.Join(", ", findings)}");
            }
        }

        TestRun.Print($"{PlantedFaults.All.Count - missed.Count} of {PlantedFaults.All.Count}");
        TestRun.None("not found where they are", missed);
    }

    [Theory]
    [InlineData("25 ok", "the line does not begin with three digits", "rfc5321/4.2/form-of-replies")]
    [InlineData("250-ok", "what came of one has no end", "rfc5321/4.2/one-reply")]
    public async Task What_came_instead_of_a_reply_is_in_the_evidence(string said, string what, string id)
    {
        await using var server = new MiniServer(PlantedFault.On("RSET", "", "", (_, _) => said).Fault);
        var report = await TestAsync(server, 8);
        var result = report.Results.First(result => result.Case.Id == id);
        Assert.Equal((CaseVerdict.Fail, $"(no reply: {what})"), (result.Verdict, result.Evidence!.Came));
    }

    [Fact]
    public async Task What_is_wrong_with_one_reply_is_not_said_of_the_silence_behind_it()
    {
        await using var server = new MiniServer(
            PlantedFault
                .OnLine("", "", (_, verb, _, right) => verb switch
                    {
                        "RSET" => "",
                        "QUIT" => right(),
                        _ => "250ok",
                    })
                .Fault
        );
        var report = await TestAsync(server, 8);
        Assert.Equal("(no reply)", report.Results.First(result => result.Case.Id == "rfc5321/4.2/one-reply").Evidence!.Came);
    }

    [Fact]
    public async Task Cases_that_lean_on_a_command_that_is_never_answered_rightly_accuse_nobody()
    {
        var findings = await FindingsAsync(PlantedFault.On("NOOP", "", "", (_, right) => right() + "\n250 and more").Fault, 8);
        Assert.Equal(["rfc5321/4.2/one-reply"], findings.Select(finding => finding.Split(' ')[1]));
    }

    [Fact]
    public async Task An_argument_is_not_blamed_for_what_the_plain_line_does_too()
    {
        var findings = await FindingsAsync(PlantedFault.On("QUIT", "", "", (_, _) => "221 bye").Fault, 8);
        Assert.DoesNotContain(findings, finding => finding.Contains("rfc5321/2.4/", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Contains("rfc5321/4.1.1.10/QUIT-in-Ready", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_spelling_of_QUIT_is_not_blamed_where_QUIT_is_never_answered()
    {
        var findings = await FindingsAsync(
            PlantedFault
                .On("QUIT", "", "", (session, _) =>
                {
                    session.IsClosing = true;
                    return "";
                })
                .Fault,
            8
        );
        TestRun.None("accused under 2.4", findings.Where(finding => finding.Contains("rfc5321/2.4/", StringComparison.Ordinal)));
        Assert.Contains(findings, finding => finding.Contains("rfc5321/4.1.1.10/QUIT-in-Ready", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_has_no_VRFY_may_say_so_whatever_its_argument()
    {
        var findings = await FindingsAsync(PlantedFault.On("VRFY", "", "", (_, _) => "502 no").Fault, 8);
        TestRun.None("accused of", findings);
    }

    internal static async Task<IReadOnlyList<string>> FindingsAsync(Fault fault, int connections)
    {
        await using var server = new MiniServer(fault);
        var report = await TestAsync(server, connections);
        return
        [
            .. report
                .Results.Where(result => result.Verdict is CaseVerdict.Fail or CaseVerdict.NonStrict)
                .Select(result => $"{result.Verdict} {result.Case.Id} ({result.Reason})"),
        ];
    }

    private static Task<TestReport> TestAsync(MiniServer server, int connections) =>
        new ConformanceTest(
            Spec.Profiles.Rfc5321,
            new TestOptions
            {
                Depth = Depth.Data,
                Connections = connections,
                Patience = TimeSpan.FromMilliseconds(100),
            }
        ).RunAsync(server.Target, cancellation: TestContext.Current.CancellationToken);
}
