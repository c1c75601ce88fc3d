using SmtpModel.Testing.Tests.Conformance.Reports;

namespace SmtpModel.Testing.Tests.Conformance;

/// <summary>What was reported of servers in public is found again by their behaviour.</summary>
public class BugReportTests
{
    public static TheoryData<string> Reports => [.. BugReports.All.Select(report => report.ToString())];

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task A_reported_bug_is_found_again_under_its_clause(string name)
    {
        var report = BugReports.All.Single(report => report.ToString() == name);
        var findings = await PlantedFaultTests.FindingsAsync(report.Fault, 8);
        Assert.True(
            findings.Any(finding => report.Cases.Any(start => finding.Contains(start, StringComparison.Ordinal))),
            $"{report}: {report.What}\nfound: {string.Join("\n  ", findings)}"
        );
    }
}
