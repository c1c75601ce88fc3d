using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>
/// A test tool of somebody's: each mutant is served over TCP and the tool started against it; it has found the mutant when
/// its exit code is not 0. Sessions and commands are what the server counted.
/// </summary>
internal sealed class ToolStrategy(ToolCommand tool) : IMutantStrategy
{
    public string Name => "the tool";

    public string What => "a test tool, started for each mutant";

    /// <summary>Runs the tool against the server that nothing is wrong with; why it is of no use, null when it is.</summary>
    public async Task<string?> UnusableAsync(Profile profile, CancellationToken cancellation)
    {
        await using var server = await EmbeddedServer.StartAsync(profile);
        var ended = await tool.RunAsync(server.Host, server.Port, cancellation);
        var how = ended.IsTimeout ? $"did not end within {tool.Patience.TotalSeconds:0.#} s" : $"ended with {ended.ExitCode}";
        return ended is { ExitCode: 0, IsTimeout: false }
            ? server.Sessions > 0
                ? null
                : "ended with 0 and never connected to the server that nothing is wrong with"
            : $"{how} against the server that nothing is wrong with, so its verdicts say "
                + $"nothing{(ended.LastLine.Length > 0 ? $"; its last line was: {Printable.Text(ended.LastLine)}" : "")}";
    }

    public IMutantHunt Prepare(Profile profile, ScoreOptions options) => new Hunt(profile, tool);

    private sealed class Hunt(Profile profile, ToolCommand tool) : IMutantHunt
    {
        public async ValueTask<Hunted> RunAsync(Mutant mutant, CancellationToken cancellation)
        {
            await using var server = await EmbeddedServer.StartAsync(profile, mutant);
            var ended = await tool.RunAsync(server.Host, server.Port, cancellation);
            return new Hunted(mutant, ended.IsTimeout || ended.ExitCode != 0, server.Sessions, server.Commands)
            {
                IsTimeout = ended.IsTimeout,
            };
        }
    }
}
