using SmtpModel.Protocol;

namespace SmtpModel.Server;

/// <summary>Holds an argument against the grammar that the specification names for it.</summary>
internal static class Arguments
{
    public static SyntaxFault Parse(ArgumentKind kind, ReadOnlySpan<byte> argument, Dialect dialect, out PathArgument path)
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
            default:
                throw new InvalidOperationException($"the specification names an argument that has no grammar here: {kind}");
        }
    }

    private static SyntaxFault NoParameters(SyntaxFault fault, PathArgument path) =>
        fault is SyntaxFault.None && !path.Parameters.IsEmpty ? SyntaxFault.TextAfterPath : fault;

    private static SyntaxFault WithParameters(SyntaxFault fault, ReadOnlySpan<byte> argument, PathArgument path) =>
        fault is SyntaxFault.None && !path.Parameters.IsEmpty ? ParameterGrammar.Parse(path.Parameters.Of(argument)) : fault;
}
