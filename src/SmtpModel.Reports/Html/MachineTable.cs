namespace SmtpModel.Reports;

/// <summary>The machine of one server as a table of states and commands, and its picture.</summary>
internal static class MachineTable
{
    // no name of a state or a command
    private const string Any = "";

    public static Markup Write(ServerReport server, int index, Markup picture, bool isOpen, bool isAlone)
    {
        var cases = server.Cases.Index().Where(pair => pair.Item.State is not null || pair.Item.Command is not null)
            .ToLookup(pair => (pair.Item.State ?? Any, pair.Item.Command ?? Any));
        var states = server.Machine.States.Append(Any).Where(state => cases.Any(cell => cell.Key.Item1 == state)).ToList();
        var commands = server
            .Machine.Commands.Append(Any)
            .Where(command => cases.Any(cell => cell.Key.Item2 == command))
            .Distinct()
            .ToList();
        return Markup.Of(
            $$"""
            <details class="one-machine"{{Markup.If(isOpen, $" open")}}>
            <summary{{Markup.If(isAlone, $" class=\"unseen\"")}}>{{server.Target}}</summary>
            <div class="scroll" tabindex="0" role="region" aria-label="States by commands of {{server.Target}}"><table class="machine">
            <caption class="unseen">States by commands of {{server.Target}}</caption>
            <thead><tr><td></td>{{commands.Select(command =>
                Markup.Of($"<th scope=\"col\"><span>{(command == Any ? "any command" : command)}</span></th>")
            )}}</tr></thead>
            <tbody>{{states.Select(state =>
                Markup.Of(
                    $"""
                    <tr><th scope="row">{(state == Any ? "any state" : state)}</th>{commands.Select(command => Cell(server, index, state, command, [.. cases[(state, command)]]))}</tr>
                    """
                )
            )}}</tbody>
            </table></div>
            <ul class="legend">{{Mark.All.Select(mark =>
                Markup.Of($"<li><span class=\"badge v-{mark.Name}\">{mark.Sign}</span> {mark.Word}</li>")
            )}}</ul>
            {{picture}}
            </details>
            """);
    }

    private static Markup Cell(
        ServerReport server,
        int index,
        string state,
        string command,
        IReadOnlyList<(int Index, ReportedCase Item)> cases
    )
    {
        var edges = server.Machine.Edges.Where(edge => edge.From == state && edge.Command == command).ToList();
        if (cases.Count == 0)
        {
            return Markup.Of($"<td></td>");
        }

        var first = cases.MinBy(pair => Mark.Rank(Mark.Of(pair.Item)));
        var mark = Mark.Of(first.Item);
        var seen = edges.Count(edge => edge.IsCovered);
        var words =
            $"{state}, {command}: {mark.Word}, "
                + $"{Wording.Count(cases.Count, "case")}"
                + $"{(edges.Count > 0 ? $", seen {seen} of {Wording.Count(edges.Count, "exchange")}" : "")}";
        return Markup.Of(
            $$"""
            <td><a class="cell v-{{mark.Name}}" href="#e{{index}}-{{first.Index}}" data-cases="{{string.Join(
                ' ',
                cases.Select(pair => $"e{index}-{pair.Index}")
            )}}" aria-label="{{words}}" title="{{words}}"><span aria-hidden="true">{{mark.Sign}}{{Markup.If(
                cases.Count > 1,
                $"<sub>{cases.Count}</sub>"
            )}}</span>{{(edges.Count > 0 ? Bar(seen, edges.Count) : Markup.None)}}</a></td>
            """
        );
    }

    private static Markup Bar(int seen, int all) =>
        Markup.Of(
            $"<svg class=\"seen\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"rest\" "
                + $"width=\"100\" height=\"4\"/><rect class=\"part\" width=\"{100d * seen / all:0.#}\" height=\"4\"/></svg>"
        );
}
