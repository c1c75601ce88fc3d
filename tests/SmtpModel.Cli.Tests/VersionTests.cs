using System.Reflection;
using System.Text.RegularExpressions;
using SmtpModel.Cli.Tests.Support;
using SmtpModel.Protocol;
using SmtpModel.Testing;

namespace SmtpModel.Cli.Tests;

/// <summary>The version comes from the tags of the repository, and sources without tags or without history build all the same.</summary>
public sealed partial class VersionTests : IDisposable
{
    private const string Project = "src/SmtpModel.Protocol";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_tool_and_the_libraries_have_one_version_with_the_commit_behind_it()
    {
        string[] versions = [Of(Assembly.Load("smtpmodel")), Of(typeof(ConformanceTest).Assembly), Of(typeof(ReplyReader).Assembly)];

        Assert.Single(versions.Distinct());
        Assert.Matches(Version(), versions[0]);
    }

    [Fact]
    public async Task A_tag_is_the_version_and_without_one_there_is_a_version_all_the_same()
    {
        foreach (var file in Directory.GetFiles(Kept.Root, "Directory.*").Append(Path.Combine(Kept.Root, "global.json")))
        {
            File.Copy(file, Path.Combine(_folder.Path, Path.GetFileName(file)));
        }

        var source = Path.Combine(Kept.Root, Project);
        var copy = Directory.CreateDirectory(Path.Combine(_folder.Path, Project)).FullName;
        File.Copy(Path.Combine(source, "SmtpModel.Protocol.csproj"), Path.Combine(copy, "SmtpModel.Protocol.csproj"));
        await RunAsync("dotnet", "restore", Project, "-v:q");

        Assert.Equal("0.1.0-alpha.0", await VersionAsync());
        await RunAsync("git", "init", "-q");
        await CommitAsync();
        await CommitAsync();
        Assert.Equal("0.1.0-alpha.0.1", await VersionAsync());
        await RunAsync("git", "tag", "v9.8.7");
        Assert.Equal("9.8.7", await VersionAsync());
        await CommitAsync();
        Assert.Equal("9.8.8-alpha.0.1", await VersionAsync());
    }

    // a warning is an error here, as it is in the repository
    private async Task<string> VersionAsync() =>
        (await RunAsync("dotnet", "msbuild", Project, "-t:MinVer", "-getProperty:Version", "-nologo", "-warnaserror")).Trim();

    private Task<string> CommitAsync() =>
        RunAsync("git", "-c", "user.name=a", "-c", "user.email=a@example.test", "commit", "-q", "--allow-empty", "-m", "one more");

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var (code, said) = await Programs.RunAsync(
            _folder.Path,
            program,
            arguments,
            ("DOTNET_CLI_USE_MSBUILD_SERVER", "0"),
            ("MSBUILDDISABLENODEREUSE", "1")
        );
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)}: {said}");
        return said;
    }

    private static string Of(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    [GeneratedRegex(@"^[0-9]+\.[0-9]+\.[0-9]+(-alpha\.0(\.[0-9]+)?)?(\+[0-9a-f]{40})?$")]
    private static partial Regex Version();
}
