using SmtpModel.Diagrams.Tests.Support;

namespace SmtpModel.Diagrams.Tests.Exports;

/// <summary>PlantUML itself takes what is written for it.</summary>
public sealed class PlantUmlTests
{
    private const string Missing = "the Debian package plantuml is not installed";

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

        foreach (
            var options in (DiagramOptions[])
                [
                    new(),
                    new()
                    {
                        Clauses = true,
                        Refusals = true,
                        Direction = DiagramDirection.LeftToRight,
                    },
                ]
        )
        {
            var said = await CheckAsync(PlantUmlDiagram.Write(Machines.All.Single(profile => profile.Name == name).Table, options));
            Assert.StartsWith("STATE", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task PlantUML_would_say_so_if_there_were_one()
    {
        Assert.SkipUnless(Tool.IsHere("plantuml"), Missing);

        Assert.StartsWith("ERROR", await CheckAsync("@startuml\nstate A\nstate { B -> } }\n@enduml\n"), StringComparison.Ordinal);
    }

    private static async Task<string> CheckAsync(string text) =>
        (await Tool.RunAsync("plantuml", Path.GetTempPath(), text, "-syntax")).Output.TrimStart();
}
