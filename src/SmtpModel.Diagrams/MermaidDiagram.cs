using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Draws a machine as a Mermaid <c>stateDiagram-v2</c>, the notation that GitHub renders in Markdown.</summary>
public static class MermaidDiagram
{
    /// <summary>
    /// The text of the diagram, with <c>\n</c> line ends and without a Markdown fence. The same table and options always
    /// give the same text.
    /// </summary>
    /// <param name="table">The machine.</param>
    /// <param name="options">What the picture shows; <see cref="DiagramOptions.Default"/> when left out.</param>
    public static string Write(TransitionTable table, DiagramOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        options ??= DiagramOptions.Default;
        return new MermaidWriter(PictureBuilder.Build(table, options), options).Write();
    }
}
