using System.Security;

namespace SmtpModel.Diagrams;

/// <summary>How pictures look in Graphviz: colours that can be told apart by everybody, and line styles that say the same in
/// print.</summary>
internal static class DotStyle
{
    /// <summary>The colour of a kind of exchange.</summary>
    /// <param name="kind">The kind.</param>
    public static string Colour(LabelKind kind) => kind switch
    {
        LabelKind.Accepted => "#00694a",
        LabelKind.Refused => "#b84300",
        LabelKind.Closing => "#3a3a78",
        _ => "#8a8a8a",
    };

    /// <summary>The line of a kind of exchange, as attributes.</summary>
    /// <param name="kind">The kind.</param>
    public static IReadOnlyList<string> Line(LabelKind kind) => kind switch
    {
        LabelKind.Refused => ["style=dashed"],
        LabelKind.Closing => ["style=dotted", "penwidth=1.6"],
        _ => [],
    };

    /// <summary>Text in a colour.</summary>
    /// <param name="text">The text.</param>
    /// <param name="colour">The colour.</param>
    /// <param name="slanted">Whether it is slanted.</param>
    public static string Painted(string text, string colour, bool slanted = false) =>
        $"<font color=\"{Xml(colour)}\">{(slanted ? $"<i>{Xml(text)}</i>" : Xml(text))}</font>";

    /// <summary>A line of text as it stands.</summary>
    /// <param name="line">The line.</param>
    /// <param name="colour">Its colour where it is not painted; null for black.</param>
    public static string Text(TextLine line, string? colour = null) =>
        line.Paint is { } paint ? Painted(line.Text, paint.Colour, paint.IsDashed)
        : line.Kind is ListingKind.Refused or ListingKind.OutOfOrder ? Headed(line.Text)
        : colour is null ? Xml(line.Text) : Painted(line.Text, colour, line.Text.StartsWith('('));

    // the heading up to its colon in the colour of refusals; viewers drop a plain space at the end of a piece of text
    private static string Headed(string text)
    {
        var end = text.IndexOf(':', StringComparison.Ordinal) + 1;
        return Painted(text[..end] + (end < text.Length ? "\u00a0" : ""), Colour(LabelKind.Refused)) + Xml(text[end..].TrimStart());
    }

    /// <summary>A title.</summary>
    /// <param name="text">The text.</param>
    public static string Title(string text) => $"<b>{Xml(text)}</b>";

    /// <summary>Lines as a label.</summary>
    /// <param name="lines">The lines.</param>
    public static string Lines(IEnumerable<string> lines) => $"<{string.Concat(lines.Select(line => $"{line}<br align=\"left\"/>"))}>";

    /// <summary>Lines as a label, the first in the middle; a single line is not broken, which would shift it up.</summary>
    /// <param name="title">The first line.</param>
    /// <param name="lines">The others.</param>
    public static string Titled(string title, IReadOnlyList<string> lines) => lines.Count switch
    {
        0 => $"<{title}>",
        1 => $"<{title}<br/>{lines[0]}>",
        _ => $"<{title}<br/>{string.Concat(lines.Select(line => $"{line}<br align=\"left\"/>"))}>",
    };

    /// <summary>Lines that a viewer shows on demand.</summary>
    /// <param name="lines">The lines.</param>
    public static string Tip(IEnumerable<string> lines) => Quote(string.Join("&#10;", lines.Select(Xml)));

    /// <summary>Text as a string of the DOT language.</summary>
    /// <param name="text">The text.</param>
    public static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>Text in a label of HTML.</summary>
    /// <param name="text">The text.</param>
    public static string Xml(string text) => SecurityElement.Escape(text);
}
