using System.Text;
using SmtpModel.Machines;

namespace SmtpModel.Testing.Engine;

/// <summary>What is meant by a move.</summary>
public enum MoveKind
{
    /// <summary>A command as the grammar has it.</summary>
    Valid,

    /// <summary>A command whose argument the grammar does not have.</summary>
    Malformed,

    /// <summary>A line that is no command.</summary>
    Unknown,

    /// <summary>Mail data and its end.</summary>
    Data,
}

/// <summary>One input to a server: the octets to send, and what the model is to make of them.</summary>
public sealed class Move
{
    // a move is sent in many sessions: what its line is like is found out once
    private readonly (LineShape Required, LineShape Optional) _shapes;

    /// <summary>A move.</summary>
    /// <param name="command">The command of the machine that it is.</param>
    /// <param name="kind">What is meant by it.</param>
    /// <param name="text">
    /// The line without CRLF, or the mail data before dots are doubled; where a block follows the line, the line with CRLF and the block.
    /// One character for each octet.
    /// </param>
    public Move(Command command, MoveKind kind, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        (Command, Kind, Text) = (command, kind, text);
        if (kind is MoveKind.Data)
        {
            Content = Encoding.Latin1.GetBytes(text);
            var encoded = new Protocol.ByteBuffer();
            Protocol.MailData.Encode(Content.Span, encoded);
            Octets = encoded.WrittenSpan.ToArray();
        }
        else if (HasBlock(command, text, out var line))
        {
            Octets = Encoding.Latin1.GetBytes(text);
            Content = kind is MoveKind.Valid ? Octets[(line + 2)..] : default;
        }
        else
        {
            Octets = Encoding.Latin1.GetBytes(text + "\r\n");
            var start = text.IndexOf('<', StringComparison.Ordinal);
            Content = start < 0 || kind is not MoveKind.Valid ? default : Octets[start..End(text, start)];
        }

        Provokes = Provocation.In(text);
        _shapes =
            kind is MoveKind.Valid && command.Block is null
                ? (LineShapes.Of(text, hasOptional: false), LineShapes.Of(text, hasOptional: true))
            : kind is MoveKind.Malformed && text == command.Keyword ? (LineShape.Bare, LineShape.Bare)
            : default;
    }

    // what is sent behind a line belongs to it where its command says so, whatever the line says about its length
    private static bool HasBlock(Command command, string text, out int line)
    {
        line = command.Block is null ? -1 : text.IndexOf("\r\n", StringComparison.Ordinal);
        return line >= 0;
    }

    // behind the bracket that closes the path; a parameter may have brackets too, and a quoted string
    private static int End(string text, int start)
    {
        var isQuoted = false;
        for (var at = start; at < text.Length; at++)
        {
            if (text[at] is '\\' && isQuoted)
            {
                at++;
            }
            else if (text[at] is '"')
            {
                isQuoted = !isQuoted;
            }
            else if (text[at] is '>' && !isQuoted)
            {
                return at + 1;
            }
        }

        return text.LastIndexOf('>') + 1;
    }

    /// <summary>The command of the machine that it is.</summary>
    public Command Command { get; }

    /// <summary>What is meant by it.</summary>
    public MoveKind Kind { get; }

    /// <summary>The line without CRLF, or the mail data before dots are doubled; where a block follows the line, the line with CRLF and
    /// the block.</summary>
    public string Text { get; }

    /// <summary>What is sent, with CRLF, or with the end of data, or with the block.</summary>
    public ReadOnlyMemory<byte> Octets { get; }

    /// <summary>What a server that accepts it puts into its buffer: the path with its brackets, or the mail data, or the block.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>What its line is like; plain where it is not meant to be valid.</summary>
    /// <param name="hasOptional">Whether the command's argument may be left out.</param>
    internal LineShape ShapeOf(bool hasOptional) => hasOptional ? _shapes.Optional : _shapes.Required;

    /// <summary>Moves that say the same in a plainer way, the plainest first; for shrinking.</summary>
    internal IReadOnlyList<Move> Plainer { get; set; } = [];

    /// <summary>The rule by which it should be refused, since a number in it is over the limit that was offered; null where none
    /// is.</summary>
    internal Rule? Oversteps { get; init; }

    /// <summary>Whether it has parameters, which mean something only where they are offered.</summary>
    internal bool NeedsOffer { get; init; }

    /// <summary>The reply that the embedded server gives to it on request; 0 for none. Other servers take no notice.</summary>
    public int Provokes { get; }

    /// <summary>The move as one line for people.</summary>
    public override string ToString() => Kind is MoveKind.Data ? $"({Octets.Length} octets of mail data)" : Printable.Text(Text);
}
