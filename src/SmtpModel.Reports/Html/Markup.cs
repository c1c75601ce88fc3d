using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace SmtpModel.Reports;

/// <summary>
/// A piece of HTML. It is made from an interpolated string whose literal parts are markup and whose values are text, which
/// is escaped; only another <see cref="Markup"/> is put in as it is. So nothing is left out of escaping by forgetting it.
/// </summary>
/// <param name="Html">The HTML.</param>
internal readonly record struct Markup(string Html)
{
    public static Markup None { get; } = new("");

    public static Markup Of(MarkupHandler html) => new(html.ToString());

    public static Markup Join(IEnumerable<Markup> parts) => new(string.Concat(parts.Select(part => part.Html)));

    /// <summary>The piece where something holds; nothing elsewhere.</summary>
    public static Markup If(bool holds, MarkupHandler html) => holds ? Of(html) : None;
}

/// <summary>Puts an interpolated string together as HTML.</summary>
[InterpolatedStringHandler]
internal readonly ref struct MarkupHandler
{
    private readonly StringBuilder _html;

    public MarkupHandler(int literalLength, int formattedCount) => _html = new StringBuilder(literalLength + (16 * formattedCount));

    public void AppendLiteral(string markup) => _html.Append(markup);

    public void AppendFormatted(Markup markup) => _html.Append(markup.Html);

    public void AppendFormatted(IEnumerable<Markup> markup)
    {
        foreach (var part in markup)
        {
            _html.Append(part.Html);
        }
    }

    public void AppendFormatted(string? text) => _html.Append(WebUtility.HtmlEncode(text));

    public void AppendFormatted(long number) => _html.Append(number.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(double number, string format) => _html.Append(number.ToString(format, CultureInfo.InvariantCulture));

    public override string ToString() => _html.ToString();
}
