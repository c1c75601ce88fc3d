using System.Globalization;
using System.Security;

namespace SmtpModel.Diagrams;

/// <summary>Writes the elements of an SVG.</summary>
internal sealed class SvgText
{
    private readonly IndentedText _text = new();

    /// <summary>A number as SVG has it.</summary>
    /// <param name="number">The number.</param>
    public static string Number(double number) => Math.Round(number, 1).ToString("0.#", CultureInfo.InvariantCulture);

    public override string ToString() => _text.ToString();

    /// <summary>A group; disposing what comes back ends it.</summary>
    /// <param name="attributes">Its attributes.</param>
    /// <param name="tips">What a viewer says of it on demand; none for nothing.</param>
    public IDisposable Group(string attributes, IReadOnlyList<string>? tips = null)
    {
        var group = _text.Block($"<g {attributes}>", "</g>");
        if (tips is { Count: > 0 })
        {
            // a line break within the element is kept in what is shown
            Line($"<title>{string.Join("&#10;", tips.Select(Escape))}</title>");
        }

        return group;
    }

    public void Line(string element) => _text.Line(element);

    /// <summary>A rectangle.</summary>
    /// <param name="frame">Where it is.</param>
    /// <param name="attributes">How it looks.</param>
    public void Box(Frame frame, string attributes) =>
        Line(
            $"<rect x=\"{Number(frame.X)}\" y=\"{Number(frame.Y)}\" width=\"{Number(frame.Width)}\" height=\"{Number(frame.Height)}\" "
                + $"{attributes}/>"
        );

    /// <summary>
    /// A piece of text. It is as wide as it was laid out whatever font there is: a viewer fits the letters to that. One that cannot
    /// has the room that was reserved.
    /// </summary>
    /// <param name="text">The text.</param>
    public void Text(DrawnText text)
    {
        var run = text.Run;
        if (run.Text.Trim().Length == 0)
        {
            return;
        }

        var look =
            (run.Colour is null ? "" : $" fill=\"{Escape(run.Colour)}\"")
            + (run.Kind is { } kind ? $" class=\"{Class(kind)}\"" : "")
            + (run.IsBold ? " font-weight=\"bold\"" : "")
            + (run.IsSlanted ? " font-style=\"italic\"" : "");
        var length = Number(TextMeasure.Fitted(run.Text, run.IsBold));
        Line(
            $"<text x=\"{Number(text.X)}\" y=\"{Number(text.Y)}\" textLength=\"{length}\" "
                + $"lengthAdjust=\"spacingAndGlyphs\"{look}>{Escape(run.Text)}</text>"
        );
    }

    /// <summary>The class of a kind of exchange.</summary>
    /// <param name="kind">The kind.</param>
    public static string Class(LabelKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Text in an element or an attribute.</summary>
    /// <param name="text">The text.</param>
    public static string Escape(string text) =>
        SecurityElement.Escape(string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)));
}
