using System.Diagnostics;
using SmtpModel.Cli.Commands;
using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary>What has the name of a file and is a pipe or a device: it is never replaced, and nobody waits for one that ends
/// nowhere.</summary>
public sealed class SpecialFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("fuzz --in-memory --sessions 2 --results pipe", "--results pipe: cannot write it: it is a pipe and no file; give a file")]
    [InlineData("learn --in-memory --results pipe --again", "--results pipe: cannot write it: it is a pipe and no file")]
    [InlineData("mutants score --profile rfc821 --results pipe", "--results pipe: cannot write it: it is a pipe and no file")]
    [InlineData("fuzz --in-memory --sessions 2 --results device", "--results device: cannot write it: it is a device and no file")]
    [InlineData("learn --in-memory --results device", "--results device: cannot write it: it is a device and no file")]
    [InlineData("test --deviations pipe --deviations-update", "--deviations pipe: cannot write it: it is a pipe and no file")]
    [InlineData("verify --assembly pipe", "--assembly pipe: it is a pipe and no file")]
    [InlineData("users add pipe fred --password-env NONE", "pipe: it is a pipe and no file")]
    [InlineData("users remove pipe fred", "pipe: it is a pipe and no file")]
    [InlineData("fuzz --in-memory --results -", "--results does not take - for the standard input or output; write --results FILE")]
    [InlineData("learn --in-memory --json -", "--json does not take - for the standard input or output; write --json FILE")]
    [InlineData("fuzz --in-memory --coverage json=-", "--coverage does not take - for the standard output")]
    public async Task What_is_no_file_is_refused_before_anything_is_run(string arguments, string said)
    {
        await MakeAsync();

        var run = (await Smtpmodel.RunAsync(arguments.Split(' '), folder: _folder.Path)).EndsWith(ExitCodes.Usage);

        Assert.StartsWith($"smtpmodel: {said}", run.Error, StringComparison.Ordinal);
        Assert.Equal(["device", "pipe"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal(FileKind.Pipe, FileKind.Special(Path.Combine(_folder.Path, "pipe")));
        Assert.Equal("device", FileKind.Special(Path.Combine(_folder.Path, "device")));
    }

    [Fact]
    public async Task A_report_goes_through_a_pipe_to_its_end()
    {
        await MakeAsync();
        var cat = new ProcessStartInfo("cat", [Path.Combine(_folder.Path, "pipe")]) { RedirectStandardOutput = true };
        using var reader = Process.Start(cat)!;
        var came = reader.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        (await Smtpmodel.RunAsync(["learn", "--in-memory", "--inputs", "NOOP", "--profile", "rfc821", "--json", "pipe"],
            folder: _folder.Path)).EndsWith(ExitCodes.Fine);

        Assert.Contains("learned", await came, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hyphen_is_the_standard_output_where_one_text_is_written()
    {
        var run = (await Smtpmodel.RunAsync(["export", "--format", "json", "--profile", "rfc821", "--output", "-"], folder: _folder.Path))
            .EndsWith(ExitCodes.Fine);

        Assert.StartsWith("{", run.Out, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Files_folders_and_links_to_them_are_what_they_are()
    {
        await MakeAsync();
        var file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink($"{file}.link", file);
        File.CreateSymbolicLink($"{file}.pipe", Path.Combine(_folder.Path, "pipe"));

        Assert.All([file, $"{file}.link", $"{file}.none", _folder.Path], path => Assert.Null(FileKind.Special(path)));
        Assert.Equal(FileKind.Pipe, FileKind.Special($"{file}.pipe"));
    }

    private async Task MakeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "mkfifo and mknod are of Linux");
        await Programs.RunAsync(_folder.Path, "mkfifo", ["pipe"]);
        if ((await Programs.RunAsync(_folder.Path, "mknod", ["device", "c", "1", "3"])).Code != 0)
        {
            // only root makes devices. If it were replaced in spite of all, that would be the link
            File.CreateSymbolicLink(Path.Combine(_folder.Path, "device"), "/dev/null");
        }
    }
}
