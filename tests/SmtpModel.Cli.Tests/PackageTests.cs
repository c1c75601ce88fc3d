using System.Text.Json;
using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary>What a package brings into the project of somebody who references it: what was restored for it, and its packages are made
/// of.</summary>
public sealed class PackageTests
{
    private static readonly string[] Heavy = ["FsCheck", "FSharp.Core", "SmtpModel.Server"];

    [Theory]
    [InlineData("SmtpModel.Reports")]
    [InlineData("SmtpModel.Testing")]
    [InlineData("SmtpModel.Testing.Xunit")]
    [InlineData("SmtpModel.Watching")]
    public void A_project_that_tests_gets_neither_a_server_nor_FsCheck(string package)
    {
        var brought = Brought(package);

        Assert.Contains("SmtpModel.Spec", brought);
        Assert.DoesNotContain(brought, Heavy.Contains);
    }

    [Fact]
    public void Whoever_fuzzes_gets_FsCheck_and_no_server()
    {
        var brought = Brought("SmtpModel.Testing.Fuzzing");

        Assert.Contains("FsCheck", brought);
        Assert.DoesNotContain("SmtpModel.Server", brought);
    }

    [Fact]
    public void Whoever_serves_gets_neither_the_specification_nor_Stateless() =>
        Assert.Equal(["SmtpModel.Protocol"], Brought("SmtpModel.Server"));

    private static List<string> Brought(string package)
    {
        using var assets = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Kept.Root, "src", package, "obj", "project.assets.json"))
        );
        return [.. assets.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name.Split('/')[0])];
    }
}
