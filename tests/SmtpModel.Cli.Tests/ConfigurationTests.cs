using System.Text.Json;
using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary>Options from a file and from the environment.</summary>
public sealed class ConfigurationTests
{
    [Fact]
    public async Task The_schema_of_the_configuration_file_has_the_options_of_test_and_no_others()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "smtpmodel.json");
        await File.WriteAllTextAsync(file, "{ \"nothing\": 1 }", TestContext.Current.CancellationToken);

        var run = (await Smtpmodel.RunAsync("test", "--config", file)).EndsWith(ExitCodes.Usage);

        // the tool names its options itself when one is not among them
        run.Says($"{file}, line 1, \"nothing\": there is no such option; ");
        var said = run.Error[(run.Error.IndexOf("there are ", StringComparison.Ordinal) + "there are ".Length)..].Trim().Split(", ");
        using var schema = JsonDocument.Parse(
            await File.ReadAllTextAsync(
                Path.Combine(Kept.Root, "docs", "schemas", "smtpmodel.schema.json"),
                TestContext.Current.CancellationToken
            )
        );
        Assert.Equal(
            said.Order(StringComparer.Ordinal),
            schema.RootElement.GetProperty("properties").EnumerateObject().Select(option => option.Name).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task The_command_line_goes_before_the_file()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "smtpmodel.json");
        await File.WriteAllTextAsync(file, "{ \"depth\": \"data\", \"include\": [\"*greeting\"] }", TestContext.Current.CancellationToken);

        var plain = (await Smtpmodel.RunAsync("test", "--config", file)).EndsWith(ExitCodes.Fine);
        Assert.Contains("depth data", plain.Out, StringComparison.Ordinal);
        Assert.Equal($"read {file}: depth, include\n", plain.Error);
        var greeting = (await Smtpmodel.RunAsync("test", "--config", file, "--depth", "greeting")).EndsWith(ExitCodes.Fine);
        Assert.Contains("depth greeting", greeting.Out, StringComparison.Ordinal);
        Assert.Equal($"read {file}: include (not depth, said elsewhere)\n", greeting.Error);
    }

    [Theory]
    [InlineData("{ \"depth\": \"dat\" }", "smtpmodel.json, line 1, \"depth\": there is no depth 'dat'; did you mean 'data'?")]
    [InlineData("{ \"connections\": \"many\" }", "smtpmodel.json, line 1, \"connections\": 'many' is no number for --connections")]
    [InlineData("{ \"rcpt\": \"\" }", "smtpmodel.json, line 1, \"rcpt\": '--rcpt' needs a value")]
    [InlineData("{ \"targets\": [\"127.0.0.1:x\"] }", "smtpmodel.json, line 1, \"targets\": '127.0.0.1:x' is not a server")]
    [InlineData("{ \"include\": \"RSET\" }", "smtpmodel.json, line 1, \"include\": --include: no case of ")]
    [InlineData(
        "{ \"accept\": { \"rfc5321/3.1/greeting\": 1 } }",
        "smtpmodel.json, line 1, \"accept\": --accept rfc5321/3.1/greeting=1: '1' is no reply code"
    )]
    [InlineData("{ \"strict\": \"yes\" }", "smtpmodel.json, line 1, \"strict\": \"yes\" is neither true nor false")]
    [InlineData("{ \"depth\": true }", "smtpmodel.json, line 1, \"depth\": true is no value of it")]
    [InlineData("{ \"depht\": \"data\" }", "smtpmodel.json, line 1, \"depht\": there is no such option; did you mean 'depth'?")]
    [InlineData("{ \"depth\": \"data\", \"depth\": \"data\" }", "smtpmodel.json, line 1, \"depth\": it is there twice")]
    [InlineData(
        "{\n  // é\n  \"accept\": {\n    \"*\": 250 },\r\n  \"strict\": 1 }",
        "smtpmodel.json, line 5, \"strict\": 1 is neither true nor false"
    )]
    [InlineData("{\n  \"depth\" \"data\" }", "smtpmodel.json, line 2, column 11: this is not JSON: '\"' cannot stand here")]
    [InlineData("{ \"depth\": \"data\"", "smtpmodel.json, line 1, column 18: this is not JSON: it ends too early")]
    [InlineData("[]", "smtpmodel.json: it holds no object")]
    public async Task A_wrong_value_in_the_file_is_named_with_file_line_and_key(string json, string said)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "smtpmodel.json"), json, TestContext.Current.CancellationToken);
        await using var tool = Smtpmodel.Start(["test", "--dry-run"], folder: folder.Path);

        var run = (await tool.EndAsync()).EndsWith(ExitCodes.Usage).Says("smtpmodel: " + said);
        Assert.DoesNotContain("LineNumber", run.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SMTPMODEL_DEPTH", "dat", "SMTPMODEL_DEPTH: there is no depth 'dat'; did you mean 'data'?")]
    [InlineData("SMTPMODEL_STRICT", "yes", "SMTPMODEL_STRICT: 'yes' is neither true nor false")]
    [InlineData(
        "SMTPMODEL_DEVIATIONS",
        "/nowhere/known.json",
        "SMTPMODEL_DEVIATIONS: --deviations /nowhere/known.json: there is no such file; --deviations-update writes a new one"
    )]
    public async Task A_wrong_value_in_the_environment_is_named_with_its_variable(string variable, string value, string said)
    {
        await using var tool = Smtpmodel.Start(["test"], new Dictionary<string, string> { [variable] = value });

        (await tool.EndAsync()).EndsWith(ExitCodes.Usage).Says("smtpmodel: " + said);
    }

    [Fact]
    public async Task What_is_read_from_the_environment_is_said_and_so_is_what_is_misspelt_there()
    {
        await using var tool = Smtpmodel.Start(["test", "--dry-run"], new Dictionary<string, string>
        {
            ["SMTPMODEL_INCLUDE"] = "*greeting",
            ["SMTPMODEL_DETPH"] = "data",
            ["SMTPMODEL_SOMETHING_ELSE"] = "1",
        });

        Assert.Equal("read SMTPMODEL_INCLUDE of the environment\n"
            + "SMTPMODEL_DETPH of the environment is no option, so it is not used; did you mean SMTPMODEL_DEPTH?\n",
            (await tool.EndAsync()).EndsWith(ExitCodes.Fine).Error);
    }

    [Fact]
    public async Task A_broken_file_does_not_stand_before_the_help()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "smtpmodel.json"), "{", TestContext.Current.CancellationToken);
        await using var tool = Smtpmodel.Start(["test", "--help"], folder: folder.Path);

        Assert.Equal("", (await tool.EndAsync()).EndsWith(ExitCodes.Fine).Error);
    }
}
