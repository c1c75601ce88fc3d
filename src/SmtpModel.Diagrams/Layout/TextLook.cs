namespace SmtpModel.Diagrams;

/// <summary>How the lines of a picture's texts look.</summary>
internal static class TextLook
{
    /// <summary>A line of text as runs.</summary>
    /// <param name="line">The line.</param>
    /// <param name="kind">Of which kind of exchange it is the text; null for text inside a state.</param>
    public static IReadOnlyList<TextRun> Runs(TextLine line, LabelKind? kind)
    {
        if (line.Paint is { } paint)
        {
            return [new TextRun(line.Text, paint.Colour, IsSlanted: paint.IsDashed)];
        }

        if (line.Kind is ListingKind.Refused or ListingKind.OutOfOrder)
        {
            // the heading up to its colon in the colour of refusals
            var end = line.Text.IndexOf(':', StringComparison.Ordinal) + 1;
            var heading = new TextRun(line.Text[..end], DotStyle.Colour(LabelKind.Refused)) { Kind = LabelKind.Refused };
            return end == line.Text.Length ? [heading] : [heading, new TextRun(line.Text[end..].TrimStart())];
        }

        return [new TextRun(line.Text, kind is { } of ? DotStyle.Colour(of) : null, IsSlanted: line.Text.StartsWith('(')) { Kind = kind }];
    }
}
