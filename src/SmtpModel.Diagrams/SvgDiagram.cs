using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>
/// Draws a machine as an SVG. It looks alike whatever fonts a viewer has: each text is as wide as it was laid out, and nothing but
/// the library is needed to draw it.
/// </summary>
public static class SvgDiagram
{
    /// <summary>
    /// The SVG, with <c>\n</c> line ends; a browser shows the rule and the clause of what the pointer is on. The same table and options
    /// always give the same text. <see cref="DiagramAspect.Errors"/> is a table of commands and states, all others are boxes and arrows.
    /// </summary>
    /// <param name="table">The machine.</param>
    /// <param name="options">What the picture shows; <see cref="DiagramOptions.Default"/> when left out.</param>
    public static string Write(TransitionTable table, DiagramOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        options ??= DiagramOptions.Default;
        return options.Aspect is DiagramAspect.Errors ? ErrorTable.Write(table, options)
            : SvgWriter.Write(PictureBuilder.Build(table, options), options);
    }
}
