using SmtpModel.Diagrams.Tests.Support;

namespace SmtpModel.Diagrams.Tests;

public sealed class DotTests
{
    public static bool HasGraphviz => Tool.IsHere("dot");

    public static TheoryData<string> Names { get; } = [.. Machines.All.Select(profile => profile.Name)];

    [Theory(Skip = "the Debian package graphviz is not installed", SkipUnless = nameof(HasGraphviz))]
    [MemberData(nameof(Names))]
    public async Task Graphviz_takes_every_diagram_and_draws_every_state(string profile)
    {
        var table = Machines.All.Single(one => one.Name == profile).Written;
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
                    new() { Aspect = DiagramAspect.Errors },
                ]
        )
        {
            var (code, svg) = await Tool.RunAsync("dot", Path.GetTempPath(), DotDiagram.Write(table, options), "-Tsvg");

            Assert.Equal(0, code);
            Assert.All(table.States, state => Assert.Contains(state.Name, svg, StringComparison.Ordinal));
        }
    }
}
