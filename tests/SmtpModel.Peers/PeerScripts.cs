using System.Diagnostics;

namespace SmtpModel.Peers;

/// <summary>The scripts of <c>tests/peers</c>, as programs.</summary>
internal static class PeerScripts
{
    private static readonly TimeSpan CheckLimit = TimeSpan.FromSeconds(30);

    private static readonly Lazy<string> Folder = new(Find);

    internal static ProcessStartInfo Command(string name, IEnumerable<string> arguments)
    {
        // bash by name: a checkout need not keep the scripts executable
        return new ProcessStartInfo("bash", [Path.Combine(Folder.Value, name + ".sh"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    /// <summary>Asks the script itself: it tries what a start needs, down to the namespaces.</summary>
    internal static string? WhyUnavailable(string name)
    {
        if (!OperatingSystem.IsLinux())
            return $"{name}: runs on Linux only, where tests/peers/install.sh {name} brings its package.";

        // on the pool: a test runner's synchronisation context must not wait for itself
        var check = Task.Run(() => Run(name, ["--check"], null, CheckLimit, CancellationToken.None)).GetAwaiter().GetResult();
        if (check.ExitCode == 0)
            return null;
        var why = check.Error.Trim();
        return why.Length > 0 ? why : $"{name}: its check failed with exit code {check.ExitCode}; try tests/peers/install.sh {name}.";
    }

    internal static async Task<ToolResult> Run(
        string name,
        IEnumerable<string> arguments,
        string? standardInput,
        TimeSpan limit,
        CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(limit);
        using var process = Process.Start(Command(name, arguments))!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await Feed(process, standardInput, time.Token);
            await process.WaitForExitAsync(time.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new TimeoutException($"{name} took longer than {limit.TotalSeconds} s. It said: {await error}{await output}");
        }

        return new ToolResult(process.ExitCode, await output, await error);
    }

    private static async Task Feed(Process process, string? text, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.WriteAsync(text.AsMemory(), cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all of its input; the exit code and the output say why.
        }
    }

    private static string Find()
    {
        var start = Path.GetDirectoryName(typeof(PeerScripts).Assembly.Location);
        for (var folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "SmtpModel.sln")))
                return Path.Combine(folder, "tests", "peers");
        }

        throw new InvalidOperationException($"No folder above {start} holds SmtpModel.sln, so tests/peers cannot be found.");
    }
}
