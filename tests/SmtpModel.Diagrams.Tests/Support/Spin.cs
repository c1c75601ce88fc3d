using System.Globalization;
using System.Text.RegularExpressions;

namespace SmtpModel.Diagrams.Tests.Support;

/// <summary>A Promela model in SPIN.</summary>
internal sealed partial class Spin : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("smtpmodel-spin-");

    public static string? Missing { get; } =
        !Tool.IsHere("spin") ? "the Debian package spin is not installed"
        : !Tool.IsHere("tcc") ? "the Debian package tcc is not installed"
        : null;

    /// <summary>Compiles a verifier of the model.</summary>
    public static async Task<Spin> CompileAsync(string model, string[]? preprocessor = null, string[]? compiler = null)
    {
        var spin = new Spin();
        await File.WriteAllTextAsync(Path.Combine(spin._folder.FullName, "model.pml"), model, TestContext.Current.CancellationToken);
        var made = await Tool.RunAsync("spin", spin._folder.FullName, "", [.. preprocessor ?? [], "-o2", "-a", "model.pml"]);
        Assert.True(made.ExitCode == 0 && File.Exists(Path.Combine(spin._folder.FullName, "pan.c")), made.Output);
        // gcc takes seven seconds for the larger ones, more than the verifier runs; tcc a tenth of one
        var compiled = await Tool.RunAsync(
            "tcc",
            spin._folder.FullName,
            "",
            ["-w", "-DNOREDUCE", .. compiler ?? [], "-o", "pan", "pan.c"]
        );
        Assert.True(compiled.ExitCode == 0, compiled.Output);
        return spin;
    }

    /// <summary>Runs the verifier: how many errors, states stored and transitions it counts.</summary>
    public async Task<(int Errors, int States, int Transitions)> RunAsync(params string[] options)
    {
        var (_, output) = await Tool.RunAsync(Path.Combine(_folder.FullName, "pan"), _folder.FullName, "", ["-w18", .. options]);
        Assert.DoesNotContain("max search depth too small", output, StringComparison.Ordinal);
        return (Number(Errors(), output), Number(Stored(), output), Number(Transitions(), output));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static int Number(Regex pattern, string output)
    {
        var match = pattern.Match(output);
        Assert.True(match.Success, output);
        return int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"errors: (\d+)")]
    private static partial Regex Errors();

    [GeneratedRegex(@"(\d+) states, stored")]
    private static partial Regex Stored();

    [GeneratedRegex(@"(\d+) transitions \(=")]
    private static partial Regex Transitions();
}
