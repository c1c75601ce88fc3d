namespace SmtpModel.Diagrams;

/// <summary>Writes labels as lines of text that are short enough for an arrow.</summary>
internal static class LabelText
{
    /// <summary>The lines of a label, as <c>MAIL, SEND / 250</c>; a line that ends with a comma goes on in the next.</summary>
    /// <param name="label">The label.</param>
    /// <param name="width">How many characters a line should have at most.</param>
    public static IEnumerable<string> Lines(Label label, int width)
    {
        var text = $"{string.Join(", ", label.Commands)} / {string.Join(", ", label.Codes)}";
        return Wrap(label.Rule is { } rule ? $"{text} [{rule.Id}, {rule.Clause}]" : text, width);
    }

    /// <summary>The lines of all labels of an arrow.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="width">How many characters a line should have at most.</param>
    public static IEnumerable<string> Lines(IEnumerable<Label> labels, int width) => labels.SelectMany(label => Lines(label, width));

    /// <summary>The lines of a listing, its heading before the first.</summary>
    /// <param name="listing">The listing.</param>
    /// <param name="width">How many characters a line should have at most.</param>
    public static IEnumerable<string> Lines(Listing listing, int width) => Lines(listing.Labels, width).Prepend($"{listing.Heading}:");

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var part in text.Split(", "))
        {
            if (line.Length > 0 && line.Length + 2 + part.Length > width)
            {
                yield return line + ",";
                line = part;
            }
            else
            {
                line = line.Length == 0 ? part : $"{line}, {part}";
            }
        }

        yield return line;
    }
}
