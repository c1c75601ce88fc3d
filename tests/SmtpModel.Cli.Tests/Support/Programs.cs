using System.Diagnostics;

namespace SmtpModel.Cli.Tests.Support;

/// <summary>Runs a program that is not ours to its end.</summary>
internal static class Programs
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <summary>Its exit code, and what it said on both outputs.</summary>
    public static Task<(int Code, string Said)> RunAsync(
        string folder,
        string program,
        string[] arguments,
        params (string Name, string Value)[] environment
    ) => RunAsync("", folder, program, arguments, environment);

    /// <summary>The same, with something to read.</summary>
    public static async Task<(int Code, string Said)> RunAsync(
        string input,
        string folder,
        string program,
        string[] arguments,
        (string Name, string Value)[] environment
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Array.ForEach(environment, variable => start.Environment[variable.Name] = variable.Value);
        using var process = Process.Start(start)!;
        var said = Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(CancellationToken.None),
            process.StandardError.ReadToEndAsync(CancellationToken.None)
        );
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        return (process.ExitCode, string.Concat(await said));
    }
}
