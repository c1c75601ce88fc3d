using System.Text.RegularExpressions;
using SmtpModel.Diagrams.Tests.Support;

namespace SmtpModel.Diagrams.Tests.Exports;

/// <summary>PlantUML itself takes what is written for it.</summary>
public sealed partial class PlantUmlTests
{
    private const string Missing = "the Debian package plantuml is not installed";

    private static readonly DiagramOptions[] Looks =
    [
        new(),
        new()
        {
            Clauses = true,
            Refusals = true,
            Direction = DiagramDirection.LeftToRight,
        },
    ];

    // PlantUML starts once for all: it takes as long as some thirty of its reports
    private static readonly Lazy<Task<IReadOnlyList<(string Name, string Kind)>>> Reports = new(async () =>
    {
        var written = Machines
            .All.SelectMany(profile => Looks.Select(look => (profile.Name, Text: PlantUmlDiagram.Write(profile.Table, look))))
            .ToList();
        var said = await CheckAsync(string.Concat(written.Select(one => one.Text)));
        // the kind of a diagram, or that it is wrong, stands alone in capitals; how much is in it, or where it is wrong, stands below
        var kinds = Kind().Matches(said).Select(match => match.Value).ToList();
        Assert.True(kinds.Count == written.Count, $"{written.Count} were written, and PlantUML said\n{said}");
        return [.. written.Zip(kinds, (one, kind) => (one.Name, kind))];
    });

    public static TheoryData<string> Names { get; } = [.. Machines.All.Select(profile => profile.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Every_state_is_declared_and_every_arrow_is_between_declared_ones(string name)
    {
        var table = Machines.All.Single(profile => profile.Name == name).Written;
        var lines = PlantUmlDiagram.Write(table).Split('\n').Select(line => line.Trim()).ToList();
        var declared = lines
            .Where(line => line.StartsWith("state \"", StringComparison.Ordinal))
            .Select(line => line.Split("\" as ")[1].TrimEnd(' ', '{'))
            .ToList();

        Assert.Equal(declared.Distinct(), declared);
        Assert.Equal(table.States.SelectMany(state => table.Around(state).Prepend(state)).Distinct().Count(), declared.Count);
        Assert.All(lines.Where(line => line.Contains(" --> ", StringComparison.Ordinal)), line =>
            Assert.All(line.Split(" : ")[0].Split(" --> "), end => Assert.True(end == "[*]" || declared.Contains(end), line)));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task PlantUML_finds_no_fault_in_its_syntax(string name)
    {
        Assert.SkipUnless(Tool.IsHere("plantuml"), Missing);

        var reports = await Reports.Value;

        // one for each way to write it
        Assert.Equal(["STATE", "STATE"], reports.Where(report => report.Name == name).Select(report => report.Kind));
    }

    [Fact]
    public async Task PlantUML_would_say_so_if_there_were_one()
    {
        Assert.SkipUnless(Tool.IsHere("plantuml"), Missing);

        Assert.StartsWith("ERROR", await CheckAsync("@startuml\nstate A\nstate { B -> } }\n@enduml\n"), StringComparison.Ordinal);
    }

    private static async Task<string> CheckAsync(string text) =>
        (await Tool.RunAsync("plantuml", Path.GetTempPath(), text, "-syntax")).Output.TrimStart();

    [GeneratedRegex("^[A-Z]+$", RegexOptions.Multiline)]
    private static partial Regex Kind();
}
