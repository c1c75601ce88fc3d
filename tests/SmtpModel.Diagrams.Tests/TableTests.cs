using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using SmtpModel.Spec;

namespace SmtpModel.Diagrams.Tests;

/// <summary>The table of states and commands, read back from Markdown and HTML, agrees with the machine.</summary>
public sealed partial class TableTests
{
    public static TheoryData<string, TableRows> Tables { get; } =
    [
        .. from profile in Machines.All
        from rows in Enum.GetValues<TableRows>()
        select new TheoryDataRow<string, TableRows>(profile.Name, rows),
    ];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_cell_of_the_Markdown_is_what_the_machine_does_there(string profile, TableRows rows)
    {
        var table = Machines.All.Single(one => one.Name == profile).Written;
        var cells = ReadMarkdown(MarkdownTable.Write(table, rows), rows);

        Assert.Equal(table.States.Count * table.Commands.Count, cells.Count);
        foreach (var state in table.States)
        {
            foreach (var command in table.Commands.Select(use => use.Command))
            {
                var expected = table
                    .From(state, command)
                    .Select(edge => $"{edge.Exchange.Code} {edge.To} {edge.Rule?.Id}")
                    .Concat(
                        table.OutOfOrder(state, command) is { } refusal
                            ? refusal.Codes.Select(code => $"{code} out of order {refusal.Rule.Id}")
                            : []
                    );
                Assert.Equal(
                    expected.Order(StringComparer.Ordinal),
                    Effects(cells[(state.Name, command.Name)], state.Name).Order(StringComparer.Ordinal)
                );
            }
        }
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void The_HTML_says_in_each_cell_what_the_Markdown_says_and_its_title_names_each_clause(string profile, TableRows rows)
    {
        var table = Machines.All.Single(one => one.Name == profile).Written;
        var markdown = MarkdownTable.Write(table, rows).Split('\n').Where(line => line.StartsWith("| **", StringComparison.Ordinal))
            .SelectMany(line => line.Trim('|').Split(" | ").Skip(1)).Select(Words).ToList();
        var html = HtmlTable.Write(table, rows);
        var cells = HtmlCell().Matches(html);

        Assert.Equal(markdown, cells.Select(cell => Words(cell.Groups["said"].Value)));
        Assert.All(cells, cell =>
            Assert.All(Raised().Matches(cell.Groups["said"].Value), rule =>
                Assert.Contains(
                    $"{rule.Groups["id"].Value}, {table.Rules.Single(one => one.Id == rule.Groups["id"].Value).Clause}: ",
                    cell.Groups["title"].Value,
                    StringComparison.Ordinal
                )
            )
        );
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_rule_that_is_named_is_explained_below_once()
    {
        foreach (var text in (string[])[MarkdownTable.Write(Profiles.Rfc5321.Table), HtmlTable.Write(Profiles.Rfc5321.Table)])
        {
            var named = Raised().Matches(text).Select(match => match.Groups["id"].Value).ToHashSet();
            var explained = Explained().Matches(text).Select(match => match.Groups["id"].Value).ToList();

            Assert.Equal(named.Order(StringComparer.Ordinal), explained.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_command_and_a_state_that_are_added_have_a_column_and_a_row()
    {
        var cells = ReadMarkdown(MarkdownTable.Write(Machines.Changed.Table), TableRows.States);

        Assert.Equal(["298 Afield L1"], Effects(cells[("Connected", "WANDER")], "Connected").Where(effect => effect.StartsWith('2')));
        Assert.Contains("221 Connected L1", Effects(cells[("Afield", "QUIT")], "Afield"));
    }

    [Fact]
    public void Commands_that_do_the_same_everywhere_share_a_column() =>
        Assert.Contains("| SEND, SOML, SAML |", MarkdownTable.Write(Profiles.Rfc5321.Table), StringComparison.Ordinal);

    private static Dictionary<(string State, string Command), string> ReadMarkdown(string text, TableRows rows)
    {
        var lines = text.Split('\n').Where(line => line.StartsWith('|')).Select(line => line[2..^2].Split(" | ")).ToList();
        var cells = new Dictionary<(string, string), string>();
        foreach (var line in lines.Skip(2))
        {
            for (var at = 1; at < line.Length; at++)
            {
                var (row, column) = (WebUtility.HtmlDecode(line[0].Trim('*')), WebUtility.HtmlDecode(lines[0][at]));
                var (state, commands) = rows is TableRows.States ? (row, column) : (column, row);
                foreach (var command in commands.Split(", "))
                {
                    cells.Add((state, command), line[at]);
                }
            }
        }

        return cells;
    }

    private static IEnumerable<string> Effects(string cell, string state)
    {
        foreach (var part in cell == "–" ? [] : cell.Split("<br>"))
        {
            var match = Part().Match(part);
            Assert.True(match.Success, $"'{part}' is no part of a cell");
            var to =
                match.Groups["out"].Success ? "out of order"
                : match.Groups["to"].Success ? WebUtility.HtmlDecode(match.Groups["to"].Value)
                : state;
            foreach (var code in match.Groups["codes"].Value.Split(", ").Select(code => int.Parse(code, CultureInfo.InvariantCulture)))
            {
                yield return $"{code} {to} {match.Groups["rule"].Value}";
            }
        }
    }

    private static string Words(string cell) =>
        WebUtility
            .HtmlDecode(Tag().Replace(cell, " ").Replace("*", "", StringComparison.Ordinal))
            .Trim()
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            is var words
            ? string.Join(' ', words)
            : "";

    [GeneratedRegex(
        "^(<sub>)?(\\*?\\*?→ (?<to>[^*0-9]+?)(\\*\\*)? |\\*stays\\* |(?<out>✗ ))?(?<codes>\\d{3}(, "
            + "\\d{3})*)(</sub>)?(<sup>(?<rule>\\w+)</sup>)?$"
    )]
    private static partial Regex Part();

    [GeneratedRegex("<td class=\"\\w+\"( title=\"(?<title>[^\"]*)\")?>(?<said>.*?)</td>")]
    private static partial Regex HtmlCell();

    [GeneratedRegex("<sup>(?<id>\\w+)</sup>")]
    private static partial Regex Raised();

    [GeneratedRegex("^(- |<li><b>)(?<id>\\w+)(: |</b> )", RegexOptions.Multiline)]
    private static partial Regex Explained();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();
}
