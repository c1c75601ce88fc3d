using SmtpModel.Machines;
using SmtpModel.Spec;

namespace SmtpModel.Session.Tests;

/// <summary>One test for each edge of each profile, driven through a real session whose site answers what the edge says.</summary>
public class EdgeTests
{
    public static IEnumerable<TheoryDataRow<string, int>> Edges =>
        from profile in Profiles.All
        from edge in profile.Table.Edges
        where IsDriven(profile.Table, edge)
        select Row.Named($"{profile} {edge}, {edge.Rule}", profile.Name, edge.Index);

    [Theory, MemberData(nameof(Edges))]
    public void An_edge_is_taken_as_the_specification_says(string profile, int index)
    {
        var dialogue = new Dialogue(profile);
        var edge = dialogue.Table.Edges[index];

        dialogue.Follow(Paths.To(dialogue.Table, edge.From)).Take(edge);

        if (edge.To == dialogue.Table.Final)
        {
            Assert.Equal("", dialogue.Send("NOOP"));
            Assert.Equal("", dialogue.Send("QUIT"));
        }
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void All_edges_are_driven(string profile)
    {
        var table = Generated.Table(profile);
        var left = table.Edges.Where(edge => !IsDriven(table, edge)).ToList();

        Assert.Empty(left);
        Assert.Equal(table.Edges.Count, left.Count + Edges.Count(row => row.Data.Item1 == profile));
    }

    [Theory, ClassData(typeof(EachProfile))]
    public void B2_A_message_is_delivered_with_its_paths_in_order_and_its_data_octet_for_octet_and_another_may_follow(string profile)
    {
        var dialogue = new Dialogue(profile);
        var table = dialogue.Table;
        dialogue.Follow(Paths.To(table, Rfc821.Ready));
        foreach (var round in Enumerable.Range(1, 3))
        {
            foreach (
                var exchange in (Exchange[])
                    [
                        Rfc821.MAIL / 250,
                        .. Enumerable.Repeat(Rfc821.RCPT / 250, round),
                        Rfc821.RCPT / 550,
                        Rfc821.DATA / 354,
                        Rfc821.EndOfData / 250,
                    ]
            )
            {
                dialogue.Take(table.Find(table.States.Single(state => Generated.Of(state) == dialogue.Session.State), exchange)!);
            }

            // Take has held all three buffers against the dialogue before delivery and after it
            Assert.Equal(round, dialogue.Delivered.Count);
            Assert.Equal(round, dialogue.Delivered[^1].ForwardPaths.Count);
        }
    }

    // an unknown line always draws the same reply
    private static bool IsDriven(TransitionTable table, Edge edge) =>
        edge.Exchange.Command.Kind is not InputKind.UnknownLine || edge.Exchange.Code == table.Faults.Unrecognized;
}
