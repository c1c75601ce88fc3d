using System.ComponentModel;
using System.Diagnostics;
using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Draws a machine as an SVG, with Graphviz's program <c>dot</c> as a child process.</summary>
public static class SvgDiagram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The SVG of the machine's <see cref="DotDiagram"/>; a browser shows the rule and the clause of what the pointer is on. What goes wrong with Graphviz is a value; an exception is only
    /// thrown when <paramref name="cancellation"/> is cancelled.
    /// </summary>
    /// <param name="table">The machine.</param>
    /// <param name="options">What the picture shows; <see cref="DiagramOptions.Default"/> when left out.</param>
    /// <param name="timeout">How long Graphviz may take; 30 seconds when left out. Then its process is ended.</param>
    /// <param name="cancellation">Ends the process and the wait for it.</param>
    public static Task<SvgResult> WriteAsync(
        TransitionTable table, DiagramOptions? options = null, TimeSpan? timeout = null, CancellationToken cancellation = default) =>
        RunAsync("dot", DotDiagram.Write(table, options), timeout ?? Patience, cancellation);

    /// <summary>Runs a program as if it were <c>dot</c>.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="dot">What it reads.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellation">Ends the process and the wait for it.</param>
    internal static async Task<SvgResult> RunAsync(string program, string dot, TimeSpan timeout, CancellationToken cancellation)
    {
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(program, ["-Tsvg"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception missing)
        {
            return new SvgNotDrawn(SvgFailure.GraphvizMissing,
                $"the program '{program}' of Graphviz, which draws the SVG, could not be started ({missing.Message}); "
                + "install Graphviz (Debian and Ubuntu: apt-get install graphviz), or draw Mermaid or DOT, which need no program");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            return await ConverseAsync(process, program, dot, limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            return new SvgNotDrawn(SvgFailure.TimedOut, $"'{program}' had not drawn the SVG after {timeout.TotalSeconds:0.###} s and was ended; give it more time");
        }
    }

    private static async Task<SvgResult> ConverseAsync(Process process, string program, string dot, CancellationToken limit)
    {
        // read both outputs while writing: a full pipe would stop either side
        var output = process.StandardOutput.ReadToEndAsync(limit);
        var errors = process.StandardError.ReadToEndAsync(limit);
        try
        {
            await process.StandardInput.WriteAsync(dot.AsMemory(), limit);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // it stopped reading before the end: its exit code and its words below say why
        }

        await process.WaitForExitAsync(limit);
        var (svg, words) = (await output, await errors);
        return process.ExitCode == 0 && svg.Length > 0
            ? new SvgDrawn(SvgTips.Place(svg.ReplaceLineEndings("\n")))
            : new SvgNotDrawn(SvgFailure.Failed, $"'{program}' ended with exit code {process.ExitCode} and {svg.Length} characters of SVG: {words.Trim()}");
    }
}
