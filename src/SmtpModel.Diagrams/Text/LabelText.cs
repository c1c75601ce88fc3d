namespace SmtpModel.Diagrams;

/// <summary>A line of text on a picture.</summary>
/// <param name="Text">The text.</param>
/// <param name="Paint">How it is painted; null for the usual colours.</param>
internal readonly record struct TextLine(string Text, EdgePaint? Paint)
{
    /// <summary>What it is the heading of; null for a line that is none.</summary>
    public ListingKind? Kind { get; init; }
}

/// <summary>Writes labels as lines of text that are short enough for an arrow.</summary>
internal static class LabelText
{
    /// <summary>
    /// The lines of labels, as <c>MAIL, SEND / 250</c>. A line that ends with a comma goes on in the next. The rule of
    /// a label stands in brackets on a line behind it, once for all labels of that rule that stand together.
    /// </summary>
    /// <param name="labels">The labels.</param>
    /// <param name="width">How many characters a line should have at most.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<Label> labels, int width) => Painted(labels, width).Select(line => line.Text);

    /// <summary>The same, and how each line is painted.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="width">How many characters a line should have at most.</param>
    public static IEnumerable<TextLine> Painted(IReadOnlyList<Label> labels, int width)
    {
        for (var index = 0; index < labels.Count; index++)
        {
            var label = labels[index];
            foreach (var line in Wrap(label.Text ?? $"{string.Join(", ", label.Commands)} / {string.Join(", ", label.Codes)}", width))
            {
                yield return new TextLine(line, label.Paint);
            }

            if (label.Note is { } note && (index + 1 == labels.Count || labels[index + 1].Note != note))
            {
                yield return new TextLine($"({note})", label.Paint);
            }

            if (label.Rule is { } rule && (index + 1 == labels.Count || labels[index + 1].Rule != rule))
            {
                yield return new TextLine($"[{rule.Id}, {rule.Clause}]", label.Paint);
            }
        }
    }

    /// <summary>The lines of a node's listings, each under its heading.</summary>
    /// <param name="node">The node.</param>
    /// <param name="width">How many characters a line should have at most.</param>
    public static IEnumerable<string> Listings(Node node, int width) => PaintedListings(node, width).Select(line => line.Text);

    /// <summary>The same, and how each line is painted.</summary>
    /// <param name="node">The node.</param>
    /// <param name="width">How many characters a line should have at most.</param>
    public static IEnumerable<TextLine> PaintedListings(Node node, int width)
    {
        foreach (var listing in node.Listings)
        {
            var lines = Painted(listing.Labels, width).ToList();
            if (lines.Count == 1)
            {
                yield return lines[0] with { Text = $"{Heading(listing.Kind, node.IsSuperstate)}: {lines[0].Text}", Kind = listing.Kind };
                continue;
            }

            yield return new TextLine($"{Heading(listing.Kind, node.IsSuperstate)}:", null) { Kind = listing.Kind };
            foreach (var line in lines)
            {
                yield return line;
            }
        }
    }

    private static string Heading(ListingKind kind, bool ofSuperstate) => kind switch
    {
        ListingKind.Stays => ofSuperstate ? "at any time" : "stays",
        ListingKind.Refused => "refused",
        ListingKind.NoEffect => "stays so",
        _ => "out of order",
    };

    internal static List<string> Wrap(string text, int width)
    {
        List<string> lines = [""];
        foreach (var part in text.Split(", "))
        {
            var line = lines[^1];
            if (line.Length > 0 && line.Length + 2 + part.Length > width)
            {
                lines[^1] = line + ",";
                lines.Add(part);
            }
            else
            {
                lines[^1] = line.Length == 0 ? part : $"{line}, {part}";
            }
        }

        return lines;
    }
}
