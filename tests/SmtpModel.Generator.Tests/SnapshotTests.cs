using SmtpModel.Spec;

namespace SmtpModel.Generator.Tests;

/// <summary>The generated file, approved, so that a reviewer sees what a change of the specification does to the session.</summary>
public class SnapshotTests
{
    private const string Accept = "SMTPMODEL_UPDATE_SNAPSHOTS";
    private const int ShownLines = 40;

    [Fact]
    public void The_generated_order_is_the_approved_one()
    {
        var generated = SessionGenerator.Generate(Profiles.All);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(Repository.Snapshot, generated);
        }

        var diff = LineDiff.Between(Repository.Read(Repository.Snapshot), generated);
        Assert.True(diff.Count == 0, Report(diff));
    }

    [Fact]
    public void What_the_server_was_compiled_from_is_what_is_generated()
    {
        var compiled = Path.Combine(Repository.Root, "src", "SmtpModel.Server", "obj", "generated", "SessionOrder.g.cs");

        Assert.Empty(LineDiff.Between(SessionGenerator.Generate(Profiles.All), Repository.Read(compiled)));
    }

    [Fact]
    public void Generating_twice_gives_the_same_text()
    {
        Assert.Equal(
            SessionGenerator.Generate(Profiles.All),
            SessionGenerator.Generate(Profiles.All.Select(profile => profile.With(profile.Name, profile.Title)))
        );
    }

    [Fact]
    public void The_report_of_a_difference_shows_its_lines_and_how_to_accept_it()
    {
        var report = Report(LineDiff.Between("a\nb\n" + string.Concat(Enumerable.Repeat("x\n", 60)), "a\nc\n"));

        Assert.Contains("-    2 b\n", report, StringComparison.Ordinal);
        Assert.Contains($"and {62 - ShownLines} more lines", report, StringComparison.Ordinal);
        Assert.Contains($"{Accept}=1 dotnet test --project tests/SmtpModel.Generator.Tests", report, StringComparison.Ordinal);
    }

    private static string Report(IReadOnlyList<string> diff) =>
        "the specification gives another order than the approved one (- approved, + generated):\n"
        + string.Concat(diff.Take(ShownLines).Select(line => line + "\n"))
        + (diff.Count > ShownLines ? $"and {diff.Count - ShownLines} more lines\n" : "")
        + $"if this is meant, accept it with\n    {Accept}=1 dotnet test --project tests/SmtpModel.Generator.Tests\nand commit the "
        + $"snapshot with the specification.";
}
