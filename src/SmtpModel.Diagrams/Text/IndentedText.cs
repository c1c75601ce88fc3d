using System.Text;

namespace SmtpModel.Diagrams;

/// <summary>Text made of lines, indented by four spaces for each block they are in.</summary>
internal sealed class IndentedText
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public void Line(string text) => _text.Append(' ', text.Length == 0 ? 0 : 4 * _depth).Append(text).Append('\n');

    /// <summary>A line that opens a block; disposing what comes back writes the line that closes it.</summary>
    /// <param name="opening">The line.</param>
    /// <param name="closing">What closes the block; null when nothing does.</param>
    public IDisposable Block(string opening, string? closing = "}")
    {
        Line(opening);
        _depth++;
        return new Closer(this, closing);
    }

    public override string ToString() => _text.ToString();

    private sealed class Closer(IndentedText text, string? closing) : IDisposable
    {
        public void Dispose()
        {
            text._depth--;
            if (closing is not null)
            {
                text.Line(closing);
            }
        }
    }
}
