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
        await File.WriteAllTextAsync(file, "{ \"nope\": 1 }", TestContext.Current.CancellationToken);

        var run = (await Smtpmodel.RunAsync("test", "--config", file)).EndsWith(ExitCodes.Usage);

        // the tool names its options itself when one is not among them
        var said = run.Error[(run.Error.IndexOf("there are ", StringComparison.Ordinal) + "there are ".Length)..].Trim().Split(", ");
        using var schema = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Kept.Root, "docs", "schemas", "smtpmodel.schema.json"), TestContext.Current.CancellationToken));
        Assert.Equal(said.Order(StringComparer.Ordinal), schema.RootElement.GetProperty("properties").EnumerateObject().Select(option => option.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_command_line_goes_before_the_file()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "smtpmodel.json");
        await File.WriteAllTextAsync(file, "{ \"depth\": \"data\", \"include\": [\"*greeting\"] }", TestContext.Current.CancellationToken);

        Assert.Contains("depth data", (await Smtpmodel.RunAsync("test", "--config", file)).EndsWith(ExitCodes.Fine).Out, StringComparison.Ordinal);
        Assert.Contains("depth greeting", (await Smtpmodel.RunAsync("test", "--config", file, "--depth", "greeting")).EndsWith(ExitCodes.Fine).Out, StringComparison.Ordinal);
    }
}
