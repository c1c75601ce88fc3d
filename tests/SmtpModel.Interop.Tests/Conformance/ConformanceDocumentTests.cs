using SmtpModel.Interop.Tests.Support;
using SmtpModel.Testing;

namespace SmtpModel.Interop.Tests.Conformance;

public class ConformanceDocumentTests
{
    [Fact]
    public async Task The_matrix_in_the_documentation_is_what_the_servers_do()
    {
        Dictionary<string, (string Version, TestReport Report)> reports = [];
        foreach (var name in ConformanceDocument.Names)
        {
            Installed.Server(name);
            reports[name] = await PeerConformance.Of(name);
        }

        var cancellation = TestContext.Current.CancellationToken;
        var path = Path.Combine(Repository.Root, "docs", "conformance.md");
        var now = ConformanceDocument.Write(reports);
        if (Environment.GetEnvironmentVariable("SMTPMODEL_UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(path, now, cancellation);
        }

        Assert.Equal(
            ConformanceDocument.WithoutVersions(now),
            ConformanceDocument.WithoutVersions(await File.ReadAllTextAsync(path, cancellation))
        );
    }
}
