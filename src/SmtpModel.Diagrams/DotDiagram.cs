using SmtpModel.Machines;

namespace SmtpModel.Diagrams;

/// <summary>Draws a machine in the DOT language of Graphviz.</summary>
public static class DotDiagram
{
    /// <summary>The text of the diagram, with <c>\n</c> line ends. The same table and options always give the same text.</summary>
    /// <param name="table">The machine.</param>
    /// <param name="options">What the picture shows; <see cref="DiagramOptions.Default"/> when left out.</param>
    public static string Write(TransitionTable table, DiagramOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        options ??= DiagramOptions.Default;
        return new DotWriter(PictureBuilder.Build(table, options), options).Write();
    }
}
