using System.Diagnostics;
using System.Xml.Linq;

namespace SmtpModel.Diagrams.Tests;

public sealed class SvgTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names { get; } = [.. Machines.All.Select(profile => profile.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Graphviz_takes_every_diagram_and_draws_every_state(string profile)
    {
        var table = Machines.All.Single(one => one.Name == profile).Table;
        foreach (var options in (DiagramOptions[])[new(), new() { Clauses = true, Refusals = true, Direction = DiagramDirection.LeftToRight },
            new() { Aspect = DiagramAspect.Errors }])
        {
            var result = await SvgDiagram.WriteAsync(table, options, cancellation: Cancellation);
            Assert.SkipWhen(result is SvgNotDrawn { Reason: SvgFailure.GraphvizMissing }, "the Debian package graphviz is not installed");

            var svg = Assert.IsType<SvgDrawn>(result).Svg;
            var texts = XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim()).ToList();
            Assert.All(table.States, state => Assert.Contains(state.Name, texts));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_rule_and_clause_of_every_edge_is_the_title_of_a_part(string profile)
    {
        var table = Machines.All.Single(one => one.Name == profile).Table;
        var result = await SvgDiagram.WriteAsync(table, cancellation: Cancellation);
        Assert.SkipWhen(result is SvgNotDrawn { Reason: SvgFailure.GraphvizMissing }, "the Debian package graphviz is not installed");

        var svg = Assert.IsType<SvgDrawn>(result).Svg;
        var titles = XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == "title").SelectMany(element => element.Value.Split('\n')).ToHashSet();
        Assert.DoesNotContain("<a", svg, StringComparison.Ordinal);
        Assert.All(table.Edges.Where(edge => edge.Exchange.IsAccepted && edge.To != edge.From), edge => Assert.Contains(titles, title =>
            title.Split(": ")[0] is var label && label.Split(" / ")[0].Split(", ").Contains(edge.Exchange.Command.Name) && label.Contains($"{edge.Exchange.Code}", StringComparison.Ordinal)
            && title.Contains($": {edge.Rule!.Id}, {edge.Rule.Clause}: {edge.Rule.Asks}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_Graphviz_the_result_says_what_is_missing_and_how_to_get_it()
    {
        var result = await SvgDiagram.RunAsync("no-such-dot", "digraph {}", TimeSpan.FromSeconds(5), Cancellation);

        var missing = Assert.IsType<SvgNotDrawn>(result);
        Assert.Equal(SvgFailure.GraphvizMissing, missing.Reason);
        Assert.Contains("no-such-dot", missing.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install graphviz", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Graphviz_cannot_read_comes_back_with_its_own_words()
    {
        var result = await SvgDiagram.RunAsync("dot", "digraph { this is -> -> wrong", TimeSpan.FromSeconds(20), Cancellation);
        Assert.SkipWhen(result is SvgNotDrawn { Reason: SvgFailure.GraphvizMissing }, "the Debian package graphviz is not installed");

        var failed = Assert.IsType<SvgNotDrawn>(result);
        Assert.Equal(SvgFailure.Failed, failed.Reason);
        Assert.Contains("syntax error", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_does_not_end_is_ended_after_the_time_it_was_given()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("there is no /bin/sh on Windows");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("smtpmodel-dot-");
        try
        {
            var script = Path.Combine(folder.FullName, "slow-dot");
            await File.WriteAllTextAsync(script, "#!/bin/sh\nexec sleep 60\n", Cancellation);
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            var clock = Stopwatch.StartNew();

            var result = await SvgDiagram.RunAsync(script, new string(' ', 1_000_000), TimeSpan.FromMilliseconds(300), Cancellation);

            Assert.Equal(SvgFailure.TimedOut, Assert.IsType<SvgNotDrawn>(result).Reason);
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"took {clock.Elapsed}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
