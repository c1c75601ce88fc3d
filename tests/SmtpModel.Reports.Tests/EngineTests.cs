using SmtpModel.Reports.Tests.Support;
using SmtpModel.Spec;
using SmtpModel.Testing;

namespace SmtpModel.Reports.Tests;

/// <summary>What the engine itself reports, at full depth, of each profile.</summary>
public sealed class EngineTests
{
    [Theory]
    [InlineData("rfc821")]
    [InlineData("rfc5321")]
    public async Task A_report_of_the_engine_is_valid_in_each_format(string profile)
    {
        await using var target = InMemoryTarget.Of(Profiles.Find(profile)!);
        var test = await new ConformanceTest(Profiles.Find(profile)!, new TestOptions { Depth = Depth.Data }).RunAsync(
            target,
            null,
            TestContext.Current.CancellationToken
        );
        ServerReport[] servers = [ServerReport.Of(test)];

        Assert.Equal(test.Results.Count, servers[0].Cases.Count);
        Assert.Empty(await Schema.FaultsAsync(JsonReport.Write(servers), "test-report.schema.json"));
        Assert.Empty(await Schema.FaultsAsync(SarifReport.Write(servers), "sarif-2.1.0-rtm.5.json"));
        Assert.Empty(Schema.JUnitFaults(JUnitReport.Write(servers)));
        Assert.Equal(JsonReport.Write(servers), JsonReport.Write(JsonReport.Read(JsonReport.Write(servers))));
        Assert.Contains("breaks no requirement", HtmlReport.Write(servers), StringComparison.Ordinal);
    }
}
