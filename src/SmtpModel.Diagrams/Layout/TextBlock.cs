namespace SmtpModel.Diagrams;

/// <summary>Text of one look.</summary>
/// <param name="Text">The text.</param>
/// <param name="Colour">Its colour; null for that of plain text.</param>
/// <param name="IsBold">Whether it is bold.</param>
/// <param name="IsSlanted">Whether it is slanted.</param>
internal sealed record TextRun(string Text, string? Colour = null, bool IsBold = false, bool IsSlanted = false)
{
    /// <summary>The kind of exchange whose colour it has, for a viewer that has its own colours; null for none.</summary>
    public LabelKind? Kind { get; init; }

    /// <summary>The room it is given.</summary>
    public double Width => TextMeasure.Reserved(Text, IsBold);
}

/// <summary>Lines of text, each made of runs.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="IsCentred">Whether the first line stands in the middle, as a title.</param>
internal sealed record TextBlock(IReadOnlyList<IReadOnlyList<TextRun>> Lines, bool IsCentred = false)
{
    private const double Between = 4;

    /// <summary>No text.</summary>
    public static TextBlock Empty { get; } = new([]);

    /// <summary>Bold lines.</summary>
    /// <param name="lines">The lines.</param>
    public static TextBlock Bold(IEnumerable<string> lines) =>
        new([.. lines.Select(line => (IReadOnlyList<TextRun>)[new TextRun(line, IsBold: true)])]);

    /// <summary>Whether there is no text.</summary>
    public bool IsEmpty => Lines.Count == 0;

    /// <summary>The room its widest line is given.</summary>
    public double Width => Lines.Count == 0 ? 0 : Lines.Max(WidthOf);

    /// <summary>The height of all lines.</summary>
    public double Height => Lines.Count * TextMeasure.LineHeight;

    /// <summary>The room a line is given.</summary>
    /// <param name="line">The line.</param>
    public static double WidthOf(IReadOnlyList<TextRun> line) => line.Sum(run => run.Width) + (Between * Math.Max(0, line.Count - 1));

    /// <summary>The runs where they stand when the block's upper left corner is at a point.</summary>
    /// <param name="x">The point's way from the left.</param>
    /// <param name="y">The point's way from the top.</param>
    /// <param name="width">The room to centre the first line in.</param>
    public IEnumerable<DrawnText> At(double x, double y, double width)
    {
        foreach (var (index, line) in Lines.Index())
        {
            var isMiddle = IsCentred && index == 0;
            var at = isMiddle ? x + ((width - WidthOf(line)) / 2) : x;
            foreach (var run in line)
            {
                // a centred run keeps its middle where its room has it, however wide the letters are
                var shift = isMiddle ? (run.Width - TextMeasure.Fitted(run.Text, run.IsBold)) / 2 : 0;
                yield return new DrawnText(run, at + shift, y + (index * TextMeasure.LineHeight) + TextMeasure.Ascent);
                at += run.Width + Between;
            }
        }
    }
}
