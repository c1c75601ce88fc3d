using SmtpModel.Cli.Output;
using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary><c>smtpmodel test --deviations</c>.</summary>
public sealed class DeviationsTests : IDisposable
{
    private const string Mail = "rfc5321/4.1.4/MAIL-in-Ready";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_update_names_what_has_no_reason_and_what_it_drops()
    {
        await using var server = FaultySmtp.Start(Fault.RsetKeepsTheTransaction);
        await WriteAsync($$"""{ "version": 1, "deviations": [{ "case": "{{Mail}}", "reason": "upstream bug 17" }] }""");

        var run = await HereAsync(
            "test",
            server.Name,
            "--include",
            Mail,
            "--include",
            "*/4.1.1.5/*",
            "--deviations",
            "known.json",
            "--deviations-update"
        );

        run.EndsWith(ExitCodes.Fine);
        Assert.Contains($"\n  dropped, for it no longer fails: {Mail}: upstream bug 17\n", run.Error, StringComparison.Ordinal);
        const string Unexplained = "  warning: it has no reason; write one into the file: rfc5321/4.1.1.5/";
        var unexplained = run.Error.Split('\n').Where(line => line.StartsWith(Unexplained, StringComparison.Ordinal)).ToList();
        Assert.True(unexplained.Count > 0, run.Error);
        Assert.Contains($"wrote known.json: {Words.Count(unexplained.Count, "known deviation")}\n", run.Error, StringComparison.Ordinal);

        // one that has been given a reason is not named again
        var file = Path.Combine(_folder.Path, "known.json");
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await WriteAsync(text.Replace("not yet explained", "upstream bug 18", StringComparison.Ordinal));
        var again = await HereAsync("test", server.Name, "--include", "*/4.1.1.5/*", "--deviations", "known.json", "--deviations-update");
        Assert.DoesNotContain("  ", again.EndsWith(ExitCodes.Fine).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_of_no_case_is_named_with_the_case_that_may_be_meant()
    {
        await using var server = FaultySmtp.Start(Fault.None);
        await WriteAsync("""{ "version": 1, "deviations": [{ "case": "rfc5321/4.1.4/MAIL-in-Redy", "reason": "why" }] }""");

        (await HereAsync("test", server.Name, "--include", Mail, "--deviations", "known.json"))
            .EndsWith(ExitCodes.Failure)
            .Says(
                $"deviations: 'rfc5321/4.1.4/MAIL-in-Redy' is no case of this test; correct its name or remove the entry; did you mean "
                    + $"'{Mail}'?"
            );
    }

    private Task WriteAsync(string json) =>
        File.WriteAllTextAsync(Path.Combine(_folder.Path, "known.json"), json, TestContext.Current.CancellationToken);

    private async Task<ToolRun> HereAsync(params string[] words)
    {
        return await Smtpmodel.RunAsync(words, folder: _folder.Path);
    }
}
