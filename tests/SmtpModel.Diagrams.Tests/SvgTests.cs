using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SmtpModel.Diagrams.Tests;

public sealed partial class SvgTests
{
    public static TheoryData<string> Names { get; } = [.. Machines.All.Select(profile => profile.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_state_stands_on_the_picture_and_every_text_is_fitted_to_its_length(string profile)
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
                ]
        )
        {
            var texts = XDocument
                .Parse(SvgDiagram.Write(table, options))
                .Descendants()
                .Where(element => element.Name.LocalName == "text")
                .ToList();

            Assert.All(table.States, state => Assert.Contains(state.Name, texts.Select(text => text.Value)));
            Assert.All(texts, text => Assert.Equal("spacingAndGlyphs", text.Attribute("lengthAdjust")?.Value));
            Assert.All(texts, text => Assert.Matches(Length(), text.Attribute("textLength")!.Value));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_rule_and_clause_of_every_edge_is_the_title_of_a_part(string profile)
    {
        var table = Machines.All.Single(one => one.Name == profile).Written;
        var titles = XDocument
            .Parse(SvgDiagram.Write(table))
            .Descendants()
            .Where(element => element.Name.LocalName == "title")
            .SelectMany(element => element.Value.Split('\n'))
            .ToHashSet();

        Assert.All(table.Edges.Where(edge => edge.Exchange.IsAccepted && edge.To != edge.From), edge =>
            Assert.Contains(titles, title =>
                title.Split(": ")[0] is var label
                && label.Split(" / ")[0].Split(", ").Contains(edge.Exchange.Command.Name)
                && label.Contains($"{edge.Exchange.Code}", StringComparison.Ordinal)
                && title.Contains($": {edge.Rule!.Id}, {edge.Rule.Clause}: {edge.Rule.Asks}", StringComparison.Ordinal)
            )
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_picture_of_errors_is_a_table_that_has_each_refusal_each_closing_and_each_reply_out_of_order_of_each_state(
        string profile
    )
    {
        var table = Machines.All.Single(one => one.Name == profile).Written;
        var svg = XDocument.Parse(SvgDiagram.Write(table, new() { Aspect = DiagramAspect.Errors }));
        var cells = svg.Descendants().Where(element => (string?)element.Attribute("class") == "cell").Select(element => new
        {
            X = Rect(element, "x"),
            Y = Rect(element, "y"),
            Text = string.Join(' ', element.Elements().Where(inner => inner.Name.LocalName == "text").Select(inner => inner.Value)),
        }).ToList();
        var (left, top) = (cells.Min(cell => cell.X), cells.Min(cell => cell.Y));

        foreach (var edge in table.Edges.Where(edge => !edge.Exchange.IsAccepted || edge.To == table.Final))
        {
            var text = At(edge.From.Name, edge.Exchange.Command.Name);
            Assert.Contains($"{edge.Exchange.Code}", text, StringComparison.Ordinal);
            Assert.True(edge.To == edge.From || text.Contains($"→ {edge.To.Name}", StringComparison.Ordinal), $"{edge}: {text}");
        }

        foreach (var state in table.States)
        {
            foreach (
                var refusal in table.Commands.Select(use => table.OutOfOrder(state, use.Command)).OfType<SmtpModel.Machines.Refusal>()
            )
            {
                Assert.Equal($"✗ {string.Join(", ", refusal.Codes)}", At(state.Name, refusal.Command.Name));
            }
        }

        string At(string state, string command)
        {
            var column = cells.Single(cell => cell.Y == top && cell.Text == state).X;
            var row = cells.Single(cell => cell.X == left && cell.Text.Split(", ").Contains(command)).Y;
            return cells.Single(cell => cell.X == column && cell.Y == row).Text;
        }
    }

    [Fact]
    public void Commands_stand_in_the_order_of_their_standard() =>
        Assert.Equal(
            "EHLO, HELO, MAIL, RCPT, DATA, RSET, VRFY, EXPN, HELP, NOOP, QUIT, SEND, SOML, SAML, TURN",
            string.Join(
                ", ",
                Spec.Profiles.Rfc5321.Table.ListedCommands.Where(use => use.Command.Kind is SmtpModel.Machines.InputKind.Line)
                    .Select(use => use.Command)
            )
        );

    private static double Rect(XElement cell, string attribute) =>
        (double)cell.Elements().First(inner => inner.Name.LocalName == "rect").Attribute(attribute)!;

    [GeneratedRegex(@"^\d+(\.\d)?$")]
    private static partial Regex Length();
}
