namespace SmtpModel.Cli.Tests.Support;

/// <summary>The program that draws SVG, where it is installed.</summary>
internal static class Graphviz
{
    public const string Missing = "the package graphviz is not installed";

    public static bool IsHere { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "dot")));
}
