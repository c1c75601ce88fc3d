using System.Diagnostics;
using SmtpModel.Cli.Tests.Support;

namespace SmtpModel.Cli.Tests;

/// <summary><c>smtpmodel export</c> and <c>smtpmodel generate</c>.</summary>
public sealed class ExportTests : IDisposable
{
    private const string Dialogue = """
        using Mine;

        var session = new Rfc5321Session((state, command, argument) => command switch
        {
            Rfc5321Command.Connection => 220,
            Rfc5321Command.DATA => 354,
            Rfc5321Command.QUIT => 221,
            Rfc5321Command.NOOP => 421,
            _ => 250,
        });
        Console.Write(session.Receive(Rfc5321Command.Connection));
        foreach (var line in (string[])["mail FROM:<a@b>", "EHLO c", "MAIL FROM:<a@b>", "DATA", "RCPT TO:<d@e>", "rcpt TO:<f@g>", "DATA"])
        {
            Console.Write($" {session.Receive(Rfc5321Session.Recognize(line.Split(' ')[0])!.Value, line[(line.IndexOf(' ') + 1)..])}");
        }

        Console.Write($" {string.Join(',', session.ForwardPath)} {session.Receive(Rfc5321Command.EndOfData)} {session.State} {session.ForwardPath.Count}");
        session.Receive(Rfc5321Command.MAIL, "x");
        Console.WriteLine($" {session.Receive(Rfc5321Command.NOOP)} {session.State} {session.ReversePath.Count} {session.IsOver}");
        """;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("promela", "active proctype")]
    [InlineData("tla", "MODULE rfc5321")]
    [InlineData("scxml", "http://www.w3.org/2005/07/scxml")]
    [InlineData("plantuml", "@startuml")]
    [InlineData("dot", "digraph")]
    [InlineData("mermaid", "stateDiagram-v2")]
    [InlineData("json", "\"version\": 1")]
    public async Task The_file_holds_what_the_standard_output_gets(string format, string mark)
    {
        var file = Path.Combine(_folder.Path, "machine");

        var printed = (await Smtpmodel.RunAsync("export", "--format", format)).EndsWith(ExitCodes.Fine);
        var written = (await Smtpmodel.RunAsync("export", "--format", format, "--profile", "RFC5321", "--output", file)).EndsWith(
            ExitCodes.Fine
        );

        Assert.Contains(mark, printed.Out, StringComparison.Ordinal);
        Assert.Equal(("", ""), (printed.Error, written.All));
        Assert.Equal(printed.Out, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_session_made_from_JSON_is_built_without_any_library_of_ours_and_speaks()
    {
        var json = Path.Combine(_folder.Path, "machine.json");
        (await Smtpmodel.RunAsync("export", "--format", "json", "--output", json)).EndsWith(ExitCodes.Fine);
        (
            await Smtpmodel.RunAsync(
                "generate",
                "--model",
                json,
                "--namespace",
                "Mine",
                "--output",
                Path.Combine(_folder.Path, "Session.g.cs")
            )
        ).EndsWith(ExitCodes.Fine);
        await WriteAsync("Program.cs", Dialogue);
        await WriteAsync("Directory.Build.props", "<Project />");
        await WriteAsync("Dialogue.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <GenerateDocumentationFile>true</GenerateDocumentationFile>
              </PropertyGroup>
            </Project>
            """);

        var (code, said) = await DotnetAsync("run", "--project", Path.Combine(_folder.Path, "Dialogue.csproj"));

        Assert.True(code == 0, said);
        // MAIL before EHLO and DATA before RCPT are refused by the session itself; NOOP is answered with 421, which closes
        Assert.EndsWith(
            "220 503 250 250 503 250 250 354 TO:<d@e>,TO:<f@g> 250 Ready 0 421 Closed 0 True",
            said.TrimEnd(),
            StringComparison.Ordinal
        );
    }

    public void Dispose() => _folder.Dispose();

    private Task WriteAsync(string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(_folder.Path, name), text, TestContext.Current.CancellationToken);

    private async Task<(int ExitCode, string Output)> DotnetAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
