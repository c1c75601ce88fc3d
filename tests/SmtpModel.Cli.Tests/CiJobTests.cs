using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary>
/// The jobs for CI that docs/testing-your-server.md shows: what they run is run, in a folder as the repository of a server is. Only
/// building the tool is left out, which tests/packages/jobs.sh does as well, and holds the jobs against the schemas of their services.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class CiJobTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("github", "", 0)]
    [InlineData("gitlab", "", 0)]
    [InlineData("gitlab", " --mutant transfer.Ready.MAIL-250.Connected", 1)]
    public async Task The_shell_parts_of_a_job_say_whether_the_server_is_right(string service, string server, int code)
    {
        var job = Job(service);
        Write("bin/dotnet", $"""
            mkdir -p packages tools
            printf '#!/bin/sh\nexec {Host} {Tool} "$@"\n' >tools/smtpmodel
            chmod +x tools/smtpmodel
            """);
        Write("your-server", $"exec {Host} {Tool} serve --listen 127.0.0.1:$2{server}");
        File.WriteAllText(Path.Combine(_folder.Path, "known.json"), """{ "version": 1, "deviations": [] }""");
        var lines = string.Join('\n', Lines().Matches(job).Select(line => line.Groups["line"].Value));

        var (ended, said) = await Programs.RunAsync(
            _folder.Path,
            "bash",
            ["-c", "set -e\ntrap 'kill $(jobs -p)' EXIT\n" + lines.Replace("2525", Port(), StringComparison.Ordinal)],
            ("PATH", Path.Combine(_folder.Path, "bin") + ":" + Environment.GetEnvironmentVariable("PATH"))
        );

        Assert.True(ended == code, said);
        Assert.Contains("your-server", lines);
        // what is kept of the run is there
        var kept = KeptFiles().Matches(job).Select(file => file.Value).Distinct().ToList();
        Assert.Contains("junit.xml", kept);
        Assert.All(kept, file => Assert.True(File.Exists(Path.Combine(_folder.Path, file)), file));
    }

    // the one these tests run on, by its full path: the job finds another one
    private static string Host => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private static string Tool => Path.Combine(AppContext.BaseDirectory, "smtpmodel.dll");

    private static string Job(string service)
    {
        var page = File.ReadAllText(Path.Combine(Kept.Root, "docs", "testing-your-server.md"));
        var shown = Regex.Match(page, $"<!-- ci {service} -->\n```yaml\n(?<job>.*?)```", RegexOptions.Singleline);
        Assert.True(shown.Success, $"docs/testing-your-server.md shows no job for {service}");
        return shown.Groups["job"].Value;
    }

    private void Write(string file, string commands)
    {
        var path = Path.Combine(_folder.Path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/bin/sh\n{commands}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private static string Port()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    // a step of GitHub's that runs something, or a line of GitLab's script
    [GeneratedRegex("^ +- (?:run: )?(?<line>(?:dotnet|tools/|\\./).*)$", RegexOptions.Multiline)]
    private static partial Regex Lines();

    [GeneratedRegex(@"\b(junit\.xml|report\.[a-z]+)\b")]
    private static partial Regex KeptFiles();
}
