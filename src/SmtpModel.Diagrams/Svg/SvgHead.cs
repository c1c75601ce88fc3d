namespace SmtpModel.Diagrams;

/// <summary>What stands above a picture: its title, what the lines mean, and what is not drawn.</summary>
internal sealed class SvgHead
{
    private const double Sample = 26;
    private const double LeastWidth = 580;
    private readonly IReadOnlyList<TextBlock> _lines;
    private readonly IReadOnlyList<(LabelKind Kind, string Words)> _key;
    private readonly int _titleLines;

    /// <summary>The head of a picture.</summary>
    /// <param name="title">The title.</param>
    /// <param name="key">What the kinds of lines mean.</param>
    /// <param name="legend">What is not drawn.</param>
    /// <param name="width">How wide the picture is.</param>
    public SvgHead(string title, IReadOnlyList<(LabelKind Kind, string Words)> key, IEnumerable<string> legend, double width)
    {
        var room = Math.Max(width, LeastWidth);
        List<TextRun> titles = [.. Wrap(title, room, isBold: true)];
        (_key, _titleLines) = (key, titles.Count);
        _lines = [.. titles.Concat(legend.SelectMany(line => Wrap(line, room, isBold: false))).Select(run => new TextBlock([[run]]))];
        Width = Math.Max(_lines.Max(line => line.Width), key.Sum(Extent));
        Height = (_lines.Count * TextMeasure.LineHeight) + (key.Count > 0 ? TextMeasure.LineHeight : 0);
    }

    public double Width { get; }

    public double Height { get; }

    /// <summary>Writes it.</summary>
    /// <param name="svg">Where to.</param>
    /// <param name="x">Its left end.</param>
    /// <param name="y">Its upper end.</param>
    public void Write(SvgText svg, double x, double y)
    {
        using var group = svg.Group("class=\"head\"");
        foreach (var (index, line) in _lines.Index())
        {
            if (index == _titleLines)
            {
                Key(svg, x, y);
                y += _key.Count > 0 ? TextMeasure.LineHeight : 0;
            }

            line.At(x, y, 0).ToList().ForEach(svg.Text);
            y += TextMeasure.LineHeight;
        }

        if (_lines.Count == _titleLines)
        {
            Key(svg, x, y);
        }
    }

    private void Key(SvgText svg, double x, double y)
    {
        foreach (var one in _key)
        {
            var way = $"M{SvgText.Number(x)},{SvgText.Number(y + (TextMeasure.LineHeight / 2))} H{SvgText.Number(x + Sample - 6)}";
            svg.Line($"<path class=\"line {SvgText.Class(one.Kind)}\" d=\"{way}\" {SvgLine.Look(one.Kind)}/>");
            svg.Text(new DrawnText(Run(one), x + Sample, y + TextMeasure.Ascent));
            x += Extent(one);
        }
    }

    private static TextRun Run((LabelKind Kind, string Words) one) => new(one.Words, DotStyle.Colour(one.Kind)) { Kind = one.Kind };

    private static double Extent((LabelKind Kind, string Words) one) => Sample + Run(one).Width + 18;

    private static IEnumerable<TextRun> Wrap(string text, double width, bool isBold)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && TextMeasure.Reserved(longer, isBold) > width)
            {
                yield return new TextRun(line, IsBold: isBold);
                longer = word;
            }

            line = longer;
        }

        yield return new TextRun(line, IsBold: isBold);
    }
}
