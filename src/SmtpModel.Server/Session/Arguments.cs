using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using SmtpModel.Protocol;

namespace SmtpModel.Server;

/// <summary>Holds an argument against the grammar that the specification names for it.</summary>
internal static class Arguments
{
    public static SyntaxFault Parse(ArgumentKind kind, ReadOnlySpan<byte> argument, Dialect dialect, Regex? pattern, out PathArgument path)
    {
        path = default;
        switch (kind)
        {
            case ArgumentKind.None:
                return argument.IsEmpty ? SyntaxFault.None : SyntaxFault.ArgumentNotAllowed;
            case ArgumentKind.Domain:
                return DomainGrammar.Parse(argument, dialect, addressLiteral: true);
            case ArgumentKind.DomainOrAddressLiteral:
                return DomainGrammar.Parse(argument, dialect, addressLiteral: true);
            case ArgumentKind.String:
                return StringGrammar.Parse(argument, dialect);
            case ArgumentKind.OptionalString:
                return argument.IsEmpty ? SyntaxFault.None : StringGrammar.Parse(argument, dialect);
            case ArgumentKind.ReversePath:
                return NoParameters(PathGrammar.ParseReversePath(argument, dialect, out path), path);
            case ArgumentKind.ForwardPath:
                return NoParameters(PathGrammar.ParseForwardPath(argument, dialect, out path), path);
            case ArgumentKind.ReversePathAndParameters:
                return WithParameters(PathGrammar.ParseReversePath(argument, dialect, out path), argument, path);
            case ArgumentKind.ForwardPathAndParameters:
                return WithParameters(PathGrammar.ParseForwardPath(argument, dialect, out path), argument, path);
            case ArgumentKind.Patterned when pattern is not null:
                return Fits(pattern, argument) ? SyntaxFault.None : SyntaxFault.ArgumentSyntax;
            default:
                throw new InvalidOperationException($"the specification names an argument that has no grammar here: {kind}");
        }
    }

    /// <summary>Whether octets fit a pattern, one character for each; nothing is allocated.</summary>
    public static bool Fits(Regex pattern, ReadOnlySpan<byte> octets)
    {
        const int LongestOnStack = 1024;
        if (octets.Length <= LongestOnStack)
        {
            Span<char> characters = stackalloc char[LongestOnStack];
            _ = Encoding.Latin1.GetChars(octets, characters);
            return pattern.IsMatch(characters[..octets.Length]);
        }

        // what a client answers to a challenge may be long, and a secret (RFC 4954 4)
        var room = ArrayPool<char>.Shared.Rent(octets.Length);
        _ = Encoding.Latin1.GetChars(octets, room);
        var fits = pattern.IsMatch(room.AsSpan(0, octets.Length));
        ArrayPool<char>.Shared.Return(room, clearArray: true);
        return fits;
    }

    private static SyntaxFault NoParameters(SyntaxFault fault, PathArgument path) =>
        fault is SyntaxFault.None && !path.Parameters.IsEmpty ? SyntaxFault.TextAfterPath : fault;

    private static SyntaxFault WithParameters(SyntaxFault fault, ReadOnlySpan<byte> argument, PathArgument path) =>
        fault is SyntaxFault.None && !path.Parameters.IsEmpty ? ParameterGrammar.Parse(path.Parameters.Of(argument)) : fault;
}
