namespace SmtpModel.Diagrams;

/// <summary>Writes a picture as an SVG.</summary>
internal static class SvgWriter
{
    /// <summary>What is left free around a picture.</summary>
    public const double Margin = 14;

    /// <summary>The SVG.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="options">What it shows.</param>
    public static string Write(Picture picture, DiagramOptions options)
    {
        var drawing = LineLayout.Draw(picture, options.Runs);
        // paint that comes from outside has its own meanings
        var head = new SvgHead(picture.Title, options.Paint is null ? picture.Key : [], picture.Legend, drawing.Width);
        return Page(picture.Title, head, new(drawing.Width, drawing.Height), svg =>
        {
            var moved = drawing.Moved(new Spot(Margin, Top(head)));
            moved.Boxes.Where(box => box.Role == "superstate").ToList().ForEach(box => Superstate(svg, box));
            moved.Arrows.ToList().ForEach(arrow => Arrow(svg, arrow));
            moved.Boxes.Where(box => box.Role != "superstate").ToList().ForEach(box => Box(svg, box));
        });
    }

    /// <summary>A whole document.</summary>
    /// <param name="title">What it shows, for those who do not see it.</param>
    /// <param name="head">What stands above.</param>
    /// <param name="size">The size of what is below.</param>
    /// <param name="body">Writes what is below, which begins at the margin and <see cref="Top"/>.</param>
    public static string Page(string title, SvgHead head, Spot size, Action<SvgText> body)
    {
        var (width, height) = (SvgText.Number(Math.Max(size.X, head.Width) + (2 * Margin)), SvgText.Number(Top(head) + size.Y + Margin));
        var svg = new SvgText();
        svg.Line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        svg.Line(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" "
                + $"role=\"img\" "
                + $"aria-label=\"{SvgText.Escape(title)}\">"
        );
        using (
            svg.Group(
                $"class=\"picture\" font-family=\"{TextMeasure.Fonts}\" font-size=\"{SvgText.Number(TextMeasure.Size)}\" fill=\"#1d1f24\""
            )
        )
        {
            svg.Line("<rect class=\"paper\" width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
            head.Write(svg, Margin, Margin);
            body(svg);
        }

        svg.Line("</svg>");
        return svg.ToString();
    }

    /// <summary>Where what is below the head begins.</summary>
    /// <param name="head">The head.</param>
    public static double Top(SvgHead head) => Margin + head.Height + 12;

    private static void Superstate(SvgText svg, DrawnBox box)
    {
        using var group = svg.Group($"class=\"superstate\" data-state=\"{SvgText.Escape(box.Name)}\"", box.Tips);
        var ground = box.IsOdd ? "class=\"ground odd\" fill=\"#f4f4f4\"" : "class=\"ground even\" fill=\"#ffffff\"";
        svg.Box(box.Frame, $"{ground} rx=\"10\" stroke=\"#999999\"");
        box.Texts.ToList().ForEach(svg.Text);
    }

    private static void Box(SvgText svg, DrawnBox box)
    {
        using var group = svg.Group(
            $"class=\"{box.Role}\"{(box.Name.Length == 0 ? "" : $" data-state=\"{SvgText.Escape(box.Name)}\"")}",
            box.Tips
        );
        var frame = box.Frame;
        if (box.Role == "start")
        {
            svg.Box(frame, $"rx=\"{SvgText.Number(frame.Width / 2)}\"");
            return;
        }

        svg.Box(frame, box.Role == "aside" ? "class=\"box\" fill=\"#ffffff\" stroke=\"#888888\" stroke-dasharray=\"4 3\""
            : "class=\"box\" rx=\"8\" fill=\"#ffffff\" stroke=\"#1d1f24\"");
        if (box.IsFinal)
        {
            svg.Box(
                new Frame(frame.X + 3, frame.Y + 3, frame.Width - 6, frame.Height - 6),
                "class=\"inner\" rx=\"6\" fill=\"none\" stroke=\"#1d1f24\""
            );
        }

        box.Texts.ToList().ForEach(svg.Text);
    }

    private static void Arrow(SvgText svg, DrawnArrow arrow)
    {
        using var group = svg.Group(
            $"class=\"arrow\" data-from=\"{SvgText.Escape(arrow.From)}\" data-to=\"{SvgText.Escape(arrow.To)}\"",
            arrow.Part?.Tips
        );
        var kind = arrow.Part?.Kind;
        var painted = arrow.Part?.Labels.Select(label => label.Paint).OfType<EdgePaint>().ToList() ?? [];
        // what is dashed has no line where something is not
        var isDashed = painted.Count == 0 ? (bool?)null : painted.TrueForAll(paint => paint.IsDashed);
        var colours = painted.Count == 0 ? [SvgLine.Colour(kind)]
            : painted.Where(paint => !paint.IsDashed || isDashed == true).Select(paint => paint.Colour).Distinct().ToList();
        var (path, look) = (SvgLine.Path(arrow.Points), painted.Count == 0 && kind is { } of ? $"line {SvgText.Class(of)}" : "line");
        foreach (var (index, colour) in colours.Index())
        {
            var strokes =
                colours.Count == 1 ? SvgLine.Look(kind, colour, isDashed) : SvgLine.Share(colour, index, colours.Count, isDashed == true);
            svg.Line($"<path class=\"{look}\" d=\"{path}\" {strokes}/>");
        }

        svg.Line($"<polygon class=\"tip {look}\" points=\"{SvgLine.HeadOf(arrow.Points)}\" fill=\"{SvgText.Escape(colours[0])}\"/>");
        arrow.Texts.ToList().ForEach(svg.Text);
    }
}
