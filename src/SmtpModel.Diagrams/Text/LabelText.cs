namespace SmtpModel.Diagrams;

/// <summary>Writes labels as lines of text that are short enough for an arrow.</summary>
internal static class LabelText
{
    /// <summary>
    /// The lines of labels, as <c>MAIL, SEND / 250</c>. A line that ends with a comma goes on in the next. The rule of
    /// a label stands in brackets on a line behind it, once for all labels of that rule that stand together.
    /// </summary>
    /// <param name="labels">The labels.</param>
    /// <param name="width">How many characters a line should have at most.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<Label> labels, int width)
    {
        for (var index = 0; index < labels.Count; index++)
        {
            var label = labels[index];
            foreach (var line in Wrap($"{string.Join(", ", label.Commands)} / {string.Join(", ", label.Codes)}", width))
            {
                yield return line;
            }

            if (label.Rule is { } rule && (index + 1 == labels.Count || labels[index + 1].Rule != rule))
            {
                yield return $"[{rule.Id}, {rule.Clause}]";
            }
        }
    }

    /// <summary>The lines of a node's listings, each under its heading.</summary>
    /// <param name="node">The node.</param>
    /// <param name="width">How many characters a line should have at most.</param>
    public static IEnumerable<string> Listings(Node node, int width)
    {
        foreach (var listing in node.Listings)
        {
            var lines = Lines(listing.Labels, width).ToList();
            if (lines.Count == 1)
            {
                yield return $"{Heading(listing.Kind, node.IsSuperstate)}: {lines[0]}";
                continue;
            }

            yield return $"{Heading(listing.Kind, node.IsSuperstate)}:";
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
        _ => "out of order",
    };

    private static List<string> Wrap(string text, int width)
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
