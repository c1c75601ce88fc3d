using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>
/// What a machine refuses, what is out of order and what closes, as a drawn table: a row for the commands with the same cells, a column
/// for each state in which something is read.
/// </summary>
internal static class ErrorTable
{
    private const int CellWidth = 14;
    private const int NameWidth = 18;
    private const double Padding = 8;

    private static readonly string[] Legend =
    [
        "Each cell is a command in a state: the replies that refuse it, after which the session stays unless an arrow says where it goes.",
        "✗ out of order, the session stays; → leads there; – not read there; an empty cell: nothing but success.",
    ];

    /// <summary>The SVG.</summary>
    /// <param name="table">The machine.</param>
    /// <param name="options">What the picture shows.</param>
    public static string Write(TransitionTable table, DiagramOptions options)
    {
        var rows = Rows(table, options);
        List<State> states = [.. table.States.Where(state => rows.Any(row => Errors(table, state, row.Command).Any()))];
        var cells = rows.ConvertAll(row => states.ConvertAll(state => new TextBlock(Lines(table, options, state, row.Command))));
        var titles = states.ConvertAll(state => TextBlock.Bold([state.Name]));
        double[] widths = [rows.Select(row => row.Names.Width).DefaultIfEmpty().Max() + (2 * Padding),
            .. states.Select((_, at) => Math.Max(titles[at].Width, cells.Max(row => row[at].Width)) + (2 * Padding))];
        double[] heights = [TextMeasure.LineHeight + Padding,
            .. rows.Select((row, at) => Math.Max(row.Names.Height, cells[at].Max(cell => cell.Height)) + Padding)];
        var title = table.Profile.Title + Legends.Aspect(DiagramAspect.Errors);
        var head = new SvgHead(title, [], Legend, widths.Sum());
        return SvgWriter.Page(title, head, new Spot(widths.Sum(), heights.Sum()), svg =>
        {
            var y = SvgWriter.Top(head);
            for (var row = 0; row <= rows.Count; row++)
            {
                var x = SvgWriter.Margin;
                for (var column = 0; column <= states.Count; column++)
                {
                    var frame = new Frame(x, y, widths[column], heights[row]);
                    Cell(svg, frame, (row, column) switch
                    {
                        (0, 0) => TextBlock.Empty,
                        (0, _) => titles[column - 1],
                        (_, 0) => rows[row - 1].Names,
                        _ => cells[row - 1][column - 1],
                    }, row == 0 || column == 0 ? ("#f2f2f2", "name") : Ground(table, states[column - 1], rows[row - 1].Command),
                    row == 0 && column > 0 ? [states[column - 1].Meaning]
                        : row == 0 || column == 0 ? [] : [.. Tips(table, states[column - 1], rows[row - 1].Command)]);
                    x += widths[column];
                }

                y += heights[row];
            }
        });
    }

    // commands that stand beside each other and whose cells are the same share a row
    private static List<(TextBlock Names, Command Command)> Rows(TransitionTable table, DiagramOptions options)
    {
        var groups = new List<(string Words, List<Command> Commands)>();
        foreach (var command in table.ListedCommands.Select(use => use.Command)
            .Where(command => table.States.Any(state => Errors(table, state, command).Any())))
        {
            var words = string.Join('|', table.States.Select(state => Words(Lines(table, options, state, command))));
            if (groups.Count == 0 || groups[^1].Words != words)
            {
                groups.Add((words, []));
            }

            groups[^1].Commands.Add(command);
        }

        return groups.ConvertAll(group =>
            (TextBlock.Bold(LabelText.Wrap(string.Join(", ", group.Commands), NameWidth)), group.Commands[0])
        );
    }

    private static void Cell(SvgText svg, Frame frame, TextBlock text, (string Colour, string Class) ground, IReadOnlyList<string> tips)
    {
        using var group = svg.Group("class=\"cell\"", tips);
        svg.Box(frame, $"class=\"box {ground.Class}\" fill=\"{ground.Colour}\" stroke=\"#c9ccd3\"");
        text.At(frame.X + Padding, frame.Y + (Padding / 2), 0).ToList().ForEach(svg.Text);
    }

    // what is refused, what is out of order, and what closes, whether it was accepted or not
    private static IEnumerable<(CellPart Part, LabelKind? Kind)> Errors(TransitionTable table, State state, Command command)
    {
        var cell = TableCell.Of(table, state, command);
        return
        [
            .. cell.Accepted.Where(part => part.To == table.Final).Select(part => (part, (LabelKind?)LabelKind.Closing)),
            .. cell.Refused.Select(part => (part, (LabelKind?)(part.To == table.Final ? LabelKind.Closing : LabelKind.Refused))),
            .. cell.OutOfOrder is { } part ? [(part, null)] : Array.Empty<(CellPart, LabelKind?)>(),
        ];
    }

    private static List<IReadOnlyList<TextRun>> Lines(TransitionTable table, DiagramOptions options, State state, Command command)
    {
        if (TableCell.Of(table, state, command).IsEmpty)
        {
            return [[new TextRun("–", DotStyle.Colour(LabelKind.Way)) { Kind = LabelKind.Way }]];
        }

        var lines = new List<IReadOnlyList<TextRun>>();
        foreach (var (part, kind) in Errors(table, state, command))
        {
            var edges = table.From(state, command).Where(edge => part.Codes.Contains(edge.Exchange.Code)).ToList();
            var paint = edges.Count == 0 ? null : options.Paint?.Invoke(edges);
            var colour = paint?.Colour ?? (kind is { } of ? DotStyle.Colour(of) : null);
            var codes = LabelText.Wrap(
                (kind is null ? "✗ " : "") + string.Join(", ", part.Codes),
                kind is null ? CellWidth + 2 : CellWidth
            );
            lines.AddRange(
                part.To is null
                    ? []
                    :
                    [
                        [Run($"→ {part.To.Name}", isBold: true)],
                    ]
            );
            lines.AddRange(codes.Select(line => (IReadOnlyList<TextRun>)[Run(line)]));
            lines.AddRange(options.Clauses && part.Rule is { } rule ? [[Run($"[{rule.Id}, {rule.Clause}]")]] : []);

            TextRun Run(string text, bool isBold = false) =>
                new(text, colour, isBold, paint?.IsDashed == true) { Kind = paint is null ? kind : null };
        }

        return lines;
    }

    private static string Words(List<IReadOnlyList<TextRun>> lines) =>
        string.Join('\n', lines.Select(line => $"{line[0].Text} {line[0].Colour}"));

    private static (string Colour, string Class) Ground(TransitionTable table, State state, Command command) =>
        TableCell.Of(table, state, command).OutOfOrder is not null ? ("#eef0f4", "out")
        : Errors(table, state, command).Any(error => error.Kind is LabelKind.Closing) ? ("#ececf8", "closes") : ("#ffffff", "plain");

    private static IEnumerable<string> Tips(TransitionTable table, State state, Command command) =>
        from error in Errors(table, state, command)
        let rule = error.Part.Rule
        where rule is not null
        select $"{command} / {string.Join(", ", error.Part.Codes)}: {rule.Id}, {rule.Clause}: {rule.Asks}";
}
