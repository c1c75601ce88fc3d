using System.Diagnostics;

namespace SmtpModel.Cli.Tests;

/// <summary>The tool at a terminal, made by <c>script</c>.</summary>
public sealed class TerminalTests
{
    private const string Script = "/usr/bin/script";

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(120)]
    public async Task At_a_terminal_of_any_width_a_run_ends_with_its_verdict(int columns)
    {
        Assert.SkipUnless(File.Exists(Script), "the package bsdutils (script) is not installed");
        var tool = Path.Combine(AppContext.BaseDirectory, "smtpmodel.dll");
        using var process = Process.Start(
            new ProcessStartInfo(Script, ["-qec", $"stty cols {columns}; dotnet '{tool}' fuzz --sessions 20", "/dev/null"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        process.StandardInput.Close();
        var said = await process
            .StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Contains("no violation", said, StringComparison.Ordinal);
        Assert.True(process.ExitCode == ExitCodes.Fine, said);
    }
}
