using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary><c>smtpmodel diagram</c> on the standard output and into a file.</summary>
public sealed class DiagramTests
{
    [Theory]
    [InlineData("mermaid", "stateDiagram-v2")]
    [InlineData("dot", "digraph")]
    [InlineData("svg", "<svg")]
    [InlineData("html", "</html>")]
    public async Task The_file_holds_what_the_standard_output_gets(string format, string mark)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "machine");

        var printed = (await Smtpmodel.RunAsync("diagram", "--profile", "rfc5321", "--format", format)).EndsWith(ExitCodes.Fine);
        var written = (await Smtpmodel.RunAsync("diagram", "--profile", "rfc5321", "--format", format, "--output", file)).EndsWith(
            ExitCodes.Fine
        );

        Assert.Contains(mark, printed.Out, StringComparison.Ordinal);
        Assert.Equal("", printed.Error);
        Assert.Equal("", written.All);
        Assert.Equal(printed.Out, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("markdown", "| **Opening** |")]
    [InlineData("html", "</html>")]
    public async Task The_file_holds_the_table_that_the_standard_output_gets(string format, string mark)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "table");

        var printed = (await Smtpmodel.RunAsync("table", "--format", format)).EndsWith(ExitCodes.Fine);
        (await Smtpmodel.RunAsync("table", "--format", format, "--output", file)).EndsWith(ExitCodes.Fine);
        var nowhere = (await Smtpmodel.RunAsync("table", "--output", Path.Combine(folder.Path, "no", "folder"))).EndsWith(ExitCodes.Usage);

        Assert.Contains(mark, printed.Out, StringComparison.Ordinal);
        Assert.Equal(printed.Out, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        nowhere.Says("--output");
    }

    [Theory]
    [InlineData("diagram --format dot --model", "Waiting")]
    [InlineData("diagram --aspect errors --model", "Waiting")]
    [InlineData("diagram --format html --model", "\"name\":\"Waiting\"")]
    [InlineData("table --model", "| **Waiting** |")]
    public async Task A_machine_of_ones_own_is_drawn(string words, string mark)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "machine.json");
        await File.WriteAllTextAsync(
            file,
            Machines.MachineJson.Write(Spec.Profiles.Rfc821).Replace("\"Ready\"", "\"Waiting\"", StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );

        var run = (await Smtpmodel.RunAsync([.. words.Split(' '), file])).EndsWith(ExitCodes.Fine);

        run.Says(mark);
        Assert.DoesNotContain("Ready", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("whole", "Opening")]
    [InlineData("transaction", "holds reverse-path")]
    [InlineData("buffers", "clear all, set reverse-path")]
    [InlineData("errors", "out of order:")]
    [InlineData("replies", "4yz, 5yz")]
    public async Task Each_aspect_is_drawn_when_asked_for(string aspect, string mark)
    {
        Assert.Contains(
            mark,
            (await Smtpmodel.RunAsync("diagram", "--aspect", aspect)).EndsWith(ExitCodes.Fine).Out,
            StringComparison.Ordinal
        );
        Assert.Contains(
            mark,
            (await Smtpmodel.RunAsync("diagram", "--aspect", aspect, "--format", "dot")).EndsWith(ExitCodes.Fine).Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Clauses_and_refusals_are_drawn_when_asked_for()
    {
        var plain = (await Smtpmodel.RunAsync("diagram")).EndsWith(ExitCodes.Fine).Out;
        var clauses = (await Smtpmodel.RunAsync("diagram", "--clauses")).EndsWith(ExitCodes.Fine).Out;
        var refusals = (await Smtpmodel.RunAsync("diagram", "--refusals")).EndsWith(ExitCodes.Fine).Out;

        Assert.DoesNotContain("4.1.1", plain, StringComparison.Ordinal);
        Assert.Contains("4.1.1", clauses, StringComparison.Ordinal);
        Assert.DoesNotContain("503", Without(plain, "legend"), StringComparison.Ordinal);
        Assert.Contains("503", Without(refusals, "legend"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_one_aspect_is_a_usage_error_that_says_what_to_leave_out() =>
        (await Smtpmodel.RunAsync("diagram", "--format", "html", "--aspect", "errors"))
            .EndsWith(ExitCodes.Usage)
            .Says("smtpmodel: ", "--aspect");

    [Fact]
    public async Task An_SVG_needs_no_other_program()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "machine.svg");
        var tool = Smtpmodel.RunAsync(
            ["diagram", "--format", "svg", "--output", file],
            new Dictionary<string, string> { ["PATH"] = folder.Path }
        );

        (await tool).EndsWith(ExitCodes.Fine);

        Assert.EndsWith("</svg>\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static string Without(string text, string word) =>
        string.Join('\n', text.Split('\n').Where(line => !line.Contains(word, StringComparison.Ordinal)));
}
