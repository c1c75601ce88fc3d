using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary>What is said of a file that cannot be had: which option names it, and what is wrong, without a word of the libraries
/// below.</summary>
public sealed class FileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("diagram --output folder", "--output folder: cannot write it: it is a folder")]
    [InlineData("diagram --output missing/a", "--output missing/a: cannot write it: its folder is not there")]
    [InlineData("diagram --output text/a", "--output text/a: cannot write it: ")]
    [InlineData("export --format json --output /proc/a", "--output /proc/a: cannot write it: ")]
    [InlineData("test --dry-run --config missing", "--config missing: there is no such file")]
    [InlineData("test --dry-run --config folder", "--config folder: it is a folder")]
    [InlineData("test --dry-run --config text", "text, line 1, column 1: this is not JSON: 'w' cannot stand here")]
    [InlineData("test --dry-run --config empty", "empty, line 1, column 1: this is not JSON: there is nothing in it")]
    [InlineData("test --deviations missing", "--deviations missing: there is no such file; --deviations-update writes a new one")]
    [InlineData("test --deviations folder", "--deviations folder: cannot read it: it is a folder")]
    [InlineData("test --deviations text", "--deviations text: line 1, column 1: this is not JSON: 'w' cannot stand here")]
    [InlineData("test --deviations missing/a --deviations-update", "--deviations missing/a: cannot write it: its folder is not there")]
    [InlineData("test --deviations /proc/a --deviations-update", "--deviations /proc/a: cannot write it: you may not do that there")]
    [InlineData("test --report html=missing/a", "--report: cannot write missing/a: its folder is not there")]
    [InlineData("test --report html=folder", "--report: cannot write folder: it is a folder")]
    [InlineData("test --coverage json=folder", "--coverage folder: it is a folder")]
    [InlineData("test --save text", "--save text: a file or folder of this name is there already")]
    [InlineData("test --save /proc/x", "--save /proc/x: you may not do that there")]
    [InlineData("diff missing.json 127.0.0.1:1", "missing.json: there is no such file; learn --json writes one")]
    [InlineData("diff text.json missing.json", "missing.json: there is no such file")]
    [InlineData("diff 127.0.0.1:1 folder/missing", "folder/missing: there is no such file")]
    [InlineData("diff http://127.0.0.1 127.0.0.1:1", "'http://127.0.0.1' is not a server; write it without http://")]
    [InlineData("report missing --html -", "missing: there is no such file")]
    [InlineData("report folder --html -", "folder: it is a folder")]
    [InlineData("report text --html -", "text: it is not the JSON of a report: line 1, column 1: this is not JSON: 'w' cannot stand here")]
    [InlineData("suite --check missing", "--check missing: there is no such file")]
    [InlineData("suite --check folder", "--check folder: it is a folder")]
    [InlineData("suite --check text", "--check text: line 1, column 1: this is not JSON: 'w' cannot stand here")]
    [InlineData("verify --model missing", "--model missing: there is no such file")]
    [InlineData("verify --model folder", "--model folder: it is a folder")]
    [InlineData("verify --model text", "--model text: line 1, column 1: this is not JSON: 'w' cannot stand here")]
    [InlineData("verify --assembly missing.dll", "--assembly missing.dll: there is no such file")]
    [InlineData("verify --assembly folder", "--assembly folder: it is a folder")]
    [InlineData("verify --assembly text", "--assembly text: it is no .NET assembly")]
    [InlineData("serve --listen 127.0.0.1:0 --maildir text", "--maildir text: ")]
    [InlineData("replay folder", "folder: it is a folder")]
    [InlineData("replay object", "object: it is not what test and fuzz write; give the file as it was written (line 1, column 3: ")]
    public async Task A_file_that_cannot_be_had_is_named_with_its_option_and_the_reason(string arguments, string said)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "folder"));
        await WriteAsync("text", "what is no JSON\n");
        await WriteAsync("text.json", "what is no JSON\n");
        await WriteAsync("empty", "");
        await WriteAsync("object", "{ version: 1 }");
        var tool = Smtpmodel.RunAsync(arguments.Split(' '), folder: _folder.Path);

        var run = (await tool).EndsWith(ExitCodes.Usage);

        Assert.StartsWith($"smtpmodel: {said}", run.Error, StringComparison.Ordinal);
        foreach (var foreign in (string[])["Could not", "Access to", "denied", "BytePosition", "(Parameter", "IL format", _folder.Path])
        {
            Assert.DoesNotContain(foreign, run.All, StringComparison.OrdinalIgnoreCase);
        }
    }

    private Task WriteAsync(string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(_folder.Path, name), text, TestContext.Current.CancellationToken);
}
