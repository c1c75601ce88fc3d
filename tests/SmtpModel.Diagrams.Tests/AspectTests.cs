using SmtpModel.Diagrams.Tests.Reading;
using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Diagrams.Tests;

/// <summary>Each aspect, read back from its text, agrees with the table.</summary>
public sealed class AspectTests
{
    private static readonly string[] Notations = ["dot", "mermaid"];

    public static TheoryData<string, string> Pictures { get; } =
    [.. from profile in Machines.All from notation in Notations select new TheoryDataRow<string, string>(profile.Name, notation)];

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Errors_show_each_refusal_each_closing_and_each_reply_out_of_order_and_nothing_else(string profile, string notation)
    {
        var table = Table(profile);
        var drawn = Read(table, notation, DiagramAspect.Errors);

        // besides, what closes in the states around is shown where it does not close
        var closing = table.Edges.Where(edge => edge.To == table.Final).Select(edge => edge.Exchange).ToHashSet();
        var isShown = drawn.Flatten();
        Assert.Equal(
            table
                .Edges.Where(edge =>
                    !edge.Exchange.IsAccepted
                    || edge.To == table.Final
                    || (closing.Contains(edge.Exchange) && isShown.Contains(edge.ToString()))
                )
                .Select(edge => edge.ToString())
                .Order(StringComparer.Ordinal),
            isShown
        );
        foreach (var state in table.States)
        {
            foreach (var command in table.Commands.Select(use => use.Command))
            {
                Assert.Equal(
                    table.OutOfOrder(state, command)?.Codes ?? [],
                    drawn.OutOfOrder.GetValueOrDefault((state.Name, command.Name)) ?? []
                );
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void A_transaction_shows_all_that_begins_moves_or_ends_it_and_nothing_the_machine_does_not_do(string profile, string notation)
    {
        var table = Table(profile);
        var drawn = Read(table, notation, DiagramAspect.Transaction);
        var moves = table
            .Edges.Where(edge => edge.From != edge.To && (edge.From.Holds.Count > 0 || edge.To.Holds.Count > 0))
            .Select(edge => edge.ToString())
            .ToHashSet();

        Assert.Subset(drawn.Flatten(), new SortedSet<string>(moves, StringComparer.Ordinal));
        Assert.Subset(table.Edges.Select(edge => edge.ToString()).ToHashSet(), drawn.Flatten());
        Assert.Equal(table.States.Any(state => state.Holds.Count > 0), drawn.Leaves.Count > 0);
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void What_is_said_of_the_buffers_leads_from_what_one_state_holds_to_what_the_next_one_holds(string profile, string notation)
    {
        var table = Table(profile);
        var drawn = Read(table, notation, DiagramAspect.Buffers);

        foreach (var edge in table.Edges.Where(edge => edge.Exchange.Effects.Count > 0))
        {
            var place = edge.From.Holds.Count == 0 ? "all buffers empty" : edge.From.Name;
            var note = drawn
                .Around(place)
                .Select(at => drawn.Notes.GetValueOrDefault((at, edge.Exchange.Command.Name, edge.Exchange.Code)))
                .FirstOrDefault(said => said is not null);
            Assert.True(note is not null, $"{edge} is not among the buffers");
            Assert.Equal(
                edge.To.Holds.Select(buffer => buffer.Name).Order(),
                After(note, edge.From.Holds.Select(buffer => buffer.Name)).Order()
            );
        }
    }

    [Theory]
    [InlineData("dot")]
    [InlineData("mermaid")]
    public void The_pictures_of_RFC_821_4_4_are_two_one_for_DATA_and_one_for_all_other_commands(string notation)
    {
        var text = Write(Profiles.Rfc821.Table, notation, DiagramAspect.Replies);
        var title =
            notation == "dot"
                ? "<b>HELO, MAIL, RCPT, RSET, SEND, SOML, SAML, VRFY,</b><br align=\"right\"/><b>EXPN, HELP, NOOP, QUIT, TURN</b>"
                : "\"DATA\" as group_2";

        Assert.Contains(title, text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split('\n').Count(line => line.TrimEnd().EndsWith('{') && line.Contains("group", StringComparison.Ordinal)));
        if (notation == "mermaid")
        {
            Assert.Equal(
                [
                    "asked_for_more_of_group_2 --> wait_for_reply_2_of_group_2 : end of data",
                    "begin_of_group_1 --> wait_for_reply_of_group_1 : command",
                    "begin_of_group_2 --> wait_for_reply_of_group_2 : DATA",
                    "wait_for_reply_2_of_group_2 --> error_of_group_2 : 1yz, 3yz",
                    "wait_for_reply_2_of_group_2 --> failure_of_group_2 : 4yz, 5yz",
                    "wait_for_reply_2_of_group_2 --> success_of_group_2 : 2yz",
                    "wait_for_reply_of_group_1 --> error_of_group_1 : 1yz, 3yz",
                    "wait_for_reply_of_group_1 --> failure_of_group_1 : 4yz, 5yz",
                    "wait_for_reply_of_group_1 --> success_of_group_1 : 2yz",
                    "wait_for_reply_of_group_2 --> asked_for_more_of_group_2 : 3yz",
                    "wait_for_reply_of_group_2 --> error_of_group_2 : 1yz, 2yz",
                    "wait_for_reply_of_group_2 --> failure_of_group_2 : 4yz, 5yz",
                ],
                text.Split('\n')
                    .Select(line => line.Trim())
                    .Where(line => line.Contains("-->", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)
            );
        }
    }

    [Fact]
    public void Each_kind_of_exchange_has_a_colour_and_a_line_style_of_its_own_and_the_legend_names_both()
    {
        var table = Profiles.Rfc5321.Table;
        var drawn = Read(table, "dot", DiagramAspect.Whole);

        Assert.Equal(
            ["dashed #b84300", "dotted #3a3a78", "solid #00694a"],
            drawn.Arrows.Select(arrow => arrow.Style).Distinct().Order(StringComparer.Ordinal)
        );
        Assert.All(drawn.Arrows, arrow =>
            Assert.Equal(arrow.To == table.Final.Name, arrow.Style.StartsWith("dotted", StringComparison.Ordinal))
        );
        foreach (var words in (string[])["#00694a\">solid: accepted", "#b84300\">dashed: refused", "#3a3a78\">dotted: closes"])
        {
            Assert.Contains(words, Write(table, "dot", DiagramAspect.Whole), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_command_and_a_state_that_are_added_show_in_every_aspect_that_they_belong_to()
    {
        var table = Machines.Changed.Table;

        Assert.Contains(Read(table, "dot", DiagramAspect.Whole).Arrows, arrow => (arrow.From, arrow.To) == ("Connected", "Afield"));
        Assert.Contains("Afield", Read(table, "dot", DiagramAspect.Errors).Leaves);
        Assert.Contains("Afield", Write(table, "dot", DiagramAspect.Buffers), StringComparison.Ordinal);
        Assert.Contains("WANDER", Write(table, "dot", DiagramAspect.Replies), StringComparison.Ordinal);
        Assert.DoesNotContain("Afield", Read(table, "dot", DiagramAspect.Transaction).Leaves);
    }

    // what buffers hold something when the words have been obeyed
    private static HashSet<string> After(string note, IEnumerable<string> held)
    {
        var after = held.ToHashSet();
        foreach (var words in note.Split(", "))
        {
            var (verb, buffer) = (
                words[..words.IndexOf(' ', StringComparison.Ordinal)],
                words[(words.IndexOf(' ', StringComparison.Ordinal) + 1)..]
            );
            switch (verb)
            {
                case "clear" when buffer == "all":
                    after.Clear();
                    break;
                case "clear":
                    after.Remove(buffer);
                    break;
                default:
                    Assert.Contains(verb, (string[])["set", "append"]);
                    after.Add(buffer);
                    break;
            }
        }

        return after;
    }

    private static TransitionTable Table(string profile) => Machines.All.Single(one => one.Name == profile).Written;

    private static string Write(TransitionTable table, string notation, DiagramAspect aspect) =>
        notation == "dot" ? DotDiagram.Write(table, new() { Aspect = aspect }) : MermaidDiagram.Write(table, new() { Aspect = aspect });

    private static ReadDiagram Read(TransitionTable table, string notation, DiagramAspect aspect) =>
        notation == "dot" ? DotReader.Read(Write(table, notation, aspect)) : MermaidReader.Read(Write(table, notation, aspect));
}
