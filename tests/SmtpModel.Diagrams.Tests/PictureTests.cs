using SmtpModel.Diagrams.Tests.Reading;
using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Diagrams.Tests;

public sealed class PictureTests
{
    private static readonly DiagramOptions[] Settings =
    [
        new(),
        new() { Clauses = true },
        new() { Refusals = true },
        new()
        {
            Clauses = true,
            Refusals = true,
            Direction = DiagramDirection.LeftToRight,
        },
        new() { Refusals = true, Paint = Painted },
    ];

    public static TheoryData<string, string, int> Pictures { get; } = [.. from profile in Machines.All
        from notation in (string[])["mermaid", "dot"]
        from setting in Enumerable.Range(0, Settings.Length)
        select new TheoryDataRow<string, string, int>(profile.Name, notation, setting)];

    [Fact]
    public void Exchanges_painted_alike_are_written_together_and_an_arrow_is_dashed_when_all_on_it_is()
    {
        var dot = DotDiagram.Write(Profiles.Rfc5321.Table, new DiagramOptions { Paint = Painted });

        Assert.Contains(
            "<font color=\"#000250\">RCPT / 250</font><br align=\"left\"/><font color=\"#000251\"><i>RCPT / 251</i></font>",
            dot,
            StringComparison.Ordinal
        );
        Assert.Contains("<font color=\"#000250\">stays: EHLO, HELO, RSET / 250</font>", dot, StringComparison.Ordinal);
        Assert.Contains("color=\"#000221\", style=dashed", dot, StringComparison.Ordinal);
        Assert.DoesNotMatch("color=\"#000250[^\n]*style=dashed", dot);
        Assert.DoesNotContain("dashed: refused", dot, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Read_back_and_flattened_a_diagram_has_exactly_the_edges_of_the_table(string profile, string notation, int setting)
    {
        var table = Machines.All.Single(one => one.Name == profile).Written;
        var expected = table.Edges.Where(edge => edge.Exchange.IsAccepted || edge.To != edge.From || Settings[setting].Refusals)
            .Select(edge => edge.ToString()).Order(StringComparer.Ordinal);

        var drawn = Read(table, notation, Settings[setting]);

        Assert.Equal(expected, drawn.Flatten());
        Assert.Equal((table.Start.Name, table.Final.Name), (drawn.Start, drawn.Final));
        Assert.Equal(table.States.Select(state => state.Name).Order(StringComparer.Ordinal), drawn.Leaves.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Between_two_boxes_there_is_at_most_one_arrow_each_way_in_each_style(string profile, string notation, int setting)
    {
        var drawn = Read(Machines.All.Single(one => one.Name == profile).Written, notation, Settings[setting]);

        Assert.NotEmpty(drawn.Arrows);
        Assert.Equal(drawn.Arrows.Distinct(), drawn.Arrows);
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void A_diagram_is_written_the_same_way_each_time_with_plain_line_ends(string profile, string notation, int setting)
    {
        var one = Machines.All.Single(one => one.Name == profile);
        var text = Write(one.Table, notation, Settings[setting]);
        var again = new Profile(one.Name, one.Title, one.Parts);

        Assert.Equal(text, Write(again.Table, notation, Settings[setting]));
        Assert.DoesNotContain('\r', text);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    }

    [Theory]
    [InlineData("mermaid")]
    [InlineData("dot")]
    public void A_changed_machine_changes_the_picture_where_it_changed_and_nowhere_else(string notation)
    {
        var before = Read(Profiles.Rfc5321.Table, notation, new()).Flatten();
        var after = Read(Machines.Changed.Table, notation, new()).Flatten();

        Assert.Contains("Connected: WANDER / 298 -> Afield", after);
        Assert.Contains("Afield: QUIT / 221 -> Connected", after);
        Assert.Subset(after, before);
        Assert.All(after.Except(before).Where(edge => !edge.Contains("WANDER", StringComparison.Ordinal)),
            edge => Assert.StartsWith("Afield: ", edge, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mermaid")]
    [InlineData("dot")]
    public void The_legend_says_so_where_a_state_has_its_own_arrow_for_an_exchange_of_its_superstate(string notation)
    {
        const string Words = "that has no such arrow of its own";

        Assert.Contains(Words, Write(Machines.Changed.Table, notation, new()), StringComparison.Ordinal);
        Assert.DoesNotContain(Words, Write(Profiles.Rfc5321.Table, notation, new()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mermaid")]
    [InlineData("dot")]
    public void An_edge_of_a_superstate_that_every_state_inside_replaces_is_not_drawn(string notation)
    {
        var arrows = Read(Machines.Hall.Table, notation, new()).Arrows;

        Assert.Contains(arrows, arrow => (arrow.From, arrow.To) == ("Third", "Garden"));
        Assert.DoesNotContain(arrows, arrow => (arrow.From, arrow.To) == ("Hall", "Garden"));
    }

    [Theory]
    [InlineData("mermaid")]
    [InlineData("dot")]
    public void Clauses_and_refusals_are_shown_only_when_asked_for(string notation)
    {
        var table = Profiles.Rfc821.Table;
        var rule = table.Edges.First(edge => edge.Exchange.IsAccepted).Rule!;

        Assert.Contains($"[{rule.Id}, {rule.Clause}]", Write(table, notation, new() { Clauses = true }), StringComparison.Ordinal);
        Assert.DoesNotContain("[" + rule.Id, Write(table, notation, new()), StringComparison.Ordinal);
        Assert.Contains("out of order:", Write(table, notation, new() { Refusals = true }), StringComparison.Ordinal);
        Assert.DoesNotContain("out of order:", Write(table, notation, new()), StringComparison.Ordinal);
    }

    [Fact]
    public void No_arrow_of_a_Mermaid_diagram_leads_into_a_composite_state_and_none_leaves_a_state_that_is_not_there()
    {
        foreach (var (profile, lines) in Machines.All.Select(profile => (profile, MermaidDiagram.Write(profile.Table).Split('\n'))))
        {
            var composites = lines.Where(line => line.EndsWith('{')).Select(line => line.Split(' ')[^2]).ToList();
            Assert.DoesNotContain(lines, line => composites.Any(name => line.Contains($"--> {name} ", StringComparison.Ordinal)));
            Assert.DoesNotContain(lines, line =>
                line.Contains("_any -->", StringComparison.Ordinal) || line.Contains("\"any state\"", StringComparison.Ordinal)
            );
            Assert.Equal(
                profile.Table.Parents.Count > 0 && profile.Name != "hall",
                lines.Any(line => composites.Any(name => line.Contains($" {name} -->", StringComparison.Ordinal)))
            );
        }
    }

    private static string Write(TransitionTable table, string notation, DiagramOptions options) =>
        notation == "dot" ? DotDiagram.Write(table, options) : MermaidDiagram.Write(table, options);

    private static ReadDiagram Read(TransitionTable table, string notation, DiagramOptions options) =>
        notation == "dot" ? DotReader.Read(DotDiagram.Write(table, options)) : MermaidReader.Read(MermaidDiagram.Write(table, options));

    // a colour for each code; odd ones are dashed
    private static EdgePaint Painted(IReadOnlyList<Edge> edges) => new($"#000{edges[0].Exchange.Code}", edges[0].Exchange.Code % 2 == 1);
}
