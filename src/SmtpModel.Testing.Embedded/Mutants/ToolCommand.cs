using System.Diagnostics;

namespace SmtpModel.Testing.Engine;

/// <summary>How a tool ended.</summary>
/// <param name="ExitCode">Its exit code; -1 where it was ended.</param>
/// <param name="IsTimeout">Whether it was ended, since it took too long.</param>
/// <param name="LastLine">The last line that it said.</param>
internal sealed record ToolEnd(int ExitCode, bool IsTimeout, string LastLine);

/// <summary>A command line for the system's shell in which <c>{host}</c>, <c>{port}</c> and <c>{target}</c>, which is HOST:PORT, stand for
/// a server.</summary>
/// <param name="template">The command line.</param>
/// <param name="patience">How long it may take.</param>
internal sealed class ToolCommand(string template, TimeSpan patience)
{
    public TimeSpan Patience => patience;

    /// <summary>Runs it against a server until it ends; one that takes too long is ended with all that it started.</summary>
    public async Task<ToolEnd> RunAsync(string host, int port, CancellationToken cancellation)
    {
        var line = template
            .Replace("{target}", $"{host}:{port}", StringComparison.Ordinal)
            .Replace("{host}", host, StringComparison.Ordinal)
            .Replace("{port}", $"{port}", StringComparison.Ordinal);
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd.exe", ["/c", line])
            : new ProcessStartInfo("/bin/sh", ["-c", line]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("the shell did not start");
        process.StandardInput.Close();
        var said = "";
        process.OutputDataReceived += (_, heard) => said = string.IsNullOrWhiteSpace(heard.Data) ? said : heard.Data;
        process.ErrorDataReceived += (_, heard) => said = string.IsNullOrWhiteSpace(heard.Data) ? said : heard.Data;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return new ToolEnd(process.ExitCode, false, said.Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            return new ToolEnd(-1, true, said.Trim());
        }
    }
}
