using System.Buffers;

namespace SmtpModel.Testing.Engine;

/// <summary>What is particular about the argument of a well-formed line, for which a standard has a rule of its own.</summary>
internal enum LineShape : byte
{
    /// <summary>Nothing: the argument that every receiver of the command has to read.</summary>
    Plain,

    /// <summary>A keyword alone where there has to be an argument.</summary>
    Bare,

    /// <summary>An argument where there need not be one.</summary>
    Optional,

    /// <summary>The null path.</summary>
    Null,

    /// <summary>A path with a source route.</summary>
    Route,

    /// <summary>A path whose local-part is a quoted string.</summary>
    Quoted,

    /// <summary>A path whose local-part has characters that are seldom in one.</summary>
    Atoms,

    /// <summary>An address literal instead of a domain.</summary>
    Literal,

    /// <summary>A parameter that no extension has.</summary>
    Foreign,
}

/// <summary>Tells the shapes of lines apart by their text alone, so that a line is judged alike whoever sends it.</summary>
internal static class LineShapes
{
    private static readonly SearchValues<char> Usual = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_+"
    );

    /// <summary>A parameter that no extension has, with the space before it.</summary>
    public const string ForeignParameter = " XSMTPMODEL=1";

    /// <summary>The number of shapes.</summary>
    public static int Count { get; } = Enum.GetValues<LineShape>().Length;

    /// <summary>The shape of a line.</summary>
    /// <param name="text">The line without CRLF, as its grammar has it.</param>
    /// <param name="hasOptional">Whether the command's argument may be left out.</param>
    public static LineShape Of(ReadOnlySpan<char> text, bool hasOptional)
    {
        if (text.EndsWith(ForeignParameter))
        {
            return LineShape.Foreign;
        }

        var start = text.IndexOf('<');
        var end = text.LastIndexOf('>');
        if (start >= 0 && end > start)
        {
            return OfPath(text.Slice(start + 1, end - start - 1));
        }

        var space = text.IndexOf(' ');
        return space < 0 ? LineShape.Plain
            : hasOptional ? LineShape.Optional
            : text[(space + 1)..].StartsWith("[") ? LineShape.Literal
            : LineShape.Plain;
    }

    private static LineShape OfPath(ReadOnlySpan<char> path)
    {
        var at = path.LastIndexOf('@');
        return path.IsEmpty ? LineShape.Null
            : path[0] == '@' ? OfRoute(path)
            : path[0] == '"' ? LineShape.Quoted
            : at >= 0 && path[..at].ContainsAnyExcept(Usual) ? LineShape.Atoms
            : at >= 0 && path[(at + 1)..].StartsWith("[") ? LineShape.Literal
            : LineShape.Plain;
    }

    // what is less binding counts: a server that reads routes and no quoted strings refuses the one for the other
    private static LineShape OfRoute(ReadOnlySpan<char> path) =>
        OfPath(path[(path.IndexOf(':') + 1)..].TrimStart('@')) is var mailbox and (LineShape.Quoted or LineShape.Atoms)
            ? mailbox
            : LineShape.Route;
}
