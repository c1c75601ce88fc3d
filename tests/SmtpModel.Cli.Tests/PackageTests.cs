using System.Globalization;
using System.Text.Json;
using SmtpModel.Cli.Tests.Support;
using SmtpModel.Spec;
using SmtpModel.Testing;

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

    [Fact]
    public async Task A_project_outside_the_repository_tests_with_nothing_but_the_package_and_its_README()
    {
        using var folder = new TemporaryFolder();

        var (code, said) = await Programs.RunAsync(
            Kept.Root,
            "bash",
            ["tests/packages/run.sh", "--only-build", folder.Path, "SmtpModel.Testing"],
            // what is packed is what was built beside this test
            ("CONFIGURATION", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name)
        );

        Assert.True(code == 0, said);
        var consumer = Path.Combine(folder.Path, "SmtpModel.Testing");
        Assert.DoesNotContain(BroughtTo(consumer), Heavy.Contains);
        Assert.Empty(Directory.GetFiles(Path.Combine(consumer, "out"), "*.dll").Select(Path.GetFileNameWithoutExtension).Intersect(Heavy));
        var (right, passed) = await TestAsync(consumer, mutant: null);
        Assert.True(right == 0, passed);
        var (wrong, failed) = await TestAsync(consumer, "transfer.Ready.MAIL-250.Connected");
        Assert.True(wrong == 1, failed);
        Assert.Contains("Fail rfc5321/", failed);
        Assert.Contains("C: MAIL FROM:<", failed);
    }

    private static async Task<(int Code, string Said)> TestAsync(string consumer, string? mutant)
    {
        var profile = Profiles.Rfc5321;
        await using var server = await EmbeddedServer.StartAsync(
            profile,
            mutant is null ? null : MutantCatalogue.Of(profile).Find(mutant)
        );
        string[] arguments = [Path.Combine("out", "Consumer.dll"), server.Port.ToString(CultureInfo.InvariantCulture)];
        return await Programs.RunAsync(consumer, "dotnet", arguments);
    }

    private static List<string> Brought(string package) => BroughtTo(Path.Combine(Kept.Root, "src", package));

    // what was restored for a project
    private static List<string> BroughtTo(string project)
    {
        using var assets = JsonDocument.Parse(File.ReadAllText(Path.Combine(project, "obj", "project.assets.json")));
        var libraries = assets.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name.Split('/')[0]);
        // what makes the version of a build is needed by nobody behind it
        return [.. libraries.Where(library => library != "MinVer")];
    }
}
